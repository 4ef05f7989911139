using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn;

public sealed class OwnAccountTests
{
    private const string NewPassword = "copper lantern violin brook";

    [Theory, BothDatabases]
    public async Task ChangePassword_RightPresentOne_EndsOtherSessionsOnly(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var (here, token) = await SignInAsync(host);
        var (_, elsewhere) = await SignInAsync(host);

        var renewed = (await host.Host.Get<ChangeOwnPassword>().ExecuteAsync(here, TestData.Password, null, NewPassword, CancellationToken.None)).Value.Token;

        Assert.Equal(here.SessionId, (await ReadAsync(host, renewed))!.SessionId);
        Assert.Null(await ReadAsync(host, token));
        Assert.Null(await ReadAsync(host, elsewhere));
        Assert.True((await host.TryAsync(NewPassword)).Succeeded);
        Assert.Equal(1, await host.Host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == PasswordChangedMail.TemplateName)));
    }

    [Fact]
    public async Task ChangePassword_WrongPresentOneOrWeakNewOne_ChangesNothing()
    {
        await using var host = await SignInHost.StartAsync(DatabaseKind.Sqlite);
        var (person, _) = await SignInAsync(host);

        Assert.IsType<WrongPassword>(Assert.Single((await host.Host.Get<ChangeOwnPassword>().ExecuteAsync(person, "not it", null, NewPassword, CancellationToken.None)).Refusals));
        Assert.Equal("Password", Assert.Single((await host.Host.Get<ChangeOwnPassword>().ExecuteAsync(person, TestData.Password, null, "short", CancellationToken.None)).Refusals).Field);
        Assert.True((await host.TryAsync(TestData.Password)).Succeeded);
    }

    [Fact]
    [Asvs("7.2.4", "Giving the password again gives a new token, and the old one opens nothing.")]
    public async Task ConfirmPassword_RightAndWrong_FreshForTenMinutesAndSlowedDown()
    {
        await using var host = await SignInHost.StartAsync(DatabaseKind.Sqlite);
        var (person, token) = await SignInAsync(host);
        Assert.True(person.IsFreshAt(host.Host.Clock.Now()));
        host.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False((await ReadAsync(host, token))!.IsFreshAt(host.Host.Clock.Now()));

        for (var i = 0; i < 5; i++)
            Assert.IsType<WrongPassword>(Assert.Single((await ConfirmAsync(host, person, "not it")).Refusals));
        Assert.IsType<SignInTooSoon>(Assert.Single((await ConfirmAsync(host, person, TestData.Password)).Refusals));
        host.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        var renewed = (await ConfirmAsync(host, person, TestData.Password)).Value.Token;

        var present = (await ReadAsync(host, renewed))!;
        Assert.True(present.IsFreshAt(host.Host.Clock.Now()));
        // The same session, with the same end, under a token that nobody has seen before.
        Assert.Equal((person.SessionId, person.EndsAt), (present.SessionId, present.EndsAt));
        Assert.Null(await ReadAsync(host, token));
    }

    [Theory, BothDatabases]
    public async Task ChangeEmail_NewAddress_WorksOnlyAfterItIsProvedAndTheOldOneIsTold(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var (person, _) = await SignInAsync(host);

        Assert.True((await AskAsync(host, person, "ann.lee@new.example")).Succeeded);
        Assert.IsType<SignInRefused>(await host.RefusedAsync(TestData.Password, "ann.lee@new.example"));
        var token = await TokenAsync(host, "ann.lee@new.example");
        Assert.Equal("ann.lee@new.example", await host.Host.Get<ConfirmEmailChange>().FindAsync(person.AccountId, token, CancellationToken.None));
        Assert.True((await host.Host.Get<ConfirmEmailChange>().ExecuteAsync(person, token, CancellationToken.None)).Succeeded);

        Assert.True((await host.TryAsync(TestData.Password, "ann.lee@new.example")).Succeeded);
        Assert.IsType<SignInRefused>(await host.RefusedAsync(TestData.Password));
        Assert.Equal(2, await host.Host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == EmailToldMail.TemplateName && m.Recipient == "ann@school.example")));
        Assert.False((await host.Host.Get<ConfirmEmailChange>().ExecuteAsync(person, token, CancellationToken.None)).Succeeded);
    }

    [Theory, BothDatabases]
    [Asvs("6.3.8", "Nothing on the way tells whether an address is known: the same answer, the same work.")]
    public async Task ChangeEmail_SomebodysAddress_AnswersAlikeAndNeverProvesIt(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var other = await host.Host.Data.AddMemberAsync(host.Member.School, Ascent.Shared.Permissions.PermissionSet.None);
        var (person, _) = await SignInAsync(host);

        Assert.True((await AskAsync(host, person, other.Email)).Succeeded);

        Assert.Equal(0, await host.Host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == EmailProofMail.TemplateName)));
    }

    [Fact]
    public async Task ChangeEmail_TakenMeanwhileStaleOrUnfresh_IsRefused()
    {
        await using var host = await SignInHost.StartAsync(DatabaseKind.Sqlite);
        var (person, token) = await SignInAsync(host);
        Assert.IsType<SameEmail>(Assert.Single((await AskAsync(host, person, "ANN@school.example")).Refusals));
        Assert.IsType<DetailRefusal>(Assert.Single((await AskAsync(host, person, "no address")).Refusals));
        await AskAsync(host, person, "ann.lee@new.example");
        var proof = await TokenAsync(host, "ann.lee@new.example");
        await host.Host.Data.AddMemberAsync(host.Member.School, default, email: "ann.lee@new.example");

        Assert.False((await host.Host.Get<ConfirmEmailChange>().ExecuteAsync(person, proof, CancellationToken.None)).Succeeded);
        Assert.Null(await host.Host.Get<ConfirmEmailChange>().FindAsync(Guid.Empty, proof, CancellationToken.None));
        host.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<ConfirmItIsYou>(Assert.Single((await AskAsync(host, (await ReadAsync(host, token))!, "other@new.example")).Refusals));
    }

    [Theory, BothDatabases]
    public async Task ChangeName_OwnName_IsTheNameEverywhere(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);

        Assert.True((await host.Host.Get<ChangeOwnName>().ExecuteAsync(host.Member.AccountId, "Anna", "Lee-Jones", CancellationToken.None)).Succeeded);
        Assert.Equal("Surname", Assert.Single((await host.Host.Get<ChangeOwnName>().ExecuteAsync(host.Member.AccountId, "Anna", " ", CancellationToken.None)).Refusals).Field);

        var (person, _) = await SignInAsync(host);
        Assert.Equal(("Anna", "Lee-Jones"), (person.Forename, person.Surname));
    }

    [Theory, BothDatabases]
    public async Task EndSessions_OneAndAllOthers_NeverSomebodyElses(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var other = await host.Host.Data.AddMemberAsync(host.Member.School, default, email: "bob@school.example");
        var (here, token) = await SignInAsync(host);
        var (second, secondToken) = await SignInAsync(host);
        var (_, third) = await SignInAsync(host);
        var bob = (await host.TryAsync(TestData.Password, other.Email)).Value.Token;
        var bobs = (await ReadAsync(host, bob))!.SessionId;

        Assert.Equal(1, (await host.Host.Get<EndOwnSessions>().ExecuteAsync(here, second.SessionId, CancellationToken.None)).Value);
        Assert.IsType<NotFound>(Assert.Single((await host.Host.Get<EndOwnSessions>().ExecuteAsync(here, bobs, CancellationToken.None)).Refusals));
        Assert.Null(await ReadAsync(host, secondToken));
        Assert.Equal(1, (await host.Host.Get<EndOwnSessions>().ExecuteAsync(here, null, CancellationToken.None)).Value);

        Assert.Null(await ReadAsync(host, third));
        Assert.NotNull(await ReadAsync(host, token));
        Assert.NotNull(await ReadAsync(host, bob));
        Assert.True(Assert.Single((await host.Host.Get<ReadOwnProfile>().ExecuteAsync(here, CancellationToken.None)).Sessions).IsThis);
    }

    [Fact]
    public async Task SignIn_ANewBrowser_IsToldByMailAndAKnownOneIsNot()
    {
        await using var host = await SignInHost.StartAsync(DatabaseKind.Sqlite);
        var first = (await host.TryAsync(TestData.Password)).Value.DeviceToken;
        Assert.Equal(first, (await host.TryAsync(TestData.Password, device: first)).Value.DeviceToken);
        Assert.Equal(0, await NewDeviceMailsAsync(host));

        await host.TryAsync(TestData.Password);

        Assert.Equal(1, await NewDeviceMailsAsync(host));
    }

    private static Task<int> NewDeviceMailsAsync(SignInHost host) => host.Host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == NewDeviceMail.TemplateName));

    private static async Task<(SignedInPerson Person, string Token)> SignInAsync(SignInHost host)
    {
        var token = (await host.TryAsync(TestData.Password)).Value.Token;
        return ((await ReadAsync(host, token))!, token);
    }

    private static Task<SignedInPerson?> ReadAsync(SignInHost host, string token) => host.Host.Get<Sessions>().ReadAsync(token, counts: true, CancellationToken.None);

    private static Task<Result<Confirmed>> ConfirmAsync(SignInHost host, SignedInPerson person, string password) =>
        host.Host.Get<ConfirmPassword>().ExecuteAsync(person, password, null, CancellationToken.None);

    private static Task<Result<Done>> AskAsync(SignInHost host, SignedInPerson person, string email) =>
        host.Host.Get<AskForEmailChange>().ExecuteAsync(person, email, acceptsMixedScript: false, CancellationToken.None);

    private static async Task<string> TokenAsync(SignInHost host, string email)
    {
        var mail = await host.Host.ReadAsync(db => db.Set<OutboxMail>().SingleAsync(m => m.Template == EmailProofMail.TemplateName && m.Recipient == email));
        return host.Host.Get<Secrets>().Unprotect(OutboxMail.SecretPurpose, mail.SecretCipher!)!;
    }
}
