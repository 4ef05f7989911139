using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

public sealed record PendingUsersDeleted(IReadOnlyList<Guid> MembershipIds) : AuditEvent("pending-users-deleted");

/// <summary>Takes several pending users back in one save, with one entry that names all. Who is not pending any more is left out.</summary>
public sealed class DeletePendingUsers(Database database, TimeProvider clock)
{
    public Task<Result<DoneForMany>> ExecuteAsync(IReadOnlyCollection<Guid> membershipIds, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Administers(organisationId))
            return Task.FromResult<Result<DoneForMany>>(new NotAllowed(Permission.SchoolSetup));
        return database.ChangeAsync<Result<DoneForMany>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.LeftOutAsync(membershipIds, cancellationToken) is not { } leftOut)
                return new NotFound("pending user");
            var chosen = await db.FindPendingAsync(membershipIds, cancellationToken);
            if (chosen.Count == 0)
                return new DoneForMany(0, leftOut);
            var place = await db.PlaceAsync(organisationId, cancellationToken);
            var now = clock.Now();
            foreach (var (membership, invitation) in chosen)
            {
                await db.WithdrawAsync(membership, invitation, actor, now, cancellationToken);
                await db.SeatAsync(membership, place, cancellationToken);
            }
            db.AddAudit(now, actor, organisationId, new PendingUsersDeleted([.. chosen.Select(c => c.Membership.Id)]), [.. chosen.Select(c => c.Invitation.ForAudit(c.Membership))]);
            await db.SaveChangesAsync(cancellationToken);
            return new DoneForMany(chosen.Count, leftOut);
        }, cancellationToken);
    }
}
