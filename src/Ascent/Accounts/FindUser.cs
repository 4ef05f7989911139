using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="CreatedBy">Null when that was the operator.</param>
/// <param name="StatusBy">Who closed the membership, if somebody did.</param>
/// <param name="ChangedBy">Who last changed job role, access or end date, if they are still here; null also when nobody has.</param>
/// <param name="IsRecordedAsEnded">The end date has passed and the membership is closed; a later date alone does not open it again.</param>
/// <param name="IsLastHolder">Nothing may take this person's School setup away.</param>
/// <param name="IsOnlyHolder">No other Active holder of School setup is there, so that this one may raise their own access.</param>
public sealed record UserDetails(
    UserRow Person, DateTime CreatedAt, string? CreatedBy, string? StatusBy, string? ChangedBy, DateTime? ChangedAt, bool IsRecordedAsEnded, bool IsLastHolder, bool IsOnlyHolder);

/// <summary>One user who has signed up, for the pages about a single one.</summary>
public sealed class FindUser(Database database, TimeProvider clock)
{
    /// <returns>The refusal says why there is none of this id: never here, deleted, or still pending.</returns>
    public Task<Result<UserDetails>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync<Result<UserDetails>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.Set<Membership>().SingleOrDefaultAsync(m => m.Id == membershipId, cancellationToken) is not { } membership)
                return new NotFound("user");
            var today = clock.Today();
            if (await db.RowsAsync([membershipId], actor, today, cancellationToken) is not [var row])
                return await db.Named().SingleOrDefaultAsync(m => m.MembershipId == membershipId, cancellationToken) is { } pending ? new OtherState(pending.FullName, pending.State) : new UserGone();
            var holders = await db.HoldersAsync(today, cancellationToken);
            var isHolder = holders.Exists(h => h.MembershipId == membershipId);
            return new UserDetails(row, membership.CreatedAt,
                await NameAsync(db, membership.CreatedById, cancellationToken), await NameAsync(db, membership.StateById, cancellationToken), await NameAsync(db, membership.ChangedById, cancellationToken), membership.ChangedAt,
                membership.State == MembershipState.Ended,
                isHolder && !holders.Exists(h => h.MembershipId != membershipId && h.EndsOn is null),
                isHolder && holders.Count == 1);
        });

    private static async Task<string?> NameAsync(AppDb db, Guid? accountId, CancellationToken cancellationToken) =>
        accountId is null ? null : await db.Named().Where(m => m.AccountId == accountId).Select(m => m.Forename + " " + m.Surname).SingleOrDefaultAsync(cancellationToken);
}
