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

/// <summary>
/// Compares a code with the second factors of an account and uses it up in the save that is being made: the step of an app moves on, a
/// recovery code is used. Of two who bring the same code at once one loses its save, looks again, and is refused.
/// </summary>
public sealed class FactorCheck(Secrets secrets, Throttle throttle, TimeProvider clock)
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

    /// <returns>Null when it is no code of this account, or one that was used. Nothing is saved by this.</returns>
    internal async Task<GivenFactor?> UseAsync(AppDb db, Account account, string? typed, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var used = AppSecret.ReadCode(typed) is { } code ? await UseAppAsync(db, account.Id, code, now, cancellationToken)
            : RecoveryCodes.Read(typed) is { } recovery ? await UseRecoveryAsync(db, account, recovery, now, cancellationToken)
            : null;
        if (used is { } given)
            await FreeLimitedAsync(db, account.Id, given, cancellationToken);
        return used;
    }

    /// <summary>An app that another organisation's reset enrolled, and no other: for a reset that agrees to it. Nothing is saved by this.</summary>
    internal async Task<Factor?> UseLimitedAsync(AppDb db, Guid accountId, string? typed, CancellationToken cancellationToken) =>
        AppSecret.ReadCode(typed) is { } code ? Use(await AppsAsync(db, accountId, onlyLimited: true, cancellationToken), code, clock.Now()) : null;

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
