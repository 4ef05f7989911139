using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts.Above;

/// <summary>A membership of a body that opens reports of a school, by a present link.</summary>
internal sealed class WayFromAbove
{
    public required School School { get; init; }

    public required GateRow Row { get; init; }

    public required Guid BodyId { get; init; }

    public required string Body { get; init; }

    public required OrganisationKind Kind { get; init; }

    public required string Code { get; init; }

    public required ReachLevel Level { get; init; }

    /// <summary>What the membership is worth in the school; nothing where every service is off that it comes for.</summary>
    public PermissionSet PermissionsOn(DateOnly today) => ReadAccess.Cut(Row.Membership, Level, School.ServicesOn(today));
}

/// <summary>
/// The facts by which people from above open a school: asked for one person at every request, and for all of them when a school wants to know who
/// they are. The rows are of bodies and schools, so it is the server's scope; the caller names the school.
/// </summary>
internal static class WaysFromAbove
{
    /// <param name="rows">The open memberships to look at.</param>
    public static IQueryable<WayFromAbove> WaysAbove(this AppDb db, IQueryable<School> schools, IQueryable<GateRow> rows)
    {
        var reports = PermissionSet.Of(Permission.SchoolReports).Bits;
        var selected = PermissionSet.None.With(SchoolScope.SelectedSchools).Bits ^ reports;
        return from school in schools
               join link in db.Set<ReachLink>() on school.Id equals link.OrganisationId
               where link.EndedAt == null && link.Level != ReachLevel.Administration
               join body in db.Set<Organisation>() on link.BodyId equals body.Id
               join row in rows on link.BodyId equals row.Membership.OrganisationId
               where (row.Membership.PermissionBits & reports) != 0
                   && ((row.Membership.PermissionBits & selected) == 0
                       || db.Set<MembershipSchool>().Any(s => s.OrganisationId == link.BodyId && s.MembershipId == row.Membership.Id && s.SchoolId == school.Id && s.SeriesId == link.SeriesId))
               select new WayFromAbove { School = school, Row = row, BodyId = body.Id, Body = body.Name, Kind = body.Kind, Code = body.Code, Level = link.Level };
    }

    /// <summary>Of several bodies the one that opens most; null for none.</summary>
    public static WayFromAbove? Best(this IEnumerable<WayFromAbove> ways, DateOnly today) =>
        ways.Select(w => (Way: w, Worth: w.PermissionsOn(today))).Where(w => !w.Worth.IsEmpty)
            .OrderByDescending(w => w.Worth.Has(Permission.PupilReports)).ThenByDescending(w => w.Worth.Has(Permission.AllCollaborateGroups)).ThenBy(w => w.Way.BodyId)
            .Select(w => w.Way).FirstOrDefault();
}
