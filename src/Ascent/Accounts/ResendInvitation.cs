using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="NewCode">The old code had run out with its link, so a new one was made.</param>
public sealed record Resent(string FullName, string Email, bool NewCode);

public sealed record InvitationResent(Guid MembershipId, bool NewCode) : AuditEvent("invitation-resent");

/// <summary>Mails a new link; the old one is dead. The code stays good and takes the new link's end, unless it had run out.</summary>
public sealed class ResendInvitation(Database database, Invitations invitations, TimeProvider clock)
{
    public Task<Result<Resent>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.MayManageUsers(organisationId))
            return Task.FromResult<Result<Resent>>(new NotAllowed(Permission.SchoolSetup));
        return database.ChangeAsync<Result<Resent>>(OrganisationScope.Of(organisationId), async db =>
        {
            var pending = await db.FindPendingAsync(membershipId, cancellationToken);
            if (pending is null)
                return new NotFound("pending user");
            var (membership, invitation) = pending.Value;
            if (await db.CheckAboveAsync(actor, membership.Permissions, cancellationToken) is { } notFromAbove)
                return Result.Refuse<Resent>([notFromAbove]);
            var now = clock.Now();
            var school = await db.Set<Organisation>().Where(o => o.Id == organisationId).Select(o => o.Name).SingleAsync(cancellationToken);
            var isKnown = await db.Set<Account>().AnyAsync(a => a.Id == membership.AccountId && a.PasswordHash != null, cancellationToken);
            var newCode = invitations.Resend(db, invitation, school, isKnown, now);
            db.AddAudit(now, actor, organisationId, new InvitationResent(membershipId, newCode), await db.PeopleAsync(actor, invitation.ForAudit(membership), cancellationToken));
            await db.SaveChangesAsync(cancellationToken);
            return new Resent($"{invitation.Forename} {invitation.Surname}", invitation.Email, newCode);
        }, cancellationToken);
    }
}
