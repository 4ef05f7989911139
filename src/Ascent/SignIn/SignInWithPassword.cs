using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Accounts.Passwords;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn;

/// <param name="OldToken">The session cookie that the browser sent, if any; that session ends.</param>
/// <param name="DeviceToken">The cookie by which this browser is known, if it has one.</param>
public sealed record SignInRequest(string? Email, string? Password, IPAddress Network, string Device, string? OldToken, string? DeviceToken);

/// <param name="Token">For the session cookie.</param>
/// <param name="DeviceToken">For the cookie by which the browser is known from now on; null while the second factor is still to come.</param>
public sealed record SignedIn(string Token, string? DeviceToken)
{
    public bool AwaitsFactor => DeviceToken is null;
}

/// <summary>One answer for every failure, so that nobody learns which names exist.</summary>
public sealed record SignInRefused()
    : Refusal("sign-in-refused", "The user name and password do not go together, or this account is not open. Check both; your school’s administrators can see the state of your account", RefusalKind.Field, "Email");

public sealed record SignInTooSoon(TimeSpan Wait)
    : Refusal("sign-in-too-soon", $"There have been several tries. Wait {InWords.Count((long)Math.Ceiling(Wait.TotalSeconds), "second", "seconds")}, then try again", RefusalKind.TryLater)
{
    public override TimeSpan? RetryAfter => Wait;
}

/// <summary>Password sign-in. Known or unknown, open or closed: the same path, one hash, the same answer.</summary>
public sealed class SignInWithPassword(Database database, SignInQueue queue, PasswordHashing hashing, Throttle throttle, Sessions sessions, KnownDevices devices, TimeProvider clock)
{
    public async Task<Result<SignedIn>> ExecuteAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        // What cannot be an address is throttled and hashed all the same.
        var key = EmailAddress.Parse(request.Email)?.Key ?? "";
        var device = LinkToken.Hash(request.DeviceToken) ?? [];
        var account = await database.ReadAsync(OrganisationScope.Server, db =>
            db.Set<Account>().Where(a => a.EmailKey == key)
                .Select(a => new { Account = a, IsKnownDevice = db.Set<KnownDevice>().Any(d => d.AccountId == a.Id && d.TokenHash == device) }).SingleOrDefaultAsync(cancellationToken));
        var password = request.Password is { Length: <= PasswordRules.Longest * 4 } typed ? typed : "";
        var keys = Throttle.SignInKeys(key, request.Network, account?.IsKnownDevice == true);
        var look = await LookAsync(request.Network, account?.IsKnownDevice == true, keys, password, account?.Account.PasswordHash, cancellationToken);
        if (!look.Succeeded)
            return Result.Refuse<SignedIn>(look.Refusals);
        var right = look.Value;
        var isOpen = await database.ReadAsync(OrganisationScope.Server, db => db.IsOpenAsync(account?.Account.Id ?? Guid.Empty, clock.Today(), cancellationToken));
        if (!right || !isOpen)
            return new SignInRefused();
        await throttle.EndRightAsync(keys, cancellationToken);
        if (PasswordHashing.NeedsUpgrade(account!.Account.PasswordHash!))
            await UpgradeAsync(account.Account.Id, account.Account.PasswordHash!, password, cancellationToken);
        var opened = await sessions.OpenAsync(account.Account.Id, request.Device, request.OldToken, endOthers: false, cancellationToken);
        if (opened.AwaitsFactor)
            return new SignedIn(opened.Token, null);
        return new SignedIn(opened.Token, account.IsKnownDevice ? request.DeviceToken! : await devices.RememberAsync(account.Account.Id, request.DeviceToken, request.Device, cancellationToken));
    }

    /// <summary>Waits for its turn, counts the try, and compares the password: all that a stranger can make the server do.</summary>
    private async Task<Result<bool>> LookAsync(
        IPAddress network, bool isKnownDevice, ThrottleKey[] keys, string password, string? stored, CancellationToken cancellationToken)
    {
        if (!await queue.EnterAsync(network, isKnownDevice, cancellationToken))
            return new ServerBusy();
        var right = false;
        try
        {
            if (await throttle.TryBeginAsync(keys, cancellationToken) is { } wait)
                return new SignInTooSoon(wait);
            return right = await hashing.VerifyAsync(password, stored, cancellationToken);
        }
        catch (HashingQueueFullException)
        {
            await throttle.TakeBackAsync(keys, cancellationToken); // nothing was looked at
            return new ServerBusy();
        }
        finally
        {
            queue.Leave(network, right);
        }
    }

    private async Task UpgradeAsync(Guid accountId, string old, string password, CancellationToken cancellationToken)
    {
        if (await hashing.TryHashAsync(password, cancellationToken) is not { } hash)
            return; // there is another sign-in
        await database.WriteAsync(OrganisationScope.Server, db =>
            db.Set<Account>().Where(a => a.Id == accountId && a.PasswordHash == old).ExecuteUpdateAsync(a => a.SetProperty(x => x.PasswordHash, hash), cancellationToken), cancellationToken);
    }
}
