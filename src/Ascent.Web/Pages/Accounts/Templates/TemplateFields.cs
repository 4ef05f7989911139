using Ascent.Accounts;
using Ascent.Shared.Permissions;

namespace Ascent.Web.Pages.Accounts.Templates;

/// <summary>Name and boxes of a template, as the pages to add and to change one show them.</summary>
public sealed record TemplateFields(SchoolAccess School, string? Name, PermissionSet Chosen)
{
    public IReadOnlyList<Permission> In(PermissionGroup group) => [.. PermissionCatalogue.In(School.HasTracking).Where(p => p.Group == group).Select(p => p.Permission)];

    // A template takes no seat: limits are told where it is given.
    public PermissionChoice Choice(Permission permission) => new(permission, School, Chosen, null, new Components.SeatHolder("", ""), "the person");

    /// <summary>The permissions that stand open in this school.</summary>
    public static IEnumerable<Permission> Asked(SchoolAccess school) => PermissionCatalogue.In(school.HasTracking).Select(p => p.Permission);
}
