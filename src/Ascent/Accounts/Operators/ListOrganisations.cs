using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Operators;

/// <summary>What of the organisations is listed.</summary>
public enum OrganisationsShown
{
    All,

    /// <summary>With anybody Active or Pending.</summary>
    WithUsers,

    Locked,
}

/// <param name="Search">A part of the name, or the whole URN, DfE number or code.</param>
/// <param name="Kind">Null for all.</param>
/// <param name="After">Goes on after this place; null or unreadable for the first page.</param>
public sealed record OrganisationsQuery(string? Search = null, OrganisationKind? Kind = null, OrganisationsShown Show = OrganisationsShown.All, string? After = null);

/// <param name="Used">Of the places of a limited permission; none for a body, which has no limits.</param>
public sealed record LimitUse(Permission Permission, string Label, int Used, int Pending, int Limit);

/// <param name="Place">The URN of a school, the address of a body.</param>
/// <param name="Users">Active today.</param>
public sealed record OrganisationLine(Guid Id, OrganisationKind Kind, string Place, string Code, string? DfeNumber, string Name, bool IsClosed, int Users, int Pending, IReadOnlyList<LimitUse> Limits, bool IsLocked);

/// <param name="Next">Ask for the following page with this; null at the end.</param>
/// <param name="Total">How many there are in all pages.</param>
public sealed record OrganisationsPage(IReadOnlyList<OrganisationLine> Rows, string? Next, bool IsFirst, int Total);

/// <summary>The schools, authorities and trusts of the server, in counts: nobody's name.</summary>
public sealed class ListOrganisations(Database database, TimeProvider clock)
{
    public const int PageSize = 50;

    public Task<OrganisationsPage> ExecuteAsync(OrganisationsQuery asked, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var found = Find(db, asked);
            var total = await found.CountAsync(cancellationToken);
            var place = TextPageKey.Read(asked.After);
            var rows = found;
            if (place is { } p)
                // The first condition lets the index lead to the place; the second is exact.
                rows = rows.Where(o => o.NameKey.CompareTo(p.Text) >= 0).Where(o => o.NameKey.CompareTo(p.Text) > 0 || o.Id.CompareTo(p.Id) > 0);
            var page = await rows.OrderBy(o => o.NameKey).ThenBy(o => o.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
            var next = page.Count > PageSize ? new TextPageKey(page[PageSize - 1].NameKey, page[PageSize - 1].Id).ToString() : null;
            return new OrganisationsPage(await DescribeAsync(db, [.. page.Take(PageSize)], clock.Today(), cancellationToken), next, place is null, total);
        });

    private static IQueryable<Organisation> Find(AppDb db, OrganisationsQuery asked)
    {
        IQueryable<Organisation> found = db.Set<Organisation>();
        if (asked.Kind is { } kind)
            found = found.Where(o => o.Kind == kind);
        var key = PlainText.SearchKey(asked.Search ?? "");
        var typed = (asked.Search ?? "").Trim();
        if (key.Length > 0)
            found = found.Where(o => o.NameKey.Contains(key) || o.Code == typed || ((School)o).DfeNumber == typed);
        return asked.Show switch
        {
            OrganisationsShown.Locked => found.Where(o => db.Set<SchoolLock>().Any(l => l.OrganisationId == o.Id)),
            OrganisationsShown.WithUsers => found.Where(o => db.Set<Membership>().Where(m => m.State == MembershipState.Active || m.State == MembershipState.Pending).Select(m => m.OrganisationId).Contains(o.Id)),
            _ => found,
        };
    }

    internal static async Task<IReadOnlyList<OrganisationLine>> DescribeAsync(AppDb db, IReadOnlyList<Organisation> page, DateOnly today, CancellationToken cancellationToken)
    {
        var ids = page.Select(o => o.Id).ToArray();
        var people = await db.Set<Membership>().Where(m => ids.Contains(m.OrganisationId)).GroupBy(m => m.OrganisationId)
            .Select(g => new
            {
                g.Key,
                Users = g.Count(m => m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today)),
                Pending = g.Count(m => m.State == MembershipState.Pending),
            }).ToDictionaryAsync(p => p.Key, cancellationToken);
        var seats = (await db.Set<Seat>().Where(s => ids.Contains(s.OrganisationId)).GroupBy(s => new { s.OrganisationId, s.Permission })
            .Select(g => new
            {
                g.Key.OrganisationId, g.Key.Permission, Limit = g.Count(), Used = g.Count(s => s.HolderId != null),
                Pending = g.Count(s => db.Set<Membership>().Any(m => m.OrganisationId == s.OrganisationId && m.Id == s.HolderId && m.State == MembershipState.Pending)),
            }).ToListAsync(cancellationToken))
            .ToDictionary(s => (s.OrganisationId, s.Permission));
        var locked = (await db.Set<SchoolLock>().Where(l => ids.Contains(l.OrganisationId)).Select(l => l.OrganisationId).ToListAsync(cancellationToken)).ToHashSet();
        return [.. page.Select(o =>
        {
            var (here, school) = (people.GetValueOrDefault(o.Id), o as School);
            var limits = school is null ? [] : PermissionCatalogue.Limited.Select(info => seats.GetValueOrDefault((o.Id, info.Permission)) is { } s
                ? new LimitUse(info.Permission, PermissionCatalogue.Label(info.Permission, school.HasTracking), s.Used, s.Pending, s.Limit)
                : new LimitUse(info.Permission, PermissionCatalogue.Label(info.Permission, school.HasTracking), 0, 0, 0)).ToArray();
            return new OrganisationLine(o.Id, o.Kind, school is null ? BodyAddress.Of(o.Kind, o.Code) : o.Code, o.Code, school?.DfeNumber, o.Name, o.IsClosed, here?.Users ?? 0, here?.Pending ?? 0, limits, locked.Contains(o.Id));
        })];
    }
}
