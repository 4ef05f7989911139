namespace Ascent.Shared.Permissions;

/// <summary>What whoever runs the server can switch off for a school: a module with its pages, files and menus. Some of them together make a set.</summary>
[Flags]
public enum SchoolServices
{
    None = 0,
    Reports = 1,
    Targets = 2,
    Collaborate = 4,
    PupilTracking = 8,
    All = Reports | Targets | Collaborate | PupilTracking,
}

/// <param name="Option">The word in commands and forms.</param>
public sealed record ServiceInfo(SchoolServices Service, string Label, string Option)
{
    public bool IsPlural => Service is SchoolServices.Reports or SchoolServices.Targets;

    /// <summary>"Reports are", "Pupil Tracking is".</summary>
    public string Are => $"{Label} {(IsPlural ? "are" : "is")}";
}

/// <summary>The services of a school, and which permission opens something of which.</summary>
public static class ServiceCatalogue
{
    public static IReadOnlyList<ServiceInfo> All { get; } =
    [
        new(SchoolServices.Reports, "Reports", "reports"),
        new(SchoolServices.Targets, "Targets", "targets"),
        new(SchoolServices.Collaborate, "Collaborate", "collaborate"),
        new(SchoolServices.PupilTracking, "Pupil Tracking", "tracking"),
    ];

    public static ServiceInfo Of(SchoolServices service) => All.Single(info => info.Service == service);

    /// <summary>Pupil Tracking exists in primary schools only.</summary>
    public static IEnumerable<ServiceInfo> In(Place place) => All.Where(info => place.HasTracking || info.Service != SchoolServices.PupilTracking);

    /// <summary>What a permission opens something of; none for those that no service can be switched off under.</summary>
    public static SchoolServices OpenedBy(Permission permission) => permission switch
    {
        Permission.SchoolReports or Permission.PupilReports => SchoolServices.Reports | SchoolServices.Targets | SchoolServices.Collaborate,
        Permission.AllCollaborateGroups => SchoolServices.Collaborate,
        Permission.TrackingSchoolReports or Permission.TrackingPupilReports or Permission.TrackingAssessments or Permission.TrackingMarks => SchoolServices.PupilTracking,
        _ => SchoolServices.None,
    };

    public static bool Has(this SchoolServices on, SchoolServices service) => (on & service) == service;

    /// <summary>What is said beside a permission that opens less, or nothing, because services are off; null when all of it is on.</summary>
    public static string? OffWords(Permission permission, SchoolServices on)
    {
        var opened = OpenedBy(permission);
        var off = All.Where(info => opened.Has(info.Service) && !on.Has(info.Service)).ToArray();
        if (off.Length == 0)
            return null;
        var which = off.Length == 1 ? off[0].Are : $"{Text.InWords.List(off.Select(info => info.Label))} are";
        return (opened & on) == SchoolServices.None
            ? $"{which} switched off for the school: what is given here is kept, and opens nothing meanwhile."
            : $"{which} switched off for the school: what is given here is kept, and opens nothing of {(off is [{ IsPlural: false }] ? "it" : "them")} meanwhile.";
    }
}
