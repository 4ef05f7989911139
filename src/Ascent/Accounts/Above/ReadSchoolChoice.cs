using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <param name="Linked">Every school that the body has a present link with, by name.</param>
/// <param name="Chosen">Those of them that are chosen for the membership; what has dropped out is none.</param>
public sealed record SchoolChoice(IReadOnlyList<PickedSchool> Linked, IReadOnlySet<Guid> Chosen)
{
    public static SchoolChoice None { get; } = new([], new HashSet<Guid>());
}

/// <summary>The schools that can be chosen for a membership of a body, and those that are.</summary>
public sealed class ReadSchoolChoice(Database database)
{
    public async Task<Result<SchoolChoice>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return new NotAllowed(Permission.LaSetup);
        return await database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var reached = await db.ReachedAsync(bodyId, cancellationToken);
            var rows = await db.Set<MembershipSchool>().Where(s => s.OrganisationId == bodyId && s.MembershipId == membershipId).Select(s => new { s.SchoolId, s.SeriesId }).ToListAsync(cancellationToken);
            return new SchoolChoice(
                [.. reached.Values.OrderBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(s => s.Urn, StringComparer.Ordinal).Select(s => new PickedSchool(s.SchoolId, s.Urn, s.DfeNumber, s.Name, s.Level, s.IsLocked))],
                rows.Where(r => reached.TryGetValue(r.SchoolId, out var school) && school.SeriesId == r.SeriesId).Select(r => r.SchoolId).ToHashSet());
        });
    }
}
