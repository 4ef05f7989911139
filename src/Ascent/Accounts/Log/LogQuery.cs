using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Log;

/// <summary>How somebody who was looked for has to do with an entry.</summary>
public enum LogPart
{
    Either,
    DidIt,
    AboutThem,
}

/// <param name="Search">The beginning of a forename, a surname or an email address of a member of this organisation, past ones too.</param>
/// <param name="From">First day, in England.</param>
/// <param name="To">Last day, in England.</param>
/// <param name="Kind">One kind of docs/audit-events.md.</param>
/// <param name="After">Goes on after this place; null or unreadable for the first page.</param>
public sealed record LogQuery(string? Search = null, LogPart Part = LogPart.Either, LogGroup? Group = null, DateOnly? From = null, DateOnly? To = null, string? After = null, string? Kind = null);

/// <summary>
/// Finds entries, the newest first. However long the log is, each page is the merge of a few readings of one index each, and no reading
/// goes further than the page.
/// </summary>
internal static class LogEntries
{
    /// <summary>Of more people than this the search takes the first by name.</summary>
    public const int MostPeople = 10;

    public static async Task<IReadOnlyList<PageKey>> FindAsync(this AppDb db, Guid organisationId, LogQuery asked, int count, CancellationToken cancellationToken)
    {
        var places = new HashSet<PageKey>();
        foreach (var source in await SourcesAsync(db, organisationId, asked, cancellationToken))
            places.UnionWith(await source.Between(asked).After(PageKey.Read(asked.After)).Take(count).Select(e => new PageKey(e.At, e.Id)).ToListAsync(cancellationToken));
        return [.. places.OrderByDescending(p => p.At).ThenByDescending(p => p.Id, IdOrder.Instance).Take(count)];
    }

    private static async Task<IReadOnlyList<IQueryable<AuditEntry>>> SourcesAsync(AppDb db, Guid organisationId, LogQuery asked, CancellationToken cancellationToken)
    {
        var entries = db.Set<AuditEntry>().Where(e => e.OrganisationId == organisationId);
        var kinds = asked.Kind is { } kind ? [kind] : asked.Group is { } group ? LogSentences.KindsOf(group) : null;
        if (string.IsNullOrWhiteSpace(asked.Search))
            return kinds is null ? [entries] : [.. kinds.Select(one => entries.Where(e => e.Kind == one))];
        var people = await db.Set<Membership>().Where(m => m.OrganisationId == organisationId).Search(asked.Search).OrderBy(m => m.SurnameKey).Select(m => m.AccountId).Take(MostPeople).ToListAsync(cancellationToken);
        var sources = new List<IQueryable<AuditEntry>>();
        foreach (var person in people.Distinct())
        {
            if (asked.Part != LogPart.AboutThem)
                sources.Add(entries.Where(e => e.ActorId == person));
            if (asked.Part != LogPart.DidIt)
                sources.Add(from detail in db.Set<AuditDetail>()
                            where detail.PersonId == person && detail.OrganisationId == organisationId
                            join entry in entries on detail.EntryId equals entry.Id
                            select entry);
        }
        return kinds is null ? sources : [.. sources.Select(source => source.Where(e => kinds.Contains(e.Kind)))];
    }

    private static IQueryable<AuditEntry> Between(this IQueryable<AuditEntry> entries, LogQuery asked)
    {
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
        return entries;
    }

    private static IQueryable<AuditEntry> After(this IQueryable<AuditEntry> entries, PageKey? place)
    {
        if (place is { } last)
            // The first half alone is what an index can begin at.
            entries = entries.Where(e => e.At <= last.At && (e.At < last.At || e.Id.CompareTo(last.Id) < 0));
        return entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);
    }

    /// <summary>Ids in the order of the databases, which is that of their letters.</summary>
    private sealed class IdOrder : IComparer<Guid>
    {
        public static readonly IdOrder Instance = new();

        public int Compare(Guid x, Guid y) => string.CompareOrdinal(x.ToString("N"), y.ToString("N"));
    }
}
