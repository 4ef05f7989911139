using System.Globalization;
using System.Net;
using Ascent.Audit;
using Ascent.Shared.Permissions;
using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.PendingUsers;

public sealed class IndexTests
{
    [Fact]
    public async Task Get_NobodyWaiting_SaysWhatToDo()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await server.Browser.GetAsync(server.Home + "/users/pending");

        Assert.Contains("Nobody is waiting", page.Words(), StringComparison.Ordinal);
        Assert.Equal(server.Home + "/users/create/about", page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href"));
    }

    [Fact]
    [Asvs("15.3.1", "Lists hold no codes.")]
    public async Task Get_Row_ShowsThePersonTheAccessAndTheLinkButNoCode()
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup, PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses), "Tom", "Whitfield", "tom@school.example", new DateOnly(2027, 8, 31));
        var code = await server.Data.CodeOfAsync(pending.MembershipId);
        await server.Data.TokenOfAsync(pending.MembershipId);

        var page = await server.Browser.GetAsync(server.Home + "/users/pending");

        var row = page.Text("tbody tr");
        foreach (var words in (string[])["Tom Whitfield", "Teacher", "tom@school.example", "By Amara Okafor (you), today at 09:00", "Access ends after 31 August 2027", "Reports", "Pupil names, own classes", "Works until 7 December 2026"])
            Assert.Contains(words, row, StringComparison.Ordinal);
        NoCode(page, code);
    }

    [Fact]
    public async Task Post_ShowCode_IsInTheAnswerOnlyAndInTheLog()
    {
        await using var server = await SchoolServer.StartAsync();
        var (pending, other) = (await server.Data.InviteAsync(server.Setup, forename: "Tom"), await server.Data.InviteAsync(server.Setup, forename: "Eve"));
        var (code, otherCode) = (await server.Data.CodeOfAsync(pending.MembershipId), await server.Data.CodeOfAsync(other.MembershipId));
        var list = await server.Browser.GetAsync(server.Home + "/users/pending");

        var page = await list.Form("Show code").SubmitAsync($"Show code for {pending.FullName}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.EndsWith(code, page.Text(".ascent-code[role=status]"), StringComparison.Ordinal);
        Assert.DoesNotContain(otherCode, page.Body, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Response.Headers.CacheControl!.ToString());
        Assert.DoesNotContain(code, page.Path, StringComparison.Ordinal);
        Assert.All(page.Document.QuerySelectorAll("[href], [action], [formaction], [value]"), e => Assert.DoesNotContain(code, e.OuterHtml.Split('>')[0], StringComparison.Ordinal));
        NoCode(await server.Browser.GetAsync(page.Link("Hide")), code);
        NoCode(await server.Browser.GetAsync(page.Path), code);
        var entry = await server.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "code-shown"));
        Assert.Equal((server.Setup.AccountId, server.School.Id), (entry.ActorId!.Value, entry.OrganisationId));
        Assert.Contains(pending.MembershipId.ToString(), entry.Facts, StringComparison.Ordinal);
        Assert.DoesNotContain(code, string.Join('\n', await Tables.DumpAsync(server.Factory)), StringComparison.Ordinal);
        Assert.All(server.Factory.Logs.All, log => Assert.DoesNotContain(code, log.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    [Asvs("3.5.3", "Opening the address of a deed does not do it.")]
    public async Task Get_ShowCodeAddress_ShowsNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup);
        var code = await server.Data.CodeOfAsync(pending.MembershipId);

        NoCode(await server.Browser.GetAsync($"{server.Home}/users/pending?handler=ShowCode&id={pending.MembershipId}"), code);
        Assert.Equal(0, await server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "code-shown")));
    }

    [Fact]
    [Asvs("8.2.2", "Ids of another school’s people open nothing.")]
    public async Task Post_AnotherSchoolsPerson_IsNotThere()
    {
        await using var server = await SchoolServer.StartAsync();
        var mine = await server.Data.InviteAsync(server.Setup);
        var elsewhere = await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var theirs = await server.Data.InviteAsync(elsewhere);
        var code = await server.Data.CodeOfAsync(theirs.MembershipId);
        await server.Browser.GetAsync(server.Home); // being here is written down once an hour
        var before = await Tables.DumpAsync(server.Factory);

        foreach (var id in (Guid[])[theirs.MembershipId, elsewhere.MembershipId, theirs.AccountId, Guid.Empty])
            foreach (var (button, action) in new[] { ("Show code", "?handler=ShowCode"), ("Resend", "?handler=Resend"), ("Print slip", $"/{id:N}/slip"), ("Print slip", $"/{id:N}/delete") })
            {
                var form = (await server.Browser.GetAsync(server.Home + "/users/pending")).Form(button);
                var pressed = form.Element.QuerySelectorAll("button").First(b => b.TextContent.StartsWith(button, StringComparison.Ordinal));
                pressed.SetAttribute("formaction", $"{server.Home}/users/pending{action}");
                pressed.SetAttribute("value", id.ToString());
                var answer = await form.SubmitAsync(button);
                Assert.Equal((action, HttpStatusCode.NotFound), (action, answer.Status));
                NoCode(answer, code);
            }
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"{server.Home}/users/pending/{theirs.MembershipId:N}/delete")).Status);

        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync($"{server.Home}/users/pending/{mine.MembershipId:N}/delete")).Status);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(15, true)]
    public async Task Post_Resend_MakesANewLinkAndKeepsTheCodeWhileItIsGood(int days, bool newCode)
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup, forename: "Tom");
        var (oldLink, oldCode) = (await server.Data.LinkOfAsync(pending.MembershipId), await server.Data.CodeOfAsync(pending.MembershipId));
        server.Factory.Clock.Advance(TimeSpan.FromDays(days));
        await server.SignInAgainAsync();

        var list = await server.Browser.GetAsync(server.Home + "/users/pending");
        var page = await (await list.Form("Resend").SubmitAsync("Resend")).FollowAsync();

        Assert.Contains($"A new link is on its way to {pending.Email}", page.Text(".govuk-notification-banner"), StringComparison.Ordinal);
        Assert.Contains(newCode ? "give Tom the new code" : "The activation code is the same as before.", page.Text(".govuk-notification-banner"), StringComparison.Ordinal);
        Assert.Equal(newCode, oldCode != await server.Data.CodeOfAsync(pending.MembershipId));
        var visitor = server.Factory.OpenBrowser();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(oldLink)).Status);
        Assert.Equal("Set up your account", (await visitor.GetAsync(await server.Data.LinkOfAsync(pending.MembershipId))).Heading);
    }

    [Fact]
    public async Task Get_LinkRunOut_OffersResendInPlaceOfTheCode()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.InviteAsync(server.Setup);
        server.Factory.Clock.Advance(TimeSpan.FromDays(14));
        await server.SignInAgainAsync();

        var page = await server.Browser.GetAsync(server.Home + "/users/pending");

        Assert.Contains("Resend makes a new link and a new code", page.Text("tbody tr"), StringComparison.Ordinal);
        Assert.DoesNotContain("Show code", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_HundredAndTwenty_ComeInPagesEachOnceNewestFirst()
    {
        await using var server = await SchoolServer.StartAsync();
        for (var i = 0; i < 120; i++)
        {
            await server.Data.InviteAsync(server.Setup, surname: $"Number{i:000}");
            // Several at the same instant, too: the order must still be whole.
            if (i % 7 == 0)
                server.Factory.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var first = await server.Browser.GetAsync(server.Home + "/users/pending");
        // Somebody is created while the pages are read: nobody is shown twice or left out for it.
        await server.Data.InviteAsync(server.Setup, surname: "Later");

        var pages = new List<Page> { first };
        while (pages[^1].Document.QuerySelectorAll("main a").Any(a => a.TextContent.Contains("Next", StringComparison.Ordinal)))
            pages.Add(await pages[^1].ClickAsync("Next"));

        Assert.Equal([50, 50, 20], pages.Select(p => p.Document.QuerySelectorAll("tbody tr").Length));
        var names = pages.SelectMany(p => p.Texts("tbody .ascent-person")).ToArray();
        Assert.Equal(120, names.Distinct().Count());
        // Seven at a time were made at one instant, in no order among themselves.
        var instants = names.Select(name => (int.Parse(name[^3..], CultureInfo.InvariantCulture) + 6) / 7).ToArray();
        Assert.Equal(instants.OrderDescending(), instants);
        Assert.DoesNotContain("Sam Later", names);
        Assert.DoesNotContain(pages[0].Document.QuerySelectorAll("main a"), a => a.TextContent.Contains("Previous", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?after=nonsense")]
    [InlineData("?created=nonsense&resent=x&newcode=y")]
    [InlineData("?created=00000000000000000000000000000000")]
    public async Task Get_AddressTamperedWith_ShowsTheListAndNoNotice(string query)
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.InviteAsync(server.Setup);

        var page = await server.Browser.GetAsync(server.Home + "/users/pending" + query);

        Assert.Equal((HttpStatusCode.OK, 1), (page.Status, page.Document.QuerySelectorAll("tbody tr").Length));
        Assert.False(page.Has(".govuk-notification-banner"));
    }

    [Fact]
    public async Task Get_WrongTries_AreToldAndAReplacedCodeToo()
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup);
        var link = await server.Data.LinkOfAsync(pending.MembershipId);
        var visitor = server.Factory.OpenBrowser();
        for (var i = 1; i <= 10; i++)
        {
            await (await visitor.GetAsync(link)).Form("Code").Fill("Code", "00000-00000").Fill("Password", "a password of mine").SubmitAsync();
            server.Factory.Clock.Advance(TimeSpan.FromMinutes(3));
            if (i == 3)
                Assert.Contains("Code tried, 3 wrong tries", (await server.Browser.GetAsync(server.Home + "/users/pending")).Text("tbody tr"), StringComparison.Ordinal);
        }

        await server.SignInAgainAsync();
        Assert.Contains("10 wrong tries. The link still works: give the new code", (await server.Browser.GetAsync(server.Home + "/users/pending")).Text("tbody tr"), StringComparison.Ordinal);
    }

    private static void NoCode(Page page, string code)
    {
        Assert.DoesNotContain(code, page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), page.Body, StringComparison.Ordinal);
    }
}
