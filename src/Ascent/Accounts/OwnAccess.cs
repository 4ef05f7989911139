using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts;

/// <summary>
/// What somebody may not change on their own membership. They may lower their own access to reports and tracking, and change their job
/// role, which gives nothing.
/// </summary>
/// <param name="MayBeAloneWith">Whoever is the only Active holder of School setup may do it all the same, and confirms that it is them.</param>
public sealed record OwnAccess(string Message, string Field, bool MayBeAloneWith) : Refusal("own-access", Message, RefusalKind.Refused, Field)
{
    public static IReadOnlyList<OwnAccess> Check(AccessChoice before, AccessChoice after)
    {
        var refusals = new List<OwnAccess>();
        var difference = before.Permissions.DifferenceTo(after.Permissions);
        foreach (var info in PermissionCatalogue.Everywhere)
        {
            var isRaised = difference.Given.Contains(info.Permission) || difference.Widened.Contains(info.Permission);
            if (info.Group == PermissionGroup.Administration && (isRaised || difference.Taken.Contains(info.Permission)))
                refusals.Add(new("Your own administration rights can be changed by another administrator only", info.Permission.ToString(), MayBeAloneWith: false));
            else if (isRaised)
                refusals.Add(new("You can lower your own access. Raising it needs another administrator", info.Permission.ToString(), MayBeAloneWith: true));
        }
        if (before.EndsOn != after.EndsOn)
            refusals.Add(new("Your own end date can be changed by another administrator only", "EndsOn", MayBeAloneWith: false));
        return refusals;
    }
}
