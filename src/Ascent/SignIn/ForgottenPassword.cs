using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Passwords;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Text;
using Ascent.SignIn.Factors;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn;

public sealed record PasswordResetAsked() : AuditEvent("password-reset-asked");

/// <param name="CodesNeeded">How many organisations now ask for a reset code.</param>
public sealed record PasswordWasReset(int CodesNeeded) : AuditEvent("password-reset");

/// <summary>
/// "Forgotten your password?" The answer is the same for every address; a mail goes only where there is an account that could sign in.
/// No password is hashed on any path.
/// </summary>
public sealed class AskForPasswordReset(Database database, Throttle throttle, Secrets secrets, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(string? email, IPAddress network, CancellationToken cancellationToken)
    {
        if (EmailAddress.Parse(email) is not { } address)
            return new ResetEmailUnreadable();
        // Each asking counts, for known and unknown alike, or the page would fill strangers' mailboxes.
        if (await throttle.TryBeginAsync(Throttle.ResetKeys(address.Key, network), cancellationToken) is { } wait)
            return new SignInTooSoon(wait);
        return await database.ChangeAsync<Result<Done>>(OrganisationScope.Server, async db =>
        {
            var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.EmailKey == address.Key && a.PasswordHash != null, cancellationToken);
            if (account is null || !await db.HasOpenMembershipAsync(account.Id, clock.Today(), cancellationToken))
                return new Done();
            var now = clock.Now();
            var token = LinkToken.Create();
            var reset = await db.Set<PasswordReset>().SingleOrDefaultAsync(r => r.AccountId == account.Id, cancellationToken);
            if (reset is null)
                db.Add(reset = new PasswordReset { AccountId = account.Id, LinkHash = [] });
            reset.LinkHash = LinkToken.Hash(token)!;
            reset.ExpiresAt = now + PasswordReset.Life;
            reset.Version++;
            db.Add(OutboxMail.Create(clock.NewId(), AuditTrail.Server, PasswordResetMail.TemplateName, account.Email, $"{account.Forename} {account.Surname}",
                new PasswordResetMail.Values(account.Forename, account.Email), now, secrets.Protect(OutboxMail.SecretPurpose, token)));
            db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new PasswordResetAsked());
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
    }
}

public sealed record ResetEmailUnreadable() : Refusal("email-unreadable", "Enter your user name: an email address like name@school.example", RefusalKind.Field, "Email");

/// <param name="AsksFactor">The account has a second factor, which has to be given with the new password.</param>
/// <param name="HasApp">One of them is an authenticator app.</param>
/// <param name="HasPasskey">One of them is a passkey.</param>
public sealed record PasswordResetView(Guid AccountId, string Email, bool AsksFactor, bool HasApp, bool HasPasskey);

/// <summary>Whose link it is, for the page that it leads to. Changes nothing. Null when the link does not work (any more).</summary>
public sealed class OpenPasswordReset(Database database, TimeProvider clock)
{
    public Task<PasswordResetView?> ExecuteAsync(string token, CancellationToken cancellationToken) =>
        database.ReadAsync<PasswordResetView?>(OrganisationScope.Server, async db =>
        {
            if (await FindAsync(db, token, clock.Now(), cancellationToken) is not var (_, account))
                return null;
            var kinds = await db.FactorKindsAsync(account.Id, cancellationToken);
            return new PasswordResetView(account.Id, account.Email, kinds.Count > 0, kinds.Contains(FactorKind.App), kinds.Contains(FactorKind.Passkey));
        });

    internal static async Task<(PasswordReset Reset, Account Account)?> FindAsync(AppDb db, string token, DateTime now, CancellationToken cancellationToken)
    {
        if (LinkToken.Hash(token) is not { } hash)
            return null;
        var found = await (from reset in db.Set<PasswordReset>()
                           where reset.LinkHash == hash && reset.ExpiresAt > now
                           join account in db.Set<Account>() on reset.AccountId equals account.Id
                           select new { reset, account }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.reset, found.account);
    }
}

/// <summary>The link did not work: used, replaced, or older than 30 minutes.</summary>
public sealed record ResetLinkUnknown() : Refusal("reset-link-unknown", "This link does not work any more", RefusalKind.NotFound);

/// <summary>
/// The new password behind a mailed link. The link is used up, every session ends, and nobody is signed in by it. Who has a second factor
/// gives it here. Without one, each organisation where the account administers or sees pupils then asks for a reset code of its own.
/// </summary>
public sealed class SetNewPassword(Database database, PasswordHashing hashing, GuardedCodes codes, FactorCheck check, TimeProvider clock)
{
    public Task<Result<Done>> ExecuteAsync(string token, string? password, string? factorCode, IPAddress network, CancellationToken cancellationToken) =>
        ExecuteAsync(token, password, new FactorAnswer(factorCode), network, cancellationToken);

    public async Task<Result<Done>> ExecuteAsync(string token, string? password, FactorAnswer factor, IPAddress network, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(OrganisationScope.Server, async db =>
            await OpenPasswordReset.FindAsync(db, token, clock.Now(), cancellationToken) is var (_, account) ? (account, HasFactor: await db.HasFactorAsync(account.Id, cancellationToken)) : default);
        ThrottleKey[] keys = [];
        if (found.HasFactor)
        {
            if (factor.IsEmpty)
                return new FactorMissing();
            (keys, var tooSoon) = await check.BeginAsync(found.account.Id, network, isKnownDevice: false, cancellationToken);
            if (tooSoon is not null)
                return tooSoon;
        }
        var read = await check.ReadAsync(factor, cancellationToken);
        var set = read.Succeeded
            ? await hashing.SetAsync(password, hash => SetAsync(token, password, read.Value, hash, cancellationToken), cancellationToken)
            : Result.Refuse<Done>(read.Refusals);
        // Only a code that was looked at and wrong stays counted.
        if (set.Succeeded)
            await check.EndRightAsync(keys, cancellationToken);
        else if (set.Refusals is not [WrongFactor or PasskeyRefused])
            await check.TakeBackAsync(keys, cancellationToken);
        return set;
    }

    private Task<Result<Done>> SetAsync(string token, string? password, ReadFactor factor, string? hash, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<Done>>(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            if (await OpenPasswordReset.FindAsync(db, token, now, cancellationToken) is not var (reset, account))
                return new ResetLinkUnknown();
            if (PasswordRules.Check(password, await Persons.NamesAsync(db, account, cancellationToken)) is { } refused)
                return refused;
            // Before the factor: a code of it counts once.
            if (hash is null)
                return new PasswordToHash();
            var given = await check.UseAsync(db, account, factor, cancellationToken);
            if (given is null && await db.HasFactorAsync(account.Id, cancellationToken))
                return Result.Refuse<Done>([factor.Wrong]);
            if (await db.HeldBackAsync(account.Id, given?.FactorId, clock.Today(), cancellationToken) is { } heldBack)
                return heldBack;
            account.PasswordHash = hash;
            account.Version++;
            db.Remove(reset);
            await Persons.EndSessionsAsync(db, account.Id, except: null, now, cancellationToken);
            var asked = given is null ? await AskForCodesAsync(db, account, now, cancellationToken) : 0;
            db.Add(OutboxMail.Create(clock.NewId(), AuditTrail.Server, PasswordChangedMail.TemplateName, account.Email, $"{account.Forename} {account.Surname}",
                new PasswordChangedMail.Values(account.Forename, now, ByLink: true), now));
            db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new PasswordWasReset(asked));
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);

    private async Task<int> AskForCodesAsync(AppDb db, Account account, DateTime now, CancellationToken cancellationToken)
    {
        var memberships = await db.Set<Membership>().Where(m => m.AccountId == account.Id && m.State == MembershipState.Active).ToListAsync(cancellationToken);
        var guarded = memberships.Where(ResetCode.IsNeededFor).ToList();
        foreach (var membership in guarded)
        {
            var code = await db.Set<ResetCode>().SingleOrDefaultAsync(c => c.OrganisationId == membership.OrganisationId && c.MembershipId == membership.Id, cancellationToken);
            if (code is null)
                db.Add(code = new ResetCode { OrganisationId = membership.OrganisationId, MembershipId = membership.Id });
            AskForResetCode.Start(code, codes, now);
        }
        return guarded.Count;
    }
}

internal static class Persons
{
    public static Actor Actor(Guid accountId) => new(ActorKind.Person, accountId, null, null, default) { IsFresh = true };

    /// <summary>Names that must not make up the person's password.</summary>
    public static async Task<IEnumerable<string>> NamesAsync(AppDb db, Account account, CancellationToken cancellationToken)
    {
        var schools = await (from membership in db.Set<Membership>()
                             where membership.AccountId == account.Id && membership.State == MembershipState.Active
                             join organisation in db.Set<Organisation>() on membership.OrganisationId equals organisation.Id
                             select organisation.Name).ToListAsync(cancellationToken);
        return [.. schools, account.Forename, account.Surname, account.Email];
    }

    /// <summary>Lists of every organisation that sees the person's own name find them by the new one.</summary>
    public static async Task FindAsNowAsync(AppDb db, Account account, CancellationToken cancellationToken)
    {
        foreach (var membership in await db.Set<Membership>().Where(m => m.AccountId == account.Id && m.State != MembershipState.Pending && m.State != MembershipState.Deleted).ToListAsync(cancellationToken))
            membership.FindAs(account.Forename, account.Surname, account.Email);
    }

    /// <summary>The password was given: the session is fresh, and goes on under a token that nobody has seen yet. The old one opens nothing any more.</summary>
    /// <returns>The token for the cookie.</returns>
    public static async Task<string> RenewSessionAsync(AppDb db, Guid sessionId, DateTime now, CancellationToken cancellationToken)
    {
        var token = LinkToken.Create();
        var hash = LinkToken.Hash(token)!;
        await db.Set<Session>().Where(s => s.Id == sessionId && s.EndedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.ConfirmedAt, now).SetProperty(x => x.TokenHash, hash), cancellationToken);
        return token;
    }

    /// <summary>Ends the open sessions of an account in the save that is being made.</summary>
    public static async Task EndSessionsAsync(AppDb db, Guid accountId, Guid? except, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var session in await db.Set<Session>().Where(s => s.AccountId == accountId && s.EndedAt == null && s.Id != except).ToListAsync(cancellationToken))
            session.EndedAt = now;
    }
}
