using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Log;

/// <param name="Next">Ask for the following page with this; null at the end.</param>
/// <param name="TooMany">More people fit the search than it looks at.</param>
public sealed record LogPage(IReadOnlyList<LogRow> Rows, string? Next, bool IsFirst, bool TooMany);

/// <summary>What happened in one organisation, the newest first.</summary>
public sealed class ListLog(Database database, LogBook book)
{
    public const int PageSize = 50;

    public Task<LogPage> ExecuteAsync(Actor actor, LogQuery asked, CancellationToken cancellationToken)
    {
        var organisationId = actor.OrganisationId!.Value;
        return database.ReadAsync(OrganisationScope.Of(organisationId), async db =>
        {
            var places = await db.FindAsync(book, organisationId, asked, PageSize + 1, cancellationToken);
            var shown = places.Take(PageSize).ToList();
            var rows = await new LogRows(db, book, organisationId, await db.PlaceAsync(organisationId, cancellationToken)).ReadAsync([.. shown.Select(p => p.Id)], cancellationToken);
            var tooMany = !string.IsNullOrWhiteSpace(asked.Search)
                && await db.Set<Membership>().Where(m => m.OrganisationId == organisationId).Search(asked.Search).OrderBy(m => m.SurnameKey).Take(LogEntries.MostPeople + 1).CountAsync(cancellationToken) > LogEntries.MostPeople;
            return new LogPage(rows, places.Count > PageSize ? shown[^1].ToString() : null, PageKey.Read(asked.After) is null, tooMany);
        });
    }
}

/// <summary>How an organisation's chain stands, as far as its end tells.</summary>
/// <param name="Entries">Sealed entries.</param>
/// <param name="Since">When the first of them was made; null while there is none.</param>
/// <param name="SealedUntil">When the last of them was made.</param>
/// <param name="Unsealed">Entries that wait for the sealer.</param>
/// <param name="EndFits">The last entry, its place and the head of the chain agree, and the head bears the server's HMAC.</param>
public sealed record LogState(long Entries, DateTime? Since, DateTime? SealedUntil, int Unsealed, bool EndFits);

/// <summary>Looks at the end of the chain only, so that every page may show it; <see cref="CheckLog"/> reads it all.</summary>
public sealed class ReadLogState(Database database, AuditSealing sealing)
{
    public Task<LogState> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        var organisationId = actor.OrganisationId!.Value;
        return database.ReadAsync(OrganisationScope.Of(organisationId), async db =>
        {
            var entries = db.Set<AuditEntry>().Where(e => e.OrganisationId == organisationId);
            var unsealed = await entries.CountAsync(e => e.Sequence == null, cancellationToken);
            var head = await db.Set<AuditChain>().SingleOrDefaultAsync(c => c.OrganisationId == organisationId, cancellationToken);
            var last = await entries.Where(e => e.Sequence != null).OrderByDescending(e => e.Sequence).Select(e => new { e.Sequence, e.At, e.Hash }).FirstOrDefaultAsync(cancellationToken);
            // The sealer may be at work between these readings: an entry more than the head says is no fault then, and one less is.
            var fits = head is null ? last is null : sealing.IsHead(head) && last?.Sequence >= head.Sequence && (last.Sequence > head.Sequence || last.Hash!.AsSpan().SequenceEqual(head.Hash));
            var first = await entries.Where(e => e.Sequence == 1).Select(e => (DateTime?)e.At).SingleOrDefaultAsync(cancellationToken);
            return new LogState(last?.Sequence ?? 0, first, last?.At, unsealed, fits);
        });
    }
}
