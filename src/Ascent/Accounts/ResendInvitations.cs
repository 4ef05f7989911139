using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="WithNewCode">Those of them whose old code had run out with its link.</param>
public sealed record InvitationsResent(IReadOnlyList<Guid> MembershipIds, IReadOnlyList<Guid> WithNewCode) : AuditEvent("invitations-resent");

/// <summary>Mails new links to several pending users in one save, with one entry that names all; for each it is what <see cref="ResendInvitation"/> does.</summary>
public sealed class ResendInvitations(Database database, Invitations invitations, TimeProvider clock)
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
            var now = clock.Now();
            var school = await db.Set<Organisation>().Where(o => o.Id == organisationId).Select(o => o.Name).SingleAsync(cancellationToken);
            var accounts = chosen.ConvertAll(c => c.Membership.AccountId);
            var known = await db.Set<Account>().Where(a => accounts.Contains(a.Id) && a.PasswordHash != null).Select(a => a.Id).ToListAsync(cancellationToken);
            var withNewCode = new List<Guid>();
            foreach (var (membership, invitation) in chosen)
                if (invitations.Resend(db, invitation, school, known.Contains(membership.AccountId), now))
                    withNewCode.Add(membership.Id);
            db.AddAudit(now, actor, organisationId, new InvitationsResent([.. chosen.Select(c => c.Membership.Id)], withNewCode), [.. chosen.Select(c => c.Invitation.ForAudit(c.Membership))]);
            await db.SaveChangesAsync(cancellationToken);
            return new DoneForMany(chosen.Count, leftOut);
        }, cancellationToken);
    }
}
