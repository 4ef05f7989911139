using System.Net;
using Ascent.SignIn;
using Microsoft.Extensions.Time.Testing;

namespace Ascent.Tests.SignIn;

/// <summary>Who goes first. One slot, so that the order can be read off; up to eight may wait in their order.</summary>
public sealed class SignInQueueTests
{
    private const int Orderly = 8;
    private readonly FakeTimeProvider clock = new();
    private readonly SignInQueue queue;
    private readonly List<string> order = [];
    private int others;

    public SignInQueueTests() => queue = new(clock, slots: 1, longest: 20);

    [Fact]
    public async Task EnterAsync_Few_GoInTheirOrderAfterKnownBrowsers()
    {
        await TakeTheSlotAsync();
        var all = new[] { Enter("first"), Enter("second"), Enter("known", isKnown: true), Enter("known too", isKnown: true) };

        await DrainAsync(all);

        Assert.Equal(["known", "known too", "first", "second"], order);
    }

    [Fact]
    public async Task EnterAsync_Many_TheNewestGoesFirstUntilFewAreLeft()
    {
        await TakeTheSlotAsync();
        var all = Enumerable.Range(0, Orderly + 2).Select(i => Enter($"{i}")).ToArray();

        await DrainAsync(all);

        Assert.Equal([$"{Orderly + 1}", $"{Orderly}", .. Enumerable.Range(0, Orderly).Select(i => $"{i}")], order);
    }

    [Fact]
    public async Task EnterAsync_SomebodyNewAmongThoseWhoTryAndTry_GoesFirst()
    {
        await TakeTheSlotAsync();
        var flood = Enumerable.Range(0, 15).Select(i => Enter($"flood {i}", network: $"127.2.0.{i % 3}")).ToArray();
        var person = Enter("person", network: "127.3.0.1");
        var more = Enter("flood 15", network: "127.2.0.0");

        await DrainAsync([.. flood, person, more]);

        // The first tries of the three networks are as good as the person's, but not as new.
        Assert.Equal(["person", "flood 2", "flood 1", "flood 0"], order[..4]);
        Assert.Equal("flood 15", order[^1]);
    }

    [Fact]
    public async Task Leave_RightPassword_IsNoTry()
    {
        await TakeTheSlotAsync("127.0.0.1");
        queue.Leave(IPAddress.Parse("127.0.0.1"), wasRight: true);
        await TakeTheSlotAsync("127.0.0.2");
        queue.Leave(IPAddress.Parse("127.0.0.2"), wasRight: false);
        await TakeTheSlotAsync();

        await DrainAsync([Enter("was wrong", network: "127.0.0.2"), Enter("was right", network: "127.0.0.1")]);

        Assert.Equal(["was right", "was wrong"], order);
    }

    [Fact]
    public async Task EnterAsync_AnHourLater_TriesAreForgotten()
    {
        await TakeTheSlotAsync("127.0.0.2");
        queue.Leave(IPAddress.Parse("127.0.0.2"), wasRight: false);
        clock.Advance(TimeSpan.FromMinutes(61));
        await TakeTheSlotAsync();

        await DrainAsync([Enter("was wrong", network: "127.0.0.2"), Enter("is new", network: "127.0.0.1")]);

        Assert.Equal(["was wrong", "is new"], order);
    }

    [Fact]
    public async Task EnterAsync_Full_TurnsAwayWhoTriedMostAndThenWhoWaitedLongest()
    {
        await TakeTheSlotAsync();
        var again = new[] { Enter("x", network: "127.2.0.1"), Enter("x again", network: "127.2.0.1") };
        var all = Enumerable.Range(0, 18).Select(i => Enter($"{i}")).ToArray();

        var newest = Enter("newest");
        Assert.False(await again[1]);
        var known = Enter("known", isKnown: true);
        Assert.False(await again[0]);

        await DrainAsync([.. all, newest, known]);
        Assert.Equal(["known", "newest"], order[..2]);
    }

    [Fact]
    public async Task EnterAsync_WhoGivesUp_HoldsUpNobodyAndLosesNoSlot()
    {
        using var goes = new CancellationTokenSource();
        await TakeTheSlotAsync();
        var gone = queue.EnterAsync(IPAddress.Loopback, isKnownDevice: false, goes.Token);
        var stays = Enter("stays");

        await goes.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await DrainAsync([stays]);
        await TakeTheSlotAsync(); // it is free again
    }

    [Fact]
    public async Task EnterAsync_ManyComeGoAndGiveUpAtOnce_NeverMoreThanTheSlotsAndNoneIsLost()
    {
        var busy = new SignInQueue(clock, slots: 3, longest: 50);
        var gate = new Lock();
        var (inside, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(async () =>
        {
            var network = new IPAddress([127, 0, 0, (byte)i]);
            using var patience = new CancellationTokenSource();
            var entering = busy.EnterAsync(network, isKnownDevice: i % 3 == 0, patience.Token);
            if (i % 7 == 0)
                await patience.CancelAsync();
            try
            {
                if (!await entering)
                    return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            lock (gate)
                most = Math.Max(most, ++inside);
            await Task.Yield();
            lock (gate)
                inside--;
            busy.Leave(network, wasRight: i % 2 == 0);
        })));

        Assert.InRange(most, 1, 3);
        // All three slots are free again, and a fourth has to wait.
        for (var i = 0; i < 3; i++)
            Assert.True(busy.EnterAsync(IPAddress.Loopback, isKnownDevice: false, CancellationToken.None) is { IsCompletedSuccessfully: true, Result: true });
        Assert.False(busy.EnterAsync(IPAddress.Loopback, isKnownDevice: false, CancellationToken.None).IsCompleted);
    }

    private async Task TakeTheSlotAsync(string network = "192.0.2.1") =>
        Assert.True(await queue.EnterAsync(IPAddress.Parse(network), isKnownDevice: false, CancellationToken.None));

    // The turn is noted in the order in which it is given, which is one at a time.
    private async Task<bool> Enter(string name, bool isKnown = false, string? network = null)
    {
        var from = network is null ? new IPAddress([198, 51, 100, (byte)++others]) : IPAddress.Parse(network);
        var turn = await queue.EnterAsync(from, isKnown, CancellationToken.None);
        if (turn)
            lock (order)
                order.Add(name);
        return turn;
    }

    private async Task DrainAsync(Task<bool>[] waiting)
    {
        for (var served = 1; served <= waiting.Length; served++)
        {
            queue.Leave(IPAddress.Broadcast, wasRight: false);
            while (Served() < served)
                await Task.Yield();
        }
        Assert.All(await Task.WhenAll(waiting), Assert.True);
        queue.Leave(IPAddress.Broadcast, wasRight: false);
    }

    private int Served()
    {
        lock (order)
            return order.Count;
    }
}
