using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn.Factors;

public sealed class PasskeyTests
{
    [Theory, BothDatabases]
    public async Task Add_FirstPasskey_BringsTenCodesAndEndsEveryOtherSession(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (before, elsewhere) = (await host.PasswordAsync(), await host.PasswordAsync());

        var (passkey, person, codes) = await host.AddPasskeyAsync(" School  laptop ", before.Token);

        Assert.Equal(RecoveryCodes.Count, codes.Distinct().Count());
        Assert.Null(await host.ReadAsync(before.Token));
        Assert.Null(await host.ReadAsync(elsewhere.Token));
        var factor = await host.FactorAsync();
        Assert.Equal(("School laptop", (Guid?)factor.Id, true, false), (factor.Name, person.FactorId, person.HasPasskey, person.HasApp));
        Assert.Equal(passkey.Id, factor.CredentialId);
        Assert.Equal(host.Member.AccountId.ToByteArray(), passkey.UserHandle);
        Assert.Equal("factor-added", await host.Host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.ActorId == host.Member.AccountId).Select(e => e.Kind).SingleAsync()));
        Assert.Contains("School laptop", await MailAsync(host, "A second factor was added"), StringComparison.Ordinal);
        Assert.Equal(0, await host.Host.CountAsync<PasskeyChallenge>());
        passkey.Dispose();
    }

    [Theory, BothDatabases]
    public async Task Add_SeveralWithoutNames_AreNamedAfterTheDeviceAndNotMadeTwiceOnOne(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (first, _, _) = await host.AddPasskeyAsync();
        var token = (await host.SignInAsync(first)).Value.Token;

        // The device is told which passkeys there are, and makes no other over one of them.
        Assert.Contains(Convert.ToBase64String(first.Id).Replace('+', '-').Replace('/', '_').TrimEnd('='), await host.AskToAddAsync((await host.ReadAsync(token))!, token), StringComparison.Ordinal);
        var (second, _, codes) = await host.AddPasskeyAsync(token: token);

        Assert.Empty(codes);
        Assert.All(await host.Host.ReadAsync(db => db.Set<Factor>().ToListAsync()), f => Assert.Equal("Passkey, Firefox on Linux", f.Name));
        foreach (var passkey in (SoftPasskey[])[first, second])
            Assert.True((await host.SignInAsync(passkey)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task SignIn_PasskeyAlone_OpensAWholeFreshSessionAndTellsOfANewDevice(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync();
        host.Host.Clock.Advance(TimeSpan.FromMinutes(20));
        var old = (await host.PasswordAsync()).Token;

        var signedIn = (await host.SignInAsync(passkey)).Value;

        var person = (await host.ReadAsync(signedIn.Token))!;
        var factor = await host.FactorAsync();
        Assert.Equal((host.Member.AccountId, true, (Guid?)factor.Id, true), (person.AccountId, person.GaveFactor, person.FactorId, person.IsFreshAt(host.Now)));
        Assert.Equal((1L, (DateTime?)host.Now), (factor.SignCount, factor.LastUsedAt));
        Assert.False(signedIn.AwaitsFactor);
        Assert.Equal(1, await host.Host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == NewDeviceMail.TemplateName)));
        // A browser that had a session has another one from now on.
        var question = await host.AskAsync();
        Assert.True((await host.Get<SignInWithPasskey>().ExecuteAsync(new(passkey.Answer(question.Options), question.Bound, FactorHost.Here, "Firefox on Linux", signedIn.Token, null), CancellationToken.None)).Succeeded);
        Assert.Null(await host.ReadAsync(signedIn.Token));
        Assert.NotNull(await host.Get<Sessions>().ReadHalfWayAsync(old, CancellationToken.None));
    }

    [Theory, BothDatabases]
    public async Task SignIn_PasskeyThatDoesNotCount_WorksAgainAndAgain(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync(counts: false);

        for (var i = 0; i < 3; i++)
            Assert.True((await host.SignInAsync(passkey)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task Complete_PasskeyAfterThePassword_OpensAWholeSession(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, codes) = await host.AddPasskeyAsync();
        var half = await host.HalfAsync();
        var asks = await host.Get<Sessions>().ReadHalfWayAsync(half, CancellationToken.None);
        Assert.Equal((false, true), (asks!.HasApp, asks.HasPasskey));

        var whole = (await host.CompleteWithAsync(half, passkey.Answer(await host.AskToProveAsync(half)))).Value.Token;

        Assert.True((await host.ReadAsync(whole))!.GaveFactor);
        // Recovery codes work beside.
        Assert.True((await host.CompleteAsync(await host.HalfAsync(), codes[0])).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task Confirm_Passkey_IsEnoughWithoutThePassword(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync();
        var token = (await host.SignInAsync(passkey)).Value.Token;
        host.Host.Clock.Advance(TimeSpan.FromMinutes(11));
        var person = (await host.ReadAsync(token))!;
        Task<Result<Confirmed>> ConfirmAsync(string? answer) => host.Get<ConfirmPassword>().ExecuteAsync(person, null, new FactorAnswer(null, answer, token), CancellationToken.None);

        Assert.IsType<PasskeyTooLate>(Assert.Single((await ConfirmAsync("")).Refusals));
        Assert.False((await host.ReadAsync(token))!.IsFreshAt(host.Now));
        var confirmed = (await ConfirmAsync(passkey.Answer(await host.AskToProveAsync(token)))).Value.Token;

        Assert.Null(await host.ReadAsync(token));
        Assert.True((await host.ReadAsync(confirmed))!.IsFreshAt(host.Now));
    }

    [Theory, BothDatabases]
    public async Task Confirm_PasskeyOfAnotherOrOfNobody_IsRefusedAlsoForWhoHasNoFactor(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync();
        var stranger = await host.Host.Data.AddMemberAsync(host.School);
        var token = (await host.Get<Sessions>().OpenAsync(stranger.AccountId, "Firefox on Linux", null, endOthers: false, CancellationToken.None)).Token;
        host.Host.Clock.Advance(TimeSpan.FromMinutes(11));
        var person = (await host.ReadAsync(token))!;
        Assert.False(person.HasFactor);

        var answer = passkey.Answer(await host.AskToProveAsync(token, stranger.AccountId));

        Assert.IsType<PasskeyRefused>(Assert.Single((await host.Get<ConfirmPassword>().ExecuteAsync(person, null, new FactorAnswer(null, answer, token), CancellationToken.None)).Refusals));
        Assert.IsType<PasskeyTooLate>(Assert.Single((await host.Get<ConfirmPassword>().ExecuteAsync(person, null, new FactorAnswer(null, "", token), CancellationToken.None)).Refusals));
        Assert.False((await host.ReadAsync(token))!.IsFreshAt(host.Now));
    }

    [Theory, BothDatabases]
    public async Task Password_ForgottenOrChanged_IsSetWithAPasskey(DatabaseKind kind)
    {
        const string next = "copper lantern violin brook";
        await using var host = await FactorHost.StartAsync(kind);
        var (passkey, _, _) = await host.AddPasskeyAsync();
        var link = await LinkAsync(host);
        var view = (await host.Get<OpenPasswordReset>().ExecuteAsync(link, CancellationToken.None))!;
        Assert.Equal((true, false, true), (view.AsksFactor, view.HasApp, view.HasPasskey));

        Task<Result<Done>> SetAsync(FactorAnswer factor) => host.Get<SetNewPassword>().ExecuteAsync(link, next, factor, FactorHost.Here, CancellationToken.None);
        Assert.IsType<FactorMissing>(Assert.Single((await SetAsync(default)).Refusals));
        Assert.IsType<PasskeyTooLate>(Assert.Single((await SetAsync(new(null, "{}", link))).Refusals));
        Assert.True((await SetAsync(new(null, passkey.Answer(await host.AskToProveAsync(link)), link))).Succeeded);
        Assert.Equal(0, await host.Host.CountAsync<ResetCode>());

        // The passkey does not replace the present password where that is changed.
        var token = (await host.SignInAsync(passkey)).Value.Token;
        var person = (await host.ReadAsync(token))!;
        async Task<Result<Confirmed>> ChangeAsync(string present) =>
            await host.Get<ChangeOwnPassword>().ExecuteAsync(person, present, new FactorAnswer(null, passkey.Answer(await host.AskToProveAsync(token)), token), TestData.Password, CancellationToken.None);
        Assert.IsType<WrongPassword>(Assert.Single((await ChangeAsync("not it")).Refusals));
        Assert.True((await ChangeAsync(next)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task RenameAndRemove_OnlyOnesOwnAndFresh_AreToldAndWrittenDown(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind, FactorRule.Offered);
        var (passkey, person, _) = await host.AddPasskeyAsync("Laptop");
        var id = person.FactorId!.Value;
        var stranger = person with { AccountId = (await host.Host.Data.AddMemberAsync(host.School)).AccountId };
        Task<Result<Done>> RenameAsync(SignedInPerson by, string? name) => host.Get<RenameFactor>().ExecuteAsync(by, id, name, CancellationToken.None);

        Assert.IsType<NotFound>(Assert.Single((await RenameAsync(stranger, "Mine")).Refusals));
        Assert.Equal(("Name", "Name", "Name"), (Assert.Single((await RenameAsync(person, " ")).Refusals).Field, Assert.Single((await RenameAsync(person, new('x', 61))).Refusals).Field, Assert.Single((await RenameAsync(person, "a\u202eb")).Refusals).Field));
        Assert.True((await RenameAsync(person, "Old laptop")).Succeeded);
        Assert.Equal("Old laptop", (await host.FactorAsync()).Name);
        Assert.Contains("Old laptop", await MailAsync(host, "A second factor has another name"), StringComparison.Ordinal);
        host.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<ConfirmItIsYou>(Assert.Single((await RenameAsync(person, "Other")).Refusals));
        Assert.IsType<ConfirmItIsYou>(Assert.Single((await host.Get<RemoveFactor>().ExecuteAsync(person, id, CancellationToken.None)).Refusals));

        var again = (await host.ReadAsync((await host.SignInAsync(passkey)).Value.Token))!;
        Assert.True((await host.Get<RemoveFactor>().ExecuteAsync(again, id, CancellationToken.None)).Succeeded);
        Assert.IsType<PasskeyRefused>(Assert.Single((await host.SignInAsync(passkey)).Refusals));
        Assert.Equal(["factor-added", "factor-removed", "factor-renamed"], await host.Host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.ActorId == host.Member.AccountId).Select(e => e.Kind).Order().ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task Remove_LastPasskeyWhileRequired_IsRefused(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (_, person, _) = await host.AddPasskeyAsync();

        Assert.Equal([host.School.Name], Assert.IsType<LastFactor>(Assert.Single((await host.Get<RemoveFactor>().ExecuteAsync(person, person.FactorId!.Value, CancellationToken.None)).Refusals)).RequiredBy);
    }

    [Theory, BothDatabases]
    public async Task Export_PasskeyAmongTheFactors_IsNamed(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (_, person, _) = await host.AddPasskeyAsync("School laptop");

        var factor = Assert.Single((await host.Get<ExportOwnData>().ExecuteAsync(person, CancellationToken.None)).Value.SecondFactors.Factors);

        Assert.Equal(("Passkey", "School laptop"), (factor.Kind, factor.Name));
    }

    private static async Task<string> LinkAsync(FactorHost host)
    {
        await host.Get<AskForPasswordReset>().ExecuteAsync(host.Member.Email, FactorHost.Here, CancellationToken.None);
        var text = await MailAsync(host, "Choose a new password");
        return text[(text.IndexOf("/reset/", StringComparison.Ordinal) + "/reset/".Length)..][..43];
    }

    private static async Task<string> MailAsync(FactorHost host, string subject)
    {
        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        var mails = await host.Host.Data.ReadMailAsync();
        return mails.Where(m => m.Subject == subject).Select(m => m.TextBody!).LastOrDefault() ?? throw new InvalidOperationException($"No “{subject}” among {string.Join(" | ", mails.Select(m => m.Subject))}");
    }
}
