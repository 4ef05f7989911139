using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUsers;

/// <summary>The whole way of a list, without script: give, check, mend, confirm, print.</summary>
public sealed class CreateUsersPagesTests
{
    [Fact]
    public async Task Give_PastedList_ShowsEachRowAndCreatesNobodyBeforeConfirm()
    {
        await using var server = await SchoolServer.StartAsync();
        var here = await server.Data.InviteAsync(server.Setup, default, "Hannah", "Brooks", email: "hannah@school.example");

        var page = await (await StaffListWalk.PasteAsync(server.Browser, server.Home,
            "Sofia,Marino,sofia@school.example,Teacher,N,Y,own classes", "Mei,Lin,mei@school.example,Governor,N,N,Y", "H,B,hannah@school.example,Teacher,N,N,N")).ArriveAsync();

        Assert.Equal("Check 3 rows before anyone is created", page.Heading);
        Assert.Equal(["Ready", "Pupil-level data needs school-level reports: tick both or neither", "Here already, pending"], page.Texts(".ascent-state strong"));
        Assert.Equal(["1"], page.Document.QuerySelectorAll("input[name=rows]:not([disabled])").Select(e => e.GetAttribute("value")!));
        Assert.Contains("On confirm: 1 person is created, 2 rows are left out.", page.Text(".ascent-decision"), StringComparison.Ordinal);
        Assert.Equal([here.MembershipId], await PendingAsync(server));
    }

    [Fact]
    public async Task Confirm_Ticked_CreatesThemAndPrintsTheirSlips()
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await (await StaffListWalk.PasteAsync(server.Browser, server.Home, StaffListWalk.Teachers(3))).ArriveAsync();

        var form = page.Form("Confirm and create");
        ((IHtmlInputElement)form.Element.QuerySelector("input[name=rows][value='2']")!).IsChecked = false;
        var done = await (await form.SubmitAsync("Confirm and create")).ArriveAsync();

        Assert.Equal("2 people are created", done.Heading);
        Assert.Equal(["Ann1 Bell1", "Ann3 Bell3"], done.Texts("main .ascent-sheet ul.govuk-list li"));
        Assert.Contains("1 row was left out", done.Words(), StringComparison.Ordinal);
        var slips = await done.Form("Open the slips").SubmitAsync("Open the slips");
        var codes = new List<string>();
        foreach (var id in await PendingAsync(server))
            codes.Add(await server.Data.CodeOfAsync(id));
        Assert.Equal(codes.Order(StringComparer.Ordinal), slips.Texts(".ascent-slip__digits").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(codes[0], done.Words(), StringComparison.Ordinal);
        Assert.True(slips.Response.Headers.CacheControl?.NoStore);
        // Sent again, and its old addresses: the same page, and nobody twice.
        Assert.Equal("2 people are created", (await (await form.SubmitAsync("Confirm and create")).ArriveAsync()).Heading);
        Assert.Equal(2, (await PendingAsync(server)).Count);
    }

    [Fact]
    public async Task Confirm_GrantingSchoolSetupLongAfterSignIn_AsksForThePasswordAndKeepsTheList()
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await (await StaffListWalk.PasteAsync(server.Browser, server.Home, "Declan,Byrne,declan@school.example,Headteacher,Y,N,N")).ArriveAsync();
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(20));

        var asked = await page.Form("Confirm and create").SubmitAsync("Confirm and create");

        Assert.StartsWith("/confirm-password?back=", asked.Location, StringComparison.Ordinal);
        Assert.Empty(await PendingAsync(server));
        var back = await (await (await asked.FollowAsync()).Form("CurrentPassword").Fill("CurrentPassword", TestData.Password).SubmitAsync()).ArriveAsync();
        Assert.Equal("1 person is created", (await (await back.Form("Confirm and create").SubmitAsync("Confirm and create")).ArriveAsync()).Heading);
    }

    [Fact]
    public async Task Mend_RowInError_IsReadyAfterwards()
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await (await StaffListWalk.PasteAsync(server.Browser, server.Home, "Tunde,Bakare,tunde@school,Techer,N,Y,N")).ArriveAsync();

        var mend = await page.ClickAsync("Mend the row");
        Assert.Equal(["Enter an email address like name@school.example", "“Techer” is no job role here: choose one of the list, or Other and say which"], mend.Errors);
        var again = await mend.Form("Email").Fill("Email", "tunde@school.example").SubmitAsync("Save the row");
        Assert.Single(again.Errors);
        page = await (await again.Form("Email").Fill("JobRole", "Teacher").SubmitAsync("Save the row")).ArriveAsync();

        Assert.Equal(["Ready"], page.Texts(".ascent-state strong"));
        Assert.Empty(await PendingAsync(server));
    }

    [Fact]
    public async Task Rows_ManyPages_KeepTheTicksOfEach()
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await (await StaffListWalk.PasteAsync(server.Browser, server.Home, StaffListWalk.Teachers(250))).ArriveAsync();
        var form = page.Form("Confirm and create");
        foreach (var box in form.Element.QuerySelectorAll<IHtmlInputElement>("input[name=rows]"))
            box.IsChecked = false;

        var second = await (await form.SubmitAsync("Page 2")).ArriveAsync();

        Assert.Equal(50, second.Document.QuerySelectorAll("input[name=rows][checked]").Length);
        Assert.Equal("50 people are created", (await (await second.Form("Confirm and create").SubmitAsync("Confirm and create")).ArriveAsync()).Heading);
    }

    [Fact]
    public async Task Done_LongList_ShowsHowFarItIsAndGoesOnByItself()
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await (await StaffListWalk.PasteAsync(server.Browser, server.Home, StaffListWalk.Teachers(ReadStaffList.MostRows))).ArriveAsync();

        var done = await (await page.Form("Confirm and create").SubmitAsync("Confirm and create")).ArriveAsync();
        for (var tries = 0; done.Heading == "The users are being created" && tries < 120; tries++)
        {
            Assert.Matches(@"[\d,]+ of 2,000 people so far", done.Text("[role=status]"));
            await Task.Delay(500);
            done = await done.ClickAsync("See how far it is");
        }

        Assert.Equal("2,000 people are created", done.Heading);
    }

    [Fact]
    public async Task Any_SomebodyElsesListOrNone_LeadsToTheBeginning()
    {
        await using var server = await SchoolServer.StartAsync();
        var list = await StaffListWalk.GiveAsync(server, StaffListWalk.Teachers(1));
        var other = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, Permission.SchoolSetup));
        var reader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, Permission.SchoolReports));

        foreach (var address in (string[])[$"rows?j={list:N}", $"mend?j={list:N}&row=1", $"done?j={list:N}", $"slips?j={list:N}", "rows", "rows?j=x"])
        {
            Assert.EndsWith("/users/create-multiple?expired=1", (await other.GetAsync($"{server.Home}/users/create-multiple/{address}")).Location, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync($"{server.Home}/users/create-multiple/{address}")).Status);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"{server.Home}/users/create-multiple/mend?j={list:N}&row=2")).Status);
    }

    [Fact]
    public async Task Rest_LeftOutRows_ComeBackWithTheirReasonsAndHarmless()
    {
        await using var server = await SchoolServer.StartAsync();
        var list = await StaffListWalk.GiveAsync(server, "=cmd(),Lin,mei@school,Governor,N,N,N");

        var file = await server.Browser.GetAsync($"{server.Home}/users/create-multiple/rows?j={list:N}&handler=rest");

        Assert.Contains("'=cmd()", file.Body, StringComparison.Ordinal);
        Assert.Contains("Enter an email address like name@school.example", file.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Choose a file, or paste the cells of a spreadsheet")]
    [InlineData("Forename,Surname\nA,B", "The first row must name the columns. These are missing: Email and Job role")]
    public async Task Give_NoList_SaysWhy(string pasted, string reason)
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await (await server.Browser.GetAsync($"{server.Home}/users/create-multiple")).Form("Pasted").Fill("Pasted", pasted).SubmitAsync("Next: check the rows");

        Assert.Equal([reason], page.Errors);
    }

    private static Task<List<Guid>> PendingAsync(SchoolServer server) =>
        server.Factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<Membership>().Where(m => m.State == MembershipState.Pending).Select(m => m.Id).ToListAsync());
}
