using System.Net;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.SchoolData;

public sealed class SubjectsTests
{
    private static readonly NcYear Ten = new(10);

    [Fact]
    public async Task Choose_FirstTime_BeginsWithTheUsualOnesAndKeepsTheOrder()
    {
        await using var server = await StartAsync(2);
        var years = await server.Browser.GetAsync(server.Home + "/data/subjects");
        Assert.Equal(["2", "0", "2"], years.Texts("tbody td").Take(3));
        var choose = await years.ClickAsync("Choose subjects for Year 10");
        Assert.Equal(["CSC", "ENL", "ENT", "MAT"], choose.Document.QuerySelectorAll("input[name=offer][checked]").Select(b => b.GetAttribute("value")).Order());

        Refused.At(await choose.Form("seen").Fill("place-MAT", "first").SubmitAsync("Save"), "place-MAT", "The place of Mathematics has to be a number from 1 to 99");
        var grid = await (await choose.Form("seen").Fill("place-MAT", "1").Tick("French").SubmitAsync("Save")).ArriveAsync();

        Assert.Equal(["Mathematics", "English Language", "English Literature", "Combined Science", "French"], grid.Texts("thead th span"));
        Assert.Contains("A pupil not assigned is out of that subject’s dashboards", grid.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_SubjectThatPupilsTake_IsRefusedAtIt()
    {
        await using var server = await StartAsync(1, "MAT", "FRE");
        var pupil = await server.ReadAsync(db => Task.FromResult(db.Set<Ascent.SchoolData.Pupils.Pupil>().Select(p => p.Id).Single()));
        await server.Data.AssignAsync(server.Setup, pupil, "FRE");
        var choose = await server.Browser.GetAsync(server.Home + "/data/subjects/10/choose");

        Refused.At(await choose.Form("seen").Untick("French").SubmitAsync("Save"), "offer-FRE", "1 pupil takes French: take the subject away from that pupil in the grid first");
    }

    // Without script: ticks of a form. What somebody else has ticked meanwhile stays.
    [Fact]
    public async Task Save_TwoPeopleFromOnePage_KeepEachOthersTicks()
    {
        await using var server = await StartAsync(3, "MAT", "FRE");
        var first = await server.Browser.GetAsync(server.Home + "/data/subjects/10");
        var second = await server.Browser.GetAsync(server.Home + "/data/subjects/10");

        var saved = await (await Tick(first, "0.0", "1.0").SubmitAsync("Save")).ArriveAsync();
        var other = await (await Tick(second, "2.1").SubmitAsync("Save")).ArriveAsync();
        await (await Untick(saved, "0.0").SubmitAsync("Save")).ArriveAsync();

        Assert.Equal("Saved: 2 assigned", saved.Text(".govuk-notification-banner__heading"));
        Assert.Equal(["0.0", "1.0", "2.1"], Ticked(other));
        Assert.Equal(["1.0", "2.1"], Ticked(await server.Browser.GetAsync(server.Home + "/data/subjects/10")));
        Assert.Equal(["1", "1"], (await server.Browser.GetAsync(server.Home + "/data/subjects/10")).Texts("th [data-sum]"));
    }

    [Fact]
    public async Task AssignClasses_WithTicksOfTheGrid_SavesBoth()
    {
        await using var server = await StartAsync(4, "MAT", "FRE");
        var pupils = (await server.ReadAsync(db => Task.FromResult(db.Set<Ascent.SchoolData.Pupils.Pupil>().OrderBy(p => p.SurnameKey).Select(p => p.Id).ToList())));
        await server.Data.PutInClassAsync(server.Setup, await server.Data.AddClassAsync(server.Setup, "10A", year: "10"), pupils[0], pupils[1]);
        var grid = await server.Browser.GetAsync(server.Home + "/data/subjects/10");

        var refused = await Tick(grid, "3.0").Tick("10A (2)").SubmitAsync("Assign the classes");
        Refused.At(refused, "Subject", "Choose the subject that the classes get");
        Assert.Equal(["3.0"], Ticked(refused));
        var saved = await (await refused.Form("columns").Fill("Subject", "FRE").Tick("10A (2)").SubmitAsync("Assign the classes")).ArriveAsync();

        Assert.Equal(["0.1", "1.1", "3.0"], Ticked(saved));
    }

    [Fact]
    public async Task Get_DoubtfulPair_IsToldUnderTheRowAndFound()
    {
        await using var server = await StartAsync(2, "CSC", "BIO");
        var pupil = await server.ReadAsync(db => Task.FromResult(db.Set<Ascent.SchoolData.Pupils.Pupil>().OrderBy(p => p.SurnameKey).Select(p => p.Id).First()));
        await server.Data.AssignAsync(server.Setup, pupil, "CSC", "BIO");

        var doubt = await server.Browser.GetAsync(server.Home + "/data/subjects/10?show=doubt");

        Assert.Equal("Ada Abara0000 has Combined Science together with Biology: is that meant? It is kept either way.", doubt.Text(".ascent-doubt"));
        Assert.Equal(["Abara0000, Ada"], doubt.Texts(".ascent-matrix__name"));
        Assert.Equal(["Abara0001, Ada"], (await server.Browser.GetAsync(server.Home + "/data/subjects/10?show=without")).Texts(".ascent-matrix__name"));
        Assert.Equal(["Biology"], (await server.Browser.GetAsync(server.Home + "/data/subjects/10?subject=BIO")).Texts("thead th span"));
    }

    // 240 by 14 is more values than a form is allowed by default.
    [Fact]
    public async Task Save_EveryCellOfALargeYearGroup_IsTaken()
    {
        string[] codes = [.. Ascent.Reference.Subjects.For(Ten).Take(14).Select(s => s.Code)];
        await using var server = await StartAsync(240, codes);
        var grid = await server.Browser.GetAsync(server.Home + "/data/subjects/10");

        var saved = await (await Tick(grid, [.. from r in Enumerable.Range(0, 240) from c in Enumerable.Range(0, 14) select $"{r}.{c}"]).SubmitAsync("Save")).ArriveAsync();

        Assert.Equal("Saved: 3,360 assigned", saved.Text(".govuk-notification-banner__heading"));
        Assert.Equal(3_360, await server.CountAsync<SubjectEnrolment>());
    }

    // What the page never sends is told apart from what is not here.
    [Theory]
    [InlineData("was", "1", HttpStatusCode.BadRequest)]
    [InlineData("columns", "MAT,MAT", HttpStatusCode.BadRequest)]
    [InlineData("t", "9.0", HttpStatusCode.BadRequest)]
    [InlineData("t", "x", HttpStatusCode.BadRequest)]
    [InlineData("pupil", "no-id", HttpStatusCode.NotFound)]
    [InlineData("columns", "MAT,XXX", HttpStatusCode.NotFound)]
    public async Task Save_FormAlteredByHand_SavesNothing(string field, string value, HttpStatusCode status)
    {
        await using var server = await StartAsync(1, "MAT", "FRE");
        var grid = await server.Browser.GetAsync(server.Home + "/data/subjects/10");

        var form = Tick(grid, "0.0", "0.1");
        Assert.Equal(status, (await form.Drop(field).Tamper(field, value).SubmitAsync("Save")).Status);
        Assert.Equal(0, await server.CountAsync<SubjectEnrolment>());
    }

    [Theory]
    [InlineData(Permission.ManageData, HttpStatusCode.OK)]
    [InlineData(Permission.PupilReports, HttpStatusCode.Forbidden)]
    public async Task Pages_EachRight_OpenOrNot(Permission permission, HttpStatusCode status)
    {
        await using var server = await StartAsync(1, "MAT");
        var browser = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, PermissionSet.Of(permission, Permission.SchoolReports)));

        foreach (var path in (string[])["", "/10", "/10/choose"])
            Assert.Equal((path, status), (path, (await browser.GetAsync($"{server.Home}/data/subjects{path}")).Status));
    }

    [Theory]
    [InlineData("R")]
    [InlineData("15")]
    [InlineData("Year 10")]
    [InlineData("010")]
    public async Task Get_NoYearWithSubjects_IsNotFound(string year)
    {
        await using var server = await StartAsync(1);

        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"{server.Home}/data/subjects/{Uri.EscapeDataString(year)}")).Status);
    }

    private static async Task<SchoolServer> StartAsync(int pupils, params string[] offered)
    {
        var server = await SchoolServer.StartAsync(secondary: true);
        await server.Data.AddPupilsAsync(server.Setup, pupils, Ten);
        if (offered.Length > 0)
            await server.Data.OfferAsync(server.Setup, Ten, offered);
        return server;
    }

    private static HtmlForm Tick(Page page, params string[] cells) => Set(page, true, cells);

    private static HtmlForm Untick(Page page, params string[] cells) => Set(page, false, cells);

    private static HtmlForm Set(Page page, bool ticked, string[] cells)
    {
        var boxes = page.Document.QuerySelectorAll("input[name=t]").OfType<AngleSharp.Html.Dom.IHtmlInputElement>().ToDictionary(b => b.Value);
        foreach (var cell in cells)
            boxes[cell].IsChecked = ticked;
        return page.Form("columns");
    }

    private static IEnumerable<string> Ticked(Page page) => page.Document.QuerySelectorAll("input[name=t][checked]").Select(b => b.GetAttribute("value")!);
}
