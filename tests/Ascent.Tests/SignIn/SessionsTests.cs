using Ascent.Accounts;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn;

public sealed class SessionsTests
{
    [Theory, BothDatabases]
    [Asvs("7.3.1", "A session ends after half an hour without a request.")]
    public async Task ReadAsync_Idle_EndsAfterThirtyMinutes(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var token = await OpenAsync(host);

        host.Host.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await ReadAsync(host, token)); // which counts as being seen
        host.Host.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await ReadAsync(host, token));
        host.Host.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(await ReadAsync(host, token));
    }

    // A page that asks whether one is still signed in must not keep one signed in.
    [Theory, BothDatabases]
    public async Task ReadAsync_OnlyLooking_DoesNotKeepTheSessionOpen(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var token = await OpenAsync(host);

        host.Host.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.NotNull(await ReadAsync(host, token, counts: false));
        host.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await ReadAsync(host, token));
    }

    [Theory, BothDatabases]
    public async Task ReadAsync_InUseAllDay_EndsAfterEightHours(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var token = await OpenAsync(host);

        for (var i = 0; i < 23; i++)
        {
            host.Host.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.NotNull(await ReadAsync(host, token));
        }
        host.Host.Clock.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(1));
        var last = await ReadAsync(host, token);
        Assert.Equal(AscentHost.Start.UtcDateTime.AddHours(8), last!.EndsAt);
        host.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await ReadAsync(host, token));
    }

    [Theory, BothDatabases]
    public async Task EndAsync_Session_IsClosedForGoodAndOthersStay(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var (token, other) = (await OpenAsync(host), await OpenAsync(host));

        await host.Host.Get<Sessions>().EndAsync(token, CancellationToken.None);
        await host.Host.Get<Sessions>().EndAsync(token, CancellationToken.None); // again, as a second tab does

        Assert.Null(await ReadAsync(host, token));
        Assert.NotNull(await ReadAsync(host, other));
    }

    [Theory, BothDatabases]
    public async Task OpenAsync_PasswordWasSet_EndsEveryOtherSessionOfTheAccount(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var stranger = await host.Host.Data.AddMemberAsync(host.Member.School);
        var strangers = await OpenAsync(host, stranger.AccountId);
        var (first, second) = (await OpenAsync(host), await OpenAsync(host));

        var fresh = await OpenAsync(host, endOthers: true);

        Assert.Null(await ReadAsync(host, first));
        Assert.Null(await ReadAsync(host, second));
        Assert.NotNull(await ReadAsync(host, fresh));
        Assert.NotNull(await ReadAsync(host, strangers));
    }

    [Theory]
    [BothDatabases(null)]
    [BothDatabases("")]
    [BothDatabases("nonsense")]
    [BothDatabases("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [Asvs("7.2.1", "A session is looked up on the server for every request; a made-up cookie is nobody.")]
    public async Task ReadAsync_UnknownToken_IsNobody(DatabaseKind kind, string? token)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await OpenAsync(host);

        Assert.Null(await ReadAsync(host, token));
        await host.Host.Get<Sessions>().EndAsync(token, CancellationToken.None);
        Assert.Equal(0, await host.Host.ReadAsync(db => db.Set<Session>().CountAsync(s => s.EndedAt != null)));
    }

    [Theory, BothDatabases]
    public async Task OpenAsync_Token_IsStoredAsItsHashOnly(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var token = await OpenAsync(host);

        Assert.Equal(LinkToken.Hash(token), await host.Host.ReadAsync(db => db.Set<Session>().Select(s => s.TokenHash).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task ReadAsync_PasswordGivenLately_IsFreshForTenMinutes(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var token = await OpenAsync(host);
        host.Host.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.True(await IsFreshAsync());
        host.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await IsFreshAsync());

        var person = (await ReadAsync(host, token))!;
        Assert.Equal("password-wrong", Assert.Single((await host.Host.Get<ConfirmPassword>().ExecuteAsync(person, "a wrong password", null, CancellationToken.None)).Refusals).Code);
        Assert.False(await IsFreshAsync());
        token = (await host.Host.Get<ConfirmPassword>().ExecuteAsync(person, TestData.Password, null, CancellationToken.None)).Value.Token;
        Assert.True(await IsFreshAsync());

        async Task<bool> IsFreshAsync() => (await ReadAsync(host, token))!.IsFreshAt(host.Host.Clock.GetUtcNow().UtcDateTime);
    }

    private static async Task<string> OpenAsync(SignInHost host, Guid? accountId = null, bool endOthers = false) =>
        (await host.Host.Get<Sessions>().OpenAsync(accountId ?? host.Member.AccountId, "Firefox on Linux", null, endOthers, CancellationToken.None)).Token;

    private static Task<SignedInPerson?> ReadAsync(SignInHost host, string? token, bool counts = true) =>
        host.Host.Get<Sessions>().ReadAsync(token, counts, CancellationToken.None);
}
