using System.Security.Cryptography;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Audit;

/// <param name="Place">Which entry: its number in the chain, or its id where it has none yet.</param>
public sealed record AuditFinding(Guid OrganisationId, string Place, string Problem);

/// <param name="Unsealed">Entries that wait for the sealer; not a fault while they are young.</param>
public sealed record AuditReport(int Chains, long Entries, int Unsealed, IReadOnlyList<AuditFinding> Findings)
{
    public bool Holds => Findings.Count == 0;
}

/// <summary>Reads every chain from its beginning and names each place where it does not hold.</summary>
public sealed class VerifyAudit(Database database, AuditSealing sealing)
{
    public async Task<AuditReport> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open(OrganisationScope.Server);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var heads = await db.Set<AuditChain>().Select(c => c.OrganisationId).ToListAsync(cancellationToken);
        var chains = await db.Set<AuditEntry>().Select(e => e.OrganisationId).Distinct().ToListAsync(cancellationToken);
        var findings = new List<AuditFinding>();
        long entries = 0;
        foreach (var chain in chains.Union(heads).Order())
            entries += await VerifyChainAsync(db, chain, findings, cancellationToken);
        var unsealed = await db.Set<AuditEntry>().CountAsync(e => e.Sequence == null, cancellationToken);
        return new(chains.Count, entries, unsealed, findings);
    }

    private async Task<long> VerifyChainAsync(AppDb db, Guid chain, List<AuditFinding> findings, CancellationToken cancellationToken)
    {
        var previous = AuditSealing.FirstHash(chain);
        var expected = 1L;
        AuditChain? head;
        bool found;
        do
        {
            found = false;
            var from = expected;
            await foreach (var entry in db.Set<AuditEntry>().Where(e => e.OrganisationId == chain && e.Sequence >= from)
                .OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                VerifyEntry(entry, expected, previous, findings);
                previous = entry.Hash ?? previous;
                expected = entry.Sequence!.Value + 1;
                found = true;
            }
            head = await db.Set<AuditChain>().SingleOrDefaultAsync(c => c.OrganisationId == chain, cancellationToken);
        }
        while (found && head?.Sequence >= expected); // a server in use goes on sealing meanwhile
        if (head is null ? expected > 1 : head.Sequence != expected - 1)
            findings.Add(new(chain, Number(Math.Max(expected, head?.Sequence ?? expected)), "is the last of the chain by its head, but the entries end elsewhere"));
        else if (head is not null && (!Same(head.Hash, previous) || !Same(head.Mac, sealing.MacOfHead(head.Sequence, head.Hash))))
            findings.Add(new(chain, Number(head.Sequence), "is not the end that the head of the chain was sealed with"));
        await VerifyDetailsAsync(db, chain, findings, cancellationToken);
        return expected - 1;
    }

    private void VerifyEntry(AuditEntry entry, long expected, byte[] previous, List<AuditFinding> findings)
    {
        var sequence = entry.Sequence!.Value;
        if (sequence != expected)
            findings.Add(new(entry.OrganisationId, Number(expected), sequence == expected + 1 ? "is missing" : $"to {Number(sequence - 1)} are missing"));
        else if (!Same(entry.Hash, AuditSealing.HashOf(entry, sequence, previous)))
            findings.Add(new(entry.OrganisationId, Number(sequence), "was changed after it was sealed, or stands in another's place"));
        else if (!Same(entry.Mac, sealing.MacOf(entry.Hash!)))
            findings.Add(new(entry.OrganisationId, Number(sequence), "was not sealed by this server's key"));
    }

    private static async Task VerifyDetailsAsync(AppDb db, Guid chain, List<AuditFinding> findings, CancellationToken cancellationToken)
    {
        var rows = from entry in db.Set<AuditEntry>()
                   where entry.OrganisationId == chain && (entry.DetailHashes != "" || db.Set<AuditDetail>().Any(d => d.OrganisationId == chain && d.EntryId == entry.Id))
                   join detail in db.Set<AuditDetail>() on new { entry.OrganisationId, EntryId = entry.Id } equals new { detail.OrganisationId, detail.EntryId } into details
                   orderby entry.Sequence
                   select new { entry.Id, entry.Sequence, entry.DetailHashes, Details = details.ToList() };
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var place = row.Sequence is { } sequence ? Number(sequence) : row.Id.ToString();
            var present = row.Details.Select(d => $"{d.PersonId:N}:{Convert.ToHexStringLower(AuditTrail.HashOf(d))}").ToHashSet(StringComparer.Ordinal);
            var sealedHashes = row.DetailHashes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (sealedHashes.Any(hash => !present.Contains(hash)))
                findings.Add(new(chain, place, "has details that were changed or removed"));
            else if (present.Count > sealedHashes.Length)
                findings.Add(new(chain, place, "has details that were added"));
        }
    }

    private static bool Same(byte[]? stored, byte[] right) => stored is not null && CryptographicOperations.FixedTimeEquals(stored, right);

    private static string Number(long sequence) => $"entry {sequence}";
}
