using Ascent.Accounts;
using Ascent.Shared.Permissions;

namespace Ascent.Demo;

/// <summary>Somebody in one organisation; with an address that is there already, the same person in another one.</summary>
/// <param name="Place">A school by its URN, a body by its address.</param>
/// <param name="DaysAgo">When the membership was made.</param>
/// <param name="OpenedDaysAgo">When the organisation was last opened.</param>
/// <param name="Template">The name of the access template that was given.</param>
/// <param name="DaysLeft">Until the last day of access; null for no end.</param>
/// <param name="Schools">Of somebody of a body with selected schools: which ones.</param>
internal sealed record DemoPerson(
    string Place, string Forename, string Surname, string Email, JobRole Role, PermissionSet Permissions, int DaysAgo, bool IsPending = false, int OpenedDaysAgo = 1, string? Template = null,
    int? DaysLeft = null, string[]? Schools = null);

/// <summary>Invented people. The first of an organisation made the others.</summary>
public static class DemoPeople
{
    internal const string Larkfield = "900001";
    internal const string Harbour = "900002";
    internal const string Beacon = "900003";
    internal const string Ashby = "900004";
    internal const string Millbrook = "900005";
    internal const string Quayside = "900006";
    internal const string Saltmarsh = "900007";
    internal const string Northmoor = "la-999";
    internal const string Compass = "trust-99001";

    internal const string SetupOfLarkfield = "setup@larkfield.demo.example";
    internal const string SetupOfHarbour = "setup@harbour.demo.example";
    internal const string HeadOfAshby = "head@ashby.demo.example";
    internal const string OfNorthmoor = "la@northmoor.demo.example";

    /// <summary>The sign-ins that lead somewhere today, with what each is for.</summary>
    public static IReadOnlyList<(string Email, string What)> SignIns { get; } =
    [
        (SetupOfLarkfield, "administrator of a primary school (School setup)"),
        ("data@larkfield.demo.example", "data manager (Manage data): pupils, classes, subjects, and a file that waits for its review"),
        ("teacher@larkfield.demo.example", "teacher (reports and tracking, own classes)"),
        ("governor@larkfield.demo.example", "governor (school-level reports)"),
        (SetupOfHarbour, "administrator of a secondary school (School setup, which includes Manage data)"),
        ("leader@harbour.demo.example", "senior leader (reports, pupil names, Collaborate)"),
        ("teacher@beacon.demo.example", "teacher (reports, own classes): a class that took key stage 2 here last summer"),
        (OfNorthmoor, "local authority (LA setup, reports): its schools, one of them locked, and their administrators"),
        ("trust@compass.demo.example", "academy trust (Trust setup, reports)"),
        ("sip@northmoor.demo.example", "School Improvement Partner: three schools, until a last day"),
        (HeadOfAshby, "headteacher of an infant school, and adviser of the authority: two organisations, one sign-in"),
    ];

    /// <summary>Larkfield's access templates: one that is held and differs, one that is held, and one whose access somebody has without it.</summary>
    internal static IReadOnlyList<(string Name, PermissionSet Permissions)> Templates { get; } =
    [
        ("Class teacher", PermissionSet.Of(Permission.SchoolReports, Permission.TrackingSchoolReports, Permission.TrackingMarks)
            .With(Permission.PupilReports, PupilScope.OwnClasses).With(Permission.TrackingPupilReports, PupilScope.OwnClasses)),
        ("Governor", PermissionSet.Of(Permission.SchoolReports, Permission.TrackingSchoolReports)),
        ("Office", PermissionSet.Of(Permission.ManageData)),
    ];

    internal static string TemplatesUrn => Larkfield;

    internal static IReadOnlyList<DemoPerson> All { get; } =
    [
        new(Larkfield, "Amara", "Okafor", SetupOfLarkfield, JobRole.SchoolBusinessManager, PermissionSet.Of(Permission.SchoolSetup), 400),
        new(Larkfield, "Graham", "Ellis", "graham.ellis@larkfield.demo.example", JobRole.Headteacher,
            PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports, Permission.PupilReports, Permission.TrackingSchoolReports), 399),
        new(Larkfield, "Daniel", "Reed", "data@larkfield.demo.example", JobRole.DataManager, PermissionSet.Of(Permission.ManageData), 390),
        new(Larkfield, "Sunita", "Patel", "sunita.patel@larkfield.demo.example", JobRole.AssessmentLead,
            PermissionSet.Of(Permission.ManageData, Permission.SchoolReports, Permission.PupilReports, Permission.TrackingAssessments), 380),
        new(Larkfield, "Joanna", "Kowalczyk", "joanna.kowalczyk@larkfield.demo.example", JobRole.Administrator, PermissionSet.Of(Permission.ManageData), 300, OpenedDaysAgo: 260),
        new(Larkfield, "Marcus", "Bell", "marcus.bell@larkfield.demo.example", JobRole.SeniorLeader,
            PermissionSet.Of(Permission.ManageData, Permission.SchoolReports), 200, OpenedDaysAgo: 6),
        new(Larkfield, "Leila", "Haddad", "teacher@larkfield.demo.example", JobRole.Teacher,
            PermissionSet.Of(Permission.SchoolReports, Permission.TrackingSchoolReports, Permission.TrackingMarks)
                .With(Permission.PupilReports, PupilScope.OwnClasses).With(Permission.TrackingPupilReports, PupilScope.OwnClasses), 150, Template: "Class teacher"),
        new(Larkfield, "Owen", "Price", "governor@larkfield.demo.example", JobRole.Governor,
            PermissionSet.Of(Permission.SchoolReports, Permission.TrackingSchoolReports), 100, OpenedDaysAgo: 23, Template: "Governor"),
        new(Larkfield, "Callum", "Doyle", "callum.doyle@larkfield.demo.example", JobRole.SeniorLeader,
            PermissionSet.Of(Permission.ManageData, Permission.SchoolReports), 15, IsPending: true),
        new(Larkfield, "Tom", "Whitfield", "tom.whitfield@larkfield.demo.example", JobRole.Teacher,
            PermissionSet.Of(Permission.SchoolReports, Permission.TrackingSchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses), 13, IsPending: true, Template: "Class teacher"),
        new(Larkfield, "Priya", "Nair", "priya.nair@larkfield.demo.example", JobRole.DeputyHeadteacher,
            PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports, Permission.PupilReports), 7, IsPending: true),
        new(Harbour, "Ruth", "Adeyemi", SetupOfHarbour, JobRole.SchoolBusinessManager, PermissionSet.Of(Permission.SchoolSetup), 400),
        new(Harbour, "Imran", "Siddiqui", "leader@harbour.demo.example", JobRole.SeniorLeader,
            PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports, Permission.AllCollaborateGroups), 300),
        new(Beacon, "Nadia", "Rahman", "teacher@beacon.demo.example", JobRole.Teacher,
            PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses), 120),
        new(Ashby, "Teresa", "Lund", HeadOfAshby, JobRole.Headteacher, PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports, Permission.PupilReports), 380),
        new(Saltmarsh, "Rosalind", "Teague", "rosalind.teague@saltmarsh.demo.example", JobRole.Administrator, PermissionSet.Of(Permission.SchoolSetup), 370, OpenedDaysAgo: 60),
        new(Northmoor, "Yvonne", "Castell", OfNorthmoor, JobRole.DataOfficer, Officer, 395),
        new(Northmoor, "Martin", "Oyelaran", "martin.oyelaran@northmoor.demo.example", JobRole.Director, PermissionSet.Of(Permission.LaSetup, Permission.LaReports), 394, OpenedDaysAgo: 34),
        new(Northmoor, "Teresa", "Lund", HeadOfAshby, JobRole.Adviser, ChosenSchools, 190, OpenedDaysAgo: 9, Schools: [Larkfield, Ashby]),
        new(Northmoor, "Judith", "Hale", "sip@northmoor.demo.example", JobRole.SchoolImprovementPartner, ChosenSchools, 60, DaysLeft: 300, Schools: [Larkfield, Millbrook, Quayside]),
        new(Northmoor, "Kit", "Barlow", "kit.barlow@northmoor.demo.example", JobRole.Adviser, PermissionSet.Of(Permission.SchoolReports), 5, IsPending: true),
        new(Compass, "Stephen", "Achebe", "trust@compass.demo.example", JobRole.Director, Officer, 395),
    ];

    private static PermissionSet Officer => PermissionSet.Of(Permission.LaSetup, Permission.LaReports, Permission.SchoolReports, Permission.PupilReports);

    private static PermissionSet ChosenSchools => PermissionSet.Of(Permission.SchoolReports).With(SchoolScope.SelectedSchools);
}
