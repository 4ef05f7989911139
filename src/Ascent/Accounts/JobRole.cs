using Ascent.Shared.Permissions;

namespace Ascent.Accounts;

/// <summary>A person's job in the organisation. It grants nothing.</summary>
public enum JobRole
{
    Headteacher,
    DeputyHeadteacher,
    AssistantHeadteacher,
    SeniorLeader,
    DataManager,
    AssessmentLead,
    ExaminationsOfficer,
    SubjectLeader,
    HeadOfYear,
    Senco,
    Teacher,
    TeachingAssistant,
    Governor,
    SchoolBusinessManager,
    Administrator,
    ItSupport,
    Other,
    Director,
    Adviser,
    DataOfficer,
    SchoolImprovementPartner,
}

/// <param name="Plural">For "Suggested for teachers: …".</param>
/// <param name="Suggestion">What the next pages pre-tick, marked as a suggestion.</param>
public sealed record JobRoleInfo(JobRole Role, string Label, string Plural, PermissionSet Suggestion);

/// <summary>The job roles of a school, and those of a body above schools, in the order in which they are asked.</summary>
public static class JobRoles
{
    private static readonly PermissionSet SchoolLevel = PermissionSet.Of(Permission.SchoolReports, Permission.TrackingSchoolReports);

    private static readonly PermissionSet Leader = SchoolLevel.With(Permission.PupilReports).With(Permission.TrackingPupilReports);

    private static readonly PermissionSet ClassTeacher = SchoolLevel
        .With(Permission.PupilReports, PupilScope.OwnClasses)
        .With(Permission.TrackingPupilReports, PupilScope.OwnClasses)
        .With(Permission.TrackingMarks);

    public static IReadOnlyList<JobRoleInfo> All { get; } =
    [
        new(JobRole.Headteacher, "Headteacher", "headteachers", Leader),
        new(JobRole.DeputyHeadteacher, "Deputy headteacher", "deputy headteachers", Leader),
        new(JobRole.AssistantHeadteacher, "Assistant headteacher", "assistant headteachers", Leader),
        new(JobRole.SeniorLeader, "Senior leader", "senior leaders", Leader),
        new(JobRole.DataManager, "Data manager", "data managers", Leader.With(Permission.ManageData)),
        new(JobRole.AssessmentLead, "Assessment lead", "assessment leads", Leader.With(Permission.TrackingAssessments).With(Permission.TrackingMarks)),
        new(JobRole.ExaminationsOfficer, "Examinations officer", "examinations officers", PermissionSet.Of(Permission.ManageData, Permission.SchoolReports)),
        new(JobRole.SubjectLeader, "Subject leader", "subject leaders", Leader),
        new(JobRole.HeadOfYear, "Head of year or phase", "heads of year or phase", Leader),
        new(JobRole.Senco, "SENCO", "SENCOs", Leader),
        new(JobRole.Teacher, "Teacher", "teachers", ClassTeacher),
        new(JobRole.TeachingAssistant, "Teaching assistant", "teaching assistants", PermissionSet.None),
        new(JobRole.Governor, "Governor", "governors", SchoolLevel),
        new(JobRole.SchoolBusinessManager, "School business manager", "school business managers", PermissionSet.None),
        new(JobRole.Administrator, "Administrator", "administrators", PermissionSet.None),
        new(JobRole.ItSupport, "IT support", "IT support staff", PermissionSet.None),
        new(JobRole.Other, "Other", "other roles", PermissionSet.None),
    ];

    /// <summary>Those of an authority or trust. A School Improvement Partner sees chosen schools up to a day; the others grant nothing.</summary>
    public static IReadOnlyList<JobRoleInfo> InBodies { get; } =
    [
        new(JobRole.Director, "Director", "directors", PermissionSet.None),
        new(JobRole.Adviser, "Adviser", "advisers", PermissionSet.None),
        new(JobRole.DataOfficer, "Data officer", "data officers", PermissionSet.None),
        new(JobRole.Administrator, "Administrator", "administrators", PermissionSet.None),
        new(JobRole.SchoolImprovementPartner, "School Improvement Partner", "School Improvement Partners", PermissionSet.Of(Permission.SchoolReports).With(SchoolScope.SelectedSchools)),
        new(JobRole.Other, "Other", "other roles", PermissionSet.None),
    ];

    private static readonly Dictionary<JobRole, JobRoleInfo> ByRole = All.Concat(InBodies).DistinctBy(info => info.Role).ToDictionary(info => info.Role);

    public static IReadOnlyList<JobRoleInfo> In(Place place) => place.IsBody ? InBodies : All;

    public static JobRoleInfo Of(JobRole role) => ByRole[role];

    /// <summary>As lists of people have it, so that what was exported can be given again: "Other: chess coach".</summary>
    public static string InList(JobRole role, string? other) => role == JobRole.Other && !string.IsNullOrEmpty(other) ? $"{Of(role).Label}: {other}" : Of(role).Label;

    /// <summary>The role in words, the person's own where it is Other.</summary>
    public static string Label(JobRole role, string? other) => role == JobRole.Other && !string.IsNullOrEmpty(other) ? other : Of(role).Label;
}
