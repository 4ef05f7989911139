using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="Code">The activation code, to be told once, while the organisation has nobody who could show it; null when there is.</param>
/// <param name="WasWaiting">The person was a pending administrator already; only the link is new.</param>
public sealed record FirstAdministrator(Guid MembershipId, string Email, string? Code, bool WasWaiting);

public sealed record AdministratorAdded(Guid MembershipId, long Permissions, bool CodeTold) : AuditEvent("administrator-added");

/// <summary>
/// The operator's way to the first administrators of a school or a body: the same pending user, invitation and mail as every other. The two use
/// cases create the person each in its own way; the rest is here.
/// </summary>
public sealed class FirstAdministrators(Database database, ResendInvitation resend, GuardedCodes codes, TimeProvider clock)
{
    /// <param name="created">What creating the pending user came to.</param>
    internal async Task<Result<FirstAdministrator>> FinishAsync(Organisation organisation, Result<Guid> created, Actor actor, CancellationToken cancellationToken)
    {
        if (created.Succeeded)
            return await TellAsync(organisation.Id, created.Value, wasWaiting: false, actor, cancellationToken);
        // Asked again for an administrator who still waits: a lost mail or a lost code must not be a dead end. Whoever waits without the
        // setup is refused instead, because this does not change anybody's access.
        if (created.Refusals is not [AlreadyHere { State: MembershipState.Pending } waiting] || !await AdministersAsync(organisation.Id, waiting.MembershipId, cancellationToken))
            return Result.Refuse<FirstAdministrator>(created.Refusals);
        var resent = await resend.ExecuteAsync(waiting.MembershipId, actor, cancellationToken);
        return resent.Succeeded ? await TellAsync(organisation.Id, waiting.MembershipId, wasWaiting: true, actor, cancellationToken) : Result.Refuse<FirstAdministrator>(resent.Refusals);
    }

    private Task<bool> AdministersAsync(Guid organisationId, Guid membershipId, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(organisationId), async db =>
            (await db.Set<Membership>().SingleOrDefaultAsync(m => m.Id == membershipId, cancellationToken))?.Permissions.Administers == true);

    private Task<Result<FirstAdministrator>> TellAsync(Guid organisationId, Guid membershipId, bool wasWaiting, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<FirstAdministrator>>(OrganisationScope.Of(organisationId), async db =>
        {
            var (membership, invitation) = (await db.FindPendingAsync(membershipId, cancellationToken))!.Value;
            var nobodyCanShowIt = (await db.AdministratorNamesAsync(clock.Today(), cancellationToken)).Count == 0;
            db.AddAudit(clock.Now(), actor, organisationId, new AdministratorAdded(membershipId, membership.PermissionBits, nobodyCanShowIt), invitation.ForAudit(membership));
            await db.SaveChangesAsync(cancellationToken);
            return new FirstAdministrator(membershipId, invitation.Email, nobodyCanShowIt ? codes.Read(invitation) : null, wasWaiting);
        }, cancellationToken);
}
