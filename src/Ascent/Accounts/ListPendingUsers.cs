using System.Linq.Expressions;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

public enum PendingLink
{
    /// <summary>The link has gone out and works: the person needs the code.</summary>
    WaitingForCode,

    /// <summary>It has run out, or the person asked for a new one.</summary>
    RunOut,

    /// <summary>It has not gone out yet, or cannot be delivered.</summary>
    NotSent,
}

public enum PendingAccess
{
    /// <summary>Will manage users: School setup in a school, LA or Trust setup above.</summary>
    SchoolSetup,
    ManageData,

    /// <summary>Pupils' names, in reports or in Pupil Tracking.</summary>
    PupilNames,
}

public enum PendingSort
{
    Newest,
    Name,
    LinkEnd,
}

/// <param name="Search">The beginning of a forename, a surname or an email address.</param>
/// <param name="After">Goes on after this place; null or unreadable for the first page.</param>
public sealed record PendingUsersQuery(string? Search = null, PendingLink? Link = null, PendingAccess? Access = null, PendingSort Sort = PendingSort.Newest, string? After = null);

/// <param name="Next">Ask for the following page with this; null at the end.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="ByLink">How many each choice would show, with the search and the other filter as they are.</param>
public sealed record PendingUsersPage(
    IReadOnlyList<PendingUser> Rows, string? Next, bool IsFirst, int Total, IReadOnlyDictionary<PendingLink, int> ByLink, IReadOnlyDictionary<PendingAccess, int> ByAccess);

/// <summary>The people of one organisation who have not signed up yet.</summary>
public sealed class ListPendingUsers(Database database, TimeProvider clock)
{
    public const int PageSize = 50;

    private static readonly long SchoolSetup = PermissionSet.Of(Permission.SchoolSetup, Permission.LaSetup).Bits;
    private static readonly long ManageData = PermissionSet.Of(Permission.ManageData).Bits;
    private static readonly long PupilNames = PermissionSet.Of(Permission.PupilReports, Permission.TrackingPupilReports).Bits;

    /// <param name="query">Null for everybody, the newest first.</param>
    public Task<PendingUsersPage> ExecuteAsync(Actor actor, PendingUsersQuery? query, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var asked = query ?? new();
            var now = clock.Now();
            var found = db.Pending(asked.Search);
            var (withLink, withAccess) = (asked.Link is { } link ? found.Where(Has(link, now)) : found, asked.Access is { } access ? found.Where(Has(access)) : found);
            var byLink = await CountAsync(withAccess, Enum.GetValues<PendingLink>(), l => Has(l, now), cancellationToken);
            var byAccess = await CountAsync(withLink, Enum.GetValues<PendingAccess>(), Has, cancellationToken);
            var both = asked.Access is { } chosen ? withLink.Where(Has(chosen)) : withLink;
            var (rows, isFirst) = Sorted(both, asked);
            var page = (await rows.Take(PageSize + 1).ToListAsync(cancellationToken)).ConvertAll(r => (Row: r, User: r.Describe(actor, now)));
            var next = page.Count > PageSize ? PlaceOf(page[PageSize - 1].Row, asked.Sort) : null;
            // Whoever is pending is in exactly one state of the link.
            var total = asked.Link is { } one ? byLink[one] : byLink.Values.Sum();
            return new PendingUsersPage([.. page.Take(PageSize).Select(p => p.User)], next, isFirst, total, byLink, byAccess);
        });

    private static Expression<Func<PendingRow, bool>> Has(PendingLink link, DateTime now) => link switch
    {
        PendingLink.RunOut => r => r.Invitation.ExpiresAt <= now || r.Invitation.NewLinkAskedAt != null,
        PendingLink.NotSent => r => r.Invitation.ExpiresAt > now && r.Invitation.NewLinkAskedAt == null && (r.MailState == MailState.Waiting || r.MailState == MailState.Dead),
        _ => r => r.Invitation.ExpiresAt > now && r.Invitation.NewLinkAskedAt == null && (r.MailState == null || r.MailState == MailState.Sent),
    };

    private static Expression<Func<PendingRow, bool>> Has(PendingAccess access)
    {
        var bits = access switch { PendingAccess.SchoolSetup => SchoolSetup, PendingAccess.ManageData => ManageData, _ => PupilNames };
        return r => (r.Membership.PermissionBits & bits) != 0;
    }

    private static async Task<IReadOnlyDictionary<T, int>> CountAsync<T>(
        IQueryable<PendingRow> rows, T[] choices, Func<T, Expression<Func<PendingRow, bool>>> has, CancellationToken cancellationToken) where T : notnull
    {
        var counts = new Dictionary<T, int>();
        foreach (var choice in choices)
            counts[choice] = await rows.CountAsync(has(choice), cancellationToken);
        return counts;
    }

    private static (IQueryable<PendingRow> Rows, bool IsFirst) Sorted(IQueryable<PendingRow> rows, PendingUsersQuery asked)
    {
        if (asked.Sort == PendingSort.Name)
        {
            var place = TextPageKey.Read(asked.After);
            if (place is { } p)
                rows = rows.Where(r => r.Membership.SurnameKey.CompareTo(p.Text) > 0 || (r.Membership.SurnameKey == p.Text && r.Membership.Id.CompareTo(p.Id) > 0));
            return (rows.OrderBy(r => r.Membership.SurnameKey).ThenBy(r => r.Membership.Id), place is null);
        }
        var key = PageKey.Read(asked.After);
        if (asked.Sort == PendingSort.LinkEnd)
        {
            if (key is { } k)
                rows = rows.Where(r => r.Invitation.ExpiresAt > k.At || (r.Invitation.ExpiresAt == k.At && r.Membership.Id.CompareTo(k.Id) > 0));
            return (rows.OrderBy(r => r.Invitation.ExpiresAt).ThenBy(r => r.Membership.Id), key is null);
        }
        if (key is { } last)
            rows = rows.Where(r => r.Membership.StateSince < last.At || (r.Membership.StateSince == last.At && r.Membership.Id.CompareTo(last.Id) < 0));
        return (rows.OrderByDescending(r => r.Membership.StateSince).ThenByDescending(r => r.Membership.Id), key is null);
    }

    private static string PlaceOf(PendingRow row, PendingSort sort) => sort switch
    {
        PendingSort.Name => new TextPageKey(row.Membership.SurnameKey, row.Membership.Id).ToString(),
        PendingSort.LinkEnd => new PageKey(row.Invitation.ExpiresAt, row.Membership.Id).ToString(),
        _ => new PageKey(row.Membership.StateSince, row.Membership.Id).ToString(),
    };
}
