using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Operator;

public sealed class OperatorTests
{
    private static readonly string[] Paths = ["/operator", "/operator/mail", "/operator/mail/give-up", "/operator/organisations", "/operator/organisations/900001", "/operator/organisations/900001/limits", "/operator/organisations/900001/services", "/operator/organisations/900001/unlock"];

    [Fact]
    public async Task SignUp_LinkAndCode_OpensTheOverview()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (email, token, code) = await factory.Data.InviteOperatorAsync();
        var browser = factory.OpenBrowser();

        var page = await browser.GetAsync($"/operator/sign-up/{token}");
        Assert.Equal(email, page.Form("Code").Value("Your user name"));
        var refused = await page.Form("Code").Fill("Code", "AAAAA-AAAAA").Fill("Password", TestData.Password).SubmitAsync();
        Refused.Only(refused, ("Code", "This is not the code"));
        var gate = await (await page.Form("Code").Fill("Code", code).Fill("Password", TestData.Password).SubmitAsync()).ArriveAsync();
        // Whoever runs the server has to have a second factor.
        var codes = await gate.Form("AppCode").Fill("AppCode", TestData.CodeAt(Factors.Secret(gate), factory.Clock.GetUtcNow().UtcDateTime)).SubmitAsync();
        var home = await browser.GetAsync(codes.Document.QuerySelector(".govuk-button-group a")!.GetAttribute("href")!);

        Assert.Equal(("/operator", "How the server fares"), (home.Path, home.Heading));
        Assert.Equal(["Overview", "Organisations", "Mail"], home.Texts(".govuk-service-navigation__list a"));
        Assert.Contains("SQLite database", home.Words(), StringComparison.Ordinal);
        Assert.Contains("Last backup: none yet", home.Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/operator/sign-up/{token}")).Status);
        Assert.Equal("/operator", (await (await factory.SignInAsync(email)).GetAsync("/")).Location);
    }

    [Fact]
    public async Task Pages_Operator_OpenNoSchool()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());

        foreach (var path in (string[])["", "/users", "/users/pending", "/users/create/about", "/data", "/reports", "/administration"])
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await browser.GetAsync(server.Home + path)).Status));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task Overview_OnlyAdministratorsOfASchoolAndATrust_AreNamedWithTheirPlace()
    {
        await using var server = await SchoolServer.StartAsync(name: "Moss Lane");
        var officer = await server.Data.AddBodyMemberAsync(await server.Data.AddTrustAsync("Compass"), PermissionSet.Of(Permission.LaSetup));
        await server.Data.InviteAsync(server.Setup, PermissionSet.Of(Permission.SchoolSetup));
        await server.Factory.Get<CreateBodyUser>().ExecuteAsync(
            new(null, "New", "Person", "new@above.example", false, JobRole.Director, null, officer.Permissions, null), officer.Actor, CancellationToken.None);

        var page = await (await server.Factory.SignInAsync(await server.Data.AddOperatorAsync())).GetAsync("/operator");

        Assert.Equal(["The only administrator of Moss Lane made another one", "The only administrator of the academy trust Compass made another one"], page.Texts(".ascent-task__title").Where(t => t.StartsWith("The only", StringComparison.Ordinal)).Order());
        var details = page.Texts(".ascent-task__detail").Where(t => t.Contains("nobody else", StringComparison.Ordinal)).ToList();
        Assert.Contains(details, t => t.StartsWith($"URN {server.School.Code}, ", StringComparison.Ordinal) && t.EndsWith("Ask the school.", StringComparison.Ordinal));
        Assert.Contains(details, t => t.StartsWith($"{officer.Address}, ", StringComparison.Ordinal) && t.EndsWith("Ask the trust.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_EverybodyElse_AreNotThere()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Factory.GiveAsync(server.Setup, Rights.All);

        foreach (var path in Paths)
        {
            var page = await server.Browser.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, page.Status));
            Assert.Equal((await server.Browser.GetAsync("/no/such/page")).Words(), page.Words());
            Assert.Equal($"/sign-in?back={Uri.EscapeDataString(path)}", (await server.Factory.OpenBrowser().GetAsync(path)).Location);
        }
    }

    [Fact]
    [Asvs("7.4.2", "An operator who was removed finds nothing on the next request.")]
    public async Task Pages_OperatorRemovedWhileSignedIn_AreClosedAtTheNextRequest()
    {
        await using var factory = await AscentFactory.StartAsync();
        var email = await factory.Data.AddOperatorAsync();
        var browser = await factory.SignInAsync(email);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/operator")).Status);

        await factory.Get<RemoveOperator>().ExecuteAsync(email, Actor.Operator, CancellationToken.None);

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/operator")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_DeadAndWaiting_ShowsNobodyAndCanBeDecided()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());
        var (first, second) = (await DeadAsync(server, "Hannah", "Moss"), await DeadAsync(server, "Priya", "Nair"));

        var page = await browser.GetAsync("/operator/mail");
        Assert.Equal(2, page.Texts("tbody tr").Count);
        Assert.Contains("Sign-up link", page.Words(), StringComparison.Ordinal);
        Assert.Contains("the mail server refused it (550)", page.Words(), StringComparison.Ordinal);
        foreach (var secret in (string[])["Hannah", "Moss", "Priya", first.Email, second.Email, "school.example"])
            Assert.DoesNotContain(secret, page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("2 mails are not tried any more", (await browser.GetAsync("/operator")).Words(), StringComparison.Ordinal);

        foreach (var path in (string[])["/operator/mail?handler=Again", "/operator/mail/give-up"])
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, (await browser.Client.PostAsync(new Uri(path, UriKind.Relative), null)).StatusCode));

        // The button for all of them posts to the same handler as those of the rows.
        Assert.Equal("?handler=Again", page.Document.QuerySelector("main .govuk-button-group button")!.GetAttribute("formaction"));
        var again = await (await page.Form("Try all").SubmitAsync("Try again")).ArriveAsync();
        Assert.Contains("1 mail is tried again", again.Text(".govuk-notification-banner"), StringComparison.Ordinal);
        var confirm = await again.ClickAsync("Give all up");
        Assert.Equal("Give up 1 mail?", confirm.Heading);
        var done = await (await confirm.Form("Give up 1 mail").SubmitAsync()).ArriveAsync();
        Assert.Contains("1 mail is given up", done.Text(".govuk-notification-banner"), StringComparison.Ordinal);

        Assert.Equal(1, await server.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.State == MailState.Dead && m.SecretCipher == null)));
        var entries = await server.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.OrganisationId == AuditTrail.Server && e.Kind.StartsWith("mail-")).ToListAsync());
        Assert.Equal(["mail-given-up", "mail-tried-again"], entries.Select(e => e.Kind).Order());
        Assert.All(entries, e => Assert.Equal((ActorKind.Operator, true), (e.ActorKind, e.ActorId is not null)));
    }

    [Fact]
    public async Task Overview_WishesToBeErased_ShowsTheirAgeAndNobody()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());
        Assert.Contains("Nobody waits to be erased", (await browser.GetAsync("/operator")).Words(), StringComparison.Ordinal);
        await server.Data.AddMemberAsync(server.School, Permission.SchoolSetup);
        var (stays, gone) = (await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Hannah", "Moss"), await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Priya", "Nair"));
        await AskAsync(server, stays);
        server.Factory.Clock.Advance(TimeSpan.FromDays(12));
        await AskAsync(server, gone);
        await server.Data.BringAsync(gone, MembershipState.Deleted, server.Setup);
        async Task<Page> OverviewAsync() => await (await server.Factory.SignInAsync(await server.Data.AddOperatorAsync())).GetAsync("/operator");

        var page = await OverviewAsync();
        var words = page.Words();
        Assert.DoesNotContain("past the month", words, StringComparison.Ordinal);
        Assert.Contains("Somebody asked 12 days ago On 23 November 2026. Due by 23 December 2026, a month later. 1 organisation still has a place for them", words, StringComparison.Ordinal);
        Assert.Contains("Somebody asked today On 5 December 2026. Due by 5 January 2027, a month later. No school has a place for them any more: it can be done now.", words, StringComparison.Ordinal);
        Assert.Contains("ascent accounts erase", words, StringComparison.Ordinal);
        foreach (var secret in (string[])["Hannah", "Moss", "Priya", "Nair", stays.Email, gone.Email])
            Assert.DoesNotContain(secret, page.Body, StringComparison.OrdinalIgnoreCase);

        server.Factory.Clock.Advance(TimeSpan.FromDays(18));
        Assert.DoesNotContain("past the month", (await OverviewAsync()).Words(), StringComparison.Ordinal);
        server.Factory.Clock.Advance(TimeSpan.FromDays(1));
        var late = (await OverviewAsync()).Words();
        Assert.Contains("1 wish to be erased is past the month", late, StringComparison.Ordinal);
        Assert.Contains("It was due by 23 December 2026", late, StringComparison.Ordinal);
        await server.Factory.Get<EraseAccount>().ExecuteAsync(gone.Email, Actor.Operator, CancellationToken.None);
        Assert.Single((await OverviewAsync()).Texts("h3"), h => h.StartsWith("Somebody asked", StringComparison.Ordinal));
    }

    private static Task AskAsync(SchoolServer server, TestMember person) => server.ChangeAsync(db =>
    {
        db.AddAudit(server.Factory.Clock.Now(), person.Actor, AuditTrail.Server, new ErasureAsked());
        return Task.CompletedTask;
    });

    // What an administrator sees must not tell that an address runs the server.
    [Fact]
    public async Task CreateUser_OperatorsAddress_LooksLikeAnyOther()
    {
        await using var server = await SchoolServer.StartAsync();
        var email = await server.Data.AddOperatorAsync();

        var other = await (await new CreateUserWalk(server.Browser, server.School.Code).FinishAsync(email: "hannah.moss@school.example")).ArriveAsync();
        var list = await (await new CreateUserWalk(server.Browser, server.School.Code).FinishAsync(email: email)).ArriveAsync();

        Assert.Equal(other.Text(".govuk-notification-banner").Replace("hannah.moss@school.example", "x", StringComparison.Ordinal), list.Text(".govuk-notification-banner").Replace(email, "x", StringComparison.Ordinal));
        var pending = await server.ReadAsync(db => db.Set<Invitation>().Where(i => i.Email == email).Select(i => i.MembershipId).SingleAsync());
        var page = await server.Factory.OpenBrowser().GetAsync(await server.Data.LinkOfAsync(pending));
        Assert.Equal("This address opens no school", page.Heading);
        Assert.False(page.Has("main form"));
    }

    private static async Task<TestMember> DeadAsync(SchoolServer server, string forename, string surname)
    {
        var pending = await server.Data.InviteAsync(server.Setup, PermissionSet.None, forename, surname);
        await server.Factory.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        await server.ChangeAsync(async db =>
        {
            var id = await db.Set<Invitation>().Where(i => i.MembershipId == pending.MembershipId).Select(i => i.MailId).SingleAsync();
            var mail = await db.Set<OutboxMail>().SingleAsync(m => m.Id == id);
            (mail.State, mail.LastError, mail.SecretCipher) = (MailState.Dead, "the mail server refused it (550)", "CfDJ8");
        });
        return pending;
    }
}
