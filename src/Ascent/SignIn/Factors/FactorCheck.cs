using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn.Factors;

public sealed record RecoveryCodeUsed(int Left) : AuditEvent("recovery-used");

/// <summary>A second factor was given.</summary>
/// <param name="FactorId">Which one; null for a recovery code.</param>
public readonly record struct GivenFactor(Guid? FactorId);

/// <summary>One answer for every wrong code, a used one included.</summary>
public sealed record WrongFactor()
    : Refusal("factor-wrong", "This is not a code that works now. Each works once; an app shows a new one every half minute", RefusalKind.Field, "FactorCode");

public sealed record FactorMissing() : Refusal("factor-missing", "Enter the code from your app, or a recovery code", RefusalKind.Field, "FactorCode");

/// <summary>What somebody gives as a second factor: a code that was typed, or what a passkey answered.</summary>
/// <param name="Passkey">As the page's script sends it.</param>
/// <param name="Bound">The token of the cookie or link with which the passkey was asked.</param>
public readonly record struct FactorAnswer(string? Code, string? Passkey = null, string? Bound = null)
{
    public bool IsPasskey => Passkey is not null;

    public bool IsEmpty => !IsPasskey && string.IsNullOrWhiteSpace(Code);
}

/// <summary>The same, looked at: a passkey has proved itself, a code is still to be compared.</summary>
internal sealed record ReadFactor(string? Code, ProvedPasskey? Passkey)
{
    public Refusal Wrong => Passkey is null ? new WrongFactor() : new PasskeyRefused();
}

/// <summary>
/// Compares a code with the second factors of an account and uses it up in the save that is being made: the step of an app moves on, a
/// recovery code is used. Of two who bring the same code at once one loses its save, looks again, and is refused.
/// </summary>
public sealed class FactorCheck(Secrets secrets, Passkeys passkeys, Throttle throttle, TimeProvider clock)
{
    internal const string SecretPurpose = "authenticator secret";

    /// <summary>Counts a try under the account and its network, and looks whether one may be made.</summary>
    public async Task<(ThrottleKey[] Keys, Refusal? Refused)> BeginAsync(Guid accountId, IPAddress? network, bool isKnownDevice, CancellationToken cancellationToken)
    {
        var keys = Throttle.FactorKeys(accountId, network, isKnownDevice);
        return (keys, await throttle.TryBeginAsync(keys, cancellationToken) is { } wait ? new SignInTooSoon(wait) : null);
    }

    public Task EndRightAsync(ThrottleKey[] keys, CancellationToken cancellationToken) => throttle.EndRightAsync(keys, cancellationToken);

    public Task TakeBackAsync(ThrottleKey[] keys, CancellationToken cancellationToken) => throttle.TakeBackAsync(keys, cancellationToken);

    /// <summary>Before the save: what a passkey was asked is used up by the first answer, whatever it is worth.</summary>
    internal async Task<Result<ReadFactor>> ReadAsync(FactorAnswer answer, CancellationToken cancellationToken)
    {
        if (!answer.IsPasskey)
            return new ReadFactor(answer.Code, null);
        var proved = await passkeys.ProveAsync(answer.Passkey, answer.Bound, PasskeyTask.Prove, cancellationToken);
        return proved.Succeeded ? new ReadFactor(null, proved.Value) : Result.Refuse<ReadFactor>(proved.Refusals);
    }

    /// <returns>Null when it is no factor of this account, or a code that was used. Nothing is saved by this.</returns>
    internal async Task<GivenFactor?> UseAsync(AppDb db, Account account, ReadFactor read, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var used = read.Passkey is { } passkey ? await UsePasskeyAsync(db, account.Id, passkey, cancellationToken)
            : AppSecret.ReadCode(read.Code) is { } code ? await UseAppAsync(db, account.Id, code, now, cancellationToken)
            : RecoveryCodes.Read(read.Code) is { } recovery ? await UseRecoveryAsync(db, account, recovery, now, cancellationToken)
            : null;
        if (used is { } given)
            await FreeLimitedAsync(db, account.Id, given, cancellationToken);
        return used;
    }

    /// <summary>An app or passkey that another organisation's reset enrolled, and no other: for a reset that agrees to it. Nothing is saved by this.</summary>
    internal async Task<Factor?> UseLimitedAsync(AppDb db, Guid accountId, ReadFactor read, CancellationToken cancellationToken) =>
        read.Passkey is { } passkey ? await passkeys.UseAsync(db, accountId, passkey, onlyLimited: true, cancellationToken)
        : AppSecret.ReadCode(read.Code) is { } code ? Use(await AppsAsync(db, accountId, onlyLimited: true, cancellationToken), code, clock.Now())
        : null;

    private async Task<GivenFactor?> UsePasskeyAsync(AppDb db, Guid accountId, ProvedPasskey passkey, CancellationToken cancellationToken) =>
        await passkeys.UseAsync(db, accountId, passkey, onlyLimited: false, cancellationToken) is { } factor ? new GivenFactor(factor.Id) : null;

    private async Task<GivenFactor?> UseAppAsync(AppDb db, Guid accountId, string code, DateTime now, CancellationToken cancellationToken) =>
        Use(await AppsAsync(db, accountId, onlyLimited: false, cancellationToken), code, now) is { } factor ? new GivenFactor(factor.Id) : null;

    // The older first: of two that show the same code by chance, the one that opens more.
    private static Task<List<Factor>> AppsAsync(AppDb db, Guid accountId, bool onlyLimited, CancellationToken cancellationToken) =>
        db.Set<Factor>().Where(f => f.AccountId == accountId && f.Kind == FactorKind.App && (f.IsLimited || !onlyLimited)).OrderBy(f => f.AddedAt).ToListAsync(cancellationToken);

    private Factor? Use(List<Factor> apps, string code, DateTime now)
    {
        foreach (var factor in apps)
        {
            // A secret whose key is lost is no factor any more; recovery codes go on.
            if (secrets.Unprotect(SecretPurpose, factor.SecretCipher!) is not { } secret || AppSecret.StepOf(secret, code, now) is not { } step || step <= factor.LastStep)
                continue;
            factor.LastStep = step;
            factor.LastUsedAt = now;
            factor.Version++;
            return factor;
        }
        return null;
    }

    private async Task<GivenFactor?> UseRecoveryAsync(AppDb db, Account account, string code, DateTime now, CancellationToken cancellationToken)
    {
        var hash = RecoveryCodes.Hash(account.Id, code);
        // The hash is asked for by its account and compared in the database; 120 random bits leave nothing to learn from how long it takes.
        if (await db.Set<RecoveryCode>().SingleOrDefaultAsync(c => c.AccountId == account.Id && c.Hash == hash && c.UsedAt == null, cancellationToken) is not { } found)
            return null;
        found.UsedAt = now;
        var left = await RecoveryCodes.LeftAsync(db, account.Id, cancellationToken) - 1;
        db.Add(OutboxMail.Create(clock.NewId(), AuditTrail.Server, RecoveryUsedMail.TemplateName, account.Email, $"{account.Forename} {account.Surname}", new RecoveryUsedMail.Values(account.Forename, left, now), now));
        db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new RecoveryCodeUsed(left));
        return new GivenFactor(found.LimitedBy);
    }

    /// <summary>One use of an old factor shows that the resets were the person's own wish: what they enrolled opens everything from then on.</summary>
    private static async Task FreeLimitedAsync(AppDb db, Guid accountId, GivenFactor given, CancellationToken cancellationToken)
    {
        var limited = await db.Set<Factor>().Where(f => f.AccountId == accountId && f.IsLimited).ToListAsync(cancellationToken);
        if (limited.Exists(f => f.Id == given.FactorId))
            return;
        foreach (var code in await db.Set<RecoveryCode>().Where(c => c.AccountId == accountId && c.LimitedBy != null).ToListAsync(cancellationToken))
            code.LimitedBy = null;
        foreach (var factor in limited)
        {
            factor.IsLimited = false;
            factor.Version++;
            db.RemoveRange(await db.Set<FactorTrust>().Where(t => t.FactorId == factor.Id).ToListAsync(cancellationToken));
        }
    }
}
