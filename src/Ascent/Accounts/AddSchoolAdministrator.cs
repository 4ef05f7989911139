using Ascent.Accounts.Conversions;
using Ascent.Accounts.Operators;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="Reports">Beside School setup: permissions that open reports and tracking. Administration opens none by itself.</param>
public sealed record AddSchoolAdministratorRequest(string Urn, string? Forename, string? Surname, string? Email, bool AcceptsMixedScript, JobRole JobRole, PermissionSet Reports);

/// <param name="Code">As of <see cref="FirstAdministrator"/>.</param>
public sealed record SchoolAdministratorAdded(Guid MembershipId, string School, string Email, string? Code, bool WasWaiting);

/// <summary>The operator's way to a school's first administrator.</summary>
public sealed class AddSchoolAdministrator(Database database, CreateUser createUser, FirstAdministrators administrators)
{
    public async Task<Result<SchoolAdministratorAdded>> ExecuteAsync(AddSchoolAdministratorRequest request, CancellationToken cancellationToken)
    {
        var (school, became) = await database.ReadAsync(OrganisationScope.Server, async db =>
            await db.Set<School>().SingleOrDefaultAsync(s => s.Code == request.Urn, cancellationToken) is { } found ? (found, await db.BecameAsync(found, cancellationToken)) : default);
        if (school is null)
            return new NotFound($"school with URN {request.Urn}");
        if (became is not null)
            return became;
        var actor = EnterSchool.ActorIn(school.Id);
        var created = await createUser.ExecuteAsync(
            new(null, request.Forename, request.Surname, request.Email, request.AcceptsMixedScript, request.JobRole, null, request.Reports.With(Permission.SchoolSetup), null), actor, cancellationToken);
        var added = await administrators.FinishAsync(school, created, actor, cancellationToken);
        return added.Succeeded
            ? new SchoolAdministratorAdded(added.Value.MembershipId, school.Name, added.Value.Email, added.Value.Code, added.Value.WasWaiting)
            : Result.Refuse<SchoolAdministratorAdded>(added.Refusals);
    }
}
