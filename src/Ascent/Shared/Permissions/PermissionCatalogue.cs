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
/// <param name="HasScope">Carries a <see cref="PupilScope"/>.</param>
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
/// Every permission of a school membership, once. A new permission or limit is one entry here; seats for a new limit are
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

    private static readonly PermissionInfo[] ByBit = Index();

    public static IReadOnlyList<PermissionInfo> Limited { get; } = [.. All.Where(info => info.Limit is not null)];

    public static PermissionInfo Of(Permission permission) => ByBit[(int)permission];

    /// <summary>The permissions that exist in a school with or without Pupil Tracking, in the order in which they are asked.</summary>
    public static IEnumerable<PermissionInfo> In(bool hasTracking) => All.Where(info => hasTracking || !info.TrackingOnly);

    /// <summary>The words on screen; "&amp; Pupil Tracking" is said only where Pupil Tracking exists.</summary>
    public static string Label(Permission permission, bool hasTracking) =>
        permission == Permission.SchoolSetup && !hasTracking ? "School setup" : Of(permission).Label;

    public static string Hint(Permission permission, bool hasTracking) =>
        permission == Permission.SchoolSetup && !hasTracking
            ? "Create and manage the school’s accounts, give access to Collaborate groups, manage Target Setting. Manage data comes with it and takes no seat."
            : Of(permission).Hint;

    private static PermissionInfo[] Index()
    {
        var index = new PermissionInfo[All.Max(info => (int)info.Permission) + 1];
        foreach (var info in All)
            index[(int)info.Permission] = info;
        return index;
    }
}
