using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <param name="Search">A part of the name, or the whole DfE number or URN.</param>
/// <param name="OnlyLocked">False for all.</param>
/// <param name="After">Goes on after this place; null or unreadable for the first page.</param>
public sealed record BodySchoolsQuery(string? Search = null, bool OnlyLocked = false, string? After = null);

/// <param name="LockedByUs">The body locked it and may unlock it.</param>
public sealed record BodySchoolLock(DateTime Since, string By, string Reason, bool LockedByUs);

/// <param name="Users">Active today.</param>
/// <param name="SetupUsed">Places of School setup that are taken, of how many; likewise for Manage data.</param>
/// <param name="LastOpenedAt">When any of its own people last opened it; null for never.</param>
public sealed record BodySchool(
    Guid SchoolId, string Urn, string? DfeNumber, string Name, ReachLevel Level, int Users, int Pending, (int Used, int Limit) SetupUsed, (int Used, int Limit) DataUsed, DateTime? LastOpenedAt, BodySchoolLock? Lock);

/// <param name="Next">Ask for the following page with this; null at the end.</param>
/// <param name="All">How many the search finds, and how many of them are locked.</param>
public sealed record BodySchoolsPage(IReadOnlyList<BodySchool> Rows, string? Next, bool IsFirst, int All, int Locked);

/// <summary>A school that can be picked.</summary>
/// <param name="IsLocked">Its people cannot be looked after from above as long as it is.</param>
public sealed record PickedSchool(Guid Id, string Urn, string? DfeNumber, string Name, ReachLevel Level, bool IsLocked)
{
    /// <summary>As the suggestions below a field write it: "Larkfield Primary School (931/2001)".</summary>
    public string InField => InFieldOf(Name, DfeNumber, Urn);

    internal static string InFieldOf(string name, string? dfeNumber, string urn) => $"{name} ({dfeNumber ?? urn})";

    /// <summary>What was typed or taken from the suggestions, as it is searched for: the number at its end where there is one.</summary>
    public static string? ReadField(string? typed) =>
        typed?.TrimEnd() is { } text && text.EndsWith(')') && text.LastIndexOf('(') is >= 0 and var at && text[(at + 1)..^1] is { Length: > 0 } number && number.All(c => char.IsAsciiDigit(c) || c == '/') ? number : typed;
}

/// <summary>The schools that a body has a present link with, for whoever holds its setup.</summary>
public sealed class ListBodySchools(Database database, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<Result<BodySchoolsPage>> ExecuteAsync(Actor actor, BodySchoolsQuery asked, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return new NotAllowed(Permission.LaSetup);
        // In the server's scope: the rows are the schools' own. Nothing but what hangs on a present link is read, and only as numbers.
        return await database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var found = Find(db, bodyId, asked.Search);
            var all = await found.CountAsync(cancellationToken);
            var lockedOnes = found.Where(s => db.Set<SchoolLock>().Any(l => l.OrganisationId == s.School.Id));
            var locked = await lockedOnes.CountAsync(cancellationToken);
            var rows = asked.OnlyLocked ? lockedOnes : found;
            var place = TextPageKey.Read(asked.After);
            if (place is { } p)
                rows = rows.Where(s => s.School.NameKey.CompareTo(p.Text) > 0 || (s.School.NameKey == p.Text && s.School.Id.CompareTo(p.Id) > 0));
            var page = await rows.OrderBy(s => s.School.NameKey).ThenBy(s => s.School.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
            var next = page.Count > PageSize ? new TextPageKey(page[PageSize - 1].School.NameKey, page[PageSize - 1].School.Id).ToString() : null;
            return new BodySchoolsPage(await DescribeAsync(db, bodyId, [.. page.Take(PageSize)], cancellationToken), next, place is null, all, locked);
        });
    }

    /// <summary>For a picker: the first few whose name holds what was typed, or whose number it is.</summary>
    public async Task<IReadOnlyList<PickedSchool>> FindAsync(Actor actor, string? search, int most, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return [];
        return await database.ReadAsync(OrganisationScope.Server, db => Find(db, bodyId, PickedSchool.ReadField(search)).OrderBy(s => s.School.NameKey).ThenBy(s => s.School.Id).Take(most)
            .Select(s => new PickedSchool(s.School.Id, s.School.Code, s.School.DfeNumber, s.School.Name, s.Level, db.Set<SchoolLock>().Any(l => l.OrganisationId == s.School.Id))).ToListAsync(cancellationToken));
    }

    /// <summary>Those of the URNs that are linked now, by name.</summary>
    public async Task<IReadOnlyList<PickedSchool>> PickAsync(Actor actor, IReadOnlyCollection<string> urns, CancellationToken cancellationToken)
    {
        // What is no URN at all, as a form may send it, is no question for the database.
        urns = [.. urns.Where(u => u.Length is > 0 and <= 20 && u.All(char.IsAsciiLetterOrDigit))];
        if (urns.Count == 0 || actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return [];
        return await database.ReadAsync(OrganisationScope.Server, db => Find(db, bodyId, null).Where(s => urns.Contains(s.School.Code)).OrderBy(s => s.School.NameKey).ThenBy(s => s.School.Id)
            .Select(s => new PickedSchool(s.School.Id, s.School.Code, s.School.DfeNumber, s.School.Name, s.Level, db.Set<SchoolLock>().Any(l => l.OrganisationId == s.School.Id))).ToListAsync(cancellationToken));
    }

    private static IQueryable<Linked> Find(AppDb db, Guid bodyId, string? search)
    {
        var linked = from link in db.PresentLinks(bodyId)
                     join school in db.Set<School>() on link.OrganisationId equals school.Id
                     select new Linked { School = school, Level = link.Level };
        // One of the two databases refuses a NUL; no school is called so.
        var key = PlainText.SearchKey(search ?? "").Replace('\0', '\ufffd');
        return key.Length == 0 ? linked : linked.Where(s => s.School.NameKey.Contains(key) || s.School.Code == key || s.School.DfeNumber == key);
    }

    private async Task<IReadOnlyList<BodySchool>> DescribeAsync(AppDb db, Guid bodyId, IReadOnlyList<Linked> page, CancellationToken cancellationToken)
    {
        var ids = page.Select(s => s.School.Id).ToArray();
        var today = clock.Today();
        var people = await db.Set<Membership>().Where(m => ids.Contains(m.OrganisationId)).GroupBy(m => m.OrganisationId)
            .Select(g => new
            {
                g.Key,
                Users = g.Count(m => m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today)),
                Pending = g.Count(m => m.State == MembershipState.Pending),
                LastOpenedAt = g.Max(m => m.LastOpenedAt),
            }).ToDictionaryAsync(p => p.Key, cancellationToken);
        var seats = (await db.Set<Seat>().Where(s => ids.Contains(s.OrganisationId)).GroupBy(s => new { s.OrganisationId, s.Permission })
            .Select(g => new { g.Key.OrganisationId, g.Key.Permission, Used = g.Count(s => s.HolderId != null), Limit = g.Count() }).ToListAsync(cancellationToken))
            .ToDictionary(s => (s.OrganisationId, s.Permission), s => (s.Used, s.Limit));
        var locks = await db.Set<SchoolLock>().Where(l => ids.Contains(l.OrganisationId))
            .Select(l => new { l.OrganisationId, l.Since, l.Reason, l.BodyId, By = db.Set<Organisation>().Where(o => o.Id == l.BodyId).Select(o => o.Name).FirstOrDefault() }).ToDictionaryAsync(l => l.OrganisationId, cancellationToken);
        return [.. page.Select(s =>
        {
            var here = people.GetValueOrDefault(s.School.Id);
            // Why another body locked it is theirs.
            var locked = locks.TryGetValue(s.School.Id, out var l) ? new BodySchoolLock(l.Since, l.By ?? SchoolLocks.Server, l.BodyId == bodyId ? l.Reason : "", l.BodyId == bodyId) : null;
            return new BodySchool(s.School.Id, s.School.Code, s.School.DfeNumber, s.School.Name, s.Level, here?.Users ?? 0, here?.Pending ?? 0,
                seats.GetValueOrDefault((s.School.Id, Permission.SchoolSetup)), seats.GetValueOrDefault((s.School.Id, Permission.ManageData)), here?.LastOpenedAt, locked);
        })];
    }

    private sealed class Linked
    {
        public required School School { get; init; }

        public ReachLevel Level { get; init; }
    }
}
