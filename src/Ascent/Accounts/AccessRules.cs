using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Accounts;

/// <summary>What an organisation may decide about a membership. Creating a user and changing one ask the same rules, and so does each page.</summary>
public static class AccessRules
{
    /// <summary>The other role in words where the role is Other, else null.</summary>
    public static Result<string?> ReadRole(JobRole role, string? other, Place place = default)
    {
        if (JobRoles.In(place).All(info => info.Role != role))
            return new RoleMissing();
        if (role != JobRole.Other)
            return (string?)null;
        var words = PlainText.Tidy(other);
        if (words.Length == 0)
            return new OtherRoleUnreadable("Say which role it is");
        return PlainText.HasForbiddenCharacter(words) || PlainText.Length(words) > 60 || words.Length > 200
            ? new OtherRoleUnreadable("Say the role in 60 characters or fewer, on one line")
            : words;
    }

    /// <summary>What is wrong with a set of permissions in this place; one refusal at each permission.</summary>
    public static IReadOnlyList<Refusal> CheckAccess(PermissionSet permissions, Place place) =>
        [.. permissions.Validate(place).Select(fault => (Refusal)new AccessRefusal(fault))];

    /// <summary>The last day of access is today or later, and not so far away that it was mistyped.</summary>
    public static IReadOnlyList<Refusal> CheckEndDate(DateOnly? endsOn, DateOnly today) => endsOn switch
    {
        null => [],
        { } day when day < today => [new EndDateRefusal($"The last day of access must be today, {InWords.Date(today)}, or later")],
        { } day when day > today.AddYears(10) => [new EndDateRefusal("The last day of access must be within the next 10 years")],
        _ => [],
    };
}

public sealed record RoleMissing() : Refusal("role-missing", "Choose the job role", RefusalKind.Field, "JobRole");

public sealed record OtherRoleUnreadable(string Message) : Refusal("other-role", Message, RefusalKind.Field, "OtherRole");

public sealed record EndDateRefusal(string Message) : Refusal("end-date", Message, RefusalKind.Field, "EndsOn");

/// <summary>A permission without its parent, or one that does not exist here; said at that permission.</summary>
public sealed record AccessRefusal(PermissionFault Fault) : Refusal("access", Words(Fault), RefusalKind.Field, Fault.Permission.ToString())
{
    private static string Words(PermissionFault fault) => fault switch
    {
        NeedsParent { Permission: Permission.PupilReports } => "Pupil-level data needs school-level reports: tick both or neither",
        NeedsParent { Permission: Permission.AllCollaborateGroups } => "Collaborate groups need school-level reports: tick both or neither",
        NeedsParent needs => $"{PermissionCatalogue.Of(needs.Permission).Label} needs {PermissionCatalogue.Of(needs.Parent).Label}: tick both or neither",
        NotInThisSchool { Permission: var strange } when PermissionCatalogue.Of(strange).TrackingOnly => "This school has no Pupil Tracking",
        NotInThisSchool strange => $"{PermissionCatalogue.Of(strange.Permission).Label} cannot be given here in this way",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
