using System.Net;
using Ascent.SchoolData.Classes;
using Ascent.Shared.Permissions;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Reports;

/// <summary>A class and a second pupil group on the dashboards.</summary>
public sealed class NarrowingTests
{
    private static readonly PermissionSet WholeSchool = PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports);
    private static readonly PermissionSet OwnClasses = PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses);

    // The mean mark of the headline tiles.
    private static string MeanOf(Page page) => page.Texts(".ascent-tile").First(t => t.StartsWith("Tables check", StringComparison.Ordinal));

    [Fact]
    public async Task Get_Class_IsAboutItsPupilsAndSaysSo()
    {
        await using var school = await TablesSchool.StartAsync();
        var leader = await school.Server.Factory.SignInAsync(await school.Server.Data.AddMemberAsync(school.Server.School, WholeSchool));

        var all = await leader.GetAsync(school.Tables);
        var ofSet = await leader.GetAsync($"{school.Tables}?{school.OfSet}");

        // 17, 25 and 9; then 25 and 9.
        Assert.Contains("17.0", MeanOf(all), StringComparison.Ordinal);
        Assert.Contains("3 pupils", MeanOf(all), StringComparison.Ordinal);
        Assert.Contains("2 pupils", MeanOf(ofSet), StringComparison.Ordinal);
        Assert.Contains("17.0", MeanOf(ofSet), StringComparison.Ordinal);
        Assert.Equal(["Year: 2025/26 2", $"Class: {TablesSchool.SetName} 2 Remove this filter"], ofSet.Texts(".ascent-chip").Take(2));
        Assert.Contains($"Only the pupils of class {TablesSchool.SetName} count here, not the whole school.", ofSet.Words(), StringComparison.Ordinal);
        Assert.Equal(["class", "and"], ofSet.Document.QuerySelectorAll(".ascent-filterform select").Select(s => s.GetAttribute("name")!).Where(n => n is "class" or "and"));
        Assert.Contains("3 pupils", MeanOf(await ofSet.ClickAsync($"Class: {TablesSchool.SetName} 2 Remove this filter")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ClassAndSecondGroup_StayOnTabsExplanationsYearsAndFiles()
    {
        await using var school = await TablesSchool.StartAsync();
        var leader = await school.Server.Factory.SignInAsync(await school.Server.Data.AddMemberAsync(school.Server.School, WholeSchool));
        var page = await leader.GetAsync($"{school.Tables}?{school.OfSet}&and=disadvantaged-yes");

        Assert.Contains("9.0", MeanOf(page), StringComparison.Ordinal);
        Assert.Contains($"Only the pupils of class {TablesSchool.SetName} in the group “Disadvantaged” count here", page.Words(), StringComparison.Ordinal);
        Assert.All(page.Document.QuerySelectorAll(".ascent-tabs a, .ascent-tile__foot a, .ascent-filterbar__links a").Select(a => a.GetAttribute("href")!),
            href => Assert.True(href.Contains(school.OfSet, StringComparison.Ordinal) && href.Contains("and=disadvantaged-yes", StringComparison.Ordinal), href));
        // Through the pages that take neither, back to one that does.
        var back = await (await (await page.ClickAsync("Governor summary")).ClickAsync("Pupils")).ClickAsync("Attainment and progress");
        Assert.Contains($"Only the pupils of class {TablesSchool.SetName} in the group “Disadvantaged” count here", back.Words(), StringComparison.Ordinal);
        Assert.Contains("9.0", (await leader.GetAsync($"{school.Tables}/how/mtc-mark?year=2025-2026&{school.OfSet}&and=disadvantaged-yes")).Words(), StringComparison.Ordinal);
        var file = (await leader.GetAsync(page.Link("CSV file of this page"))).Body;
        Assert.Contains($"only the pupils of class {TablesSchool.SetName} in the group “Disadvantaged”", file, StringComparison.Ordinal);
        Assert.Contains(",Chosen pupils,2025/26,9.0,", file, StringComparison.Ordinal);
        Assert.DoesNotContain("All pupils", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Governors_IsNeverAboutAClass()
    {
        await using var school = await TablesSchool.StartAsync();
        var leader = await school.Server.Factory.SignInAsync(await school.Server.Data.AddMemberAsync(school.Server.School, WholeSchool));

        var page = await leader.GetAsync($"{school.Tables}/governors?{school.OfSet}&and=disadvantaged-yes");

        Assert.Equal((await leader.GetAsync($"{school.Tables}/governors")).Text(".ascent-governors"), page.Text(".ascent-governors"));
        Assert.DoesNotContain(TablesSchool.SetName, page.Body, StringComparison.Ordinal);
        Assert.False(page.Has("#filter-class, #filter-and"));
    }

    [Fact]
    public async Task Get_OwnClasses_IsAboutOwnPupilsAndOtherClassesAreNotThere()
    {
        await using var school = await TablesSchool.StartAsync();
        var person = await school.Server.Data.AddMemberAsync(school.Server.School, OwnClasses);
        await school.TeachAsync(person, "5A", school.Birch);
        var strange = await school.Server.Data.AddClassAsync(school.Server.Setup, "5/Strange", ClassKind.Teaching, "5");
        await school.Server.Data.PutInClassAsync(school.Server.Setup, strange, school.Ash);
        var teacher = await school.Server.Factory.SignInAsync(person);

        var shared = await teacher.GetAsync($"{school.Tables}?{school.OfSet}");
        var group = await teacher.GetAsync($"{school.Tables}?and=disadvantaged-no");
        var other = await teacher.GetAsync($"{school.Tables}?class={strange:N}");
        var nowhere = await teacher.GetAsync($"{school.Tables}?class=0192f3a0000070008000000000000001");

        // Birch alone, of the set and of those who are not disadvantaged; not the other two.
        foreach (var page in (Page[])[shared, group])
            Assert.True(MeanOf(page).Contains("25.0", StringComparison.Ordinal) && MeanOf(page).Contains("1 pupil", StringComparison.Ordinal), MeanOf(page));
        Assert.Contains($"Only your own pupils of class {TablesSchool.SetName} count here", shared.Words(), StringComparison.Ordinal);
        Assert.Equal("Class: 5/Ma1 1 Remove this filter", shared.Texts(".ascent-chip")[1]);
        Assert.DoesNotContain("Disadvantaged (", shared.Text("#filter-and"), StringComparison.Ordinal);
        // A class of others reads as one of nobody, and no name of it is told.
        Assert.DoesNotContain("5/Strange", other.Body, StringComparison.Ordinal);
        Assert.Contains("not here any more: the class.", other.Words(), StringComparison.Ordinal);
        Assert.Equal(nowhere.Words(), other.Words());
        // The figures of the whole school are withheld as they are from everybody who does not know all three.
        Assert.Contains("Too few pupils to show", MeanOf(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SchoolLevel_WithAClassAndASecondGroup_GivesTheSameAsWithout()
    {
        await using var school = await TablesSchool.StartAsync();
        var governor = await school.Server.Factory.SignInAsync(await school.Server.Data.AddMemberAsync(school.Server.School, Permission.SchoolReports));

        foreach (var path in (string[])["", "/attainment", "/groups", "/context", "/governors", "/how/mtc-mark"])
            foreach (var tried in (string[])[school.OfSet, "and=disadvantaged-yes", $"{school.OfSet}&and=sex-girls", "class=nonsense", "and=nonsense"])
            {
                var (plain, page) = (await governor.GetAsync($"{school.Tables}{path}"), await governor.GetAsync($"{school.Tables}{path}?{tried}"));
                Assert.Equal((path, tried, HttpStatusCode.OK), (path, tried, page.Status));
                foreach (var selector in (string[])[".ascent-figure", ".ascent-headlines", ".ascent-chip", ".ascent-filterform"])
                    Assert.Equal(plain.Document.QuerySelectorAll(selector).Select(e => e.OuterHtml), page.Document.QuerySelectorAll(selector).Select(e => e.OuterHtml));
                Assert.Equal((await governor.GetAsync($"{school.Tables}{path}?handler=File&format=csv")).Body, (await governor.GetAsync($"{school.Tables}{path}?handler=File&format=csv&{tried}")).Body);
                Assert.DoesNotContain(TablesSchool.SetName, page.Body, StringComparison.Ordinal);
                Assert.Equal(path != "/governors", page.Words().Contains("Those are for holders of pupil-level data, so the page shows the rest.", StringComparison.Ordinal));
            }
    }

    [Fact]
    public async Task Get_ClassThatIsGone_IsLeftOutAndThatIsSaid()
    {
        await using var school = await TablesSchool.StartAsync();
        var leader = await school.Server.Factory.SignInAsync(await school.Server.Data.AddMemberAsync(school.Server.School, WholeSchool));
        await school.Server.ChangeAsync(db => db.Set<SchoolClass>().Where(c => c.Id == school.Set).ExecuteDeleteAsync());

        var page = await leader.GetAsync($"{school.Tables}?{school.OfSet}&and=disadvantaged-yes");

        Assert.Contains("The address asks for something that is not here any more: the class. The page shows the rest.", page.Words(), StringComparison.Ordinal);
        Assert.Contains("13.0", MeanOf(page), StringComparison.Ordinal);
        Assert.Contains("Only the pupils in the group “Disadvantaged” count here", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SecondValueOfTheSameGroup_IsLeftOutAndThatIsSaid()
    {
        await using var school = await TablesSchool.StartAsync();
        var leader = await school.Server.Factory.SignInAsync(await school.Server.Data.AddMemberAsync(school.Server.School, WholeSchool));

        var page = await leader.GetAsync($"{school.Tables}?group=disadvantaged-yes&and=disadvantaged-no");

        Assert.Contains("A pupil has one value of a pupil group, so the second one of the same group is left out.", page.Words(), StringComparison.Ordinal);
        Assert.Contains("13.0", MeanOf(page), StringComparison.Ordinal);
        Assert.Contains("the second pupil group. The page shows the rest.", (await leader.GetAsync($"{school.Tables}?and=house-red")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FiltersThatLeaveNobody_SaySoAndOfferTheWayBack()
    {
        await using var school = await TablesSchool.StartAsync();
        var leader = await school.Server.Factory.SignInAsync(await school.Server.Data.AddMemberAsync(school.Server.School, WholeSchool));

        foreach (var path in (string[])["", "/attainment", "/groups", "/context", "/how/mtc-mark"])
        {
            // Birch and Cedar are in the set, and neither is looked after.
            var page = await leader.GetAsync($"{school.Tables}{path}?{school.OfSet}&and=looked-after-yes");
            Assert.Equal((path, HttpStatusCode.OK), (path, page.Status));
            Assert.Contains("Nobody is left by these filters", page.Words(), StringComparison.Ordinal);
            Assert.False(page.Has(".ascent-tile, table"), path);
            Assert.DoesNotContain("Nobody is left", (await page.ClickAsync("Show all pupils")).Words(), StringComparison.Ordinal);
        }
    }

    // A bookmark and an open page from before the right went; files too.
    [Fact]
    public async Task Get_PupilLevelTakenAway_ShowsSchoolLevelFiguresFromTheNextRequestOn()
    {
        await using var school = await TablesSchool.StartAsync();
        var person = await school.Server.Data.AddMemberAsync(school.Server.School, WholeSchool);
        var leader = await school.Server.Factory.SignInAsync(person);
        var bookmark = $"{school.Tables}?group=disadvantaged-yes&{school.OfSet}";
        var before = await leader.GetAsync(bookmark);
        Assert.Contains("9.0", MeanOf(before), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await leader.GetAsync($"{school.Tables}/pupils")).Status);

        await school.Server.Factory.GiveAsync(person, PermissionSet.Of(Permission.SchoolReports));

        var after = await leader.GetAsync(bookmark);
        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Contains("Those are for holders of pupil-level data, so the page shows the rest.", after.Words(), StringComparison.Ordinal);
        Assert.Contains("Too few pupils to show", MeanOf(after), StringComparison.Ordinal);
        Assert.Contains("Disadvantaged", after.Text(".ascent-chips"), StringComparison.Ordinal);
        Assert.DoesNotContain(TablesSchool.SetName, after.Body, StringComparison.Ordinal);
        var file = (await leader.GetAsync(before.Link("CSV file of this page"))).Body;
        Assert.DoesNotContain("9.0", file, StringComparison.Ordinal);
        Assert.DoesNotContain(TablesSchool.SetName, file, StringComparison.Ordinal);
        foreach (var path in (string[])[$"/tables/pupils?{school.OfSet}", "/tables/pupils?handler=File&format=csv", "/pupils", $"/pupils/{school.Birch:N}"])
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await leader.GetAsync(school.Reports + path)).Status));
    }

    [Fact]
    public async Task Get_EveryRightTakenAway_IsRefused()
    {
        await using var school = await TablesSchool.StartAsync();
        var person = await school.Server.Data.AddMemberAsync(school.Server.School, WholeSchool);
        var leader = await school.Server.Factory.SignInAsync(person);
        var before = await leader.GetAsync($"{school.Tables}?{school.OfSet}");

        await school.Server.Factory.GiveAsync(person, PermissionSet.Of(Permission.ManageData));

        foreach (var address in (string[])[before.Path, before.Link("CSV file of this page"), school.Reports])
            Assert.Equal((address, HttpStatusCode.Forbidden), (address, (await leader.GetAsync(address)).Status));
    }
}
