using Ascent.Accounts;
using Ascent.Accounts.Passwords;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Tests.Accounts.Passwords;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

/// <summary>Wrong activation codes are told and counted, one by one and a hundred at once; two right ones at once open one door once.</summary>
public sealed class WrongCodeTests
{
    [Theory, BothDatabases]
    [Asvs("6.6.3", "Wrong codes wait from the fifth on, and the tenth makes a new code.")]
    public async Task ExecuteAsync_WrongTenTimes_DelaysFromTheFifthAndReplacesTheCodeAtTheTenth(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (pending, right, wrong) = await PendingAsync(host);
        int[] delays = [0, 0, 0, 0, 5, 10, 20, 40, 80];

        for (var i = 0; i < delays.Length; i++)
        {
            Assert.Equal(9 - i, Assert.IsType<WrongCode>(await RefusalAsync(host, wrong)).TriesLeft);
            if (delays[i] == 0)
                continue;
            // Also the right code waits, or the delay would tell which is right.
            Assert.Equal(TimeSpan.FromSeconds(delays[i]), Assert.IsType<TooManyTries>(await RefusalAsync(host, right)).Wait);
            host.Clock.Advance(TimeSpan.FromSeconds(delays[i]));
        }
        Assert.IsType<CodeWasReplaced>(await RefusalAsync(host, wrong));

        Assert.IsType<WrongCode>(await RefusalAsync(host, right)); // the old code is no more
        Assert.NotEqual(right.Code, await host.Data.CodeOfAsync(pending.MembershipId));
        Assert.NotNull((await host.ReadAsync(db => db.Set<Invitation>().SingleAsync())).CodeReplacedAt);
        Assert.Equal(ActorKind.System, (await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "code-replaced"))).ActorKind);
        // The link lives: never a dead end.
        Assert.True((await ActivateAsync(host, right with { Code = await host.Data.CodeOfAsync(pending.MembershipId) })).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_WrongAHundredTimesAtOnce_IsCountedExactly(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, _, wrong) = await PendingAsync(host);

        var refusals = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => RefusalAsync(host, wrong))));

        Assert.Equal([9, 8, 7, 6, 5], refusals.OfType<WrongCode>().Select(r => r.TriesLeft).OrderDescending());
        Assert.Equal(95, refusals.OfType<TooManyTries>().Count());
        Assert.Equal(5, (await host.ReadAsync(db => db.Set<Invitation>().SingleAsync())).WrongTries);
    }

    // The delay taken away, every one of the hundred is looked at, so ten times the tenth is reached.
    [Theory, BothDatabases]
    [Asvs("6.6.3", "Trying at once gives no more tries.")]
    public async Task ExecuteAsync_WrongAtOnceAfterEachDelay_NeverGivesMoreTriesThanAllowed(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, _, wrong) = await PendingAsync(host);
        var seen = new List<Refusal>();

        for (var round = 0; round < 6; round++)
        {
            seen.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => RefusalAsync(host, wrong)))));
            if (seen.OfType<CodeWasReplaced>().Any())
                break;
            host.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        // In the last round, tries go on against the new code: its count begins anew.
        Assert.Single(seen.OfType<CodeWasReplaced>());
        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1], seen.OfType<WrongCode>().Take(9).Select(r => r.TriesLeft).OrderDescending());
    }

    [Theory, BothDatabases]
    [Asvs("6.4.1", "Link and code open one membership once, and the person chooses a password of their own.")]
    [Asvs("6.5.1", "A link with its code works once, twenty at the same moment.")]
    public async Task ExecuteAsync_RightTwentyTimesAtOnce_OneWins(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (pending, right, _) = await PendingAsync(host);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => ActivateAsync(host, right with { Password = $"{right.Password} {i}" }))));

        Assert.Single(results, r => r.Succeeded);
        // The link is used up; who looked a moment earlier still saw it, and then that the account is open.
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.True(Assert.Single(r.Refusals) is LinkUnknown or SignInFirst));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "membership-activated")));
        // The password that was set is the winner's.
        var hash = await host.ReadAsync(db => db.Set<Account>().Where(a => a.Id == pending.AccountId).Select(a => a.PasswordHash).SingleAsync());
        var winner = Array.FindIndex(results, r => r.Succeeded);
        Assert.True(await host.Get<PasswordHashing>().VerifyAsync($"{right.Password} {winner}", hash, CancellationToken.None));
    }

    [Fact]
    public async Task ExecuteAsync_PasswordQueueFull_IsAskedToTryLaterAndNothingIsUsedUp()
    {
        await using var host = await AscentHost.StartAsync();
        var (_, right, _) = await PendingAsync(host);
        await using (await FullQueue.OfAsync(host.Get<PasswordHashing>()))
            Assert.Equal(RefusalKind.TryLater, (await RefusalAsync(host, right)).Kind);

        Assert.True((await ActivateAsync(host, right)).Succeeded);
    }

    private static async Task<(TestMember Pending, ActivateMembershipRequest Right, ActivateMembershipRequest Wrong)> PendingAsync(AscentHost host)
    {
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        var code = await host.Data.CodeOfAsync(pending.MembershipId);
        var right = new ActivateMembershipRequest(await host.Data.TokenOfAsync(pending.MembershipId), code, "seven green kites above", null);
        return (pending, right, right with { Code = code[^1] == '0' ? code[..^1] + '1' : code[..^1] + '0' });
    }

    private static Task<Result<Activated>> ActivateAsync(AscentHost host, ActivateMembershipRequest request) =>
        host.Get<ActivateMembership>().ExecuteAsync(request, CancellationToken.None);

    private static async Task<Refusal> RefusalAsync(AscentHost host, ActivateMembershipRequest request) => Assert.Single((await ActivateAsync(host, request)).Refusals);
}
