using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;

namespace Ascent.Accounts;

public sealed record UserSessionsEnded(Guid MembershipId) : AuditEvent("user-sessions-ended");

/// <summary>The person has to sign in again before opening this organisation. Nothing happens to their sessions elsewhere.</summary>
public sealed class EndUserSessions(Database database, TimeProvider clock)
{
    /// <returns>The name of the person, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken) =>
        database.OnUserAsync<string>(membershipId, actor, clock, [MembershipState.Active], async (db, on) =>
        {
            on.Membership.EndSessions(on.Now);
            db.AddAudit(on.Now, actor, on.OrganisationId, new UserSessionsEnded(membershipId), on.People);
            await db.SaveChangesAsync(cancellationToken);
            return on.FullName;
        }, cancellationToken);
}
