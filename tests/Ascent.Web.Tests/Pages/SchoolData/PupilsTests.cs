using System.Net;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SchoolData;

public sealed class PupilsTests
{
    [Fact]
    public async Task Add_FromTheEmptyPage_PutsThePupilOnTheRoll()
    {
        await using var server = await SchoolServer.StartAsync();
        var empty = await server.Browser.GetAsync(server.Home + "/data");
        Assert.Contains("No pupils yet", empty.Words(), StringComparison.Ordinal);

        var add = await empty.ClickAsync("Add a pupil");
        var shown = await (await Fill(add, "Szabó", "Léna").SubmitAsync("Add the pupil")).ArriveAsync();

        Assert.Equal(("Léna Szabó", "Léna Szabó is on the roll"), (shown.Heading, shown.Text(".govuk-notification-banner__heading")));
        var list = await server.Browser.GetAsync(server.Home + "/data/pupils?q=szab");
        Assert.Equal("Szabó, Léna", list.Text("tbody th"));
        Assert.Equal(["Year 4", "4 March 2018", "None"], list.Texts("tbody td").Skip(1).Take(3));
    }

    [Fact]
    public async Task Add_WrongFields_AreRefusedAtEachAndKeepWhatWasTyped()
    {
        await using var server = await SchoolServer.StartAsync();
        var add = await server.Browser.GetAsync(server.Home + "/data/pupils/add");

        var page = await Fill(add, "<b>Szabó</b>", "").Fill("BornOn.Day", "31").Fill("BornOn.Month", "2").Fill("Upn", "A801200005001").SubmitAsync("Add the pupil");

        Assert.Equal(["Enter the forename", "The date of birth: February 2018 has no day 31",
            "This is no sound UPN: the first letter does not fit the rest: a character is wrong, or two have changed places. Leave it empty if you do not know it"], page.Texts(".govuk-error-summary__list a"));
        Assert.Equal(("<b>Szabó</b>", "31", "A801200005001"), (page.Form("Surname").Value("Surname"), page.Form("Surname").Value("BornOn.Day"), page.Form("Surname").Value("Upn")));
        Assert.Equal(0, await server.CountAsync<Pupil>());
    }

    [Fact]
    public async Task Add_SameNameAndBirthday_AsksAndTakesTheTick()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddPupilAsync(server.Setup);
        var add = await server.Browser.GetAsync(server.Home + "/data/pupils/add");
        Assert.DoesNotContain("This is another pupil", add.Words(), StringComparison.Ordinal);

        var asked = await Fill(add, "BENSON", "ada").SubmitAsync("Add the pupil");
        Assert.Contains("Ada Benson, born 4 March 2018, is on the roll already", asked.Text(".govuk-error-summary__list"), StringComparison.Ordinal);
        await asked.Form("Surname").Tick("AcceptsNamesake").SubmitAsync("Add the pupil");

        Assert.Equal(2, await server.CountAsync<Pupil>());
    }

    [Fact]
    public async Task Edit_WhileSomebodyElseSaves_ShowsWhatTheyChangedAndThenSaves()
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddPupilAsync(server.Setup);
        var edit = await server.Browser.GetAsync($"{server.Home}/data/pupils/{id:N}/edit");
        await edit.Form("Surname").Fill("Forename", "Adah").SubmitAsync("Save");

        var stale = await edit.Form("Surname").Fill("Forename", "Ada").Fill("Surname", "Benson-Clarke").SubmitAsync("Save");
        Assert.Contains("Somebody has changed Adah Benson since you opened this page", stale.Text(".govuk-error-summary__list"), StringComparison.Ordinal);
        Assert.Equal("Now: surname “Benson” and forename “Adah”. Saving puts yours in its place.", stale.Text("form .ascent-reason"));
        var saved = await (await stale.Form("Surname").SubmitAsync("Save")).ArriveAsync();

        Assert.Equal("Ada Benson-Clarke", saved.Heading);
        Assert.Contains("Surname: Benson became Benson-Clarke", saved.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeaveAndReadmit_ByTheirPages_SayWhatIsSo()
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddPupilAsync(server.Setup);
        var leave = await (await server.Browser.GetAsync($"{server.Home}/data/pupils/{id:N}")).ClickAsync("Has left");

        Refused.At(await leave.Form("LastDay.Day").SubmitAsync("Take off the roll"), "LastDay-day", "Enter the last day");
        var left = await (await Day(leave, "LastDay", "20", "11", "2026").SubmitAsync("Take off the roll")).ArriveAsync();
        Assert.Contains("1 September 2022 to 20 November 2026", left.Words(), StringComparison.Ordinal);
        var back = await (await Day(await left.ClickAsync("Re-admit"), "FirstDay", "23", "11", "2026").SubmitAsync("Put on the roll again")).ArriveAsync();

        Assert.Equal("Ada Benson is on the roll again", back.Text(".govuk-notification-banner__heading"));
    }

    // Manage data may, by its own or with School setup; nobody else sees the door or the page.
    [Theory]
    [InlineData(Permission.ManageData, HttpStatusCode.OK)]
    [InlineData(Permission.SchoolSetup, HttpStatusCode.OK)]
    [InlineData(Permission.SchoolReports, HttpStatusCode.Forbidden)]
    public async Task Pages_EachRight_OpenOrNot(Permission permission, HttpStatusCode status)
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddPupilAsync(server.Setup);
        var browser = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, permission));

        foreach (var path in (string[])["", "/pupils", "/pupils/add", $"/pupils/{id:N}", $"/pupils/{id:N}/edit", $"/pupils/{id:N}/leave", $"/pupils/{id:N}/readmit"])
            Assert.Equal((path, status), (path, (await browser.GetAsync($"{server.Home}/data{path}")).Status));
        Assert.Equal(status == HttpStatusCode.OK, (await browser.GetAsync(server.Home)).Document.QuerySelector("a[href$='/data']") is not null);
    }

    [Fact]
    public async Task Pages_OfAnotherSchoolsPupil_AreNotFound()
    {
        await using var server = await SchoolServer.StartAsync();
        var elsewhere = await server.Data.AddPupilAsync(await server.Data.AddMemberAsync(await server.Data.AddSecondaryAsync(), Permission.ManageData));

        foreach (var path in (string[])["", "/edit", "/leave", "/readmit"])
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await server.Browser.GetAsync($"{server.Home}/data/pupils/{elsewhere:N}{path}")).Status));
    }

    // The log says that, and whose record by its number; never a name.
    [Fact]
    public async Task Log_AfterAChange_NamesNoPupil()
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddPupilAsync(server.Setup);
        await (await server.Browser.GetAsync($"{server.Home}/data/pupils/{id:N}/edit")).Form("Surname").Fill("Surname", "Benson-Clarke").SubmitAsync("Save");

        var log = await server.Browser.GetAsync(server.Home + "/log?kind=pupils");

        Assert.Contains("A pupil’s record changed by hand", log.Words(), StringComparison.Ordinal);
        Assert.Contains("Fields: surname", log.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Benson", log.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Benson", string.Concat(await server.ReadAsync(db => db.Set<Ascent.Audit.AuditEntry>().Select(e => e.Facts).ToListAsync())), StringComparison.Ordinal);
    }

    private static HtmlForm Fill(Page page, string surname, string forename) => Day(page, "BornOn", "4", "3", "2018", "Surname").Fill("Surname", surname).Fill("Forename", forename).Tick("Female");

    private static HtmlForm Day(Page page, string name, string day, string month, string year, string? form = null) =>
        page.Form(form ?? $"{name}.Day").Fill($"{name}.Day", day).Fill($"{name}.Month", month).Fill($"{name}.Year", year);
}
