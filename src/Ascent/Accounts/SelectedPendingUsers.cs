using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>People ticked on the list. Those who are not pending any more are left out, each with the reason.</summary>
public sealed record SelectedPendingUsers(IReadOnlyList<PendingUser> Pending, IReadOnlyList<Refusal> LeftOut);

/// <param name="Done">How many it was done for.</param>
public sealed record DoneForMany(int Done, IReadOnlyList<Refusal> LeftOut);

/// <summary>For the page that shows what resending to many, or deleting many, would do.</summary>
public sealed class ReadSelectedPendingUsers(Database database, TimeProvider clock)
{
    /// <returns>Null when one of them was never a membership of this organisation: no page of ours asks for that.</returns>
    public Task<SelectedPendingUsers?> ExecuteAsync(IReadOnlyCollection<Guid> membershipIds, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.LeftOutAsync(membershipIds, cancellationToken) is not { } leftOut)
                return null;
            var rows = await db.Pending().Where(r => membershipIds.Contains(r.Membership.Id))
                .OrderBy(r => r.Membership.SurnameKey).ThenBy(r => r.Membership.Id).ToListAsync(cancellationToken);
            return new SelectedPendingUsers(rows.ConvertAll(r => r.Describe(actor, clock.Now())), leftOut);
        });
}

internal static class Selections
{
    /// <summary>The chosen memberships that are pending, with their invitations, to be changed.</summary>
    public static async Task<List<(Membership Membership, Invitation Invitation)>> FindPendingAsync(this AppDb db, IReadOnlyCollection<Guid> membershipIds, CancellationToken cancellationToken)
    {
        var found = await (from membership in db.Set<Membership>()
                           where membershipIds.Contains(membership.Id) && membership.State == MembershipState.Pending
                           join invitation in db.Set<Invitation>() on membership.Id equals invitation.MembershipId
                           orderby membership.SurnameKey, membership.Id
                           select new { membership, invitation }).ToListAsync(cancellationToken);
        return found.ConvertAll(f => (f.membership, f.invitation));
    }

    /// <summary>Why some of the chosen cannot take part; null when one of them is no membership of this organisation.</summary>
    public static async Task<IReadOnlyList<Refusal>?> LeftOutAsync(this AppDb db, IReadOnlyCollection<Guid> membershipIds, CancellationToken cancellationToken)
    {
        var chosen = membershipIds.ToHashSet();
        var states = await db.Set<Membership>().Where(m => membershipIds.Contains(m.Id)).Select(m => new { m.Id, m.State }).ToListAsync(cancellationToken);
        if (states.Count < chosen.Count)
            return null;
        var leftOut = new List<Refusal>();
        foreach (var gone in states.Where(s => s.State != MembershipState.Pending))
            leftOut.Add(await db.WhyGoneAsync(gone.Id, cancellationToken));
        return leftOut;
    }
}
