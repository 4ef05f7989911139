using System.Security.Cryptography;
using System.Text.Json;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Audit;

/// <param name="Place">Which entry: its number in the chain, or its id where it has none yet.</param>
public sealed record AuditFinding(Guid OrganisationId, string Place, string Problem);

/// <summary>An erasure that explains why details are missing: no fault.</summary>
/// <param name="Place">The entry that says so.</param>
/// <param name="Details">How many details of the person are gone from this chain.</param>
public sealed record AuditErasure(Guid OrganisationId, string Place, Guid AccountId, DateTime At, string Receipt, int Details);

/// <summary>An older copy of the database was put in the place of a newer one: no fault of the log, and a gap that somebody has to know of.</summary>
/// <param name="Place">The entry that says so.</param>
/// <param name="After">The last entry of the copy; those from there to <paramref name="Last"/> are lost.</param>
/// <param name="HeadsAt">When the log is known to have ended with <paramref name="Last"/>.</param>
public sealed record AuditRestore(Guid OrganisationId, string Place, DateTime At, long After, long Last, DateTime HeadsAt);

/// <summary>Details that are gone because six years have passed: no fault.</summary>
/// <param name="Place">The newest entry that says so.</param>
/// <param name="Before">Details of entries before this day are gone, all of them.</param>
/// <param name="Entries">How many entries have lost theirs.</param>
public sealed record AuditRetirement(Guid OrganisationId, string Place, DateOnly Before, int Entries);

/// <param name="Unsealed">Entries that wait for the sealer; not a fault while they are young.</param>
public sealed record AuditReport(int Chains, long Entries, int Unsealed, IReadOnlyList<AuditFinding> Findings, IReadOnlyList<AuditErasure> Erasures,
    IReadOnlyList<AuditRestore> Restores, IReadOnlyList<AuditRetirement> Retirements)
{
    public bool Holds => Findings.Count == 0;
}

/// <summary>Reads every chain from its beginning and names each place where it does not hold.</summary>
public sealed class VerifyAudit(Database database, AuditSealing sealing, TimeProvider clock)
{
    /// <param name="heads">The ends of the chains at an earlier moment, from a file kept outside the database.</param>
    public Task<AuditReport> ExecuteAsync(CancellationToken cancellationToken, AuditHeads? heads = null) => VerifyAsync(OrganisationScope.Server, heads, cancellationToken);

    /// <summary>One organisation's chain, and nothing of any other.</summary>
    public Task<AuditReport> ExecuteAsync(Guid organisationId, CancellationToken cancellationToken) => VerifyAsync(OrganisationScope.Of(organisationId), null, cancellationToken);

    private Task<AuditReport> VerifyAsync(OrganisationScope scope, AuditHeads? heads, CancellationToken cancellationToken) =>
        database.ReadAsync(scope, db => VerifyAsync(db, heads, cancellationToken));

    private async Task<AuditReport> VerifyAsync(AppDb db, AuditHeads? heads, CancellationToken cancellationToken)
    {
        var rows = await db.Set<AuditChain>().Select(c => c.OrganisationId).ToListAsync(cancellationToken);
        var chains = await db.Set<AuditEntry>().Select(e => e.OrganisationId).Distinct().ToListAsync(cancellationToken);
        var findings = new List<AuditFinding>();
        var explained = new Explained([], [], []);
        var kept = heads?.Chains.ToDictionary(h => h.Chain) ?? [];
        long entries = 0;
        foreach (var chain in chains.Union(rows).Union(kept.Keys).Order())
        {
            var length = await VerifyChainAsync(db, chain, findings, cancellationToken);
            var restores = await db.RestoresAsync(chain, cancellationToken);
            explained.Restores.AddRange(restores.Select(r => new AuditRestore(chain, PlaceOf(r.Entry), r.Entry.At, r.Restored.After, r.Restored.Last, r.Restored.HeadsAt)));
            if (kept.TryGetValue(chain, out var head) && !restores.Exists(r => r.Restored.Explains(head, heads!.At)))
                await VerifyHeadAsync(db, head, heads!.At, length, findings, cancellationToken);
            await VerifyDetailsAsync(db, chain, findings, explained, cancellationToken);
            entries += length;
        }
        var unsealed = await db.Set<AuditEntry>().CountAsync(e => e.Sequence == null, cancellationToken);
        return new(chains.Count, entries, unsealed, findings, explained.Erasures, explained.Restores, explained.Retirements);
    }

    /// <summary>What is missing and may be.</summary>
    private sealed record Explained(List<AuditErasure> Erasures, List<AuditRestore> Restores, List<AuditRetirement> Retirements);

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
        return expected - 1;
    }

    private void VerifyEntry(AuditEntry entry, long expected, byte[] previous, List<AuditFinding> findings)
    {
        var sequence = entry.Sequence!.Value;
        if (sequence != expected)
            findings.Add(new(entry.OrganisationId, Number(expected), Missing(expected, sequence - 1)));
        else if (!Same(entry.Hash, AuditSealing.HashOf(entry, sequence, previous)))
            findings.Add(new(entry.OrganisationId, Number(sequence), "was changed after it was sealed, or stands in another's place"));
        else if (!Same(entry.Mac, sealing.MacOf(entry.Hash!)))
            findings.Add(new(entry.OrganisationId, Number(sequence), "was not sealed by this server's key"));
    }

    /// <summary>A chain only grows: what was its end on an earlier day is still there, in the same place.</summary>
    private static async Task VerifyHeadAsync(AppDb db, AuditHead head, DateTime at, long length, List<AuditFinding> findings, CancellationToken cancellationToken)
    {
        var day = Shared.Text.InWords.Date(at);
        if (length < head.Sequence)
        {
            findings.Add(new(head.Chain, Number(length + 1), $"{Missing(length + 1, head.Sequence)}: the chain ended with {Number(head.Sequence)} on {day}"));
            return;
        }
        var hash = await db.Set<AuditEntry>().Where(e => e.OrganisationId == head.Chain && e.Sequence == head.Sequence).Select(e => e.Hash).SingleOrDefaultAsync(cancellationToken);
        if (!Same(hash, Convert.FromHexString(head.Hash)))
            findings.Add(new(head.Chain, Number(head.Sequence), $"is not the one that the chain ended with on {day}"));
    }

    private async Task VerifyDetailsAsync(AppDb db, Guid chain, List<AuditFinding> findings, Explained explained, CancellationToken cancellationToken)
    {
        var erased = await ErasedAsync(db, chain, cancellationToken);
        var retired = await RetiredAsync(db, chain, findings, cancellationToken);
        var rows = from entry in db.Set<AuditEntry>()
                   where entry.OrganisationId == chain && (entry.DetailHashes != "" || db.Set<AuditDetail>().Any(d => d.OrganisationId == chain && d.EntryId == entry.Id))
                   join detail in db.Set<AuditDetail>() on new { entry.OrganisationId, EntryId = entry.Id } equals new { detail.OrganisationId, detail.EntryId } into details
                   orderby entry.Sequence
                   select new { entry.Id, entry.Sequence, entry.At, entry.DetailHashes, Details = details.ToList() };
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var present = row.Details.Select(d => $"{d.PersonId:N}:{Convert.ToHexStringLower(AuditTrail.HashOf(d))}").ToHashSet(StringComparer.Ordinal);
            var sealedHashes = row.DetailHashes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var gone = sealedHashes.Where(hash => !present.Contains(hash)).ToList();
            var people = row.Details.Select(d => d.PersonId).ToHashSet();
            var isRetired = retired is not null && DateOnly.FromDateTime(row.At) < retired.Before;
            // Missing, not changed, and missing because of what a later entry says.
            var faulty = gone.Select(hash => Guid.ParseExact(hash[..32], "N")).Where(person => people.Contains(person) || !(isRetired || IsErased(erased, person, row.At))).ToList();
            if (faulty.Count > 0)
                findings.Add(new(chain, row.Sequence is { } sequence ? Number(sequence) : row.Id.ToString(), "has details that were changed or removed"));
            else if (gone.Count == 0 && present.Count > sealedHashes.Length)
                findings.Add(new(chain, row.Sequence is { } place ? Number(place) : row.Id.ToString(), "has details that were added"));
            else if (isRetired && gone.Count > 0)
                retired = retired! with { Entries = retired.Entries + 1 };
        }
        explained.Erasures.AddRange(erased.Values.OrderBy(e => e.At));
        if (retired is not null)
            explained.Retirements.Add(retired);
    }

    private static bool IsErased(Dictionary<Guid, AuditErasure> erased, Guid person, DateTime at)
    {
        if (!erased.TryGetValue(person, out var erasure) || at > erasure.At)
            return false;
        erased[person] = erasure with { Details = erasure.Details + 1 };
        return true;
    }

    /// <summary>
    /// Until which day details have gone by their age. An entry that claims it of days less than six years before it, or of such that are not
    /// six years ago even now, explains nothing and is a finding itself: it could hide that one person's texts were taken out.
    /// </summary>
    private async Task<AuditRetirement?> RetiredAsync(AppDb db, Guid chain, List<AuditFinding> findings, CancellationToken cancellationToken)
    {
        AuditRetirement? newest = null;
        foreach (var entry in await db.Set<AuditEntry>().Where(e => e.OrganisationId == chain && e.Kind == DetailsRetired.EventKind).OrderBy(e => e.At).ToListAsync(cancellationToken))
        {
            var before = JsonSerializer.Deserialize<DetailsRetired>(entry.Facts)!.Before;
            if (before > DetailsRetired.DueBefore(entry.At) || before > DetailsRetired.DueBefore(clock.Now()))
                findings.Add(new(chain, PlaceOf(entry), $"says that details before {Shared.Text.InWords.Date(before)} were removed by their age, and six years had not passed"));
            else if (newest is null || before > newest.Before)
                newest = new(chain, PlaceOf(entry), before, 0);
        }
        return newest;
    }

    private static async Task<Dictionary<Guid, AuditErasure>> ErasedAsync(AppDb db, Guid chain, CancellationToken cancellationToken)
    {
        var entries = await db.Set<AuditEntry>().Where(e => e.OrganisationId == chain && e.Kind == PersonErased.EventKind).OrderBy(e => e.At).ToListAsync(cancellationToken);
        var erased = new Dictionary<Guid, AuditErasure>();
        foreach (var entry in entries)
        {
            var happened = JsonSerializer.Deserialize<PersonErased>(entry.Facts)!;
            erased[happened.AccountId] = new(chain, PlaceOf(entry), happened.AccountId, entry.At, happened.Receipt, 0);
        }
        return erased;
    }

    private static bool Same(byte[]? stored, byte[] right) => stored is not null && CryptographicOperations.FixedTimeEquals(stored, right);

    private static string Missing(long from, long to) => from == to ? "is missing" : $"to {Number(to)} are missing";

    private static string PlaceOf(AuditEntry entry) => entry.Sequence is { } sequence ? Number(sequence) : entry.Id.ToString();

    private static string Number(long sequence) => $"entry {sequence}";
}
