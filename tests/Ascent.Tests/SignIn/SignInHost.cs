using System.Net;
using Ascent.Accounts.Passwords;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;

namespace Ascent.Tests.SignIn;

/// <summary>A host with one person who can sign in, and short words for signing in.</summary>
internal sealed class SignInHost(AscentHost host, TestMember member) : IAsyncDisposable
{
    public static readonly IPAddress Here = IPAddress.Parse("203.0.113.7");
    public static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.9");

    public AscentHost Host => host;

    public TestMember Member => member;

    public long Hashes => host.Get<PasswordHashing>().Count;

    public static async Task<SignInHost> StartAsync(DatabaseKind kind)
    {
        var host = await AscentHost.StartAsync(kind);
        return new(host, await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), PermissionSet.None, "Ann", "Lee", "ann@school.example"));
    }

    public Task<Result<SignedIn>> TryAsync(
        string? password, string? email = "ann@school.example", IPAddress? network = null, string? oldToken = null, string? device = null) =>
        host.Get<SignInWithPassword>().ExecuteAsync(new(email, password, network ?? Here, "Firefox on Linux", oldToken, device), CancellationToken.None);

    public async Task<Refusal> RefusedAsync(string? password, string? email = "ann@school.example", IPAddress? network = null) =>
        Assert.Single((await TryAsync(password, email, network)).Refusals);

    public async Task FailAsync(int times, string? email = "ann@school.example", IPAddress? network = null)
    {
        for (var i = 0; i < times; i++)
            Assert.IsType<SignInRefused>(await RefusedAsync("a wrong password", email, network));
    }

    /// <summary>A wrong try without the costly hash: counted as a sign-in counts it.</summary>
    public async Task CountWrongAsync(string email, IPAddress? network = null) =>
        Assert.Null(await host.Get<Throttle>().TryBeginAsync(Throttle.SignInKeys(email, network ?? Here, isKnownDevice: false), CancellationToken.None));

    public async Task<TimeSpan> WaitAsync(string? email = "ann@school.example", IPAddress? network = null) =>
        Assert.IsType<SignInTooSoon>(await RefusedAsync("a wrong password", email, network)).Wait;

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
