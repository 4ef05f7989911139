using System.Net;
using Ascent.SignIn;
using Ascent.Tests.Persistence;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn;

public sealed class ThrottleTests
{
    [Theory]
    [BothDatabases("ann@school.example")]
    [BothDatabases("nobody@school.example")]
    [BothDatabases("not an address")]
    [Asvs("6.3.1", "From the fifth wrong password on one waits longer and longer, known and unknown names alike.")]
    public async Task ExecuteAsync_WrongFromTheFifthOn_WaitsLongerAndLongerWithoutAnyHash(DatabaseKind kind, string email)
    {
        await using var host = await SignInHost.StartAsync(kind);

        await host.FailAsync(5, email);
        foreach (var seconds in new[] { 5, 10, 20, 40, 80, 160, 300, 300 })
        {
            var hashes = host.Hashes;
            Assert.Equal(TimeSpan.FromSeconds(seconds), await host.WaitAsync(email));
            Assert.Equal(TimeSpan.FromSeconds(seconds), await host.WaitAsync(email)); // asking again while waiting costs nothing
            Assert.Equal(hashes, host.Hashes);
            host.Host.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await host.FailAsync(1, email);
        }
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_RightWhileWaiting_WaitsToo(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await host.FailAsync(5);

        Assert.IsType<SignInTooSoon>(await host.RefusedAsync(TestData.Password));
        host.Host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True((await host.TryAsync(TestData.Password)).Succeeded);
        await host.FailAsync(5); // the count began anew
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OtherNetwork_IsUnaffected(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await host.FailAsync(5);

        Assert.True((await host.TryAsync(TestData.Password, network: SignInHost.Elsewhere)).Succeeded);
    }

    [Theory]
    [BothDatabases("203.0.113.7", "::ffff:203.0.113.7", true)]
    [BothDatabases("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [BothDatabases("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [BothDatabases("203.0.113.7", "203.0.113.8", false)]
    public async Task ExecuteAsync_SameNetworkInOtherWords_IsTheSame(DatabaseKind kind, string first, string second, bool same)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await host.FailAsync(5, network: IPAddress.Parse(first));

        var result = await host.TryAsync(TestData.Password, network: IPAddress.Parse(second));

        Assert.Equal(same, !result.Succeeded);
    }

    [Theory, BothDatabases]
    [Asvs("6.3.1", "Fifty wrong passwords of many names slow their network.")]
    public async Task ExecuteAsync_FiftyWrongOfManyNames_SlowTheNetwork(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        for (var i = 0; i < 50; i++)
            await host.CountWrongAsync($"guess{i}@school.example");

        Assert.Equal(TimeSpan.FromSeconds(5), await host.WaitAsync("somebody@school.example"));
        Assert.IsType<SignInTooSoon>(await host.RefusedAsync(TestData.Password));
        Assert.True((await host.TryAsync(TestData.Password, network: SignInHost.Elsewhere)).Succeeded);
    }

    // One right name must not clear the way for guessing others.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_RightInBetween_LeavesTheNetworksCount(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        for (var i = 0; i < 49; i++)
            await host.CountWrongAsync($"guess{i}@school.example");
        Assert.True((await host.TryAsync(TestData.Password)).Succeeded);
        await host.FailAsync(1, "guess49@school.example");

        Assert.Equal(TimeSpan.FromSeconds(5), await host.WaitAsync("somebody@school.example"));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AnHourLater_EverythingIsForgotten(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await host.FailAsync(5);

        host.Host.Clock.Advance(TimeSpan.FromMinutes(61));
        await host.FailAsync(5);
        Assert.Equal(TimeSpan.FromSeconds(5), await host.WaitAsync());
    }

    // From a hundred networks at once: the account slows for everybody but a device that has signed in to it before.
    [Theory, BothDatabases]
    [Asvs("6.3.1", "A hundred wrong passwords from everywhere slow the account, and never lock its owner out.")]
    public async Task ExecuteAsync_HundredWrongFromEverywhere_SlowTheAccountButNotItsOwnDevice(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var device = (await host.TryAsync(TestData.Password)).Value.DeviceToken;
        for (var i = 0; i < 100; i++)
            await host.CountWrongAsync("ann@school.example", IPAddress.Parse($"192.0.2.{i}"));

        Assert.IsType<SignInTooSoon>(await host.RefusedAsync(TestData.Password, network: SignInHost.Elsewhere));
        Assert.True((await host.TryAsync(TestData.Password, network: SignInHost.Elsewhere, device: device)).Succeeded);
        host.Host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await host.TryAsync(TestData.Password, network: SignInHost.Elsewhere)).Succeeded); // never for good
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SixtyWrongAtOnce_AreLookedAtFiveTimes(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => host.RefusedAsync("a wrong password"))));

        Assert.Equal(5, results.OfType<SignInRefused>().Count());
        Assert.Equal(5, host.Hashes);
        Assert.Equal(55, results.OfType<SignInTooSoon>().Count());
        Assert.Equal(TimeSpan.FromSeconds(5), await host.WaitAsync());
    }

    // Free tries are free also when the first of them come at the same moment.
    [Theory, BothDatabases]
    public async Task TryBeginAsync_FirstFiveAtOnce_AreAllFree(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        for (var round = 0; round < 20; round++)
        {
            var email = $"round{round}@school.example";
            var network = IPAddress.Parse($"192.0.2.{round}");
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => host.CountWrongAsync(email, network))));
        }
    }

    [Theory, BothDatabases]
    public async Task TryBeginAsync_AgainAndAgain_CompilesNoQueryAnew(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        for (var i = 0; i < 2; i++)
            await host.CountWrongAsync("ann@school.example"); // the first insert, the first update
        using var compilations = new Compilations();

        for (var i = 0; i < 3; i++)
        {
            host.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            await host.CountWrongAsync("ann@school.example");
        }

        Assert.Equal(0, compilations.Count);
        // It does count: a query that nobody has asked before.
        await host.Host.ReadAsync(db => db.Set<ThrottleCount>().Where(t => t.Tries == 4711).Select(t => t.RetryAt).ToListAsync());
        Assert.Equal(1, compilations.Count);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Counted_KeepsNobodysAddress(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await host.FailAsync(1);

        Assert.All(await host.Host.ReadAsync(db => db.Set<ThrottleCount>().Select(t => t.Key).ToListAsync()), key => Assert.Matches("^[0-9a-f]{64}$", key));
    }
}
