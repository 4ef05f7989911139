using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Audit;

/// <summary>
/// Gives unsealed entries their place in the chain. Any number of nodes may run it: a chain's head carries a version number, so of two
/// sealers of one chain the second begins again and finds the work done.
/// </summary>
public sealed class SealAudit(Database database, AuditSealing sealing)
{
    private const int Batch = 200;

    /// <returns>How many entries were sealed.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var chains = await database.ReadAsync(OrganisationScope.Server, db =>
            db.Set<AuditEntry>().Where(e => e.Sequence == null).Select(e => e.OrganisationId).Distinct().ToListAsync(cancellationToken));
        var count = 0;
        foreach (var chain in chains)
        {
            int batch;
            do
            {
                batch = await database.ChangeAsync(OrganisationScope.Of(chain), db => SealBatchAsync(db, chain, cancellationToken), cancellationToken);
                count += batch;
            }
            while (batch == Batch);
        }
        return count;
    }

    private async Task<int> SealBatchAsync(AppDb db, Guid organisationId, CancellationToken cancellationToken)
    {
        // The head first: whoever seals between these two reads moves it, and then this save loses. The other way round, entries that are
        // sealed meanwhile would be given a second place.
        var head = await db.Set<AuditChain>().SingleOrDefaultAsync(cancellationToken);
        var entries = await db.Set<AuditEntry>().Where(e => e.Sequence == null).OrderBy(e => e.At).ThenBy(e => e.Id).Take(Batch).ToListAsync(cancellationToken);
        if (entries.Count == 0)
            return 0;
        if (head is null)
        {
            head = new AuditChain { OrganisationId = organisationId, Hash = AuditSealing.FirstHash(organisationId), Mac = [] };
            db.Add(head);
        }
        foreach (var entry in entries)
        {
            var sequence = head.Sequence + 1;
            entry.Hash = AuditSealing.HashOf(entry, sequence, head.Hash);
            entry.Mac = sealing.MacOf(entry.Hash);
            entry.Sequence = sequence;
            head.Sequence = sequence;
            head.Hash = entry.Hash;
        }
        head.Mac = sealing.MacOfHead(head.Sequence, head.Hash);
        head.Version++;
        await db.SaveChangesAsync(cancellationToken);
        return entries.Count;
    }
}
