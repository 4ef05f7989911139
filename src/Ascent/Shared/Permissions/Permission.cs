namespace Ascent.Shared.Permissions;

/// <summary>
/// What a membership of a school, or of a body above schools, may do. The numbers are bit positions in the stored set: never reuse one.
/// Bits 32 and up hold scopes, see <see cref="PermissionSet"/>.
/// </summary>
public enum Permission
{
    SchoolSetup = 0,
    ManageData = 1,
    SchoolReports = 2,
    PupilReports = 3,
    AllCollaborateGroups = 4,
    TrackingSchoolReports = 5,
    TrackingPupilReports = 6,
    TrackingAssessments = 7,
    TrackingMarks = 8,
    LaSetup = 9,
    LaReports = 10,
}

/// <summary>Which pupils a pupil-level permission reaches.</summary>
public enum PupilScope
{
    WholeSchool,
    OwnClasses,
}

/// <summary>Which of a body's schools its reports of schools reach: all that it has a present link with, or those chosen for the membership.</summary>
public enum SchoolScope
{
    AllSchools,
    SelectedSchools,
}

/// <summary>
/// Where a membership is, as far as it decides which permissions there are: a school with or without Pupil Tracking, or a body above schools.
/// Whether there is Pupil Tracking stands for a school.
/// </summary>
public readonly record struct Place(bool HasTracking, bool IsBody, bool IsTrust)
{
    public static Place LocalAuthority => new(false, true, false);

    public static Place Trust => new(false, true, true);

    public static Place School(bool hasTracking) => new(hasTracking, false, false);

    public static implicit operator Place(bool hasTracking) => School(hasTracking);
}
