using System.Net;
using System.Text;
using Ascent.Audit;
using Ascent.Shared.Permissions;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.Log;

public sealed class IndexTests
{
    [Fact]
    public async Task Get_Deeds_StandUnderTheirDayWithWhoAndBeforeAndAfter()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.InviteAsync(server.Setup, PermissionSet.Of(Permission.ManageData), "Hannah", "Brooks");

        var page = await server.Browser.GetAsync(server.Home + "/log");

        Assert.Equal(["Time", "By whom", "What happened", "Entry"], page.Texts("thead th"));
        Assert.Equal(["Today, 23 November 2026"], page.Texts(".ascent-day"));
        Assert.Equal(["Hannah Brooks created"], page.Texts("tbody td strong"));
        Assert.Equal(["Amara Okafor"], page.Texts("tbody .ascent-person"));
        Assert.Contains("Access: Manage data", page.Text("tbody"), StringComparison.Ordinal);
        Assert.Equal("rowgroup", page.Document.QuerySelector(".ascent-day th")!.GetAttribute("scope"));
    }

    [Theory]
    [InlineData("?kind=exports", 0)]
    [InlineData("?kind=people", 1)]
    [InlineData("?q=hannah", 1)]
    [InlineData("?q=hannah&part=by", 0)]
    [InlineData("?from=2026-11-23&to=2026-11-23", 1)]
    [InlineData("?to=2026-11-22", 0)]
    [InlineData("?kind=%27&from=never&to=31-12-9999&after=x.y&part=1", 1)]
    [InlineData("?to=9999-12-31&from=0001-01-01", 1)]
    public async Task Get_Filtered_ShowsWhatFits(string query, int entries)
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.InviteAsync(server.Setup, forename: "Hannah", surname: "Brooks");

        var page = await server.Browser.GetAsync(server.Home + "/log" + query);

        Assert.Equal((HttpStatusCode.OK, entries), (page.Status, page.Texts("tbody td strong").Count));
        foreach (var chip in page.Document.QuerySelectorAll(".ascent-chip[href]").Select(a => a.GetAttribute("href")!).ToArray())
            Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(chip)).Status);
    }

    [Fact]
    public async Task Get_SealedLog_SaysUntilWhenAndCheckNamesWhatIsWrong()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.InviteAsync(server.Setup);
        await server.Factory.Get<SealAudit>().ExecuteAsync(default);

        var page = await server.Browser.GetAsync(server.Home + "/log");
        Assert.Contains("Sealed until today at 09:00. 1 entry since 23 November 2026, and the end fits.", page.Text("main"), StringComparison.Ordinal);
        var held = (await page.Form("Check it all").SubmitAsync("Check it all")).Text("main");
        Assert.Contains("The log holds. Every one of 1 entry was read today at 09:00", held, StringComparison.Ordinal);
        Assert.Contains("Read anew from today at 09:05 on", held, StringComparison.Ordinal);
        await server.ChangeAsync(db => db.Set<AuditEntry>().Where(e => e.OrganisationId == server.School.Id).ExecuteUpdateAsync(e => e.SetProperty(x => x.At, new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc))));
        Assert.Contains("The log holds.", (await page.Form("Check it all").SubmitAsync("Check it all")).Text("main"), StringComparison.Ordinal);
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(5));
        var broken = await page.Form("Check it all").SubmitAsync("Check it all");

        Assert.Contains("The log does not hold.", broken.Text("main"), StringComparison.Ordinal);
        Assert.Contains("Entry 1 was changed after it was sealed", broken.Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_AsksForThePasswordWhenItIsOldAndThenGivesTheLogAsItIsFiltered()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.InviteAsync(server.Setup, forename: "=1+1", surname: "Formula");
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await server.Browser.GetAsync(server.Home + "/log?kind=people");

        var asked = await page.Form("CSV").SubmitAsync("CSV");
        Assert.StartsWith("/confirm-password?back=", asked.Location, StringComparison.Ordinal);
        Assert.Equal(0, await server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "log-exported")));
        var back = await (await (await asked.FollowAsync()).Form("CurrentPassword").Fill("CurrentPassword", server.Setup.Password).SubmitAsync()).ArriveAsync();
        var file = await back.Form("CSV").SubmitAsync("CSV");

        Assert.Equal($"attachment; filename=\"log-{server.School.Code}-2026-11-23.csv\"", file.Response.Content.Headers.ContentDisposition!.ToString());
        var lines = Encoding.UTF8.GetString(await file.Response.Content.ReadAsByteArrayAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Entry,Date,Time,By whom,What happened,Before and after", lines[0].TrimStart('\ufeff'));
        Assert.Contains(",2026-11-23,09:00:00,Amara Okafor,\"'=1+1 Formula created\",", Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
        Assert.Equal("Log exported", (await server.Browser.GetAsync(server.Home + "/log?kind=exports")).Text("tbody td strong"));
    }
}
