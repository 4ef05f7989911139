using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Operators;

/// <param name="Holders">Active people who hold something that it opens something of.</param>
public sealed record ServiceLine(ServiceInfo Info, ServiceTerm Term, int Holders);

/// <param name="Place">Of the body.</param>
public sealed record LinkLine(string Body, string Place, OrganisationKind Kind, ReachLevel Level, DateTime StartedAt);

/// <param name="School">The register's facts; null for a body.</param>
/// <param name="Line">Its counts, as in the list.</param>
/// <param name="Trust">The name of the school's trust; null for none.</param>
/// <param name="Administrators">Active people who manage its users.</param>
/// <param name="LastOpenedAt">When any of its own people last opened it; null for never.</param>
/// <param name="Links">The present links of a school.</param>
/// <param name="Schools">How many schools a body has a present link with, by level.</param>
public sealed record OrganisationView(
    Organisation Organisation, School? School, string? Trust, OrganisationLine Line, int Administrators, DateTime? LastOpenedAt, SeenLock? Lock,
    IReadOnlyList<ServiceLine> Services, IReadOnlyList<LinkLine> Links, IReadOnlyList<(ReachLevel Level, int Count)> Schools);

/// <summary>One organisation as whoever runs the server sees it: the register's facts and counts. No name of a person, and nothing of a pupil.</summary>
public sealed class ReadOrganisation(Database database, TimeProvider clock)
{
    /// <param name="place">The URN of a school, the address of a body.</param>
    public Task<OrganisationView?> ExecuteAsync(string? place, CancellationToken cancellationToken)
    {
        var (kind, code) = BodyAddress.Read(place) ?? (OrganisationKind.School, place ?? "");
        var today = clock.Today();
        return database.ReadAsync(OrganisationScope.Server, async db =>
        {
            if (await db.Set<Organisation>().SingleOrDefaultAsync(o => o.Kind == kind && o.Code == code, cancellationToken) is not { } found)
                return null;
            var school = found as School;
            var line = (await ListOrganisations.DescribeAsync(db, [found], today, cancellationToken))[0];
            var active = db.Set<Membership>().Where(m => m.OrganisationId == found.Id && m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today));
            var setup = PermissionSet.Of(Permission.SchoolSetup, Permission.LaSetup).Bits;
            var services = new List<ServiceLine>();
            foreach (var info in school is null ? [] : ServiceCatalogue.In(school.HasTracking))
            {
                var opens = PermissionSet.Of([.. PermissionCatalogue.All.Select(p => p.Permission).Where(p => ServiceCatalogue.OpenedBy(p).Has(info.Service))]).Bits;
                services.Add(new(info, school!.Term(info.Service, today), await active.CountAsync(m => (m.PermissionBits & opens) != 0, cancellationToken)));
            }
            var locked = await db.Set<SchoolLock>().Where(l => l.OrganisationId == found.Id)
                .Select(l => new { l.Since, By = db.Set<Organisation>().Where(o => o.Id == l.BodyId).Select(o => o.Name).FirstOrDefault() }).SingleOrDefaultAsync(cancellationToken);
            var links = await (from link in db.Set<ReachLink>()
                               join body in db.Set<Organisation>() on link.BodyId equals body.Id
                               where link.OrganisationId == found.Id && link.EndedAt == null
                               orderby body.NameKey, body.Id
                               select new { body.Name, body.Kind, body.Code, link.Level, link.StartedAt }).ToListAsync(cancellationToken);
            var reached = school is not null ? [] : await db.PresentLinks(found.Id).GroupBy(l => l.Level).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
            return new OrganisationView(found, school,
                school?.TrustCode is { } trust ? await db.Set<Trust>().Where(t => t.Code == trust).Select(t => t.Name).SingleOrDefaultAsync(cancellationToken) : null,
                line,
                await active.CountAsync(m => (m.PermissionBits & setup) != 0, cancellationToken),
                await db.Set<Membership>().Where(m => m.OrganisationId == found.Id).MaxAsync(m => m.LastOpenedAt, cancellationToken),
                locked is null ? null : new(locked.By ?? SchoolLocks.Server, locked.Since),
                services,
                links.ConvertAll(l => new LinkLine(l.Name, BodyAddress.Of(l.Kind, l.Code), l.Kind, l.Level, l.StartedAt)),
                [.. reached.OrderBy(r => r.Key).Select(r => (r.Key, r.Count))]);
        });
    }
}
