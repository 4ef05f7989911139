using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="ChangedBy">Who last changed job role, access or end date, if they are still here; null also when nobody has.</param>
public sealed record PendingUserDetails(PendingUser Person, string? ChangedBy, DateTime? ChangedAt);

/// <summary>One pending user, for the pages about a single one.</summary>
public sealed class FindPendingUser(Database database, TimeProvider clock)
{
    /// <returns>Null when there is none of this id here (any more).</returns>
    public Task<PendingUserDetails?> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.Pending().SingleOrDefaultAsync(r => r.Membership.Id == membershipId, cancellationToken) is not { } row)
                return null;
            var changedBy = row.Membership.ChangedById is { } by
                ? await db.Named().Where(m => m.AccountId == by).Select(m => m.Forename + " " + m.Surname).SingleOrDefaultAsync(cancellationToken)
                : null;
            return new PendingUserDetails(row.Describe(actor, clock.Now()), changedBy, row.Membership.ChangedAt);
        });

    /// <summary>What became of somebody whom <see cref="ExecuteAsync"/> does not find.</summary>
    public Task<Refusal> WhyGoneAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), db => db.WhyGoneAsync(membershipId, cancellationToken));
}
