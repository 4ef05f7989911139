using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Accounts;

/// <param name="TypedName">The person's name, typed to confirm.</param>
public sealed record DeleteUserRequest(Guid MembershipId, string? TypedName);

public sealed record UserDeleted(Guid MembershipId) : AuditEvent("user-deleted");

/// <summary>Takes a person out of the organisation for good. The same email address can be created anew.</summary>
public sealed class DeleteUser(Database database, HolderMails mails, TimeProvider clock)
{
    /// <returns>The name of the person, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(DeleteUserRequest request, Actor actor, CancellationToken cancellationToken) =>
        database.OnUserAsync<string>(request.MembershipId, actor, clock, [MembershipState.Active, MembershipState.Deactivated, MembershipState.Ended], async (db, on) =>
        {
            if (PlainText.SearchKey(request.TypedName ?? "") != PlainText.SearchKey(on.FullName))
                return new NameNotTyped(on.FullName);
            var couldOpen = on.Membership.IsOpenOn(on.Today);
            on.Membership.Delete(actor.AccountId, on.Now);
            if ((await db.KeepAHolderAsync([on.Membership], on.Today, cancellationToken)).Count > 0)
                return new LastHolder(on.FullName, Setup: PermissionCatalogue.SetupTag(on.Membership.Permissions));
            await db.CloseAsync(on.Membership, cancellationToken);
            await db.ForgetKeptAsync(on.Membership.AccountId, on.OrganisationId, cancellationToken);
            // To whom it was closed before, that is no news.
            if (couldOpen)
                await mails.TellClosedAsync(db, [on.Membership], actor, on.Now, cancellationToken);
            db.AddAudit(on.Now, actor, on.OrganisationId, new UserDeleted(request.MembershipId), on.People);
            await db.SaveChangesAsync(cancellationToken);
            return on.FullName;
        }, cancellationToken);
}

public sealed record NameNotTyped(string Name) : Refusal("name-not-typed", $"Type the name as it stands above: {Name}", RefusalKind.Field, "TypedName");
