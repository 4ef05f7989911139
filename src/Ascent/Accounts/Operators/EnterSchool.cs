using Ascent.Accounts.Conversions;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Operators;

/// <summary>One school, and whoever runs the server acting in it.</summary>
public sealed record SchoolAtConsole(Guid Id, string Urn, string Name, bool HasTracking, Actor Actor);

/// <summary>
/// The command line's way into one school: with School setup there, by the use cases of the school's own administrators and so under the
/// same rules, and without an account (docs/adr/0017-console-and-restores.md). No page leads here.
/// </summary>
public sealed class EnterSchool(Database database)
{
    public Task<Result<SchoolAtConsole>> ExecuteAsync(string urn, CancellationToken cancellationToken) =>
        database.ReadAsync<Result<SchoolAtConsole>>(OrganisationScope.Server, async db =>
            await db.Set<School>().SingleOrDefaultAsync(s => s.Code == urn, cancellationToken) is { } school
                ? await db.BecameAsync(school, cancellationToken) is { } became ? became : new SchoolAtConsole(school.Id, school.Code, school.Name, school.HasTracking, ActorIn(school.Id))
                : new NotFound($"school with URN {urn}"));

    internal static Actor ActorIn(Guid schoolId) => Actor.Operator with { OrganisationId = schoolId, Permissions = PermissionSet.Of(Permission.SchoolSetup).Effective(false) };
}
