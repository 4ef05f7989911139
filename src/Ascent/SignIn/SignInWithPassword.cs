using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Passwords;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn;

/// <param name="OldToken">The cookie that the browser sent, if any; its session ends.</param>
public sealed record SignInRequest(string? Email, string? Password, IPAddress Network, string Device, string? OldToken);

/// <summary>One answer for every failure, so that nobody learns which names exist.</summary>
public sealed record SignInRefused()
    : Refusal("sign-in-refused", "The user name and password do not go together, or this account is not open. Check both; your school’s administrators can see the state of your account", RefusalKind.Field, "Email");

public sealed record SignInTooSoon(TimeSpan Wait)
    : Refusal("sign-in-too-soon", $"There have been several wrong tries. Wait {InWords.Count((long)Math.Ceiling(Wait.TotalSeconds), "second", "seconds")}, then try again", RefusalKind.TryLater);

public sealed record SignInBusy() : Refusal("sign-in-busy", "Very many people are signing in at this moment. Try again in a few seconds", RefusalKind.TryLater);

/// <summary>Password sign-in. Known or unknown, open or closed: the same path, one hash, the same answer.</summary>
public sealed class SignInWithPassword(Database database, PasswordHashing hashing, Throttle throttle, Sessions sessions, TimeProvider clock)
{
    /// <returns>The session's token.</returns>
    public async Task<Result<string>> ExecuteAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        // What cannot be an address is throttled and hashed all the same.
        var key = EmailAddress.Parse(request.Email)?.Key ?? "";
        if (await throttle.WaitAsync(key, request.Network, cancellationToken) is { } wait)
            return new SignInTooSoon(wait);
        var password = request.Password is { Length: <= PasswordRules.Longest * 4 } typed ? typed : "";
        var account = await database.ReadAsync(OrganisationScope.Server, db =>
            db.Set<Account>().Where(a => a.EmailKey == key).Select(a => new { a.Id, a.PasswordHash }).SingleOrDefaultAsync(cancellationToken));
        bool right;
        try
        {
            right = await hashing.VerifyAsync(password, account?.PasswordHash, cancellationToken);
        }
        catch (HashingQueueFullException)
        {
            return new SignInBusy();
        }
        var isOpen = await database.ReadAsync(OrganisationScope.Server, db => db.HasOpenMembershipAsync(account?.Id ?? Guid.Empty, clock.Today(), cancellationToken));
        if (!right || !isOpen)
        {
            await throttle.RecordFailureAsync(key, request.Network, cancellationToken);
            return new SignInRefused();
        }
        await throttle.ClearAsync(key, request.Network, cancellationToken);
        if (PasswordHashing.NeedsUpgrade(account!.PasswordHash!))
            await UpgradeAsync(account.Id, account.PasswordHash!, password, cancellationToken);
        return await sessions.OpenAsync(account.Id, request.Device, request.OldToken, endOthers: false, cancellationToken);
    }

    private async Task UpgradeAsync(Guid accountId, string old, string password, CancellationToken cancellationToken)
    {
        var hash = await hashing.HashAsync(password, cancellationToken);
        await using var db = database.Open(OrganisationScope.Server);
        await db.Set<Account>().Where(a => a.Id == accountId && a.PasswordHash == old).ExecuteUpdateAsync(a => a.SetProperty(x => x.PasswordHash, hash), cancellationToken);
    }
}
