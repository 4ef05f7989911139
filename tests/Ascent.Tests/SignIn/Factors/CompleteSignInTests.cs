using System.Net;
using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Ascent.Tests.SignIn.Factors;

public sealed class CompleteSignInTests
{
    private const int Rounds = 10;

    [Theory, BothDatabases]
    public async Task ExecuteAsync_RightCode_OpensAWholeSessionWithAnotherId(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var factor = await host.AddFactorAsync();
        var half = await host.HalfAsync();
        Assert.Null(await host.ReadAsync(half));

        var whole = (await host.CompleteAsync(half, await host.NextCodeAsync())).Value.Token;

        Assert.NotEqual(half, whole);
        Assert.Null(await host.Get<Sessions>().ReadHalfWayAsync(half, CancellationToken.None));
        var person = (await host.ReadAsync(whole))!;
        Assert.Equal((host.Member.AccountId, true, factor.Id), (person.AccountId, person.GaveFactor, person.FactorId));
        Assert.IsType<NotHalfWay>(Assert.Single((await host.CompleteAsync(half, await host.NextCodeAsync())).Refusals));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TooLateWholeOrNoSession_IsRefused(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var whole = (await host.PasswordAsync()).Token;
        await host.AddFactorAsync();
        var half = await host.HalfAsync();
        foreach (var token in (string?[])[null, "", "nonsense", whole])
            Assert.IsType<NotHalfWay>(Assert.Single((await host.CompleteAsync(token!, await host.NextCodeAsync())).Refusals));

        host.Host.Clock.Advance(Session.HalfWay);

        Assert.IsType<NotHalfWay>(Assert.Single((await host.CompleteAsync(half, await host.NextCodeAsync())).Refusals));
    }

    [Theory]
    [BothDatabases(-2, false)]
    [BothDatabases(-1, true)]
    [BothDatabases(0, true)]
    [BothDatabases(1, true)]
    [BothDatabases(2, false)]
    public async Task ExecuteAsync_CodeOfAnotherHalfMinute_WorksOneStepAway(DatabaseKind kind, int steps, bool works)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var secret = host.Get<Secrets>().Unprotect("authenticator secret", (await host.AddFactorAsync()).SecretCipher!)!;

        Assert.Equal(works, (await host.CompleteAsync(await host.HalfAsync(), TestData.CodeAt(secret, host.Now + (steps * TimeSpan.FromSeconds(30))))).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_WrittenInAnyWay_IsRead(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (_, codes) = await host.EnrolAsync();
        var code = await host.NextCodeAsync();

        Assert.True((await host.CompleteAsync(await host.HalfAsync(), $" {code[..3]}\u00a0{code[3..]} ")).Succeeded);
        Assert.True((await host.CompleteAsync(await host.HalfAsync(), codes[0].ToLowerInvariant().Replace('-', ' '))).Succeeded);
        Assert.True((await host.CompleteAsync(await host.HalfAsync(), codes[1].Replace('0', 'o').Replace('1', 'l').Replace("-", "", StringComparison.Ordinal))).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_CodeAgainOrAnOlderOne_IsRefused(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var secret = host.Get<Secrets>().Unprotect("authenticator secret", (await host.AddFactorAsync()).SecretCipher!)!;
        var code = TestData.CodeAt(secret, host.Now);
        Assert.True((await host.CompleteAsync(await host.HalfAsync(), code)).Succeeded);

        Assert.IsType<WrongFactor>(Assert.Single((await host.CompleteAsync(await host.HalfAsync(), code)).Refusals));
        Assert.IsType<WrongFactor>(Assert.Single((await host.CompleteAsync(await host.HalfAsync(), TestData.CodeAt(secret, host.Now.AddSeconds(-30)))).Refusals));
        Assert.True((await host.CompleteAsync(await host.HalfAsync(), TestData.CodeAt(secret, host.Now.AddSeconds(30)))).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OneCodeByTwoAtOnce_OneWins(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.AddFactorAsync();

        Assert.All(await RaceAsync(host, host.Get<CompleteSignIn>(), _ => host.NextCodeAsync()), won => Assert.Equal(1, won));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TheSameWithoutTheGuard_LetsBothIn(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (_, codes) = await host.EnrolAsync();
        var database = UnguardedDatabase.Open<WithoutVersions>(host.Get<ServerSettings>());
        var unguarded = new CompleteSignIn(database, host.Get<FactorCheck>(), host.Get<KnownDevices>(), host.Get<Sessions>(), host.Host.Clock);

        Assert.Contains(2, await RaceAsync(host, unguarded, _ => host.NextCodeAsync()));
        Assert.Contains(2, await RaceAsync(host, unguarded, round => Task.FromResult(codes[round])));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OneRecoveryCodeByTwoAtOnce_OneWins(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (_, codes) = await host.EnrolAsync();

        Assert.All(await RaceAsync(host, host.Get<CompleteSignIn>(), round => Task.FromResult(codes[round])), won => Assert.Equal(1, won));

        Assert.Equal(Rounds, await host.Host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "recovery-used")));
        Assert.Equal(Rounds, await host.Host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == RecoveryUsedMail.TemplateName)));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_WrongAgainAndAgain_IsSlowedDownForThisNetworkAndThenForAll(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.AddFactorAsync();
        var half = await host.HalfAsync();
        for (var i = 0; i < 5; i++)
            Assert.IsType<WrongFactor>(Assert.Single((await host.CompleteAsync(half, "000000")).Refusals));

        // The right code is not even looked at; from elsewhere it is, and after the delay.
        Assert.Equal(TimeSpan.FromSeconds(5), Assert.IsType<SignInTooSoon>(Assert.Single((await host.CompleteAsync(half, await host.NextCodeAsync())).Refusals)).Wait);
        Assert.True((await host.CompleteAsync(await host.HalfAsync(), await host.NextCodeAsync(), IPAddress.Parse("198.51.100.1"))).Succeeded);
        for (var i = 0; i < 15; i++)
            Assert.IsType<WrongFactor>(Assert.Single((await host.CompleteAsync(half, "000000", IPAddress.Parse($"198.51.100.{i + 10}"))).Refusals));
        Assert.IsType<SignInTooSoon>(Assert.Single((await host.CompleteAsync(half, "000000", IPAddress.Parse("198.51.100.99"))).Refusals));
        host.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.True((await host.CompleteAsync(await host.HalfAsync(), await host.NextCodeAsync())).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_NewDevice_IsToldWhenTheSignInIsComplete(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.PasswordAsync(); // the first device of all
        await host.AddFactorAsync();

        var half = await host.HalfAsync();
        Assert.Equal((0, 1), (await MailsAsync(host), await host.Host.CountAsync<KnownDevice>()));
        var device = (await host.CompleteAsync(half, await host.NextCodeAsync())).Value.DeviceToken;
        Assert.Equal((1, 2), (await MailsAsync(host), await host.Host.CountAsync<KnownDevice>()));
        Assert.Equal(device, (await host.CompleteAsync(await host.HalfAsync(), await host.NextCodeAsync(), device: device)).Value.DeviceToken);
        Assert.Equal(1, await MailsAsync(host));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_RecoveryCodesToTheLast_SaysHowManyAreLeft(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (_, codes) = await host.EnrolAsync();

        foreach (var code in codes)
            Assert.True((await host.CompleteAsync(await host.HalfAsync(), code)).Succeeded);

        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        var texts = (await host.Host.Data.ReadMailAsync()).Where(m => m.Subject == "A recovery code was used").Select(m => m.TextBody!).ToList();
        Assert.Equal(10, texts.Count);
        Assert.Equal(3, texts.Count(t => t.Contains("Make new ones", StringComparison.Ordinal)));
        Assert.Single(texts, t => t.Contains("It was the last one", StringComparison.Ordinal));
        Assert.Equal(0, (await host.Get<ReadOwnFactors>().ExecuteAsync(host.Member.AccountId, CancellationToken.None)).RecoveryCodesLeft);
    }

    [Theory, BothDatabases]
    public async Task Confirm_PasswordAlone_IsNotEnoughForWhoHasAFactor(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (person, _) = await host.EnrolAsync();
        Task<Result<Confirmed>> ConfirmAsync(string? code) => host.Get<ConfirmPassword>().ExecuteAsync(person, TestData.Password, code, CancellationToken.None);
        host.Host.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.IsType<FactorMissing>(Assert.Single((await ConfirmAsync(" ")).Refusals));
        Assert.IsType<WrongFactor>(Assert.Single((await ConfirmAsync("000000")).Refusals));
        var code = await host.NextCodeAsync();
        Assert.IsType<WrongPassword>(Assert.Single((await host.Get<ConfirmPassword>().ExecuteAsync(person, "not it", code, CancellationToken.None)).Refusals));
        Assert.False(await IsFreshAsync(host, person));
        Assert.True((await ConfirmAsync(code)).Succeeded);
        Assert.True(await IsFreshAsync(host, person));
        Assert.IsType<WrongFactor>(Assert.Single((await ConfirmAsync(code)).Refusals));
    }

    private static Task<int> MailsAsync(FactorHost host) => host.Host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == "new-device"));

    private static Task<bool> IsFreshAsync(FactorHost host, SignedInPerson person) =>
        host.Host.ReadAsync(async db => (await db.Set<Session>().SingleAsync(s => s.Id == person.SessionId)).ConfirmedAt == host.Now);

    /// <returns>How many of two got in, round by round.</returns>
    private static async Task<IReadOnlyList<int>> RaceAsync(FactorHost host, CompleteSignIn complete, Func<int, Task<string>> codeOf)
    {
        var won = new List<int>();
        for (var round = 0; round < Rounds; round++)
        {
            string[] halves = [await host.HalfAsync(), await host.HalfAsync()];
            var code = await codeOf(round);
            using var gate = new Barrier(2);
            var both = halves.Select((half, i) => Task.Factory.StartNew(() =>
            {
                gate.SignalAndWait();
                // Each from a network of its own, so that the wrong ones of the rounds do not slow the next down.
                return complete.ExecuteAsync(new(half, code, IPAddress.Parse($"198.51.{round}.{i + 1}"), null), CancellationToken.None);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
            won.Add((await Task.WhenAll(both)).Count(r => r.Succeeded));
        }
        return won;
    }

    // The code is looked up, and nothing holds two who look at once apart.
    private sealed class WithoutVersions(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder.Entity<Factor>().Property(f => f.Version).IsConcurrencyToken(false);
            modelBuilder.Entity<RecoveryCode>().Property(c => c.UsedAt).IsConcurrencyToken(false);
        }
    }
}
