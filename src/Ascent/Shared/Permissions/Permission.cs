namespace Ascent.Shared.Permissions;

/// <summary>
/// What a membership may do. The numbers are bit positions in the stored set: never reuse one.
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
}

/// <summary>Which pupils a pupil-level permission reaches.</summary>
public enum PupilScope
{
    WholeSchool,
    OwnClasses,
}
