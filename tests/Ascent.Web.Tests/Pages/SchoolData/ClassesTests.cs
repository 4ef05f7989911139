using System.Net;
using Ascent.Audit;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SchoolData;

public sealed class ClassesTests
{
    [Fact]
    public async Task Add_FromTheEmptyList_LeadsToPupilsAndTeachers()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Surname, "Szabó"), (PupilField.Year, "4"));
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Year, "5"));
        var empty = await server.Browser.GetAsync(server.Home + "/data/classes");
        Assert.Contains("No classes in 2026/27 yet", empty.Words(), StringComparison.Ordinal);

        var add = await empty.ClickAsync("Add a class");
        Refused.At(await add.Form("Name").SubmitAsync("Add the class"), "Name", "Enter the name of the class, such as 7B");
        var shown = await (await add.Form("Name").Fill("Name", "Willow").Tick("Registration").Fill("Year", "4").SubmitAsync("Add the class")).ArriveAsync();
        Assert.Equal("Registration class of Year 4, 2026/27. 0 pupils on the roll.", shown.Text(".ascent-title__lead"));

        // The year group of the class comes first to mind.
        var pupils = await shown.ClickAsync("Add pupils");
        Assert.Equal(["Szabó, Ada"], pupils.Texts("tbody th"));
        var put = await (await pupils.Form("ids").Tick("ids").SubmitAsync("Add to Willow")).ArriveAsync();
        Assert.Equal("1 pupil put in Willow", put.Text(".govuk-notification-banner__heading"));

        var teachers = await put.ClickAsync("Choose teachers");
        var taught = await (await teachers.Form("Teachers").Tick("Amara Okafor").SubmitAsync("Save")).ArriveAsync();
        Assert.Contains("Amara Okafor", taught.Text("section.ascent-card"), StringComparison.Ordinal);

        var list = await server.Browser.GetAsync(server.Home + "/data/classes");
        Assert.Equal(["Registration", "Year 4", "Amara Okafor", "1"], list.Texts("tbody td"));
        Assert.Contains("1 pupil on the roll is in no registration class", list.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WholeYear_IntoARegistrationClass_SaysBeforeAndAfterWhoStays()
    {
        await using var server = await SchoolServer.StartAsync();
        var pupils = await server.Data.AddPupilsAsync(server.Setup, 5, new NcYear(4));
        var (a, b) = (await server.Data.AddClassAsync(server.Setup, "4A", year: "4"), await server.Data.AddClassAsync(server.Setup, "4B", year: "4"));
        await server.Data.PutInClassAsync(server.Setup, a, pupils[0], pupils[1]);

        var page = await server.Browser.GetAsync($"{server.Home}/data/classes/{b:N}/pupils");
        Assert.Contains("3 pupils without a registration class would come; 2 pupils with another registration class would stay there.", page.Words(), StringComparison.Ordinal);
        var put = await (await page.Form("Add 3 pupils of Year 4").SubmitAsync("Add 3 pupils of Year 4")).ArriveAsync();

        Assert.Equal("3 pupils put in 4B. 2 pupils stay in another registration class", put.Text(".govuk-notification-banner__heading"));
        var gone = await (await put.Form("ids").Tick("ids").SubmitAsync("Take out of the class")).ArriveAsync();
        Assert.Equal("1 pupil taken out of 4B", gone.Text(".govuk-notification-banner__heading"));
        Assert.Equal(["Tick the pupils whom you mean"], (await put.Form("ids").Untick("ids").SubmitAsync("Take out of the class")).Errors);
    }

    [Fact]
    public async Task Edit_WhileSomebodyElseSaves_ShowsWhatTheyChangedAndThenSaves()
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddClassAsync(server.Setup, "7B");
        await server.Data.AddClassAsync(server.Setup, "7C");
        var edit = await server.Browser.GetAsync($"{server.Home}/data/classes/{id:N}/edit");
        await edit.Form("Name").Fill("Name", "7 Birch").SubmitAsync("Save");

        var stale = await edit.Form("Name").Fill("Name", "7 Beech").SubmitAsync("Save");
        Assert.Equal("Now: 7 Birch, registration class, Year 7. Saving puts yours in its place.", stale.Text("form .ascent-reason"));
        Refused.At(await stale.Form("Name").Fill("Name", "7c").SubmitAsync("Save"), "Name", "There is a class 7C in 2026/27 already");
        var saved = await (await stale.Form("Name").Fill("Name", "7 Beech").SubmitAsync("Save")).ArriveAsync();

        Assert.Equal(("7 Beech", "Saved"), (saved.Heading, saved.Text(".govuk-notification-banner__heading")));
    }

    [Fact]
    public async Task Delete_WithItsName_SaysWhatGoesAndTakesNoPupil()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, pupil) = (await server.Data.AddClassAsync(server.Setup, "7B"), await server.Data.AddPupilAsync(server.Setup));
        await server.Data.PutInClassAsync(server.Setup, id, pupil);
        var delete = await (await server.Browser.GetAsync($"{server.Home}/data/classes/{id:N}")).ClickAsync("Delete the class");
        Assert.Contains("No pupil is deleted. 1 pupil is taken out of the class. They have no registration class then.", delete.Words(), StringComparison.Ordinal);

        Refused.At(await delete.Form("TypedName").SubmitAsync("Delete the class"), "TypedName", "Type the name of the class as it stands above: 7B");
        var list = await (await delete.Form("TypedName").Fill("TypedName", "7b").SubmitAsync("Delete the class")).ArriveAsync();

        Assert.Equal("The class is deleted. Its pupils are as they were", list.Text(".govuk-notification-banner__heading"));
        Assert.Equal((0, 1), (await server.CountAsync<SchoolClass>(), await server.CountAsync<Pupil>()));
    }

    [Fact]
    public async Task Pupil_InClassesAndSubjects_NamesThem()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, pupil) = (await server.Data.AddClassAsync(server.Setup, "4A", year: "4"), await server.Data.AddPupilAsync(server.Setup));
        await server.Data.PutInClassAsync(server.Setup, id, pupil);
        await server.Data.AssignAsync(server.Setup, pupil, "MAT", "ART");

        var shown = await server.Browser.GetAsync($"{server.Home}/data/pupils/{pupil:N}");

        Assert.Contains("Classes 4A registration, 2026/27 Subjects this year Art and Design and Mathematics", shown.Text("section[aria-labelledby=classes]"), StringComparison.Ordinal);
        Assert.Equal("4A", (await shown.ClickAsync("4A")).Heading);
    }

    [Theory]
    [InlineData(Permission.ManageData, HttpStatusCode.OK)]
    [InlineData(Permission.SchoolReports, HttpStatusCode.Forbidden)]
    public async Task Pages_EachRight_OpenOrNot(Permission permission, HttpStatusCode status)
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddClassAsync(server.Setup);
        var browser = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, permission));

        foreach (var path in (string[])["", "/add", $"/{id:N}", $"/{id:N}/edit", $"/{id:N}/pupils", $"/{id:N}/teachers", $"/{id:N}/delete"])
            Assert.Equal((path, status), (path, (await browser.GetAsync($"{server.Home}/data/classes{path}")).Status));
    }

    [Fact]
    public async Task Pages_OfAnotherSchoolsClass_AreNotFound()
    {
        await using var server = await SchoolServer.StartAsync();
        var elsewhere = await server.Data.AddClassAsync(await server.Data.AddMemberAsync(await server.Data.AddSecondaryAsync(), Permission.ManageData));

        foreach (var path in (string[])["", "/edit", "/pupils", "/teachers", "/delete"])
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await server.Browser.GetAsync($"{server.Home}/data/classes/{elsewhere:N}{path}")).Status));
    }

    [Fact]
    public async Task Log_AfterChanges_NamesNoPupilAndNoClass()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, pupil) = (await server.Data.AddClassAsync(server.Setup, "Mrs Quibble"), await server.Data.AddPupilAsync(server.Setup));
        await server.Data.PutInClassAsync(server.Setup, id, pupil);
        await server.Data.OfferAsync(server.Setup, new(4), "MAT");
        await server.Data.AssignAsync(server.Setup, pupil, "MAT");

        var log = await server.Browser.GetAsync(server.Home + "/log?kind=pupils");

        foreach (var words in (string[])["A class added", "1 pupil put in a class", "The subjects of Year 4 chosen", "Subjects of pupils changed: 1 assigned, 0 taken away", "Mathematics: 1 pupil assigned"])
            Assert.Contains(words, log.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Benson", log.Words(), StringComparison.Ordinal);
        Assert.DoesNotMatch("Benson|Quibble", string.Concat(await server.ReadAsync(db => db.Set<AuditEntry>().Select(e => e.Facts).ToListAsync())));
    }
}
