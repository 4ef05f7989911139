using System.Net;
using Ascent.Persistence;
using Ascent.Shared;

namespace Ascent.SignIn.Factors;

/// <param name="HalfToken">The cookie that the right password gave.</param>
/// <param name="DeviceToken">The cookie by which this browser is known, if it has one.</param>
public sealed record CompleteSignInRequest(string? HalfToken, string? Code, IPAddress Network, string? DeviceToken)
{
    /// <summary>What a passkey answered, in the place of a code.</summary>
    public string? Passkey { get; init; }

    internal FactorAnswer Answer => new(Code, Passkey, HalfToken);
}

/// <summary>There is no sign-in to go on with: too long ago, finished, or never begun.</summary>
public sealed record NotHalfWay() : Refusal("not-half-way", "The password was given too long ago. Sign in again", RefusalKind.Conflict);

/// <summary>The second half of a sign-in. With the right code the half session ends and a whole one with another id begins, in one save.</summary>
public sealed class CompleteSignIn(Database database, FactorCheck check, KnownDevices devices, Sessions sessions, TimeProvider clock)
{
    public async Task<Result<SignedIn>> ExecuteAsync(CompleteSignInRequest request, CancellationToken cancellationToken)
    {
        if (await sessions.ReadHalfWayAsync(request.HalfToken, cancellationToken) is not { } person)
            return new NotHalfWay();
        if (request.Answer.IsEmpty)
            return new FactorMissing();
        var isKnown = await devices.IsKnownAsync(person.AccountId, request.DeviceToken, cancellationToken);
        var (keys, tooSoon) = await check.BeginAsync(person.AccountId, request.Network, isKnown, cancellationToken);
        if (tooSoon is not null)
            return tooSoon;
        var read = await check.ReadAsync(request.Answer, cancellationToken);
        if (!read.Succeeded)
            return Result.Refuse<SignedIn>(read.Refusals);
        var device = "";
        var token = await database.ChangeAsync<Result<string>>(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            if (await Sessions.FindHalfWayAsync(db, request.HalfToken, now, cancellationToken) is not var (half, account))
                return new NotHalfWay();
            if (await check.UseAsync(db, account, read.Value, cancellationToken) is not { } given)
                return Result.Refuse<string>([read.Value.Wrong]);
            var (whole, wholeToken) = Sessions.Complete(half, clock.NewId(), given.FactorId, now);
            db.Add(whole);
            await db.SaveChangesAsync(cancellationToken);
            device = half.Device;
            return wholeToken;
        }, cancellationToken);
        if (!token.Succeeded)
            return Result.Refuse<SignedIn>(token.Refusals);
        await check.EndRightAsync(keys, cancellationToken);
        return new SignedIn(token.Value, await devices.RememberAsync(person.AccountId, request.DeviceToken, device, cancellationToken));
    }
}
