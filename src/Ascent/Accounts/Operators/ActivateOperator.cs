using Ascent.Accounts.Passwords;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Operators;

/// <summary>What the page behind an operator's sign-up link may show.</summary>
public sealed record OperatorInvitationView(InvitationStatus Status, string Email);

/// <summary>Whose link it is. Changes nothing.</summary>
public sealed class OpenOperatorInvitation(Database database, TimeProvider clock)
{
    public Task<OperatorInvitationView> ExecuteAsync(string token, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db =>
            await ActivateOperator.FindAsync(db, token, cancellationToken) is not var (invitation, _, account) ? new OperatorInvitationView(InvitationStatus.Unknown, "")
                : new(invitation.HasExpired(clock.Now()) ? InvitationStatus.Expired : InvitationStatus.NeedsPassword, account.Email));
}

public sealed record ActivateOperatorRequest(string Token, string? Code, string? Password);

public sealed record OperatorActivated(Guid AccountId) : AuditEvent("operator-activated");

public sealed record OperatorCodeReplaced(Guid AccountId) : AuditEvent("operator-code-replaced");

/// <summary>The tenth wrong try: only the console can tell a new code.</summary>
public sealed record NewCodeAtConsole()
    : Refusal("code-replaced", "That was the tenth wrong try, so this code has stopped working. Ask whoever added you to run “ascent operators add” again", RefusalKind.Field, "Code");

/// <summary>
/// The second half of an operator's sign-up: the right link with the right code sets a password and opens /operator. Wrong codes are
/// counted in the save that refuses them.
/// </summary>
public sealed class ActivateOperator(Database database, GuardedCodes codes, PasswordHashing hashing, ServerSettings settings, TimeProvider clock)
{
    /// <returns>The account, to be signed in now; every older session of it has to end.</returns>
    public Task<Result<Guid>> ExecuteAsync(ActivateOperatorRequest request, CancellationToken cancellationToken) =>
        hashing.SetAsync(request.Password, hash => TryAsync(request, hash, cancellationToken), cancellationToken);

    private Task<Result<Guid>> TryAsync(ActivateOperatorRequest request, string? hash, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<Guid>>(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            if (await FindAsync(db, request.Token, cancellationToken) is not var (invitation, found, account))
                return new LinkUnknown();
            if (invitation.HasExpired(now))
                return new LinkExpired();
            // Somebody gave the account a place in a school after it was invited here, and it was taken up.
            if (await db.Set<Membership>().AnyAsync(m => m.AccountId == account.Id && m.State == MembershipState.Active, cancellationToken))
                return new MemberAlready(account.Email);
            if (await CheckCodeAsync(db, invitation, request.Code, now, cancellationToken) is { } wrong)
                return wrong;
            string[] names = [invitation.Forename, invitation.Surname, account.Email, account.Forename, account.Surname, settings.PublicAddress.Host];
            if (PasswordRules.Check(request.Password, names) is { } refused)
                return refused;
            if (hash is null)
                return new PasswordToHash();
            if (!account.HasSignedUp)
                (account.Forename, account.Surname) = (invitation.Forename, invitation.Surname);
            account.PasswordHash = hash;
            account.Version++;
            found.ActivatedAt = now;
            found.Version++;
            db.Remove(invitation);
            db.AddAudit(now, Actor.Operator with { AccountId = account.Id }, AuditTrail.Server, new OperatorActivated(account.Id));
            await db.SaveChangesAsync(cancellationToken);
            return account.Id;
        }, cancellationToken);

    private async Task<Refusal?> CheckCodeAsync(AppDb db, OperatorInvitation invitation, string? typed, DateTime now, CancellationToken cancellationToken)
    {
        var check = codes.Check(invitation, typed, now);
        if (check.Refusal is null || !check.HasCounted)
            return check.Refusal;
        if (check.WasReplaced)
            db.AddAudit(now, Actor.System, AuditTrail.Server, new OperatorCodeReplaced(invitation.AccountId));
        await db.SaveChangesAsync(cancellationToken);
        return check.WasReplaced ? new NewCodeAtConsole() : check.Refusal;
    }

    internal static async Task<(OperatorInvitation Invitation, Operator Operator, Account Account)?> FindAsync(AppDb db, string token, CancellationToken cancellationToken)
    {
        if (LinkToken.Hash(token) is not { } hash)
            return null;
        var found = await (from invitation in db.Set<OperatorInvitation>()
                           where invitation.LinkHash == hash
                           join one in db.Set<Operator>() on invitation.AccountId equals one.AccountId
                           join account in db.Set<Account>() on invitation.AccountId equals account.Id
                           select new { invitation, one, account }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.invitation, found.one, found.account);
    }
}
