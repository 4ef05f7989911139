using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn.Factors;

/// <summary>What somebody may send in the place of an honest answer.</summary>
public sealed class PasskeyAttackTests
{
    [Theory, BothDatabases]
    public async Task SignIn_AnswerForAnotherPlace_IsRefused(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync(counts: false);

        foreach (var origin in (string[])["https://ascent.example.evil.test", "http://ascent.example", "https://ascent.example:8443", "https://sub.ascent.example", ""])
        {
            passkey.Origin = origin;
            Assert.IsType<PasskeyRefused>(Assert.Single((await host.SignInAsync(passkey)).Refusals));
        }
        passkey.Origin = PasskeyHost.Origin;
        passkey.Server = "evil.test";
        Assert.IsType<PasskeyRefused>(Assert.Single((await host.SignInAsync(passkey)).Refusals));
        passkey.Server = null;
        passkey.IsInAnotherSitesFrame = true;
        Assert.IsType<PasskeyRefused>(Assert.Single((await host.SignInAsync(passkey)).Refusals));
        passkey.IsInAnotherSitesFrame = false;
        Assert.True((await host.SignInAsync(passkey)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task SignIn_OwnerNotCheckedOrNotThere_IsRefused(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync(counts: false);

        passkey.VerifiesUser = false;
        Assert.IsType<PasskeyRefused>(Assert.Single((await host.SignInAsync(passkey)).Refusals));
        var half = await host.HalfAsync();
        Assert.IsType<PasskeyRefused>(Assert.Single((await host.CompleteWithAsync(half, passkey.Answer(await host.AskToProveAsync(half)))).Refusals));
        (passkey.VerifiesUser, passkey.SeesUser) = (true, false);
        Assert.IsType<PasskeyRefused>(Assert.Single((await host.SignInAsync(passkey)).Refusals));
    }

    [Theory, BothDatabases]
    public async Task SignIn_WrongSignatureTypeOrOwner_IsRefused(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync(counts: false);
        async Task<Refusal> RefusedAsync(Func<string, string> answer)
        {
            var question = await host.AskAsync();
            return Assert.Single((await host.SignInAsync(answer(question.Options), question.Bound)).Refusals);
        }

        Assert.IsType<PasskeyRefused>(await RefusedAsync(q => passkey.Answer(q, spoil: true)));
        Assert.IsType<PasskeyRefused>(await RefusedAsync(q => passkey.Answer(q, "webauthn.create")));
        // Another key under this passkey's number.
        using var forged = new SoftPasskey(PasskeyHost.Origin) { Id = passkey.Id, UserHandle = passkey.UserHandle };
        Assert.IsType<PasskeyRefused>(await RefusedAsync(q => forged.Answer(q)));
        using var unknown = new SoftPasskey(PasskeyHost.Origin) { UserHandle = passkey.UserHandle };
        Assert.IsType<PasskeyRefused>(await RefusedAsync(q => unknown.Answer(q)));
        passkey.UserHandle = (await host.Host.Data.AddMemberAsync(host.School)).AccountId.ToByteArray();
        Assert.IsType<PasskeyRefused>(await RefusedAsync(q => passkey.Answer(q)));
    }

    [Theory, BothDatabases]
    public async Task SignIn_AnotherQuestion_IsRefused(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, person, _) = await host.AddPasskeyAsync();
        var (mine, theirs) = (await host.AskAsync(), await host.AskAsync());

        // Asked in one browser, answered in another; and then it is used up.
        Assert.IsType<PasskeyRefused>(Assert.Single((await host.SignInAsync(passkey.Answer(theirs.Options), mine.Bound)).Refusals));
        Assert.IsType<PasskeyTooLate>(Assert.Single((await host.SignInAsync(passkey.Answer(mine.Options), mine.Bound)).Refusals));
        Assert.IsType<PasskeyTooLate>(Assert.Single((await host.SignInAsync(passkey.Answer(theirs.Options), null)).Refusals));
        Assert.IsType<PasskeyTooLate>(Assert.Single((await host.SignInAsync(passkey.Answer(theirs.Options), LinkToken.Create())).Refusals));
        // Asked to prove, answered at the door; and the other way round.
        var half = await host.HalfAsync();
        Assert.IsType<PasskeyTooLate>(Assert.Single((await host.SignInAsync(passkey.Answer(await host.AskToProveAsync(half)), half)).Refusals));
        Assert.IsType<PasskeyTooLate>(Assert.Single((await host.AddAsync(person, theirs.Bound, passkey.Make("""{"rp":{"id":"ascent.example"},"user":{"id":"AAAA"},"challenge":"AAAA"}"""))).Refusals));
    }

    [Theory, BothDatabases]
    public async Task SignIn_AfterFiveMinutes_IsTooLate(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync();
        var question = await host.AskAsync();
        host.Host.Clock.Advance(PasskeyChallenge.Life);

        Assert.IsType<PasskeyTooLate>(Assert.Single((await host.SignInAsync(passkey.Answer(question.Options), question.Bound)).Refusals));
    }

    [Theory, BothDatabases]
    public async Task SignIn_SameAnswerAgainOrTwiceAtOnce_WorksOnce(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync(counts: false);
        for (var round = 0; round < 5; round++)
        {
            var question = await host.AskAsync();
            var answer = passkey.Answer(question.Options);
            using var gate = new Barrier(2);
            var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(() =>
            {
                gate.SignalAndWait();
                return host.SignInAsync(answer, question.Bound);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            Assert.Single(both, b => b.Succeeded);
            Assert.IsType<PasskeyTooLate>(Assert.Single((await host.SignInAsync(answer, question.Bound)).Refusals));
        }
    }

    [Theory, BothDatabases]
    public async Task SignIn_CounterGoesBack_IsRefusedLoggedAndTold(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, person, _) = await host.AddPasskeyAsync("Laptop");
        Assert.True((await host.SignInAsync(passkey)).Succeeded);
        Assert.True((await host.SignInAsync(passkey)).Succeeded);

        // A copy from before counts from where it was copied: the number that was there last, one before it, and none at all.
        foreach (var behind in (uint[])[1, 0])
        {
            passkey.Count = behind;
            Assert.IsType<PasskeyRefused>(Assert.Single((await host.SignInAsync(passkey)).Refusals));
        }
        var half = await host.HalfAsync();
        passkey.Count = 1;
        Assert.IsType<PasskeyRefused>(Assert.Single((await host.CompleteWithAsync(half, passkey.Answer(await host.AskToProveAsync(half)))).Refusals));

        Assert.Equal(3, await host.Host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "passkey-counter" && e.ActorId == person.AccountId)));
        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        Assert.Contains(await host.Host.Data.ReadMailAsync(), m => m.Subject == "One of your passkeys was refused" && m.TextBody!.Contains("Laptop", StringComparison.Ordinal));
        passkey.Count = 2;
        Assert.True((await host.SignInAsync(passkey)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task Complete_SomebodyElsesPasskey_IsRefused(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.AddFactorAsync();
        var other = await host.Host.Data.AddMemberAsync(host.School);
        var token = (await host.Get<Sessions>().OpenAsync(other.AccountId, "Firefox on Linux", null, endOthers: false, CancellationToken.None)).Token;
        var (theirs, _, _) = await host.AddPasskeyAsync(token: token);
        var half = await host.HalfAsync();

        Assert.IsType<PasskeyRefused>(Assert.Single((await host.CompleteWithAsync(half, theirs.Answer(await host.AskToProveAsync(half)))).Refusals));

        Assert.Equal(1, await host.Host.ReadAsync(db => db.Set<Session>().CountAsync(s => s.AccountId == host.Member.AccountId && s.EndedAt == null)));
    }

    [Theory, BothDatabases]
    public async Task Complete_WrongAgainAndAgain_IsSlowedDown(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync();
        var half = await host.HalfAsync();
        for (var i = 0; i < 5; i++)
            Assert.IsType<PasskeyRefused>(Assert.Single((await host.CompleteWithAsync(half, passkey.Answer(await host.AskToProveAsync(half), spoil: true))).Refusals));

        Assert.IsType<SignInTooSoon>(Assert.Single((await host.CompleteWithAsync(half, passkey.Answer(await host.AskToProveAsync(half)))).Refusals));
        host.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.True((await host.CompleteWithAsync(half, passkey.Answer(await host.AskToProveAsync(half)))).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task Ask_AgainAndAgain_IsSlowedDownForThisNetworkOnly(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync();
        for (var i = 0; i < 5; i++)
            Assert.True((await host.SignInAsync(passkey)).Succeeded); // not counted: they signed somebody in
        for (var i = 0; i < 100; i++)
            await host.AskAsync();

        Assert.IsType<SignInTooSoon>(Assert.Single((await host.Get<SignInWithPasskey>().BeginAsync(FactorHost.Here, CancellationToken.None)).Refusals));
        Assert.True((await host.Get<SignInWithPasskey>().BeginAsync(IPAddress.Parse("198.51.100.1"), CancellationToken.None)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task SignIn_ClosedAccount_IsRefusedLikeAnUnknownPasskey(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync();
        await host.Host.ChangeAsync(db => db.Set<Membership>().ExecuteUpdateAsync(m => m.SetProperty(x => x.EndsOn, LondonTime.DateOf(host.Now).AddDays(-1))));
        using var unknown = new SoftPasskey(PasskeyHost.Origin);

        Assert.Equal(Assert.Single((await host.SignInAsync(unknown)).Refusals), Assert.Single((await host.SignInAsync(passkey)).Refusals));
    }

    [Theory, BothDatabases]
    public async Task Add_AnswerThatDoesNotHold_AddsNothing(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var token = (await host.PasswordAsync()).Token;
        var person = (await host.ReadAsync(token))!;
        async Task<Refusal> RefusedAsync(Action<SoftPasskey> bend)
        {
            using var passkey = new SoftPasskey(PasskeyHost.Origin);
            bend(passkey);
            return Assert.Single((await host.AddAsync(person, token, passkey.Make(await host.AskToAddAsync(person, token)))).Refusals);
        }

        Assert.IsType<PasskeyNotMade>(await RefusedAsync(p => p.Origin = "https://evil.test"));
        Assert.IsType<PasskeyNotMade>(await RefusedAsync(p => p.Server = "evil.test"));
        Assert.IsType<PasskeyNotMade>(await RefusedAsync(p => p.VerifiesUser = false));
        using var honest = new SoftPasskey(PasskeyHost.Origin);
        var (first, second) = (await host.AskToAddAsync(person, token), await host.AskToAddAsync(person, token));
        Assert.IsType<PasskeyNotMade>(Assert.Single((await host.AddAsync(person, token, honest.Make(first))).Refusals));
        Assert.IsType<PasskeyTooLate>(Assert.Single((await host.AddAsync(person, token, honest.Make(second))).Refusals));
        host.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<ConfirmItIsYou>(Assert.Single((await host.AddAsync(person, token, honest.Make(await host.AskToAddAsync(person, token)))).Refusals));
        Assert.Equal(0, await host.Host.CountAsync<Factor>());
    }

    [Theory, BothDatabases]
    public async Task Add_NumberOfSomebodyElsesPasskey_AddsNothing(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (theirs, _, _) = await host.AddPasskeyAsync();
        var other = await host.Host.Data.AddMemberAsync(host.School);
        var token = (await host.Get<Sessions>().OpenAsync(other.AccountId, "Firefox on Linux", null, endOthers: false, CancellationToken.None)).Token;
        var person = (await host.ReadAsync(token))!;
        using var copy = new SoftPasskey(PasskeyHost.Origin) { Id = theirs.Id };

        Assert.IsType<PasskeyNotMade>(Assert.Single((await host.AddAsync(person, token, copy.Make(await host.AskToAddAsync(person, token)))).Refusals));
    }

    /// <summary>Honest answers with bytes changed, cut and doubled: each is refused in words, and none is an exception.</summary>
    [Fact]
    public async Task AnyAnswer_Mangled_IsRefusedInWords()
    {
        await using var host = await FactorHost.StartAsync(DatabaseKind.Sqlite);
        var (passkey, person, _) = await host.AddPasskeyAsync(counts: false);
        var token = (await host.SignInAsync(passkey)).Value.Token;
        var rounds = LongTests.OrShare(3_000, 60);
        for (var round = 0; round < rounds; round++)
        {
            // A stranger who asks so often is slowed down, which is another test.
            if (round % 50 == 49)
                await host.Host.ChangeAsync(db => db.Set<ThrottleCount>().ExecuteDeleteAsync());
            var question = await host.AskAsync();
            var answer = Mangle(passkey.Answer(question.Options));
            var use = await host.SignInAsync(answer, question.Bound);
            Assert.True(use.Succeeded || use.Refusals is [PasskeyRefused], answer);
            using var made = new SoftPasskey(PasskeyHost.Origin);
            var mangled = Mangle(made.Make(await host.AskToAddAsync(person, token)));
            var add = await host.AddAsync(person, token, mangled);
            Assert.True(add.Succeeded || add.Refusals is [PasskeyNotMade or TooManyFactors or ConfirmItIsYou], mangled);
        }
    }

    private static string Mangle(string answer)
    {
        static int Below(int most) => RandomNumberGenerator.GetInt32(Math.Max(most, 1));
        var node = JsonNode.Parse(answer)!;
        var response = node["response"]!.AsObject();
        var names = response.Where(p => p.Value is JsonValue).Select(p => p.Key).ToArray();
        var name = names[Below(names.Length)];
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars((string)response[name]!);
        var place = Below(bytes.Length);
        bytes = Below(5) switch
        {
            0 => bytes[..place],
            1 => [.. bytes, .. bytes],
            2 => Encoding.UTF8.GetBytes("{}"),
            3 => RandomNumberGenerator.GetBytes(1 + Below(199)),
            _ => [.. bytes.Select((b, i) => i == place ? (byte)Below(256) : b)],
        };
        response[name] = System.Buffers.Text.Base64Url.EncodeToString(bytes);
        return Below(10) == 0 ? node.ToJsonString()[..(10 + Below(90))] : node.ToJsonString();
    }
}
