using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Organisations;

/// <param name="IsPrimary">The operator's decision, which stands over the register; null gives the question back to the register.</param>
public sealed record SetPrimaryRequest(string Urn, bool? IsPrimary);

/// <param name="Changed">False when it was decided so already; nothing was written then.</param>
public sealed record PrimarySet(string School, bool IsPrimary, string Reason, bool Changed);

public sealed record PrimaryDecided(bool? Before, bool? After, bool IsPrimary) : AuditEvent("primary-decided");

/// <summary>
/// Decides whether a school counts as primary, and so has Pupil Tracking, where the register is wrong or silent. Tracking permissions
/// that were granted stay, and lie still while it is off.
/// </summary>
public sealed class SetPrimary(Database database, TimeProvider clock)
{
    public async Task<Result<PrimarySet>> ExecuteAsync(SetPrimaryRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind == ActorKind.Person)
            return new OperatorsOnly();
        return await database.ChangeAsync<Result<PrimarySet>>(OrganisationScope.Server, async db =>
        {
            var school = await db.Set<School>().SingleOrDefaultAsync(s => s.Code == request.Urn, cancellationToken);
            if (school is null)
                return new NotFound($"school with URN {request.Urn}");
            var before = school.PrimaryOverride;
            var changed = before != request.IsPrimary;
            if (changed)
            {
                school.OverridePrimary(request.IsPrimary);
                school.Version++;
                db.AddAudit(clock.Now(), actor, school.Id, new PrimaryDecided(before, request.IsPrimary, school.IsPrimary));
                await db.SaveChangesAsync(cancellationToken);
            }
            return new PrimarySet(school.Name, school.IsPrimary, school.PrimaryReason, changed);
        }, cancellationToken);
    }
}
