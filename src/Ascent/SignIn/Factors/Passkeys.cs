using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Ascent.SignIn.Factors;

public sealed record PasskeyCounterBack(Guid FactorId) : AuditEvent("passkey-counter");

/// <summary>One answer for every passkey that does not do, a removed one and somebody else's included.</summary>
public sealed record PasskeyRefused()
    : Refusal("passkey-refused", "This passkey does not open an account here. It may have been removed, or belong to another user name: try again, or go on in another way", RefusalKind.Field, "Passkey");

/// <summary>The question was answered, replaced or too old.</summary>
public sealed record PasskeyTooLate()
    : Refusal("passkey-late", "It took too long, or you went on in another window. Try again", RefusalKind.Field, "Passkey");

/// <summary>The device did not make a passkey that this server can use.</summary>
public sealed record PasskeyNotMade()
    : Refusal("passkey-not-made", "No passkey was made: the device’s answer cannot be used. Try again, or choose another device or an authenticator app", RefusalKind.Field, "Passkey");

/// <summary>A passkey has signed what this browser was asked, and checked its owner before. Not used up yet.</summary>
internal sealed record ProvedPasskey(Guid FactorId, Guid AccountId, long SignCount)
{
    /// <summary>A passkey that counts has to count on; one that does not says 0 for ever.</summary>
    public bool IsBehind(Factor factor) => (SignCount > 0 || factor.SignCount > 0) && SignCount <= factor.SignCount;
}

/// <summary>Asks passkeys, and compares what they answer.</summary>
public sealed class Passkeys(Database database, PasskeyServer server, PasskeyChallenges challenges, TimeProvider clock, ILogger<Passkeys> log)
{
    public bool IsPossible => server.IsPossible;

    internal static string NameFor(string device) => $"Passkey, {device}";

    /// <summary>What the browser needs to make a new passkey, as JSON; null when there is nothing to bind it to.</summary>
    /// <param name="bound">The token of the cookie or link that the answer has to come with.</param>
    public async Task<string?> BeginAddAsync(Guid accountId, string? bound, CancellationToken cancellationToken)
    {
        // A device that has one of these makes no other: it would write over it.
        var (account, present) = await database.ReadAsync(OrganisationScope.Server, async db =>
            (await db.Set<Account>().SingleAsync(a => a.Id == accountId, cancellationToken), await NumbersAsync(db, accountId, cancellationToken)));
        return await challenges.BeginAsync(bound, PasskeyTask.Add, cancellationToken) is { } challenge
            ? server.ToAdd(challenge, accountId, account.Email, $"{account.Forename} {account.Surname}", present).ToJson() : null;
    }

    /// <summary>What the browser needs to ask one of the account's passkeys, as JSON; null when there is nothing to bind it to.</summary>
    public async Task<string?> BeginProofAsync(Guid accountId, string? bound, CancellationToken cancellationToken)
    {
        var present = await database.ReadAsync(OrganisationScope.Server, db => NumbersAsync(db, accountId, cancellationToken));
        return await challenges.BeginAsync(bound, PasskeyTask.Prove, cancellationToken) is { } challenge ? server.ToUse(challenge, present).ToJson() : null;
    }

    /// <summary>The same for whichever passkey of this server the device has: nothing is said about which there are.</summary>
    public async Task<string?> BeginSignInAsync(string? bound, CancellationToken cancellationToken) =>
        await challenges.BeginAsync(bound, PasskeyTask.SignIn, cancellationToken) is { } challenge ? server.ToUse(challenge, []).ToJson() : null;

    /// <summary>The new passkey that an answer proves, not yet added.</summary>
    internal async Task<Result<Factor>> ProveNewAsync(Guid accountId, string? answer, string? bound, string? name, string otherwise, CancellationToken cancellationToken)
    {
        var called = FactorNames.Read(name, otherwise);
        if (!called.Succeeded)
            return Result.Refuse<Factor>(called.Refusals);
        if (await challenges.TakeAsync(bound, PasskeyTask.Add, cancellationToken) is not { } challenge)
            return new PasskeyTooLate();
        var made = await server.VerifyNewAsync(answer, challenge, accountId,
            id => database.ReadAsync(OrganisationScope.Server, async db => !await db.Set<Factor>().AnyAsync(f => f.CredentialId == id, cancellationToken)), cancellationToken);
        if (made is null)
            return new PasskeyNotMade();
        var now = clock.Now();
        return new Factor
        {
            Id = clock.NewId(), AccountId = accountId, Kind = FactorKind.Passkey, Name = called.Value, AddedAt = now, CredentialId = made.Id, PublicKey = made.PublicKey, SignCount = made.SignCount,
        };
    }

    /// <summary>Whose passkey has answered what this browser was asked. The question is gone with this, and the passkey not used yet.</summary>
    internal async Task<Result<ProvedPasskey>> ProveAsync(string? answer, string? bound, PasskeyTask task, CancellationToken cancellationToken)
    {
        if (await challenges.TakeAsync(bound, task, cancellationToken) is not { } challenge)
            return new PasskeyTooLate();
        if (PasskeyServer.ReadUse(answer) is not { } read)
            return new PasskeyRefused();
        var found = await database.ReadAsync(OrganisationScope.Server, db => db.Set<Factor>().SingleOrDefaultAsync(f => f.CredentialId == read.RawId && f.Kind == FactorKind.Passkey, cancellationToken));
        if (found is null || await server.VerifyAsync(read, challenge, found.PublicKey!, found.AccountId, cancellationToken) is not { } count)
            return new PasskeyRefused();
        var proved = new ProvedPasskey(found.Id, found.AccountId, count);
        if (!proved.IsBehind(found))
            return proved;
        await TellAsync(found, cancellationToken);
        return new PasskeyRefused();
    }

    /// <summary>The passkey with its new number, in the save that is being made. Null when it is gone, another account's, or behind.</summary>
    internal async Task<Factor?> UseAsync(AppDb db, Guid accountId, ProvedPasskey proved, bool onlyLimited, CancellationToken cancellationToken)
    {
        if (await db.Set<Factor>().SingleOrDefaultAsync(f => f.Id == proved.FactorId && f.AccountId == accountId && (f.IsLimited || !onlyLimited), cancellationToken) is not { } factor || proved.IsBehind(factor))
            return null;
        factor.SignCount = proved.SignCount;
        factor.LastUsedAt = clock.Now();
        factor.Version++;
        return factor;
    }

    private static Task<List<byte[]>> NumbersAsync(AppDb db, Guid accountId, CancellationToken cancellationToken) =>
        db.Set<Factor>().Where(f => f.AccountId == accountId && f.Kind == FactorKind.Passkey).Select(f => f.CredentialId!).ToListAsync(cancellationToken);

    /// <summary>The signature holds and the number is an old one: there are two of this key, and one of them is a copy.</summary>
    private async Task TellAsync(Factor factor, CancellationToken cancellationToken)
    {
        log.LogWarning("The counter of passkey {Factor} of account {Account} went back: it was refused", factor.Id, factor.AccountId);
        await database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            var account = await db.Set<Account>().SingleAsync(a => a.Id == factor.AccountId, cancellationToken);
            db.Add(FactorMail.Copied(account, factor.Name, clock.NewId(), now));
            db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new PasskeyCounterBack(factor.Id));
            return await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
    }
}
