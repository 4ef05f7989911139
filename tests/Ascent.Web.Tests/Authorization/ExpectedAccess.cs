namespace Ascent.Web.Tests.Authorization;

/// <summary>The permissions of a school membership as the specification lists them, written out anew for the tests.</summary>
[Flags]
public enum Given
{
    Nothing = 0,
    SchoolSetup = 1 << 0,
    ManageData = 1 << 1,
    SchoolReports = 1 << 2,
    PupilReports = 1 << 3,
    AllCollaborateGroups = 1 << 4,
    TrackingSchoolReports = 1 << 5,
    TrackingPupilReports = 1 << 6,
    TrackingAssessments = 1 << 7,
    TrackingMarks = 1 << 8,
}

/// <param name="Tracking">Exists only where the school has Pupil Tracking.</param>
public sealed record ExpectedDoor(string Path, Given OpenedBy, bool Tracking = false);

/// <summary>
/// What each permission opens, by hand from the specification. Nothing here is read from the product: that these two tables agree is
/// the test.
/// </summary>
public static class ExpectedAccess
{
    public static IReadOnlyList<ExpectedDoor> Doors { get; } =
    [
        new("data", Given.ManageData | Given.SchoolSetup), // School setup includes Manage data
        new("reports", Given.SchoolReports),
        new("reports/pupils", Given.PupilReports),
        new("targets", Given.SchoolReports),
        new("collaborate", Given.AllCollaborateGroups),
        new("tracking/reports", Given.TrackingSchoolReports, Tracking: true),
        new("tracking/pupils", Given.TrackingPupilReports, Tracking: true),
        new("tracking/assessments", Given.TrackingAssessments, Tracking: true),
        new("tracking/marks", Given.TrackingMarks, Tracking: true),
        new("users", Given.SchoolSetup),
        new("users/create-multiple", Given.SchoolSetup),
        new("users/manage", Given.SchoolSetup),
        new("users/pending", Given.SchoolSetup),
        new("users/templates", Given.SchoolSetup),
        new("users/explain", Given.SchoolSetup),
        new("users/review", Given.SchoolSetup),
        new("users/reset-codes", Given.SchoolSetup),
        new("users/sign-in-rules", Given.SchoolSetup),
        new("users/create/about", Given.SchoolSetup),
        new("log", Given.SchoolSetup),
        new("our-organisation", Given.SchoolSetup),
        new("targets/management", Given.SchoolSetup),
        new("collaborate/administration", Given.SchoolSetup),
        new("tracking/set-up", Given.SchoolSetup, Tracking: true),
        new("administration", Given.SchoolSetup | Given.ManageData),
    ];

    /// <summary>The entries of the main navigation, in their order, with where each leads.</summary>
    public static IEnumerable<(string Label, string Path)> Navigation(Given given, bool hasTracking)
    {
        yield return ("Home", "");
        if (Has(given, Given.SchoolReports))
        {
            yield return ("Reports", "reports");
            yield return ("Targets", "targets");
        }
        if (Has(given, Given.AllCollaborateGroups))
            yield return ("Collaborate", "collaborate");
        if (hasTracking && FirstOfTracking(given) is { } tracking)
            yield return ("Tracking", tracking);
        if (Has(given, Given.ManageData | Given.SchoolSetup))
            yield return ("Data", "data");
    }

    /// <summary>The entries of the administration menu, in their order; none means that there is no menu.</summary>
    public static IEnumerable<(string Label, string Path)> Administration(Given given, bool hasTracking)
    {
        var setup = Has(given, Given.SchoolSetup);
        if (setup)
        {
            yield return ("Create a single user", "users/create/about");
            yield return ("Create multiple users", "users/create-multiple");
            yield return ("Manage users", "users/manage");
            yield return ("Pending users", "users/pending");
            yield return ("Access templates", "users/templates");
            yield return ("Who can see what", "users/explain");
            yield return ("Access review", "users/review");
            yield return ("Reset codes", "users/reset-codes");
            yield return ("Sign-in rules", "users/sign-in-rules");
        }
        if (setup || Has(given, Given.ManageData))
            yield return ("Pupils & classes", "data");
        if (setup)
        {
            yield return ("Target Setting management", "targets/management");
            yield return ("Collaborate administration", "collaborate/administration");
        }
        if (setup && hasTracking)
            yield return ("Pupil Tracking set-up", "tracking/set-up");
        if (setup)
        {
            yield return ("Our organisation", "our-organisation");
            yield return ("Log", "log");
        }
    }

    public static int Status(ExpectedDoor door, Given given, bool hasTracking) =>
        door.Tracking && !hasTracking ? 404 : Has(given, door.OpenedBy) ? 200 : 403;

    /// <summary>Every set that may be held: Special permissions need school-level reports; without Pupil Tracking its four do not exist.</summary>
    public static IEnumerable<Given> Allowed(bool hasTracking)
    {
        var all = hasTracking ? 1 << 9 : 1 << 5;
        return Enumerable.Range(0, all).Select(bits => (Given)bits)
            .Where(given => Has(given, Given.SchoolReports) || !Has(given, Given.PupilReports | Given.AllCollaborateGroups));
    }

    private static bool Has(Given given, Given any) => (given & any) != 0;

    private static string? FirstOfTracking(Given given) =>
        Has(given, Given.TrackingSchoolReports) ? "tracking/reports"
        : Has(given, Given.TrackingPupilReports) ? "tracking/pupils"
        : Has(given, Given.TrackingAssessments) ? "tracking/assessments"
        : Has(given, Given.TrackingMarks) ? "tracking/marks"
        : null;
}
