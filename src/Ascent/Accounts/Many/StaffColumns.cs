using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Accounts.Many;

/// <summary>The columns of a list of people: those of the template, and of the export of Manage users.</summary>
public static class StaffColumns
{
    public const string Forename = "Forename";
    public const string Surname = "Surname";
    public const string Email = "Email";
    public const string JobRole = "Job role";
    public const string AccessTemplate = "Template";
    public const string EndDate = "End date";

    public static IReadOnlyList<string> Required { get; } = [Forename, Surname, Email, JobRole];

    /// <summary>What stands in the heading of the template, in its order.</summary>
    public static IReadOnlyList<string> Headings(bool hasTracking) =>
        [.. Required, AccessTemplate, .. PermissionCatalogue.In(hasTracking).Select(p => PermissionCatalogue.Label(p.Permission, hasTracking)), EndDate];

    /// <summary>A heading and one row of an invented person, to be written over.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Template(bool hasTracking) =>
    [
        Headings(hasTracking),
        [
            "Sofia", "Marino", "sofia.marino@school.example", "Teacher", "",
            .. PermissionCatalogue.In(hasTracking).Select(p => p.Permission switch
            {
                Permission.PupilReports or Permission.TrackingPupilReports => "own classes",
                Permission.SchoolReports or Permission.TrackingSchoolReports or Permission.TrackingMarks => "Y",
                _ => "N",
            }),
            "",
        ],
    ];

    /// <summary>The name under which a column's cells are kept, or null when the heading is none of ours.</summary>
    public static string? Find(string heading) => Known.GetValueOrDefault(KeyOf(heading));

    public static string Of(Permission permission) => permission.ToString();

    private static Dictionary<string, string> Known { get; } = Index();

    private static Dictionary<string, string> Index()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        void Add(string name, params ReadOnlySpan<string> headings)
        {
            foreach (var heading in headings)
                known[KeyOf(heading)] = name;
        }
        Add(Forename, "Forename", "First name", "Given name");
        Add(Surname, "Surname", "Last name", "Family name");
        Add(Email, "Email", "E-mail", "Email address");
        Add(JobRole, "Job role", "Role");
        Add(AccessTemplate, "Template", "Access template");
        Add(EndDate, "End date", "Access ends");
        foreach (var info in PermissionCatalogue.All)
            Add(Of(info.Permission), info.Tag, info.Permission.ToString(), PermissionCatalogue.Label(info.Permission, true), PermissionCatalogue.Label(info.Permission, false));
        return known;
    }

    private static string KeyOf(string heading) => new([.. PlainText.Tidy(heading).ToUpperInvariant().Where(char.IsLetter)]);
}
