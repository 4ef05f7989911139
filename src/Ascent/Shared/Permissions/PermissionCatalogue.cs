namespace Ascent.Shared.Permissions;

/// <summary>The step of the journey, and the heading, under which a permission is asked.</summary>
public enum PermissionGroup
{
    Administration,
    Reports,
    TrackingReports,
    TrackingAdministration,
}

/// <param name="Label">The words on screen.</param>
/// <param name="Tag">The short word on lists.</param>
/// <param name="Can">Completes "Hannah will be able to …".</param>
/// <param name="Needs">The permission without which this one cannot be held.</param>
/// <param name="Limit">How many people of one school may hold it; null means no limit.</param>
/// <param name="TrackingOnly">Exists only where the school has Pupil Tracking.</param>
/// <param name="HasScope">Carries a <see cref="PupilScope"/> in a school.</param>
public sealed record PermissionInfo(
    Permission Permission,
    PermissionGroup Group,
    string Label,
    string Tag,
    string Hint,
    string Can,
    Permission? Needs = null,
    int? Limit = null,
    bool TrackingOnly = false,
    bool HasScope = false);

/// <summary>
/// Every permission, once: those of a school membership (<see cref="All"/>) and those of a body's (<see cref="Body"/>). A new permission or limit is one entry here; seats for a new limit are
/// opened by <c>OpenSeats</c> (see docs/adr/0010).
/// </summary>
public static class PermissionCatalogue
{
    public static IReadOnlyList<PermissionInfo> All { get; } =
    [
        new(Permission.SchoolSetup, PermissionGroup.Administration,
            "School setup & Pupil Tracking", "School setup",
            "Create and manage the school’s accounts, give access to Collaborate groups, manage Target Setting, set up Pupil Tracking. Manage data comes with it and takes no seat.",
            "create and change accounts, this school’s only",
            Limit: 4),
        new(Permission.ManageData, PermissionGroup.Administration,
            "Manage data", "Manage data",
            "Import and delete pupils, assign pupils to subjects, look after classes and result files.",
            "import and delete pupils, assign them to subjects; this includes pupils’ records",
            Limit: 6),
        new(Permission.SchoolReports, PermissionGroup.Reports,
            "View school-level reports", "Reports",
            "Every dashboard at school level. No pupil’s name, and small groups are withheld.",
            "see every dashboard at school level"),
        new(Permission.PupilReports, PermissionGroup.Reports,
            "View pupil-level data & suppressed and sensitive items", "Pupil names",
            "Pupils’ names, withheld figures, and items such as free school meals and special educational needs.",
            "see pupils’ names and results, withheld figures and sensitive items",
            Needs: Permission.SchoolReports, HasScope: true),
        new(Permission.AllCollaborateGroups, PermissionGroup.Reports,
            "View any Collaborate groups", "Collaborate",
            "Every group that the school is in, now and later.",
            "view every Collaborate group of the school",
            Needs: Permission.SchoolReports),
        new(Permission.TrackingSchoolReports, PermissionGroup.TrackingReports,
            "View school/class-level reports", "Tracking",
            "Tracking figures by school and class.",
            "read tracking reports by school and class",
            TrackingOnly: true),
        new(Permission.TrackingPupilReports, PermissionGroup.TrackingReports,
            "View pupil-level reports", "Tracking names",
            "Tracking reports with pupils’ names.",
            "read tracking reports with pupils’ names",
            TrackingOnly: true, HasScope: true),
        new(Permission.TrackingAssessments, PermissionGroup.TrackingAdministration,
            "Create and edit assessments (and create custom School Groups)", "Assessments",
            "Assessments, School groups and curricula. Pupils’ names for choosing, no marks.",
            "create and edit assessments and School Groups",
            TrackingOnly: true),
        new(Permission.TrackingMarks, PermissionGroup.TrackingAdministration,
            "Add pupil assessment data", "Marks",
            "Names, marks and the previous mark while an assessment point is open. No report.",
            "add pupil assessment data",
            TrackingOnly: true),
    ];

    /// <summary>
    /// The permissions of a membership in an authority or trust. What they share with schools reaches the schools that the body has a link with,
    /// up to the link's level. Nothing is limited there.
    /// </summary>
    public static IReadOnlyList<PermissionInfo> Body { get; } =
    [
        new(Permission.LaSetup, PermissionGroup.Administration,
            "LA setup", "LA setup",
            "Create and manage the organisation’s own users and the administrators of its schools, lock schools, give access to Collaborate groups.",
            "create and change the organisation’s users and its schools’ administrators, and lock schools"),
        new(Permission.LaReports, PermissionGroup.Reports,
            "View LA-level reports", "LA reports",
            "Reports of the organisation as a whole. No school’s dashboards.",
            "see the reports of the organisation as a whole"),
        new(Permission.SchoolReports, PermissionGroup.Reports,
            "View school-level reports", "Reports",
            "Every dashboard at school level, of all schools or of those chosen. A school shows no more than it has agreed to.",
            "see the dashboards of schools at school level"),
        new(Permission.PupilReports, PermissionGroup.Reports,
            "View pupil-level data & suppressed and sensitive items", "Pupil names",
            "Pupils’ names, withheld figures and sensitive items, in the schools that have agreed to it.",
            "see pupils’ names and results, withheld figures and sensitive items",
            Needs: Permission.SchoolReports),
        new(Permission.AllCollaborateGroups, PermissionGroup.Reports,
            "View any Collaborate groups", "Collaborate",
            "Every group that the schools are in, now and later.",
            "view every Collaborate group of the schools",
            Needs: Permission.SchoolReports),
    ];

    /// <summary>Every permission that there is anywhere, each once.</summary>
    public static IReadOnlyList<PermissionInfo> Everywhere { get; } = [.. All, .. Body.Where(info => All.All(known => known.Permission != info.Permission))];

    private static readonly PermissionInfo[] ByBit = Index();

    public static IReadOnlyList<PermissionInfo> Limited { get; } = [.. All.Where(info => info.Limit is not null)];

    public static PermissionInfo Of(Permission permission) => ByBit[(int)permission];

    /// <summary>The permissions that exist in a place, in the order in which they are asked.</summary>
    public static IEnumerable<PermissionInfo> In(Place place) => place.IsBody ? Body : All.Where(info => place.HasTracking || !info.TrackingOnly);

    /// <summary>Whether a permission exists in a place.</summary>
    public static bool IsIn(Permission permission, Place place) => place.IsBody
        ? permission is Permission.LaSetup or Permission.LaReports or Permission.SchoolReports or Permission.PupilReports or Permission.AllCollaborateGroups
        : permission is not (Permission.LaSetup or Permission.LaReports) && (place.HasTracking || !Of(permission).TrackingOnly);

    /// <summary>The permission with which the users of a place are managed.</summary>
    public static Permission SetupIn(Place place) => place.IsBody ? Permission.LaSetup : Permission.SchoolSetup;

    /// <summary>The short word for the permission with which a holder manages users.</summary>
    public static string SetupTag(PermissionSet held) => Of(held.Has(Permission.LaSetup) ? Permission.LaSetup : Permission.SchoolSetup).Tag;

    /// <summary>The words on screen; "&amp; Pupil Tracking" is said only where Pupil Tracking exists, and a trust's are a trust's.</summary>
    public static string Label(Permission permission, Place place) => permission switch
    {
        Permission.SchoolSetup when !place.HasTracking => "School setup",
        Permission.LaSetup when place.IsTrust => "Trust setup",
        Permission.LaReports when place.IsTrust => "View trust-level reports",
        _ => Of(permission).Label,
    };

    public static string Hint(Permission permission, Place place) =>
        place.IsBody ? Body.First(info => info.Permission == permission).Hint
        : permission == Permission.SchoolSetup && !place.HasTracking
            ? "Create and manage the school’s accounts, give access to Collaborate groups, manage Target Setting. Manage data comes with it and takes no seat."
            : Of(permission).Hint;

    private static PermissionInfo[] Index()
    {
        var index = new PermissionInfo[Everywhere.Max(info => (int)info.Permission) + 1];
        foreach (var info in Everywhere)
            index[(int)info.Permission] = info;
        return index;
    }
}
