using System.Net;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts;

public sealed class SignUpTests
{
    private const string Password = "seven brass kettles";

    [Fact]
    [Asvs("3.5.3", "Opening a mailed link changes nothing; what is posted does.")]
    [Asvs("7.6.2", "A link opened by a scanner or by mistake opens no session.")]
    public async Task Get_LinkTenTimes_ChangesNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup, email: "tom@school.example");
        var link = await server.Data.LinkOfAsync(pending.MembershipId);
        var before = await Tables.DumpAsync(server.Factory);

        for (var i = 0; i < 10; i++)
        {
            var visitor = server.Factory.OpenBrowser();
            var page = await visitor.GetAsync(link);
            Assert.Equal((HttpStatusCode.OK, "Set up your account"), (page.Status, page.Heading));
            Assert.Equal("tom@school.example", page.Form("Code").Value("user"));
            Assert.Equal(HttpStatusCode.OK, (await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Head, link))).Status);
        }

        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
        Assert.DoesNotContain("Amara", (await server.Factory.OpenBrowser().GetAsync(link)).Body, StringComparison.Ordinal); // not who invited
    }

    [Fact]
    public async Task Post_RightCodeAndPassword_SignsInThenTermsThenHome()
    {
        await using var server = await SchoolServer.StartAsync();
        var (visitor, link, code, pending) = await InvitedAsync(server, PermissionSet.Of(Permission.SchoolReports, Permission.TrackingMarks));

        var answer = await FillAsync(await visitor.GetAsync(link), code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l'), Password);
        Assert.Equal(server.Home, answer.Location);
        var terms = await answer.ArriveAsync();
        Assert.Equal(("Before you start", $"/terms?back={Uri.EscapeDataString(server.Home)}"), (terms.Heading, terms.Path));
        var refused = await terms.Form("Agrees").SubmitAsync();
        Refused.Only(refused, ("Agrees", "Tick the box to go on, or sign out"));
        // Until then nothing else opens.
        Assert.StartsWith("/terms", (await visitor.GetAsync(server.Home + "/reports")).Location, StringComparison.Ordinal);
        var home = await (await refused.Form("Agrees").Tick("Agrees").SubmitAsync()).ArriveAsync();

        Assert.Equal(["Home", "Reports", "Targets", "Tracking"], home.Texts(".govuk-service-navigation__list a"));
        Assert.Equal(1, await server.ReadAsync(db => db.Set<Session>().CountAsync(s => s.AccountId == pending.AccountId)));
        Assert.Equal(0, await server.CountAsync<Invitation>());
        // Asked once: signing in later leads straight home.
        Assert.Equal("What you can open here.", (await (await server.Factory.SignInAsync(pending.Email, Password)).OpenAsync("/")).Text(".ascent-title__lead"));
    }

    [Fact]
    public async Task Post_WrongCode_IsToldAtTheCodeAndEchoesNoPassword()
    {
        await using var server = await SchoolServer.StartAsync();
        var (visitor, link, _, _) = await InvitedAsync(server);

        var page = await FillAsync(await visitor.GetAsync(link), "ABCDE-00000", Password);

        Refused.Only(page, ("Code", "This is not the code. Check it with the person who gave it to you; after 9 more wrong tries the code is replaced"));
        Assert.Equal("ABCDE-00000", page.Form("Code").Value("Code"));
        Assert.DoesNotContain(Password, page.Body, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await visitor.GetAsync(server.Home)).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Choose a password")]
    [InlineData("too short", "must have 15 characters or more: this one has 9")]
    [InlineData("correct horse battery staple", "on the list of common ones")]
    [InlineData("Tom Whitfield Tom", "made of your name")]
    [Asvs("6.2.1", "The first password is held to the rules.")]
    [Asvs("6.2.4", "The first password is held to the list.")]
    public async Task Post_PasswordUnsound_IsToldAtThePasswordAndTheCodeStays(string password, string words)
    {
        await using var server = await SchoolServer.StartAsync();
        var (visitor, link, code, _) = await InvitedAsync(server);

        var page = await FillAsync(await visitor.GetAsync(link), code, password);

        Refused.Only(page, ("Password", words));
        Assert.Equal(code, page.Form("Code").Value("Code"));
        Assert.True(page.Document.GetElementById("Password")!.GetAttribute("value") is null or "");
        Assert.Equal(server.Home, (await FillAsync(page, code, Password)).Location);
    }

    [Fact]
    public async Task Post_AtTheSameMoment_OneWins()
    {
        await using var server = await SchoolServer.StartAsync();
        var (visitor, link, code, pending) = await InvitedAsync(server);
        var pages = new List<Page>();
        for (var i = 0; i < 4; i++)
            pages.Add(await (i == 0 ? visitor : server.Factory.OpenBrowser()).GetAsync(link));

        var answers = await Task.WhenAll(pages.Select((page, i) => FillAsync(page, code, $"{Password} {i}")));

        Assert.Single(answers, a => a.IsRedirect);
        Assert.All(answers.Where(a => !a.IsRedirect), a => Assert.Equal(HttpStatusCode.NotFound, a.Status));
        var winner = answers.ToList().FindIndex(a => a.IsRedirect);
        await server.Factory.SignInAsync(pending.Email, $"{Password} {winner}");
    }

    [Fact]
    public async Task Get_UsedUnknownOrGarbledLink_DoesNotWorkAnyMore()
    {
        await using var server = await SchoolServer.StartAsync();
        var (visitor, link, code, _) = await InvitedAsync(server);
        await FillAsync(await visitor.GetAsync(link), code, Password);
        // Somebody else waits, whose link a careless look-up could find in place of none.
        await server.Data.InviteAsync(server.Setup);

        foreach (var path in (string[])[link, link[..^1] + (link[^1] == 'A' ? 'E' : 'A'), "/sign-up/x", "/sign-up/" + new string('A', 5000), "/sign-up/%ff%fe", $"/sign-up/{Guid.Empty}"])
        {
            var page = await server.Factory.OpenBrowser().GetAsync(path);
            Assert.Equal((HttpStatusCode.NotFound, "This link does not work any more"), (page.Status, page.Heading));
            Assert.DoesNotContain(server.School.Name, page.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_ExpiredLink_LetsThePersonAskOnceForANewOne()
    {
        await using var server = await SchoolServer.StartAsync();
        var (visitor, link, code, pending) = await InvitedAsync(server);
        var open = await visitor.GetAsync(link);
        server.Factory.Clock.Advance(TimeSpan.FromDays(14));
        var before = await Tables.DumpAsync(server.Factory);

        // The form was open while the link ran out.
        Assert.Equal("This link has run out", (await FillAsync(open, code, Password)).Heading);
        var expired = await visitor.GetAsync(link);
        Assert.Equal("This link has run out", expired.Heading);
        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
        var asked = await expired.Form("Ask for a new link").SubmitAsync();

        Assert.Contains("The school’s administrators see that you need a new one.", asked.Words(), StringComparison.Ordinal);
        var after = await Tables.DumpAsync(server.Factory);
        await expired.Form("Ask for a new link").SubmitAsync();
        Assert.Equal(after, await Tables.DumpAsync(server.Factory));
        await server.SignInAgainAsync();
        Assert.Contains("Asked for a new link today at 09:00", (await server.Browser.GetAsync(server.Home + "/users/pending")).Text("tbody tr"), StringComparison.Ordinal);
        Assert.Contains("Tom Whitfield needs a new sign-up link", (await server.Browser.GetAsync(server.Home)).Words(), StringComparison.Ordinal);
        _ = pending;
    }

    [Fact]
    public async Task Post_ManyWrongCodes_SlowDownThenReplaceTheCodeButNotTheLink()
    {
        await using var server = await SchoolServer.StartAsync();
        var (visitor, link, code, pending) = await InvitedAsync(server);
        for (var i = 1; i <= 5; i++)
            await FillAsync(await visitor.GetAsync(link), "00000-00000", Password);

        Refused.Only(await FillAsync(await visitor.GetAsync(link), code, Password), ("Code", "There have been several wrong tries. Wait 5 seconds, then try again"));
        Page last = null!;
        for (var i = 6; i <= 10; i++)
        {
            server.Factory.Clock.Advance(TimeSpan.FromMinutes(3));
            last = await FillAsync(await visitor.GetAsync(link), "00000-00000", Password);
        }
        Refused.Only(last, ("Code", "That was the tenth wrong try, so the code has been replaced. Your link still works"));

        Refused.At(await FillAsync(await visitor.GetAsync(link), code, Password), "Code", "This is not the code.");
        Assert.Equal(server.Home, (await FillAsync(await visitor.GetAsync(link), await server.Data.CodeOfAsync(pending.MembershipId), Password)).Location);
    }

    private static async Task<(Browser Visitor, string Link, string Code, TestMember Pending)> InvitedAsync(SchoolServer server, PermissionSet permissions = default)
    {
        var pending = await server.Data.InviteAsync(server.Setup, permissions, "Tom", "Whitfield", "tom@school.example");
        return (server.Factory.OpenBrowser(), await server.Data.LinkOfAsync(pending.MembershipId), await server.Data.CodeOfAsync(pending.MembershipId), pending);
    }

    private static Task<Page> FillAsync(Page page, string code, string password) => page.Form("Code").Fill("Code", code).Fill("Password", password).SubmitAsync();
}
