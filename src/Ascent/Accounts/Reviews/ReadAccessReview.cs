using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Reviews;

public enum ReviewShow
{
    ToLookAt,
    Confirmed,
    Everybody,
}

/// <param name="Search">The beginning of a forename, a surname or an email address.</param>
/// <param name="After">Goes on after this place; null or unreadable for the first page.</param>
public sealed record ReviewQuery(string? Search = null, ReviewShow Show = ReviewShow.ToLookAt, JobRole? Role = null, string? After = null);

/// <summary>How far an open review is.</summary>
/// <param name="People">Those whom it covers now.</param>
public sealed record ReviewProgress(DateOnly DueOn, DateTime OpenedAt, DateTime? FlaggedAt, int People, int Confirmed)
{
    private const int Days = 30;

    public int Left => People - Confirmed;

    /// <summary>From this day on those who are not confirmed are flagged.</summary>
    public static DateOnly FlagsOn(DateTime openedAt) => LondonTime.DateOf(openedAt).AddDays(Days);
}

/// <summary>A review that is over.</summary>
/// <param name="Confirmers">Who confirmed how many; nobody's name for those who are not here any more.</param>
public sealed record FormerReview(DateOnly DueOn, DateTime OpenedAt, DateTime FinishedAt, int People, int Confirmed, int NotConfirmed, IReadOnlyList<(string? Name, int Count)> Confirmers);

/// <param name="Open">Null when no review is open; then there are no rows either.</param>
/// <param name="Counts">How many each choice shows, with search and role as they are.</param>
/// <param name="Next">Ask for the following page with this; null at the end.</param>
/// <param name="NextOn">When the next review opens; null when there are no more.</param>
public sealed record ReviewPage(
    ReviewProgress? Open, IReadOnlyList<ReviewRow> Rows, string? Next, bool IsFirst, IReadOnlyDictionary<ReviewShow, int> Counts, IReadOnlyDictionary<JobRole, int> ByRole,
    ReviewRhythm Rhythm, DateOnly? NextOn, IReadOnlyList<FormerReview> Former);

/// <summary>The access review of one organisation: who is still to be looked at, how far it is, and what the reviews before came to.</summary>
public sealed class ReadAccessReview(Database database, TimeProvider clock)
{
    public const int PageSize = 50;
    private const int FormerShown = 12;

    public Task<ReviewPage> ExecuteAsync(Actor actor, ReviewQuery asked, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var today = clock.Today();
            var rhythm = await db.ReviewRhythmAsync(cancellationToken);
            var former = await FormerAsync(db, cancellationToken);
            if (await db.OpenReviewAsync(cancellationToken) is not { } review)
                return new ReviewPage(null, [], null, true, new Dictionary<ReviewShow, int>(), new Dictionary<JobRole, int>(), rhythm, ReviewCalendar.Next(rhythm, today), former);
            var covered = db.Covered(review, today);
            var found = covered.Where(m => db.Set<Membership>().Search(asked.Search).Any(f => f.Id == m.Membership.Id));
            var ofRole = asked.Role is { } role ? found.Where(m => m.Membership.JobRole == role) : found;
            var place = ReviewPageKey.Read(asked.After);
            var page = await Sorted(Shown(ofRole, asked.Show), place).Select(m => m.Membership.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
            var rows = await db.ReviewRowsAsync(review, [.. page.Take(PageSize)], actor, today, cancellationToken);
            return new ReviewPage(
                await db.ProgressAsync(review, today, cancellationToken), rows, page.Count > PageSize ? rows[^1].PageKey : null, place is null,
                new Dictionary<ReviewShow, int>
                {
                    [ReviewShow.ToLookAt] = await ofRole.CountAsync(m => !m.IsDone, cancellationToken),
                    [ReviewShow.Confirmed] = await ofRole.CountAsync(m => m.IsDone, cancellationToken),
                    [ReviewShow.Everybody] = await ofRole.CountAsync(cancellationToken),
                },
                await Shown(found, asked.Show).GroupBy(m => m.Membership.JobRole).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken),
                rhythm, ReviewCalendar.Next(rhythm, today), former);
        });

    private static IQueryable<ReviewedMembership> Shown(IQueryable<ReviewedMembership> found, ReviewShow show) => show switch
    {
        ReviewShow.ToLookAt => found.Where(m => !m.IsDone),
        ReviewShow.Confirmed => found.Where(m => m.IsDone),
        _ => found,
    };

    private static IQueryable<ReviewedMembership> Sorted(IQueryable<ReviewedMembership> found, ReviewPageKey? after)
    {
        if (after is { } p)
            found = found.Where(m => m.Item.Place.CompareTo(p.Place) > 0
                || (m.Item.Place == p.Place && (m.Membership.SurnameKey.CompareTo(p.Surname) > 0 || (m.Membership.SurnameKey == p.Surname && m.Membership.Id.CompareTo(p.Id) > 0))));
        return found.OrderBy(m => m.Item.Place).ThenBy(m => m.Membership.SurnameKey).ThenBy(m => m.Membership.Id);
    }

    private static async Task<IReadOnlyList<FormerReview>> FormerAsync(AppDb db, CancellationToken cancellationToken)
    {
        var reviews = await db.Set<AccessReview>().Where(r => r.FinishedAt != null).OrderByDescending(r => r.DueOn).Take(FormerShown).ToListAsync(cancellationToken);
        var ids = reviews.ConvertAll(r => r.Id);
        var by = await db.Set<AccessReviewItem>().Where(i => ids.Contains(i.ReviewId) && i.ConfirmedAt != null).GroupBy(i => new { i.ReviewId, i.ConfirmedById })
            .Select(g => new { g.Key.ReviewId, g.Key.ConfirmedById, Count = g.Count() }).ToListAsync(cancellationToken);
        var accounts = by.Select(b => b.ConfirmedById).OfType<Guid>().ToHashSet();
        var names = await db.Named().Where(m => accounts.Contains(m.AccountId)).ToDictionaryAsync(m => m.AccountId, m => m.FullName, cancellationToken);
        return [.. reviews.Select(r => new FormerReview(r.DueOn, r.OpenedAt, r.FinishedAt!.Value, r.People, r.Confirmed, r.NotConfirmed,
            [.. by.Where(b => b.ReviewId == r.Id).GroupBy(b => b.ConfirmedById is { } id ? names.GetValueOrDefault(id) : null)
                .Select(g => (Name: g.Key, Count: g.Sum(b => b.Count))).OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)]))];
    }
}
