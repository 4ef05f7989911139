using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

public sealed record PendingUserDeleted(Guid MembershipId) : AuditEvent("pending-user-deleted");

/// <summary>Takes a pending user back: link and code are dead, the seats free, the email address can be used anew.</summary>
public sealed class DeletePendingUser(Database database, TimeProvider clock)
{
    /// <returns>The name of the person, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Administers(organisationId))
            return Task.FromResult<Result<string>>(new NotAllowed(Permission.SchoolSetup));
        return database.ChangeAsync<Result<string>>(OrganisationScope.Of(organisationId), async db =>
        {
            var pending = await db.FindPendingAsync(membershipId, cancellationToken);
            if (pending is null)
                return new NotFound("pending user");
            var (membership, invitation) = pending.Value;
            var now = clock.Now();
            await db.WithdrawAsync(membership, invitation, actor, now, cancellationToken);
            await db.SeatAsync(membership, await db.PlaceAsync(organisationId, cancellationToken), cancellationToken);
            db.AddAudit(now, actor, organisationId, new PendingUserDeleted(membershipId), invitation.ForAudit(membership));
            await db.SaveChangesAsync(cancellationToken);
            return $"{invitation.Forename} {invitation.Surname}";
        }, cancellationToken);
    }
}
