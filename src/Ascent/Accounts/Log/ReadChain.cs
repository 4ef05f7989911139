using System.Globalization;
using System.Text.Json;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Log;

/// <summary>Names and texts beside an entry, about one person.</summary>
public sealed record ChainDetail(Guid Person, IReadOnlyDictionary<string, string> Texts);

/// <summary>An entry as it lies in its chain: facts, not a sentence.</summary>
/// <param name="By">The name of whoever did it, as it is now; null for the program and for the command line.</param>
/// <param name="Hash">Null until it is sealed.</param>
public sealed record ChainEntry(
    Guid Chain, Guid Id, long? Sequence, DateTime At, string Kind, ActorKind ActorKind, Guid? ActorId, string? By, JsonElement Facts, IReadOnlyList<ChainDetail> Details, string? Hash);

/// <param name="Email">The address of an account: entries that it did, or that are about it.</param>
public sealed record ChainQuery(string? Email = null, LogPart Part = LogPart.Either, string? Kind = null, DateOnly? From = null, DateOnly? To = null, int Most = 50);

/// <summary>Reads one chain as it lies there, the server's too. For whoever runs the server; a school's people have the log page.</summary>
public sealed class ReadChain(Database database)
{
    /// <summary>The newest first.</summary>
    public Task<Result<IReadOnlyList<ChainEntry>>> ListAsync(Guid chain, ChainQuery asked, CancellationToken cancellationToken) =>
        database.ReadAsync<Result<IReadOnlyList<ChainEntry>>>(OrganisationScope.Server, async db =>
        {
            var entries = db.Set<AuditEntry>().Where(e => e.OrganisationId == chain);
            if (asked.Kind is { } kind)
                entries = entries.Where(e => e.Kind == kind);
            if (asked.From is { } from)
            {
                var start = LondonTime.StartOf(from);
                entries = entries.Where(e => e.At >= start);
            }
            if (asked.To is { } to && to < DateOnly.MaxValue)
            {
                var end = LondonTime.StartOf(to.AddDays(1));
                entries = entries.Where(e => e.At < end);
            }
            if (asked.Email is { } email)
            {
                var key = EmailAddress.Parse(email)?.Key;
                if (key is null || await db.Set<Account>().Where(a => a.EmailKey == key).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancellationToken) is not { } person)
                    return new NotFound($"account as {email}");
                entries = entries.Where(e => (asked.Part != LogPart.AboutThem && e.ActorId == person)
                    || (asked.Part != LogPart.DidIt && db.Set<AuditDetail>().Any(d => d.PersonId == person && d.OrganisationId == chain && d.EntryId == e.Id)));
            }
            return Result.Of(await ReadAsync(db, chain, entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(asked.Most), cancellationToken));
        });

    /// <param name="which">Its number in the chain, or its id.</param>
    public Task<Result<ChainEntry>> FindAsync(Guid chain, string which, CancellationToken cancellationToken) =>
        database.ReadAsync<Result<ChainEntry>>(OrganisationScope.Server, async db =>
        {
            var (number, id) = (long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1, Guid.TryParse(which, out var g) ? g : Guid.Empty);
            return await ReadAsync(db, chain, db.Set<AuditEntry>().Where(e => e.OrganisationId == chain && (e.Sequence == number || e.Id == id)), cancellationToken) is [var entry]
                ? entry : new NotFound($"entry {which}");
        });

    private static async Task<IReadOnlyList<ChainEntry>> ReadAsync(AppDb db, Guid chain, IQueryable<AuditEntry> query, CancellationToken cancellationToken)
    {
        var entries = await query.ToListAsync(cancellationToken);
        var (details, names) = (new List<AuditDetail>(), new Dictionary<Guid, string>());
        foreach (var part in entries.Chunk(Lookups.Size))
        {
            var (ids, actors) = (part.Select(e => e.Id).ToArray(), part.Select(e => e.ActorId).OfType<Guid>().Distinct().ToArray());
            details.AddRange(await db.Set<AuditDetail>().Where(d => d.OrganisationId == chain && ids.Contains(d.EntryId)).ToListAsync(cancellationToken));
            foreach (var account in await db.Set<Account>().Where(a => actors.Contains(a.Id)).Select(a => new { a.Id, Name = a.Forename + " " + a.Surname }).ToListAsync(cancellationToken))
                names[account.Id] = account.Name;
        }
        var byEntry = details.ToLookup(d => d.EntryId);
        return entries.ConvertAll(e => new ChainEntry(chain, e.Id, e.Sequence, e.At, e.Kind, e.ActorKind, e.ActorId, e.ActorId is { } actor ? names.GetValueOrDefault(actor) : null,
            JsonSerializer.Deserialize<JsonElement>(e.Facts),
            [.. byEntry[e.Id].Select(d => new ChainDetail(d.PersonId, JsonSerializer.Deserialize<Dictionary<string, string>>(d.Text)!))],
            e.Hash is null ? null : Convert.ToHexStringLower(e.Hash)));
    }
}
