using System.Linq.Expressions;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Reviews;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>The states of somebody who has signed up, as people speak of them: an end date that has passed is an end.</summary>
public enum UserStatus
{
    Active,
    Ended,
    Deactivated,
}

public enum UsersAccess
{
    /// <summary>Manages users: School setup in a school, LA or Trust setup above.</summary>
    SchoolSetup,

    /// <summary>By its own seat, or with School setup.</summary>
    ManageData,

    /// <summary>Pupils' names, in reports or in Pupil Tracking.</summary>
    PupilNames,

    Collaborate,

    /// <summary>Nothing at all.</summary>
    None,
}

/// <summary>Of Active people: what an administrator should look at from time to time.</summary>
public enum UsersAttention
{
    EndsSoon,
    Dormant,

    /// <summary>Flagged in the access review, and still not confirmed.</summary>
    Unconfirmed,
}

/// <summary>Of Active people: of the others it is not the organisation's to know.</summary>
public enum UsersFactor
{
    With,
    Without,
}

public enum UsersSort
{
    Name,
    OpenedLast,
    OpenedLongestAgo,
}

/// <param name="Search">The beginning of a forename, a surname or an email address.</param>
/// <param name="After">Goes on after this place; null or unreadable for the first page.</param>
public sealed record UsersQuery(
    string? Search = null, UserStatus? Status = null, UsersAccess? Access = null, JobRole? Role = null, UsersAttention? Attention = null, UsersFactor? Factor = null, UsersSort Sort = UsersSort.Name, string? After = null);

/// <summary>How many each choice of the filters would show, with the search as it is.</summary>
public sealed record UsersCounts(
    IReadOnlyDictionary<UserStatus, int> ByStatus, IReadOnlyDictionary<UsersAccess, int> ByAccess, IReadOnlyDictionary<JobRole, int> ByRole, IReadOnlyDictionary<UsersAttention, int> ByAttention,
    IReadOnlyDictionary<UsersFactor, int> ByFactor);

/// <param name="Next">Ask for the following page with this; null at the end.</param>
/// <param name="Total">How many there are on all pages; not counted further than <see cref="ListUsers.MostCounted"/> + 1.</param>
/// <param name="Counts">Null where there are so many people that counting would cost more than the page.</param>
/// <param name="Pending">How many Pending users the search finds: they stand on a list of their own.</param>
public sealed record UsersPage(IReadOnlyList<UserRow> Rows, string? Next, bool IsFirst, int Total, UsersCounts? Counts, int Pending);

/// <summary>The people of one organisation who have signed up, whether it is open to them now or not.</summary>
public sealed class ListUsers(Database database, TimeProvider clock)
{
    public const int PageSize = 50;
    public const int MostCounted = 2_000;

    public Task<UsersPage> ExecuteAsync(Actor actor, UsersQuery asked, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var today = clock.Today();
            var found = db.SignedUp().Search(asked.Search);
            var unconfirmed = await db.UnconfirmedAsync(today, cancellationToken);
            var filtered = found.Filter(asked, db, today, unconfirmed);
            var (sorted, isFirst) = filtered.Sorted(asked);
            // The ids from the index alone; everything else of these few afterwards.
            var ids = await sorted.Select(m => m.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
            var rows = await db.RowsAsync([.. ids.Take(PageSize)], actor, today, cancellationToken);
            var next = ids.Count > PageSize ? rows[^1].PlaceIn(asked.Sort) : null;
            var all = await found.Take(MostCounted + 1).CountAsync(cancellationToken);
            // Who fit on one page are counted by it; for a rare filter that saves another look through everybody.
            var total = isFirst && next is null ? rows.Count : await filtered.Take(MostCounted + 1).CountAsync(cancellationToken);
            return new UsersPage(rows, next, isFirst, total,
                all > MostCounted ? null : await CountAsync(found, db, today, unconfirmed, cancellationToken),
                await db.Set<Membership>().Where(m => m.State == MembershipState.Pending).Search(asked.Search).Take(MostCounted + 1).CountAsync(cancellationToken));
        });

    private static async Task<UsersCounts> CountAsync(IQueryable<Membership> found, AppDb db, DateOnly today, IQueryable<Guid> unconfirmed, CancellationToken cancellationToken)
    {
        async Task<IReadOnlyDictionary<T, int>> ByAsync<T>(Func<T, Expression<Func<Membership, bool>>> has) where T : struct, Enum
        {
            var counts = new Dictionary<T, int>();
            foreach (var choice in Enum.GetValues<T>())
                counts[choice] = await found.CountAsync(has(choice), cancellationToken);
            return counts;
        }

        var roles = await found.GroupBy(m => m.JobRole).Select(g => new { Role = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Role, g => g.Count, cancellationToken);
        return new(
            await ByAsync<UserStatus>(s => UserFilters.Has(s, today)), await ByAsync<UsersAccess>(UserFilters.Has), roles, await ByAsync<UsersAttention>(a => UserFilters.Has(a, today, unconfirmed)),
            await ByAsync<UsersFactor>(f => UserFilters.Has(f, db, today)));
    }
}

internal static class UserFilters
{
    /// <summary>From so many days before the last one on, an end is near.</summary>
    public const int SoonDays = 30;

    /// <summary>After so many months without opening the organisation, somebody counts as dormant.</summary>
    public const int DormantMonths = 6;

    private static readonly long SchoolSetup = PermissionSet.Of(Permission.SchoolSetup, Permission.LaSetup).Bits;
    private static readonly long ManageData = PermissionSet.Of(Permission.ManageData, Permission.SchoolSetup).Bits;
    private static readonly long PupilNames = PermissionSet.Of(Permission.PupilReports, Permission.TrackingPupilReports).Bits;
    private static readonly long Collaborate = PermissionSet.Of(Permission.AllCollaborateGroups).Bits;

    public static IQueryable<Membership> SignedUp(this AppDb db) =>
        db.Set<Membership>().Where(m => m.State == MembershipState.Active || m.State == MembershipState.Deactivated || m.State == MembershipState.Ended);

    /// <summary>Those whose forename, surname or email address begins with what was typed; everybody when nothing was.</summary>
    public static IQueryable<Membership> Search(this IQueryable<Membership> memberships, string? typed)
    {
        // One of the two databases refuses a NUL; nobody is called so.
        var from = Membership.KeyOf(typed ?? "").Replace('\0', '\ufffd');
        if (from.Length == 0)
            return memberships;
        // A beginning is a range, which an index can look up; nothing comes after the last character of Unicode.
        var to = from + "\U0010ffff";
        return memberships.Where(m =>
            (m.NameKey.CompareTo(from) >= 0 && m.NameKey.CompareTo(to) < 0)
            || (m.SurnameKey.CompareTo(from) >= 0 && m.SurnameKey.CompareTo(to) < 0)
            || (m.EmailKey.CompareTo(from) >= 0 && m.EmailKey.CompareTo(to) < 0));
    }

    public static IQueryable<Membership> Filter(this IQueryable<Membership> memberships, UsersQuery asked, AppDb db, DateOnly today, IQueryable<Guid> unconfirmed)
    {
        if (asked.Status is { } status)
            memberships = memberships.Where(Has(status, today));
        if (asked.Access is { } access)
            memberships = memberships.Where(Has(access));
        if (asked.Role is { } role)
            memberships = memberships.Where(m => m.JobRole == role);
        if (asked.Factor is { } factor)
            memberships = memberships.Where(Has(factor, db, today));
        return asked.Attention is { } attention ? memberships.Where(Has(attention, today, unconfirmed)) : memberships;
    }

    public static Expression<Func<Membership, bool>> Has(UserStatus status, DateOnly today) => status switch
    {
        UserStatus.Active => m => m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today),
        UserStatus.Ended => m => m.State == MembershipState.Ended || (m.State == MembershipState.Active && m.EndsOn < today),
        _ => m => m.State == MembershipState.Deactivated,
    };

    public static Expression<Func<Membership, bool>> Has(UsersAccess access)
    {
        if (access == UsersAccess.None)
            return m => m.PermissionBits == 0;
        var bits = access switch { UsersAccess.SchoolSetup => SchoolSetup, UsersAccess.ManageData => ManageData, UsersAccess.PupilNames => PupilNames, _ => Collaborate };
        return m => (m.PermissionBits & bits) != 0;
    }

    public static Expression<Func<Membership, bool>> Has(UsersAttention attention, DateOnly today, IQueryable<Guid> unconfirmed)
    {
        if (attention == UsersAttention.Unconfirmed)
            return m => unconfirmed.Contains(m.Id);
        if (attention == UsersAttention.EndsSoon)
        {
            var soon = today.AddDays(SoonDays);
            return m => m.State == MembershipState.Active && m.EndsOn >= today && m.EndsOn <= soon;
        }
        var longAgo = DormantBefore(today);
        return m => m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today) && m.LastOpenedAt < longAgo;
    }

    public static Expression<Func<Membership, bool>> Has(UsersFactor factor, AppDb db, DateOnly today)
    {
        var with = factor == UsersFactor.With;
        return m => m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today) && db.Set<Factor>().Any(f => f.AccountId == m.AccountId) == with;
    }

    public static DateTime DormantBefore(DateOnly today) => today.AddMonths(-DormantMonths).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    public static (IQueryable<Membership> Rows, bool IsFirst) Sorted(this IQueryable<Membership> memberships, UsersQuery asked)
    {
        if (asked.Sort == UsersSort.Name)
        {
            var place = TextPageKey.Read(asked.After);
            if (place is { } p)
                memberships = memberships.Where(m => m.SurnameKey.CompareTo(p.Text) > 0 || (m.SurnameKey == p.Text && m.Id.CompareTo(p.Id) > 0));
            return (memberships.OrderBy(m => m.SurnameKey).ThenBy(m => m.Id), place is null);
        }
        var key = PageKey.Read(asked.After);
        if (asked.Sort == UsersSort.OpenedLongestAgo)
        {
            if (key is { } k)
                memberships = memberships.Where(m => m.LastOpenedAt > k.At || (m.LastOpenedAt == k.At && m.Id.CompareTo(k.Id) > 0));
            return (memberships.OrderBy(m => m.LastOpenedAt).ThenBy(m => m.Id), key is null);
        }
        if (key is { } last)
            memberships = memberships.Where(m => m.LastOpenedAt < last.At || (m.LastOpenedAt == last.At && m.Id.CompareTo(last.Id) < 0));
        return (memberships.OrderByDescending(m => m.LastOpenedAt).ThenByDescending(m => m.Id), key is null);
    }
}
