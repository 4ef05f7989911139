using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Nightly;

public sealed record AccessEndsRecorded(IReadOnlyList<Guid> MembershipIds) : AuditEvent("access-ends-recorded");

/// <summary>Writes down that end dates have passed, and gives the seats back. The access itself ended at midnight, without this.</summary>
public sealed class RecordEnds(Database database, TimeProvider clock)
{
    /// <returns>How many memberships have ended.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var organisations = await database.ReadAsync(OrganisationScope.Server, db =>
            db.Set<Membership>().Where(m => m.State == MembershipState.Active && m.EndsOn < today).Select(m => m.OrganisationId).Distinct().ToListAsync(cancellationToken));
        var count = 0;
        foreach (var organisation in organisations)
            count += await database.ChangeAsync(OrganisationScope.Of(organisation), db => RecordAsync(db, organisation, today, cancellationToken), cancellationToken);
        return count;
    }

    private async Task<int> RecordAsync(AppDb db, Guid organisationId, DateOnly today, CancellationToken cancellationToken)
    {
        var ended = await db.Set<Membership>().Where(m => m.State == MembershipState.Active && m.EndsOn < today).ToListAsync(cancellationToken);
        var now = clock.Now();
        foreach (var membership in ended)
        {
            membership.End(now);
            await db.CloseAsync(membership, cancellationToken);
        }
        if (ended.Count == 0)
            return 0;
        db.AddAudit(now, Actor.System, organisationId, new AccessEndsRecorded([.. ended.Select(m => m.Id)]), await db.ForAuditAsync(ended, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        return ended.Count;
    }
}
