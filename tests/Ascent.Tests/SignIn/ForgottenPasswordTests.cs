using System.Text.RegularExpressions;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn;

public sealed partial class ForgottenPasswordTests
{
    private const string NewPassword = "copper lantern violin brook";

    [Theory]
    [BothDatabases("ann@school.example")]
    [BothDatabases(" ANN@School.example")]
    public async Task Ask_KnownAndOpen_MailsALinkOnceForThirtyMinutes(DatabaseKind kind, string email)
    {
        await using var host = await SignInHost.StartAsync(kind);

        Assert.True((await AskAsync(host, email)).Succeeded);

        var mail = Assert.Single(await MailsAsync(host));
        Assert.Equal("Choose a new password", mail.Subject);
        var reset = await host.Host.ReadAsync(db => db.Set<PasswordReset>().SingleAsync());
        Assert.Equal(host.Host.Clock.Now() + TimeSpan.FromMinutes(30), reset.ExpiresAt);
        Assert.Equal(0, host.Hashes);
    }

    // Same answer, same work, no mail: unknown, never signed up, closed.
    [Theory]
    [BothDatabases("nobody@school.example", MembershipState.Active)]
    [BothDatabases("ann@school.example", MembershipState.Deactivated)]
    [BothDatabases("ann@school.example", MembershipState.Pending)]
    [BothDatabases("ann@school.example", MembershipState.Deleted)]
    public async Task Ask_NobodyWhoCouldSignIn_SaysTheSameAndMailsNothing(DatabaseKind kind, string email, MembershipState state)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await host.Host.ChangeAsync(db => db.Set<Membership>().ExecuteUpdateAsync(m => m.SetProperty(x => x.State, state)));

        Assert.True((await AskAsync(host, email)).Succeeded);

        Assert.Empty(await MailsAsync(host));
        Assert.Equal(0, host.Hashes);
        Assert.Equal(0, await host.Host.CountAsync<PasswordReset>());
    }

    [Fact]
    [Asvs("2.4.1", "Asking for mails again and again is slowed down.")]
    public async Task Ask_AgainAndAgain_IsSlowedDownForKnownAndUnknownAlike()
    {
        await using var host = await SignInHost.StartAsync(DatabaseKind.Sqlite);
        foreach (var email in (string[])["ann@school.example", "nobody@school.example"])
        {
            for (var i = 0; i < 3; i++)
                Assert.True((await AskAsync(host, email)).Succeeded);
            Assert.IsType<SignInTooSoon>(Assert.Single((await AskAsync(host, email)).Refusals));
        }
    }

    [Theory, BothDatabases]
    public async Task Set_TheLink_ChangesThePasswordEndsEverySessionAndWorksOnce(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var session = (await host.TryAsync(TestData.Password)).Value.Token;
        var token = await LinkAsync(host);

        var view = (await host.Host.Get<OpenPasswordReset>().ExecuteAsync(token, CancellationToken.None))!;
        Assert.Equal(("ann@school.example", false), (view.Email, view.AsksFactor));
        Assert.True((await SetAsync(host, token)).Succeeded);

        Assert.Null(await host.Host.Get<Sessions>().ReadAsync(session, counts: true, CancellationToken.None));
        Assert.IsType<ResetLinkUnknown>(Assert.Single((await SetAsync(host, token)).Refusals));
        Assert.IsType<SignInRefused>(await host.RefusedAsync(TestData.Password));
        Assert.True((await host.TryAsync(NewPassword)).Succeeded);
        Assert.Contains(await MailsAsync(host), m => m.Subject == "Your password was changed");
        Assert.Equal(["password-reset", "password-reset-asked"],
            await host.Host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Kind.StartsWith("password-reset")).Select(e => e.Kind).Order().ToListAsync()));
    }

    [Theory, BothDatabases]
    [Asvs("6.5.1", "A link for a new password works once, eight at the same moment.")]
    public async Task Set_TwoAtOnce_OneWins(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var token = await LinkAsync(host);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => SetAsync(host, token, $"{NewPassword} {i} tram"))));

        Assert.Single(results, r => r.Succeeded);
    }

    [Fact]
    [Asvs("6.6.2", "A newer link for a new password replaces the older.")]
    public async Task Set_ExpiredReplacedOrStrangeLink_IsUnknown()
    {
        await using var host = await SignInHost.StartAsync(DatabaseKind.Sqlite);
        var first = await LinkAsync(host);
        var second = await LinkAsync(host);

        Assert.IsType<ResetLinkUnknown>(Assert.Single((await SetAsync(host, first)).Refusals));
        Assert.IsType<ResetLinkUnknown>(Assert.Single((await SetAsync(host, "x")).Refusals));
        host.Host.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.IsType<ResetLinkUnknown>(Assert.Single((await SetAsync(host, second)).Refusals));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("correct horse battery staple")]
    [InlineData("ann lee ann lee school")]
    public async Task Set_WeakPassword_IsRefusedAndTheLinkLives(string password)
    {
        await using var host = await SignInHost.StartAsync(DatabaseKind.Sqlite);
        var token = await LinkAsync(host);

        Assert.Equal("Password", Assert.Single((await SetAsync(host, token, password)).Refusals).Field);
        Assert.True((await SetAsync(host, token)).Succeeded);
    }

    [Theory]
    [BothDatabases(Permission.SchoolSetup, true)]
    [BothDatabases(Permission.ManageData, true)]
    [BothDatabases(Permission.TrackingMarks, true)]
    [BothDatabases(Permission.TrackingPupilReports, true)]
    [BothDatabases(Permission.SchoolReports, false)]
    [BothDatabases(Permission.TrackingSchoolReports, false)]
    public async Task Set_PowerfulMembership_ClosesThatSchoolUntilItsCodeIsGiven(DatabaseKind kind, Permission permission, bool needsCode)
    {
        await using var host = await SignInHost.StartAsync(kind);
        await host.Host.ChangeAsync(async db => (await db.Set<Membership>().SingleAsync()).Permissions = PermissionSet.Of(permission));

        await SetAsync(host, await LinkAsync(host));

        var access = await host.Host.Get<ReadAccess>().ExecuteAsync(host.Member.AccountId, new(host.Host.Clock.GetUtcNow().UtcDateTime), host.Member.School.Code, CancellationToken.None);
        Assert.Equal(needsCode, access!.NeedsResetCode);
    }

    private static Task<Result<Done>> AskAsync(SignInHost host, string email = "ann@school.example") =>
        host.Host.Get<AskForPasswordReset>().ExecuteAsync(email, SignInHost.Here, CancellationToken.None);

    private static Task<Result<Done>> SetAsync(SignInHost host, string token, string password = NewPassword) =>
        host.Host.Get<SetNewPassword>().ExecuteAsync(token, password, null, SignInHost.Here, CancellationToken.None);

    private static async Task<IReadOnlyList<MimeKit.MimeMessage>> MailsAsync(SignInHost host)
    {
        await host.Host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        return await host.Host.Data.ReadMailAsync();
    }

    private static async Task<string> LinkAsync(SignInHost host)
    {
        await AskAsync(host);
        var waiting = await host.Host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == PasswordResetMail.TemplateName && m.State == MailState.Waiting).SingleAsync());
        var token = host.Host.Get<Secrets>().Unprotect(OutboxMail.SecretPurpose, waiting.SecretCipher!)!;
        await MailsAsync(host);
        Assert.Contains((await host.Host.Data.ReadMailAsync()), m => ResetAddress().Match(m.TextBody!).Groups["token"].Value == token);
        return token;
    }

    [GeneratedRegex("/reset/(?<token>[A-Za-z0-9_-]{43})")]
    private static partial Regex ResetAddress();
}
