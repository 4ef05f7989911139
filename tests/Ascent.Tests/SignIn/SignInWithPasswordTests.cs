using Ascent.Accounts;
using Ascent.Accounts.Passwords;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.Tests.Accounts.Passwords;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn;

public sealed class SignInWithPasswordTests
{
    [Theory]
    [BothDatabases("ann@school.example")]
    [BothDatabases("  ANN@School.Example ")]
    public async Task ExecuteAsync_RightPassword_OpensASession(DatabaseKind kind, string email)
    {
        await using var host = await SignInHost.StartAsync(kind);

        var signedIn = await host.TryAsync(TestData.Password, email);

        var person = await host.Host.Get<Sessions>().ReadAsync(signedIn.Value.Token, counts: true, CancellationToken.None);
        Assert.Equal((host.Member.AccountId, "Ann", "Lee", "ann@school.example"), (person!.AccountId, person.Forename, person.Surname, person.Email));
    }

    // Password, address, and the state of the one membership: all of these say the same, after the same work.
    [Theory]
    [BothDatabases("a wrong password", "ann@school.example", MembershipState.Active)]
    [BothDatabases(TestData.Password, "nobody@school.example", MembershipState.Active)]
    [BothDatabases(TestData.Password, "not an address", MembershipState.Active)]
    [BothDatabases(TestData.Password, "", MembershipState.Active)]
    [BothDatabases(TestData.Password, null, MembershipState.Active)]
    [BothDatabases("", "ann@school.example", MembershipState.Active)]
    [BothDatabases(null, "ann@school.example", MembershipState.Active)]
    [BothDatabases(TestData.Password, "ann@school.example", MembershipState.Pending)]
    [BothDatabases(TestData.Password, "ann@school.example", MembershipState.Deactivated)]
    [BothDatabases(TestData.Password, "ann@school.example", MembershipState.Ended)]
    [BothDatabases(TestData.Password, "ann@school.example", MembershipState.Deleted)]
    [Asvs("6.3.8", "Nothing on the way tells whether an address is known: the same answer, the same work.")]
    public async Task ExecuteAsync_AnyFailure_HasTheSameAnswerAfterOneHash(DatabaseKind kind, string? password, string? email, MembershipState state)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await host.Host.ChangeAsync(db => db.Set<Membership>().ExecuteUpdateAsync(m => m.SetProperty(x => x.State, state)));

        Assert.Equal(new SignInRefused(), await host.RefusedAsync(password, email));
        Assert.Equal(1, host.Hashes);
        Assert.Equal(0, await host.Host.CountAsync<Session>());
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AccountWithoutPassword_IsRefusedAfterOneHash(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await host.Host.ChangeAsync(async db => (await db.Set<Account>().SingleAsync()).PasswordHash = null);

        Assert.IsType<SignInRefused>(await host.RefusedAsync(TestData.Password));
        Assert.Equal(1, host.Hashes);
    }

    [Fact]
    public async Task ExecuteAsync_EndlessOrBrokenPassword_IsRefusedAfterOneHash()
    {
        await using var host = await SignInHost.StartAsync(DatabaseKind.Sqlite);

        Assert.IsType<SignInRefused>(await host.RefusedAsync(new string('a', 1_000_000)));
        Assert.IsType<SignInRefused>(await host.RefusedAsync("half a character: \ud800"));
        Assert.Equal(2, host.Hashes);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_EndDatePassed_IsRefused(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await host.Host.ChangeAsync(async db => (await db.Set<Membership>().SingleAsync()).EndsOn = new DateOnly(2026, 11, 23));

        Assert.True((await host.TryAsync(TestData.Password)).Succeeded);
        host.Host.Clock.Advance(TimeSpan.FromHours(15));
        Assert.IsType<SignInRefused>(await host.RefusedAsync(TestData.Password));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_WithAnOldSession_EndsThatOneOnly(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var sessions = host.Host.Get<Sessions>();
        var other = (await host.TryAsync(TestData.Password)).Value.Token;
        var old = (await host.TryAsync(TestData.Password)).Value.Token;

        var present = (await host.TryAsync(TestData.Password, oldToken: old)).Value.Token;

        Assert.Null(await sessions.ReadAsync(old, counts: true, CancellationToken.None));
        Assert.NotNull(await sessions.ReadAsync(other, counts: true, CancellationToken.None));
        Assert.NotNull(await sessions.ReadAsync(present, counts: true, CancellationToken.None));
    }

    [Theory, BothDatabases]
    [Asvs("11.2.2", "Parameters of password hashing stand beside the hash, and weaker hashes are made anew at sign-in.")]
    public async Task ExecuteAsync_WeakStoredHash_IsMadeAnew(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        // Argon2id of the known password with 8 MiB and one pass, as an earlier version might have stored it.
        await host.Host.ChangeAsync(async db => (await db.Set<Account>().SingleAsync()).PasswordHash = WeakHash.Of(TestData.Password));

        Assert.True((await host.TryAsync(TestData.Password)).Succeeded);

        var stored = await host.Host.ReadAsync(db => db.Set<Account>().Select(a => a.PasswordHash).SingleAsync());
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", stored, StringComparison.Ordinal);
        Assert.True((await host.TryAsync(TestData.Password)).Succeeded);
    }

    // No password runs out; it is changed when there is a reason to.
    [Fact]
    [Asvs("6.2.10", "A password of five years ago still opens.")]
    public async Task ExecuteAsync_PasswordOfYearsAgo_StillOpens()
    {
        await using var host = await SignInHost.StartAsync(DatabaseKind.Sqlite);

        host.Host.Clock.Advance(TimeSpan.FromDays(5 * 365));

        Assert.True((await host.TryAsync(TestData.Password)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_NewDevice_IsToldByMailAndKnownAfterwards(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);

        var first = (await host.TryAsync(TestData.Password)).Value; // set up there, so nobody is told
        Assert.Equal(0, await host.Host.CountAsync<OutboxMail>());
        var again = (await host.TryAsync(TestData.Password, device: first.DeviceToken)).Value;
        Assert.Equal(first.DeviceToken, again.DeviceToken);
        Assert.Equal(0, await host.Host.CountAsync<OutboxMail>());
        await host.TryAsync(TestData.Password);

        var mail = await host.Host.ReadAsync(db => db.Set<OutboxMail>().SingleAsync());
        Assert.Equal(("new-device", "ann@school.example"), (mail.Template, mail.Recipient));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SameNewBrowserFourTimesAtOnce_SignsInFourTimes(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var device = LinkToken.Create(); // known to another account, say

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.TryAsync(TestData.Password, device: device))));

        Assert.All(results, r => Assert.True(r.Succeeded));
        Assert.Equal(1, await host.Host.CountAsync<KnownDevice>());
    }

    [Fact]
    public async Task ExecuteAsync_PasswordQueueFull_IsAskedToTryLaterAndNotCountedAsWrong()
    {
        await using var host = await SignInHost.StartAsync(DatabaseKind.Sqlite);
        await using (await FullQueue.OfAsync(host.Host.Get<PasswordHashing>()))
        {
            // Six in a row, which as wrong tries would be one too many. Now and then one slips through and begins the row anew.
            for (var busy = 0; busy < 6;)
            {
                var result = await host.TryAsync(TestData.Password);
                Assert.DoesNotContain(result.Refusals, r => r is SignInTooSoon);
                busy = result.Succeeded ? 0 : busy + 1;
            }
        }
        Assert.True((await host.TryAsync(TestData.Password)).Succeeded);
    }
}
