using Ascent.Shared.Permissions;

namespace Ascent.Organisations.Reach;

/// <summary>What a level lets through, and its words.</summary>
public static class ReachLevels
{
    /// <summary>The permissions of a body's membership that act in a school at this level; nothing but reports ever does.</summary>
    public static PermissionSet Reports(this ReachLevel level) => level switch
    {
        ReachLevel.Administration => PermissionSet.None,
        ReachLevel.School => PermissionSet.Of(Permission.SchoolReports, Permission.AllCollaborateGroups),
        _ => PermissionSet.Of(Permission.SchoolReports, Permission.AllCollaborateGroups, Permission.PupilReports),
    };

    /// <summary>The reports that somebody from above may give to a holder of the school's School setup; Collaborate groups never.</summary>
    public static PermissionSet Grants(this ReachLevel level) => level.Reports().Without(Permission.AllCollaborateGroups);

    public static string Words(this ReachLevel level) => level switch
    {
        ReachLevel.Administration => "administration only",
        ReachLevel.School => "school-level reports",
        _ => "reports with pupils’ names",
    };
}
