using Ascent.Persistence;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Many;

/// <summary>Somebody who is in the school, as a list of the whole staff is compared with it.</summary>
/// <param name="EmailKey">Of the address that the school may see: the invitation's while Pending, the account's afterwards.</param>
/// <param name="Version">The version of the membership; when it has moved, somebody else was at it.</param>
public sealed record MemberNow(Guid MembershipId, Guid AccountId, string FullName, string Email, string EmailKey, MembershipState State, AccessChoice Access, int Version)
{
    /// <summary>A place to be kept or given up; Deactivated and Ended people have none.</summary>
    public bool IsHere => State is MembershipState.Active or MembershipState.Pending;
}

/// <summary>Somebody who is Active or Pending and does not stand on the list of the whole staff.</summary>
/// <param name="Kept">Why the person stays whatever is ticked; null when the tick decides.</param>
public sealed record Leaver(MemberNow Member, bool IsChosen, string? Kept);

internal static class MembersNow
{
    /// <summary>Everybody of the one school in scope who is not deleted, by surname.</summary>
    public static async Task<IReadOnlyList<MemberNow>> MembersNowAsync(this AppDb db, CancellationToken cancellationToken)
    {
        var found = await (from member in db.Named()
                           join membership in db.Set<Membership>() on new { member.OrganisationId, member.MembershipId } equals new { membership.OrganisationId, MembershipId = membership.Id }
                           orderby membership.SurnameKey, membership.Id
                           select new
                           {
                               member.MembershipId, member.AccountId, member.Forename, member.Surname, member.Email, member.State,
                               membership.JobRole, membership.OtherRole, membership.PermissionBits, membership.EndsOn, membership.Version,
                           }).ToListAsync(cancellationToken);
        return found.ConvertAll(m => new MemberNow(m.MembershipId, m.AccountId, $"{m.Forename} {m.Surname}", m.Email, EmailAddress.Parse(m.Email)?.Key ?? m.Email, m.State,
            new AccessChoice(m.JobRole, m.OtherRole, new(m.PermissionBits), m.EndsOn), m.Version));
    }
}
