using System.Net;
using System.Text;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.SchoolData;

public sealed class DeletePupilsTests
{
    [Fact]
    public async Task Delete_TickedInTheList_ShowsWhatGoesAsksForThePasswordDeletesAndBringsBack()
    {
        await using var server = await SchoolServer.StartAsync();
        var ada = await server.Data.AddPupilAsync(server.Setup, (PupilField.Upn, server.Data.NextUpn()));
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Forename, "Bo"));
        var list = await server.Browser.GetAsync(server.Home + "/data/pupils?year=4");
        Assert.Equal(["Tick at least one pupil"], (await list.Form("Delete").SubmitAsync("Delete")).Errors);

        var preview = await (await list.Form("Delete").Tick("ids").SubmitAsync("Delete")).ArriveAsync();
        Assert.Equal("Delete 1 pupil?", preview.Heading);
        Assert.Contains("This pupil is on the roll", preview.Words(), StringComparison.Ordinal);
        Assert.Equal($"{server.Home}/data/pupils?id={ada:N}&year=4", preview.Link("Cancel, delete nobody"));
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var asked = await preview.Form("Seen").SubmitAsync("Delete 1 pupil");
        Assert.StartsWith("/confirm-password?back=", asked.Location, StringComparison.Ordinal);
        var again = await (await (await asked.FollowAsync()).Form("CurrentPassword").Fill("CurrentPassword", server.Setup.Password).SubmitAsync()).ArriveAsync();
        var done = await (await again.Form("Seen").SubmitAsync("Delete 1 pupil")).ArriveAsync();

        Assert.Equal("1 pupil is deleted", done.Text(".govuk-notification-banner__heading"));
        Assert.Equal(["Benson, Bo"], done.Texts("tbody th"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"{server.Home}/data/pupils/{ada:N}")).Status);
        var deleted = await server.Browser.GetAsync(server.Home + "/data/pupils/deleted");
        Assert.Contains("Gone for good after 23 December 2026", deleted.Words(), StringComparison.Ordinal);
        var back = await deleted.Form("Bring back").Tick("ids").SubmitAsync("Bring back");
        Assert.Equal("Ada Benson is back", back.Text(".govuk-notification-banner__heading"));
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync($"{server.Home}/data/pupils/{ada:N}")).Status);
    }

    [Fact]
    public async Task Restore_NumberOfAnotherByNow_SaysWhose()
    {
        await using var server = await SchoolServer.StartAsync();
        var upn = server.Data.NextUpn();
        var ada = await server.Data.AddPupilAsync(server.Setup, (PupilField.Upn, upn));
        await DeleteAsync(server, ada);
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Upn, upn), (PupilField.Forename, "<b>Bo</b>"));

        var back = await (await server.Browser.GetAsync(server.Home + "/data/pupils/deleted")).Form("Bring back").Tick("ids").SubmitAsync("Bring back");

        Assert.Contains($"Ada Benson came back without UPN {upn}, which is <b>Bo</b> Benson’s now. Check whose it is.", back.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteLeavers_ADay_ShowsThemAndDeletesThem()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Factory.Get<LeavePupil>().ExecuteAsync(await server.Data.AddPupilAsync(server.Setup), "20/07/2023", server.Setup.Actor, default);
        var list = await server.Browser.GetAsync(server.Home + "/data/pupils?status=left");
        var ask = await list.ClickAsync("Delete leavers");
        Refused.At(await ask.Form("LeftBefore.Day").SubmitAsync("Show who they are"), "LeftBefore-day", "Enter a day");

        var preview = await (await ask.Form("LeftBefore.Day").Fill("LeftBefore.Day", "1").Fill("LeftBefore.Month", "9").Fill("LeftBefore.Year", "2023").SubmitAsync("Show who they are")).ArriveAsync();
        Assert.Contains("Everybody whose last day was before 1 September 2023.", preview.Words(), StringComparison.Ordinal);
        await server.Factory.Get<LeavePupil>().ExecuteAsync(await server.Data.AddPupilAsync(server.Setup, (PupilField.EnrolledOn, "1/9/2021")), "20/07/2022", server.Setup.Actor, default);
        var stale = await preview.Form("Seen").SubmitAsync("Delete 1 pupil");
        Assert.Contains("There was 1 pupil when you opened this page, and there are 2 now", stale.Text(".govuk-error-summary__list"), StringComparison.Ordinal);
        var done = await (await stale.Form("Seen").SubmitAsync("Delete 2 pupils")).ArriveAsync();

        Assert.Equal("2 pupils are deleted", done.Text(".govuk-notification-banner__heading"));
    }

    [Fact]
    public async Task Erase_OneWhoIsDeleted_GivesAReceiptOnce()
    {
        await using var server = await SchoolServer.StartAsync();
        var ada = await server.Data.AddPupilAsync(server.Setup);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"{server.Home}/data/pupils/deleted/{ada:N}/erase")).Status);
        await DeleteAsync(server, ada);
        var ask = await (await server.Browser.GetAsync(server.Home + "/data/pupils/deleted")).ClickAsync("Erase now: Ada Benson");

        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var asked = await ask.Form("Erase for good").SubmitAsync("Erase for good");
        Assert.StartsWith("/confirm-password?back=", asked.Location, StringComparison.Ordinal);
        var again = await (await (await asked.FollowAsync()).Form("CurrentPassword").Fill("CurrentPassword", server.Setup.Password).SubmitAsync()).ArriveAsync();
        var erased = await again.Form("Erase for good").SubmitAsync("Erase for good");

        Assert.Equal("Erased for good", erased.Heading);
        Assert.Matches("Receipt 2026-[0-9A-F]{10}", erased.Words());
        Assert.DoesNotContain("Benson", erased.Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"{server.Home}/data/pupils/deleted/{ada:N}/erase")).Status);
        Assert.Equal(0, await server.CountAsync<Pupil>());
    }

    [Fact]
    public async Task Export_ListAndRecord_AskForThePasswordAndGiveWhatTheyShow()
    {
        await using var server = await SchoolServer.StartAsync();
        var ada = await server.Data.AddPupilAsync(server.Setup);
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Forename, "Bo"), (PupilField.Year, "5"));
        var stale = await server.Browser.GetAsync(server.Home + "/data/pupils?year=5");
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.StartsWith("/confirm-password?back=", (await (await server.Browser.GetAsync($"{server.Home}/data/pupils/{ada:N}")).Form("Copy of the record").SubmitAsync("Copy of the record")).Location, StringComparison.Ordinal);

        var asked = await stale.Form("CSV").SubmitAsync("CSV");
        var list = await (await (await asked.FollowAsync()).Form("CurrentPassword").Fill("CurrentPassword", server.Setup.Password).SubmitAsync()).ArriveAsync();
        var file = await list.Form("CSV").SubmitAsync("CSV");
        var copy = await (await server.Browser.GetAsync($"{server.Home}/data/pupils/{ada:N}")).Form("Copy of the record").SubmitAsync("Copy of the record");

        Assert.Equal($"attachment; filename=\"pupils-{server.School.Code}-2026-11-23.csv\"", file.Response.Content.Headers.ContentDisposition!.ToString());
        var lines = Encoding.UTF8.GetString(await file.Response.Content.ReadAsByteArrayAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(",Benson,Bo,", lines[1], StringComparison.Ordinal);
        Assert.Equal("application/json", copy.Response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"value\": \"4 March 2018\"", Encoding.UTF8.GetString(await copy.Response.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
    }

    // Every number leads to a list that is as long as it says.
    [Fact]
    public async Task Summary_EveryLink_LeadsToAsManyRowsAsItSays()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Eal, "Y"), (PupilField.SenProvision, "K"), (PupilField.Year, "6"));
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Forename, "Bo"), (PupilField.Upn, server.Data.NextUpn()));
        await server.Factory.Get<LeavePupil>().ExecuteAsync(await server.Data.AddPupilAsync(server.Setup), "20/07/2023", server.Setup.Actor, default);
        await DeleteAsync(server, await server.Data.AddPupilAsync(server.Setup));

        var summary = await (await server.Browser.GetAsync(server.Home + "/data")).ClickAsync("Data summary");
        var links = summary.Document.QuerySelectorAll("main .ascent-plain-list__pair").Where(l => l.QuerySelector("a") is not null).ToList();

        Assert.Equal(14, links.Count);
        foreach (var line in links)
        {
            var list = await server.Browser.GetAsync(line.QuerySelector("a")!.GetAttribute("href")!);
            Assert.Equal((line.TextContent.Trim(), int.Parse(line.QuerySelector(".ascent-number")!.TextContent, System.Globalization.CultureInfo.InvariantCulture)), (line.TextContent.Trim(), list.Texts("tbody th").Count));
        }
    }

    [Theory]
    [InlineData(Permission.ManageData, HttpStatusCode.OK)]
    [InlineData(Permission.PupilReports, HttpStatusCode.Forbidden)]
    public async Task Pages_EachRight_OpenOrNot(Permission permission, HttpStatusCode status)
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, deleted) = (await server.Data.AddPupilAsync(server.Setup), await server.Data.AddPupilAsync(server.Setup));
        await DeleteAsync(server, deleted);
        var browser = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, permission));

        foreach (var path in (string[])[$"/pupils/delete?id={id:N}", "/pupils/delete?left-before=2020-01-01", "/pupils/delete-leavers", "/pupils/deleted", $"/pupils/deleted/{deleted:N}/erase", "/summary"])
            Assert.Equal((path, status), (path, (await browser.GetAsync($"{server.Home}/data{path}")).Status));
    }

    [Fact]
    public async Task Pages_OfAnotherSchoolsPupil_AreNotFound()
    {
        await using var server = await SchoolServer.StartAsync();
        var elsewhere = await server.Data.AddMemberAsync(await server.Data.AddSecondaryAsync(), Permission.ManageData);
        var (theirs, deleted) = (await server.Data.AddPupilAsync(elsewhere), await server.Data.AddPupilAsync(elsewhere));
        await server.Factory.Get<DeletePupils>().ExecuteAsync(new([deleted]), 1, elsewhere.Actor, default);

        foreach (var path in (string[])[$"delete?id={theirs:N}", $"deleted/{deleted:N}/erase"])
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await server.Browser.GetAsync($"{server.Home}/data/pupils/{path}")).Status));
        Assert.Empty((await server.Browser.GetAsync($"{server.Home}/data/pupils/deleted")).Texts("tbody th"));
    }

    private static async Task DeleteAsync(SchoolServer server, Guid id) =>
        Assert.True((await server.Factory.Get<DeletePupils>().ExecuteAsync(new([id]), 1, server.Setup.Actor, default)).Succeeded);
}
