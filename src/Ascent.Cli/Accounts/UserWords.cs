using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Cli.Accounts;

/// <summary>How users look on the command line.</summary>
internal static class UserWords
{
    /// <summary>What is said wherever a code was made: it is for the school to hand over, and for no terminal's scroll-back.</summary>
    public const string WhereTheCodeIs = "The activation code is not shown here: the school’s administrators show it under Pending users.";

    /// <summary>The stable shape: fields are added, never renamed.</summary>
    public static object AsJson(SchoolUser user) => new
    {
        user.MembershipId,
        user.Email,
        user.Forename,
        user.Surname,
        user.State,
        user.StateSince,
        user.Access.JobRole,
        user.Access.OtherRole,
        Permissions = user.Access.Permissions.Held(),
        OwnClasses = OwnClasses(user.Access.Permissions),
        user.Access.EndsOn,
        user.LastOpenedAt,
        user.LinkExpiresAt,
    };

    public static string[] AsRow(SchoolUser user) =>
        [user.Email, user.FullName, JobRoles.Label(user.Access.JobRole, user.Access.OtherRole), string.Join(", ", Tags(user.Access.Permissions)), user.Access.EndsOn is { } day ? InWords.Date(day) : "", user.State.ToString()];

    public static IEnumerable<string> Tags(PermissionSet permissions) =>
        permissions.Held().Select(p => PermissionCatalogue.Of(p) is { HasScope: true } info && permissions.ScopeOf(p) == PupilScope.OwnClasses ? $"{info.Tag} (own classes)" : PermissionCatalogue.Of(p).Tag);

    public static IEnumerable<Permission> OwnClasses(PermissionSet permissions) =>
        permissions.Held().Where(p => PermissionCatalogue.Of(p).HasScope && permissions.ScopeOf(p) == PupilScope.OwnClasses);

    public static string AtOption(Refusal refusal) => refusal switch
    {
        { Field: "JobRole" } => $"--role: {refusal.Message}",
        { Field: "OtherRole" } => $"--other-role: {refusal.Message}",
        { Field: "EndsOn" } => $"--ends-on: {refusal.Message}",
        AccessRefusal => $"--permissions: {refusal.Message}",
        _ => Options.AtOption(refusal),
    };
}
