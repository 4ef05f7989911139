using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts;

/// <summary>Somebody asked for it; after too many wrong tries it is <see cref="CodeReplaced"/>.</summary>
public sealed record CodeRenewed(Guid MembershipId) : AuditEvent("code-renewed");

/// <summary>
/// Makes a new activation code for one pending user: the old one stops working, wrong tries and the wait after them are forgotten. The link
/// stays as it is, so a code that ran out with its link needs <see cref="ResendInvitation"/> instead.
/// </summary>
public sealed class NewCode(Database database, Invitations invitations, TimeProvider clock)
{
    /// <returns>The name of the person, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.MayManageUsers(organisationId))
            return Task.FromResult<Result<string>>(new NotAllowed(Permission.SchoolSetup));
        return database.ChangeAsync<Result<string>>(OrganisationScope.Of(organisationId), async db =>
        {
            var pending = await db.FindPendingAsync(membershipId, cancellationToken);
            if (pending is null)
                return new NotFound("pending user");
            var (membership, invitation) = pending.Value;
            if (await db.CheckAboveAsync(actor, membership.Permissions, cancellationToken) is { } notFromAbove)
                return Result.Refuse<string>([notFromAbove]);
            var now = clock.Now();
            if (membership.AccountId == actor.AccountId)
                return new OwnCode();
            if (invitation.HasExpired(now))
                return new CodeExpired(invitation.Forename);
            invitations.ReplaceCode(invitation);
            db.AddAudit(now, actor, organisationId, new CodeRenewed(membershipId), await db.PeopleAsync(actor, invitation.ForAudit(membership), cancellationToken));
            await db.SaveChangesAsync(cancellationToken);
            return $"{invitation.Forename} {invitation.Surname}";
        }, cancellationToken);
    }
}
