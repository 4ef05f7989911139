using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts.Above;

/// <param name="Body">Of <see cref="BodyAddress"/>.</param>
/// <param name="Reports">Beside its setup: reports, of all schools. Administration opens none by itself.</param>
public sealed record AddBodyAdministratorRequest(string Body, string? Forename, string? Surname, string? Email, bool AcceptsMixedScript, JobRole JobRole, PermissionSet Reports);

/// <param name="Code">As of <see cref="FirstAdministrator"/>.</param>
public sealed record BodyAdministratorAdded(Guid MembershipId, string Body, string Email, string? Code, bool WasWaiting);

/// <summary>The operator's way to the first administrators of an authority or trust; as <see cref="AddSchoolAdministrator"/> for a school.</summary>
public sealed class AddBodyAdministrator(Database database, CreateBodyUser createUser, FirstAdministrators administrators)
{
    public async Task<Result<BodyAdministratorAdded>> ExecuteAsync(AddBodyAdministratorRequest request, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(OrganisationScope.Server, db => db.FindBodyAsync(request.Body, cancellationToken)) is not { } body)
            return new NotFound($"authority or trust {request.Body}");
        var actor = Actor.Operator with { OrganisationId = body.Id, Permissions = PermissionSet.Of(Permission.LaSetup) };
        var created = await createUser.ExecuteAsync(
            new(null, request.Forename, request.Surname, request.Email, request.AcceptsMixedScript, request.JobRole, null, request.Reports.With(Permission.LaSetup), null), actor, cancellationToken);
        var added = await administrators.FinishAsync(body, created, actor, cancellationToken);
        return added.Succeeded
            ? new BodyAdministratorAdded(added.Value.MembershipId, body.Name, added.Value.Email, added.Value.Code, added.Value.WasWaiting)
            : Result.Refuse<BodyAdministratorAdded>(added.Refusals);
    }
}
