using Ascent.Accounts;
using Ascent.Shared.Permissions;

namespace Ascent.Demo;

/// <param name="DaysAgo">When the membership was made.</param>
/// <param name="OpenedDaysAgo">When the school was last opened.</param>
/// <param name="Template">The name of the access template that was given.</param>
internal sealed record DemoPerson(
    string Urn, string Forename, string Surname, string Email, JobRole Role, PermissionSet Permissions, int DaysAgo, bool IsPending = false, int OpenedDaysAgo = 1, string? Template = null);

/// <summary>Invented people. The first of a school made the others.</summary>
public static class DemoPeople
{
    internal const string Larkfield = "900001";
    private const string Harbour = "900002";
    private const string Beacon = "900003";

    /// <summary>The sign-ins that lead somewhere today, with what each is for.</summary>
    public static IReadOnlyList<(string Email, string What)> SignIns { get; } =
    [
        ("setup@larkfield.demo.example", "administrator of a primary school (School setup)"),
        ("data@larkfield.demo.example", "data manager (Manage data): pupils, classes, subjects, and a file that waits for its review"),
        ("teacher@larkfield.demo.example", "teacher (reports and tracking, own classes)"),
        ("governor@larkfield.demo.example", "governor (school-level reports)"),
        ("setup@harbour.demo.example", "administrator of a secondary school (School setup, which includes Manage data)"),
        ("leader@harbour.demo.example", "senior leader (reports, pupil names, Collaborate)"),
        ("teacher@beacon.demo.example", "teacher (reports, own classes): a class that took key stage 2 here last summer"),
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
        new(Larkfield, "Amara", "Okafor", "setup@larkfield.demo.example", JobRole.SchoolBusinessManager, PermissionSet.Of(Permission.SchoolSetup), 400),
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
        new(Harbour, "Ruth", "Adeyemi", "setup@harbour.demo.example", JobRole.SchoolBusinessManager, PermissionSet.Of(Permission.SchoolSetup), 400),
        new(Harbour, "Imran", "Siddiqui", "leader@harbour.demo.example", JobRole.SeniorLeader,
            PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports, Permission.AllCollaborateGroups), 300),
        new(Beacon, "Nadia", "Rahman", "teacher@beacon.demo.example", JobRole.Teacher,
            PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses), 120),
    ];
}
