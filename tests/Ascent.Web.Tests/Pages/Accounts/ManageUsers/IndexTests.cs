using System.Net;
using System.Text;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Accounts.ManageUsers;

public sealed class IndexTests
{
    [Fact]
    public async Task Get_People_StandWithPencilNameRoleAccessLastOpenedAndStatus()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses), "Tom", "Reed", "tom@school.example", JobRole.Governor, new DateOnly(2026, 12, 18));
        await server.Data.InviteAsync(server.Setup);

        var page = await server.Browser.GetAsync(server.Home + "/users/manage");

        Assert.Equal(["Edit", "Select", "Name", "Job role", "Access", "Second factor", "Last opened Sort by last opened", "Status"], page.Texts("thead th"));
        Assert.Equal(["Amara Okafor (you)", "Tom Reed"], page.Texts("tbody .ascent-person"));
        var tom = page.Document.QuerySelectorAll("tbody tr")[1];
        Assert.Equal("Edit Tom Reed", tom.Children[0].QuerySelector("a")!.GetAttribute("title"));
        Assert.Equal(["Tom Reed tom@school.example", "Governor", "ReportsPupil names, own classes", "No", "Today", "Ends 18 December 2026"], tom.Children.Skip(2).Select(Words));
        Assert.Contains("2 people. 1 more has not signed up yet", page.Text(".ascent-list__foot"), StringComparison.Ordinal);
        Assert.Equal("Edit Tom Reed", (await page.ClickAsync("Edit Tom Reed")).Heading);
    }

    [Theory]
    [InlineData("?status=deactivated", "Cy Closed")]
    [InlineData("?access=school-setup", "Amara Okafor (you)")]
    [InlineData("?role=Governor", "Gil Governor")]
    [InlineData("?attention=ends-soon", "Sue Soon")]
    [InlineData("?q=gil", "Gil Governor")]
    [InlineData("?q=GOV&status=active&role=Governor", "Gil Governor")]
    public async Task Get_Filtered_ShowsThemWithAChipThatTakesTheFilterAway(string query, string expected)
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server);

        var page = await server.Browser.GetAsync(server.Home + "/users/manage" + query);

        Assert.Equal([expected], page.Texts("tbody .ascent-person"));
        Assert.Contains("1 person found", page.Text(".ascent-list__foot"), StringComparison.Ordinal);
        foreach (var chip in page.Document.QuerySelectorAll(".ascent-chip[href]").Select(a => a.GetAttribute("href")!).ToArray())
            Assert.True((await server.Browser.GetAsync(chip)).Texts("tbody .ascent-person").Count >= 1);
    }

    [Fact]
    public async Task Get_EveryChoiceOfTheFilters_LeadsToAsManyAsItsCount()
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server);
        var page = await server.Browser.GetAsync(server.Home + "/users/manage");

        var choices = page.Document.QuerySelectorAll(".ascent-menu--chip a").Where(a => a.QuerySelector(".ascent-chip__count") is not null).ToArray();

        Assert.True(choices.Length > 10, $"{choices.Length} choices");
        foreach (var choice in choices)
        {
            var shown = await server.Browser.GetAsync(choice.GetAttribute("href")!);
            Assert.Equal((Words(choice), Words(choice.QuerySelector(".ascent-chip__count")!)), (Words(choice), shown.Document.QuerySelectorAll("tbody tr").Length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public async Task Get_SearchThatFindsOnlyPending_PointsThere()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.InviteAsync(server.Setup, forename: "Wanda", surname: "Waits");

        var page = await server.Browser.GetAsync(server.Home + "/users/manage?q=wanda");

        Assert.Equal("Nobody here fits", page.Text(".ascent-empty h2"));
        Assert.Equal(["Wanda Waits"], (await page.ClickAsync("1 person who fits has not signed up yet")).Texts("tbody .ascent-person"));
    }

    [Theory]
    [InlineData("?status=everything&role=King&sort=up&after=%00&access=all&attention=x")]
    [InlineData("?after=zzzz&q=%00")]
    [InlineData("?changed=nobody&deleted=x&deactivatedmany=-3&id=1")]
    public async Task Get_AddressThatNoPageOfOursMakes_ShowsAListAndNoError(string query)
    {
        await using var server = await SchoolServer.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(server.Home + "/users/manage" + query)).Status);
    }

    [Fact]
    public async Task Export_AsksForThePasswordWhenItIsOldAndThenGivesTheListAsItIsFiltered()
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server);
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await server.Browser.GetAsync(server.Home + "/users/manage?role=Governor");

        var asked = await page.Form("CSV").SubmitAsync("CSV");
        Assert.StartsWith("/confirm-password?back=", asked.Location, StringComparison.Ordinal);
        var back = await (await (await asked.FollowAsync()).Form("CurrentPassword").Fill("CurrentPassword", server.Setup.Password).SubmitAsync()).ArriveAsync();
        Assert.Equal(["Gil Governor"], back.Texts("tbody .ascent-person"));
        var file = await back.Form("CSV").SubmitAsync("CSV");

        Assert.Equal("text/csv", file.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"attachment; filename=\"users-{server.School.Code}-2026-11-23.csv\"", file.Response.Content.Headers.ContentDisposition!.ToString());
        var lines = Encoding.UTF8.GetString(await file.Response.Content.ReadAsByteArrayAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Gil,Governor,", lines[1], StringComparison.Ordinal);
    }

    private static async Task FillAsync(SchoolServer server)
    {
        var closed = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports), "Cy", "Closed");
        await server.Data.BringAsync(closed, MembershipState.Deactivated, server.Setup);
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.ManageData), "Gil", "Governor", role: JobRole.Governor);
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Sue", "Soon", endsOn: new DateOnly(2026, 12, 1));
    }

    private static string Words(AngleSharp.Dom.INode node) => string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
