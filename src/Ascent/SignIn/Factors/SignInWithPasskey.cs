using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Ascent.SignIn.Factors;

/// <param name="Bound">The cookie that the question was put with.</param>
/// <param name="OldToken">The session cookie that the browser sent, if any; that session ends.</param>
public sealed record PasskeySignInRequest(string? Passkey, string? Bound, IPAddress Network, string Device, string? OldToken, string? DeviceToken);

/// <param name="Options">For the browser, as JSON.</param>
/// <param name="Bound">For a cookie: the answer has to come with it.</param>
public sealed record PasskeyQuestion(string Options, string Bound);

/// <summary>
/// A passkey as the only step: the device holds it and has checked its owner, so it is both factors. Unknown, removed, of a closed account
/// or wrongly signed: one answer.
/// </summary>
public sealed class SignInWithPasskey(Database database, Passkeys passkeys, FactorCheck check, Throttle throttle, KnownDevices devices, TimeProvider clock, ILogger<SignInWithPasskey> log)
{
    /// <summary>Asks. Everybody may, so the askings of a network are counted; one that signs somebody in is taken back.</summary>
    public async Task<Result<PasskeyQuestion>> BeginAsync(IPAddress network, CancellationToken cancellationToken)
    {
        if (await throttle.TryBeginAsync(Throttle.PasskeyKeys(network), cancellationToken) is { } wait)
            return new SignInTooSoon(wait);
        var bound = LinkToken.Create();
        return new PasskeyQuestion((await passkeys.BeginSignInAsync(bound, cancellationToken))!, bound);
    }

    public async Task<Result<SignedIn>> ExecuteAsync(PasskeySignInRequest request, CancellationToken cancellationToken)
    {
        var proved = await passkeys.ProveAsync(request.Passkey, request.Bound, PasskeyTask.SignIn, cancellationToken);
        if (!proved.Succeeded)
            return Result.Refuse<SignedIn>(proved.Refusals);
        var accountId = proved.Value.AccountId;
        var opened = await database.ChangeAsync<Result<(string Token, Guid Id)>>(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            if (!await db.IsOpenAsync(accountId, clock.Today(), cancellationToken))
                return new PasskeyRefused();
            var account = await db.Set<Account>().SingleAsync(a => a.Id == accountId, cancellationToken);
            if (await check.UseAsync(db, account, new(null, proved.Value), cancellationToken) is not { } given)
                return new PasskeyRefused();
            var (session, token) = await Sessions.BeginAsync(db, accountId, request.Device, request.OldToken, clock.NewId(), given.FactorId, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return (token, session.Id);
        }, cancellationToken);
        if (!opened.Succeeded)
            return Result.Refuse<SignedIn>(opened.Refusals);
        await throttle.TakeBackAsync(Throttle.PasskeyKeys(request.Network), cancellationToken);
        log.LogInformation("Session {Session} of account {Account} was opened with a passkey", opened.Value.Id, accountId);
        return new SignedIn(opened.Value.Token, await devices.RememberAsync(accountId, request.DeviceToken, request.Device, cancellationToken));
    }
}
