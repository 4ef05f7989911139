using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Conversions;

/// <summary>What is there, in the context that asks: for the preview, and once more in the save that does it.</summary>
internal sealed class LookAtConversion(AppDb db, School predecessor, School successor)
{
    public async Task<ConversionPreview> ExecuteAsync(CancellationToken cancellationToken)
    {
        var (carried, foreign) = await CountAsync(cancellationToken);
        var (inBoth, strangers) = await PeopleAsync(cancellationToken);
        var obstacles = await ObstaclesAsync(carried, foreign, strangers, cancellationToken);
        return new(Facts(predecessor), Facts(successor), carried, await LimitsAsync(cancellationToken), inBoth, await LinksAsync(predecessor, cancellationToken), await LinksAsync(successor, cancellationToken), [.. Doubts()], obstacles);
    }

    private static ConversionSchool Facts(School s) => new(s.Code, s.Name, s.DfeNumber, s.IsClosed, s.Phase, s.IsPrimary, s.LocalAuthorityName, s.TrustCode);

    private async Task<(List<ConversionCount> Carried, List<ConversionCount> Foreign)> CountAsync(CancellationToken cancellationToken)
    {
        var (carried, foreign) = (new List<ConversionCount>(), new List<ConversionCount>());
        foreach (var table in ConversionTables.All.Where(t => t.Many is not null))
        {
            Add(carried, table, table.Table == ConversionTables.People ? await Places(predecessor.Id).CountAsync(cancellationToken) : await ConversionRows.CountAsync(db, table.Table, predecessor.Id, cancellationToken));
            if (table.Decision == OnConversion.Goes)
                Add(foreign, table, await ConversionRows.CountAsync(db, table.Table, successor.Id, cancellationToken));
        }
        return (carried, foreign);

        static void Add(List<ConversionCount> counts, ConversionTable table, int count)
        {
            if (count > 0)
                counts.Add(new(table.Table, count, count == 1 ? table.One! : table.Many!));
        }
    }

    private IQueryable<Membership> Places(Guid school) => db.Set<Membership>().Where(m => m.OrganisationId == school && m.State != MembershipState.Deleted);

    private async Task<(List<PlaceInBoth> InBoth, List<string> Strangers)> PeopleAsync(CancellationToken cancellationToken)
    {
        var there = await (from place in Places(successor.Id)
                           join member in db.Named() on new { place.OrganisationId, MembershipId = place.Id } equals new { member.OrganisationId, member.MembershipId }
                           orderby place.SurnameKey, place.Id
                           select new { place.AccountId, place.PermissionBits, place.State, member.Forename, member.Surname }).AsNoTracking().ToListAsync(cancellationToken);
        var accounts = there.ConvertAll(t => t.AccountId);
        var here = await Places(predecessor.Id).AsNoTracking().Where(m => accounts.Contains(m.AccountId)).ToDictionaryAsync(m => m.AccountId, cancellationToken);
        var (inBoth, strangers) = (new List<PlaceInBoth>(), new List<string>());
        foreach (var place in there)
        {
            var name = $"{place.Forename} {place.Surname}";
            if (!here.TryGetValue(place.AccountId, out var own))
                strangers.Add($"{name} has a place in {successor.Name} and none in {predecessor.Name}: give one there, or delete the one in {successor.Name}");
            // The place that goes on must be worth as much, or somebody would lose what they were given.
            else if (!own.HoldsSeats || (place.PermissionBits & ~own.PermissionBits) != 0)
                strangers.Add($"{name} has more access in {successor.Name} than in {predecessor.Name}, whose place goes on: give it there, or delete the place in {successor.Name}");
            else
                inBoth.Add(new(name, place.State.ToString()));
        }
        return (inBoth, strangers);
    }

    private async Task<List<ConversionLimit>> LimitsAsync(CancellationToken cancellationToken)
    {
        var seats = await db.Set<Seat>().Where(s => s.OrganisationId == predecessor.Id).GroupBy(s => s.Permission)
            .Select(g => new { g.Key, Used = g.Count(s => s.HolderId != null), Limit = g.Count() }).ToDictionaryAsync(g => g.Key, cancellationToken);
        return [.. PermissionCatalogue.Limited.Where(l => seats.ContainsKey(l.Permission)).Select(l => new ConversionLimit(l.Permission, seats[l.Permission].Used, seats[l.Permission].Limit))];
    }

    private async Task<List<string>> LinksAsync(School school, CancellationToken cancellationToken)
    {
        var links = await (from link in db.Set<ReachLink>()
                           where link.OrganisationId == school.Id && link.EndedAt == null
                           join body in db.Set<Organisation>() on link.BodyId equals body.Id
                           orderby body.NameKey
                           select new { body.Name, link.Level }).ToListAsync(cancellationToken);
        return links.ConvertAll(l => $"{l.Name} ({l.Level.Words()})");
    }

    private IEnumerable<string> Doubts()
    {
        if (!predecessor.IsClosed)
            yield return $"The register does not have {predecessor.Name} as closed";
        if (predecessor.Phase != successor.Phase)
            yield return $"The phase is {SchoolPhases.Label(predecessor.Phase)} now and {SchoolPhases.Label(successor.Phase)} at the successor";
        if (predecessor.LocalAuthorityCode != successor.LocalAuthorityCode)
            yield return $"The local authority is {predecessor.LocalAuthorityName ?? "none"} now and {successor.LocalAuthorityName ?? "none"} at the successor";
    }

    private async Task<List<string>> ObstaclesAsync(List<ConversionCount> carried, List<ConversionCount> foreign, List<string> strangers, CancellationToken cancellationToken)
    {
        var obstacles = new List<string>();
        if (carried.Count == 0)
            obstacles.Add($"There is nothing to carry: nobody has a place in {predecessor.Name}, and it has no pupils. Are the two numbers the other way round?");
        if (successor.IsClosed)
            obstacles.Add($"The register has {successor.Name} as closed: nothing can go on there");
        if (foreign.Count > 0)
            obstacles.Add($"{successor.Name} has {InWords.List(foreign.Select(c => c.Words))} already. A conversion carries a school into one that is empty; it does not merge two");
        obstacles.AddRange(strangers);
        if (predecessor.IsPrimary != successor.IsPrimary)
            obstacles.Add(predecessor.IsPrimary
                ? $"{predecessor.Name} counts as primary, with Pupil Tracking, and {successor.Name} does not: `ascent schools set-primary {successor.Code} yes` decides that it does"
                : $"{successor.Name} counts as primary and {predecessor.Name} does not: `ascent schools set-primary {successor.Code} no` decides that it does not");
        obstacles.AddRange(await LockedAsync(db, [predecessor, successor], cancellationToken));
        foreach (var school in (School[])[predecessor, successor])
            if (await db.Set<Conversion>().AnyAsync(c => c.State == ConversionState.Done && (c.SchoolId == school.Id || c.FormerId == school.Id), cancellationToken))
                obstacles.Add($"{school.Name} has become what it is by a conversion that is not committed: commit or undo that one first");
        return obstacles;
    }

    /// <summary>A school that somebody has closed to everybody stays where it is until they open it.</summary>
    internal static async Task<IReadOnlyList<string>> LockedAsync(AppDb db, IReadOnlyCollection<School> schools, CancellationToken cancellationToken)
    {
        var ids = schools.Select(s => s.Id).ToArray();
        var locked = await db.Set<SchoolLock>().Where(l => ids.Contains(l.OrganisationId)).Select(l => l.OrganisationId).ToListAsync(cancellationToken);
        return [.. schools.Where(s => locked.Contains(s.Id)).Select(s => $"{s.Name} is locked: it has to be unlocked first")];
    }
}
