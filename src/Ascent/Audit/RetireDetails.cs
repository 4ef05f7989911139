using System.Text.Json;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Audit;

/// <summary>The names and texts beside all entries of the chain before a day are deleted because of their age. The entries stay.</summary>
/// <param name="Before">The first day (UTC) whose details are kept.</param>
public sealed record DetailsRetired(DateOnly Before) : AuditEvent(DetailsRetired.EventKind)
{
    public const string EventKind = "details-retired";

    /// <summary>Details are kept for so many years.</summary>
    public const int Years = 6;

    /// <summary>Whole days only: at this moment the details of every earlier day are older than six years.</summary>
    public static DateOnly DueBefore(DateTime now) => DateOnly.FromDateTime(now).AddYears(-Years);
}

/// <summary>
/// Deletes details older than six years. Each chain says it first, then the rows go a few hundred at a time: whenever this is stopped on
/// the way, the chain holds, and the next night goes on.
/// </summary>
public sealed class RetireDetails(Database database, TimeProvider clock)
{
    private const int Batch = 200;

    /// <returns>How many details were deleted.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = DetailsRetired.DueBefore(clock.Now());
        var until = before.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        // Chain by chain in the database: the beginning of each is found by its index, and most have nothing so old.
        var chains = await database.ReadAsync(OrganisationScope.Server, db => db.Set<AuditChain>()
            .Where(c => db.Set<AuditEntry>().Any(e => e.OrganisationId == c.OrganisationId && e.At < until
                && db.Set<AuditDetail>().Any(d => d.OrganisationId == e.OrganisationId && d.EntryId == e.Id)))
            .Select(c => c.OrganisationId).ToListAsync(cancellationToken));
        var count = 0;
        foreach (var chain in chains)
        {
            await SayAsync(chain, before, cancellationToken);
            int deleted;
            do
                count += deleted = await DeleteBatchAsync(chain, until, cancellationToken);
            while (deleted > 0);
        }
        return count;
    }

    private Task<int> SayAsync(Guid chain, DateOnly before, CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Of(chain), async db =>
        {
            var said = await db.Set<AuditEntry>().Where(e => e.OrganisationId == chain && e.Kind == DetailsRetired.EventKind).OrderByDescending(e => e.At).Select(e => e.Facts).FirstOrDefaultAsync(cancellationToken);
            if (said is not null && JsonSerializer.Deserialize<DetailsRetired>(said)!.Before >= before)
                return 0;
            db.AddAudit(clock.Now(), Actor.System, chain, new DetailsRetired(before));
            return await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);

    private async Task<int> DeleteBatchAsync(Guid chain, DateTime until, CancellationToken cancellationToken)
    {
        var entries = await database.ReadAsync(OrganisationScope.Of(chain), db => (
            from entry in db.Set<AuditEntry>()
            where entry.OrganisationId == chain && entry.At < until && db.Set<AuditDetail>().Any(d => d.OrganisationId == chain && d.EntryId == entry.Id)
            orderby entry.At, entry.Id
            select entry.Id).Take(Batch).ToListAsync(cancellationToken));
        return entries.Count == 0 ? 0 : await database.WriteAsync(OrganisationScope.Of(chain), db =>
            db.Set<AuditDetail>().Where(d => d.OrganisationId == chain && entries.Contains(d.EntryId)).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }
}
