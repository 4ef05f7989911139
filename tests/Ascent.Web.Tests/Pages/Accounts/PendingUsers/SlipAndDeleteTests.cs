using System.Net;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Shared.Permissions;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.PendingUsers;

public sealed class SlipAndDeleteTests
{
    [Fact]
    public async Task Post_Slip_HasTheCodeAndWhatToDoButNoLinkAndNoEmail()
    {
        await using var server = await SchoolServer.StartAsync(name: "Larch Primary");
        var pending = await server.Data.InviteAsync(server.Setup, PermissionSet.None, "Tom", "Whitfield", "tom@school.example");
        var (code, token) = (await server.Data.CodeOfAsync(pending.MembershipId), await server.Data.TokenOfAsync(pending.MembershipId));
        var list = await server.Browser.GetAsync(server.Home + "/users/pending");

        var slip = await list.Form("Print slip").SubmitAsync("Print slip");

        Assert.Equal((HttpStatusCode.OK, code), (slip.Status, slip.Text(".ascent-slip__digits")));
        foreach (var words in (string[])["For Tom Whitfield, and nobody else", "“Your account at Larch Primary”", "It works until 7 December 2026", "Amara Okafor", "Printed by Amara Okafor on 23 November 2026 at 09:00"])
            Assert.Contains(words, slip.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("tom@school.example", slip.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token, slip.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("sign-up/", slip.Body, StringComparison.Ordinal);
        Assert.Empty(slip.Document.QuerySelectorAll("main a"));
        Assert.Equal("no-store", slip.Response.Headers.CacheControl!.ToString());
        Assert.Equal(1, await server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "slip-printed")));
    }

    [Fact]
    public async Task Get_Slip_LeadsBackToTheListAndLogsNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup);

        Assert.Equal(server.Home + "/users/pending", (await server.Browser.GetAsync($"{server.Home}/users/pending/{pending.MembershipId:N}/slip")).Location);
        Assert.Equal(0, await server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "slip-printed")));
    }

    [Fact]
    public async Task Post_SlipOfAnExpiredCode_SaysWhyThereIsNone()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.InviteAsync(server.Setup, forename: "Tom");
        var form = (await server.Browser.GetAsync(server.Home + "/users/pending")).Form("Print slip");
        server.Factory.Clock.Advance(TimeSpan.FromDays(14));
        await server.SignInAgainAsync();
        var fresh = (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename").Value("form")!;
        // The page stood open for two weeks; only its token is new.
        using var content = new FormUrlEncodedContent([new("form", fresh)]);

        var page = await server.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, form.Element.QuerySelector("button[formaction$=slip]")!.GetAttribute("formaction")) { Content = content });

        Assert.Equal("There is no slip to print", page.Heading);
        Assert.Contains("The link and the code for Tom have run out: use Resend to make new ones.", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Delete_AsksFirstThenFreesTheSeatAndKillsTheLink()
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup, PermissionSet.Of(Permission.SchoolSetup), "Priya", "Nair", "priya@school.example");
        var link = await server.Data.LinkOfAsync(pending.MembershipId);

        var asked = await (await server.Browser.GetAsync(server.Home + "/users/pending")).ClickAsync("Delete");
        Assert.Equal("Delete the pending user Priya Nair?", asked.Heading);
        Assert.Contains("A School setup seat becomes free.", asked.Words(), StringComparison.Ordinal);
        Assert.Equal(2, await server.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.HolderId != null)));
        var gone = await (await asked.Form("Delete Priya Nair").SubmitAsync()).FollowAsync();

        Assert.Contains("The pending user is gone", gone.Text(".govuk-notification-banner"), StringComparison.Ordinal);
        Assert.Equal(1, await server.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.HolderId != null)));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Factory.OpenBrowser().GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await asked.Form("Delete Priya Nair").SubmitAsync()).Status); // pressed again
        Assert.Contains("?created=", (await new CreateUserWalk(server.Browser, server.School.Code).FinishAsync("Teacher", "priya@school.example")).Location, StringComparison.Ordinal);
    }
}
