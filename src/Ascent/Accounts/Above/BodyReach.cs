using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <summary>A school that a body has a present link with.</summary>
public sealed record ReachedSchool(Guid SchoolId, string Urn, string? DfeNumber, string Name, bool HasTracking, ReachLevel Level, Guid SeriesId, bool IsLocked);

/// <summary>
/// The one way from a body to schools: the present links. Links belong to the schools, so these questions are asked in the server's scope and
/// name the body themselves; nothing else of a school is read by them.
/// </summary>
internal static class BodyReach
{
    // A school that became another is reached as that one or not at all; the link of the old number stays, and is worth nothing.
    public static IQueryable<ReachLink> PresentLinks(this AppDb db, Guid bodyId) =>
        db.Set<ReachLink>().Where(l => l.BodyId == bodyId && l.EndedAt == null && !db.Set<School>().Any(s => s.Id == l.OrganisationId && s.BecameId != null));

    /// <summary>The schools that the body reaches at this moment, by their ids.</summary>
    public static Task<Dictionary<Guid, ReachedSchool>> ReachedAsync(this AppDb db, Guid bodyId, CancellationToken cancellationToken) =>
        db.Reached(db.PresentLinks(bodyId)).ToDictionaryAsync(s => s.SchoolId, cancellationToken);

    /// <summary>One of them, by its URN; null when there is none, or the body does not reach it.</summary>
    public static Task<ReachedSchool?> ReachedAsync(this AppDb db, Guid bodyId, string urn, CancellationToken cancellationToken) =>
        db.Reached(from link in db.PresentLinks(bodyId) join school in db.Set<School>() on link.OrganisationId equals school.Id where school.Code == urn select link).SingleOrDefaultAsync(cancellationToken);

    private static IQueryable<ReachedSchool> Reached(this AppDb db, IQueryable<ReachLink> links) =>
        from link in links
        join school in db.Set<School>() on link.OrganisationId equals school.Id
        select new ReachedSchool(school.Id, school.Code, school.DfeNumber, school.Name, school.IsPrimary, link.Level, link.SeriesId,
            db.Set<SchoolLock>().Any(l => l.OrganisationId == school.Id));
}
