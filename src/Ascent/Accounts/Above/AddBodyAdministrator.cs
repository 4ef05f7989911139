using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <param name="Body">Of <see cref="BodyAddress"/>.</param>
/// <param name="Reports">Beside its setup: reports, of all schools. Administration opens none by itself.</param>
public sealed record AddBodyAdministratorRequest(string Body, string? Forename, string? Surname, string? Email, bool AcceptsMixedScript, JobRole JobRole, PermissionSet Reports);

/// <param name="Code">The activation code, to be told once, while the body has nobody who could show it; null when there is.</param>
/// <param name="WasWaiting">The person was a pending administrator already; only the link is new.</param>
public sealed record BodyAdministratorAdded(Guid MembershipId, string Body, string Email, string? Code, bool WasWaiting);

/// <summary>The operator's way to the first administrators of an authority or trust; as <see cref="AddSchoolAdministrator"/> for a school.</summary>
public sealed class AddBodyAdministrator(Database database, CreateBodyUser createUser, ResendInvitation resend, GuardedCodes codes, TimeProvider clock)
{
    public async Task<Result<BodyAdministratorAdded>> ExecuteAsync(AddBodyAdministratorRequest request, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(OrganisationScope.Server, db => db.FindBodyAsync(request.Body, cancellationToken)) is not { } body)
            return new NotFound($"authority or trust {request.Body}");
        var actor = Actor.Operator with { OrganisationId = body.Id, Permissions = PermissionSet.Of(Permission.LaSetup) };
        var created = await createUser.ExecuteAsync(
            new(null, request.Forename, request.Surname, request.Email, request.AcceptsMixedScript, request.JobRole, null, request.Reports.With(Permission.LaSetup), null), actor, cancellationToken);
        if (created.Succeeded)
            return await TellAsync(body, created.Value, wasWaiting: false, actor, cancellationToken);
        // Asked again for an administrator who still waits: a lost mail or a lost code must not be a dead end.
        if (created.Refusals is not [AlreadyHere { State: MembershipState.Pending } waiting] || !await HoldsSetupAsync(body.Id, waiting.MembershipId, cancellationToken))
            return Result.Refuse<BodyAdministratorAdded>(created.Refusals);
        var resent = await resend.ExecuteAsync(waiting.MembershipId, actor, cancellationToken);
        return resent.Succeeded ? await TellAsync(body, waiting.MembershipId, wasWaiting: true, actor, cancellationToken) : Result.Refuse<BodyAdministratorAdded>(resent.Refusals);
    }

    private Task<bool> HoldsSetupAsync(Guid bodyId, Guid membershipId, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(bodyId), async db =>
            (await db.Set<Membership>().SingleOrDefaultAsync(m => m.Id == membershipId, cancellationToken))?.Permissions.Has(Permission.LaSetup) == true);

    private Task<Result<BodyAdministratorAdded>> TellAsync(Organisation body, Guid membershipId, bool wasWaiting, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<BodyAdministratorAdded>>(OrganisationScope.Of(body.Id), async db =>
        {
            var (membership, invitation) = (await db.FindPendingAsync(membershipId, cancellationToken))!.Value;
            var nobodyCanShowIt = (await db.AdministratorNamesAsync(clock.Today(), cancellationToken)).Count == 0;
            db.AddAudit(clock.Now(), actor, body.Id, new AdministratorAdded(membershipId, membership.PermissionBits, nobodyCanShowIt), invitation.ForAudit(membership));
            await db.SaveChangesAsync(cancellationToken);
            return new BodyAdministratorAdded(membershipId, body.Name, invitation.Email, nobodyCanShowIt ? codes.Read(invitation) : null, wasWaiting);
        }, cancellationToken);
}
