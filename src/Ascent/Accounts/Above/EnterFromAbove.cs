using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts.Above;

/// <summary>A school, and somebody of a body with its setup acting on the school's holders of School setup.</summary>
public sealed record SchoolFromAbove(Guid Id, string Urn, string Name, bool HasTracking, ReachLevel Level, Actor Actor);

/// <summary>
/// The way from a body's pages to the people of one of its schools. Everybody of the school can be listed with this actor; created and changed only
/// holders of School setup. While the school is locked it is closed here too.
/// </summary>
public sealed class EnterFromAbove(Database database)
{
    public async Task<Result<SchoolFromAbove>> ExecuteAsync(string urn, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return new NotAllowed(Permission.LaSetup);
        var school = await database.ReadAsync(OrganisationScope.Server, db => db.ReachedAsync(bodyId, urn, cancellationToken));
        if (school is null)
            return new NotFound($"school with URN {urn}");
        if (school.IsLocked)
            return new SchoolIsLocked(school.Name);
        var there = actor with { OrganisationId = school.SchoolId, Permissions = PermissionSet.None, Above = new(bodyId, school.Level.Grants()) };
        return new SchoolFromAbove(school.SchoolId, school.Urn, school.Name, school.HasTracking, school.Level, there);
    }
}
