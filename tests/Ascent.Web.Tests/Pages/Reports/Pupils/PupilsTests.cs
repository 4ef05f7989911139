using System.Net;
using Ascent.Audit;
using Ascent.Reference;
using Ascent.Reports.Cohorts;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Reports.Pupils;

/// <summary>The reports with names, in a school of three pupils who took the tables check last summer.</summary>
public sealed class PupilsTests
{
    private static readonly PermissionSet WholeSchool = PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports);
    private static readonly PermissionSet OwnClasses = PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses);

    [Fact]
    public async Task Get_WholeSchool_ListsEveryPupilAndLeadsToEach()
    {
        await using var server = await SchoolServer.StartAsync();
        var (ash, _, _) = await FillAsync(server);
        var leader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));

        var door = await leader.GetAsync(server.Home + "/reports/pupils");
        var list = await door.ClickAsync("Multiplication tables check");

        Assert.Equal("Multiplication tables check: pupils", list.Heading);
        Assert.Equal(["Ash, Ada", "Birch, Ada", "Cedar, Ada"], list.Texts("#pupils tbody th a"));
        Assert.Equal(["Ash, Ada Disadvantaged Persistently absent"], list.Texts("#pupils tbody th").Take(1));
        Assert.Equal(["17", "No", "25", "Yes"], list.Texts("#pupils tbody td").Take(4));
        Assert.Contains("Pupils", list.Texts(".ascent-tabs a"));
        var page = await list.ClickAsync("Ash, Ada");
        Assert.Equal(("Ada Ash", $"{server.Home}/reports/pupils/{ash:N}"), (page.Heading, page.Path));
        Assert.Contains("17", page.Texts("section table td"));
        Assert.Contains("there for 171 sessions of 190 (90.0%)", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OwnClasses_ShowsOwnPupilsAndOthersAreNotThere()
    {
        await using var server = await SchoolServer.StartAsync();
        var (ash, birch, _) = await FillAsync(server);
        var person = await server.Data.AddMemberAsync(server.School, OwnClasses);
        var teacher = await server.Factory.SignInAsync(person);
        foreach (var path in (string[])["/reports/pupils", "/reports/tables/pupils"])
            Assert.Contains("You teach no class", (await teacher.GetAsync(server.Home + path)).Words(), StringComparison.Ordinal);
        await TeachAsync(server, person, "5A", birch);

        var list = await teacher.GetAsync(server.Home + "/reports/tables/pupils");

        Assert.Equal(["Birch, Ada"], list.Texts("#pupils tbody th"));
        Assert.DoesNotContain("Ash", list.Body, StringComparison.Ordinal);
        // Nor is it told that there are more.
        Assert.Equal("Year: 2025/26 1", list.Text(".ascent-chip"));
        Assert.Equal(HttpStatusCode.OK, (await teacher.GetAsync($"{server.Home}/reports/pupils/{birch:N}")).Status);
        var strange = await teacher.GetAsync($"{server.Home}/reports/pupils/{ash:N}");
        Assert.Equal((HttpStatusCode.NotFound, (await teacher.GetAsync($"{server.Home}/reports/pupils/{new Guid("0192f3a0-0000-7000-8000-000000000001"):N}")).Words()), (strange.Status, strange.Words()));
    }

    [Fact]
    public async Task Get_SchoolLevel_IsRefusedAndMeetsNoNameAndNoTab()
    {
        await using var server = await SchoolServer.StartAsync();
        var (ash, _, _) = await FillAsync(server);
        var governor = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, Permission.SchoolReports));

        foreach (var path in (string[])["/reports/pupils", "/reports/tables/pupils", "/reports/tables/pupils?handler=File&format=csv", $"/reports/pupils/{ash:N}"])
        {
            var page = await governor.GetAsync(server.Home + path);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, page.Status));
            Assert.DoesNotContain("Ash", page.Body, StringComparison.Ordinal);
        }
        var overview = await governor.GetAsync(server.Home + "/reports/tables");
        Assert.Equal((HttpStatusCode.OK, false), (overview.Status, overview.Texts(".ascent-tabs a").Contains("Pupils")));
    }

    [Fact]
    public async Task Get_PupilOfAnotherSchoolOrDeleted_IsNotThere()
    {
        await using var server = await SchoolServer.StartAsync();
        var (ash, birch, _) = await FillAsync(server);
        var elsewhere = await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), Permission.ManageData);
        var other = await server.Data.AddPupilAsync(elsewhere, (PupilField.Surname, "Elsewhere"));
        // The cohort was built before.
        await server.Factory.Get<DeletePupils>().ExecuteAsync(new([ash]), 1, server.Setup.Actor, CancellationToken.None);
        var leader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));

        Assert.Equal(["Birch, Ada", "Cedar, Ada"], (await leader.GetAsync(server.Home + "/reports/tables/pupils")).Texts("#pupils tbody th a"));
        foreach (var (id, status) in ((Guid, HttpStatusCode)[])[(ash, HttpStatusCode.NotFound), (other, HttpStatusCode.NotFound), (birch, HttpStatusCode.OK)])
            Assert.Equal(status, (await leader.GetAsync($"{server.Home}/reports/pupils/{id:N}")).Status);
    }

    [Fact]
    public async Task Get_ClassInTheAddress_FiltersUntilItIsGoneAndThatIsSaid()
    {
        await using var server = await SchoolServer.StartAsync();
        var (_, birch, cedar) = await FillAsync(server);
        var its = await server.Data.AddClassAsync(server.Setup, "5/Ma1", ClassKind.Teaching, "5");
        await server.Data.PutInClassAsync(server.Setup, its, birch, cedar);
        var leader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));
        var address = $"{server.Home}/reports/tables/pupils?group=disadvantaged-yes&class={its:N}&sort=outcome";

        // One of the class is disadvantaged; the lowest mark first without the group.
        Assert.Equal(["Cedar, Ada"], (await leader.GetAsync(address)).Texts("#pupils tbody th a"));
        Assert.Equal(["Cedar, Ada", "Birch, Ada"], (await leader.GetAsync(address.Replace("group=disadvantaged-yes&", "", StringComparison.Ordinal))).Texts("#pupils tbody th a"));
        await server.ChangeAsync(db => db.Set<SchoolClass>().Where(c => c.Id == its).ExecuteDeleteAsync());
        var after = await leader.GetAsync(address);

        Assert.Equal(["Cedar, Ada", "Ash, Ada"], after.Texts("#pupils tbody th a"));
        Assert.Contains("not here any more: the class.", after.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("5/Ma1", after.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FlagOrGroupOffered_NarrowsTheListAndComesOffAgain()
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server);
        var leader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));
        var list = await leader.GetAsync(server.Home + "/reports/tables/pupils");
        Assert.Equal(["Disadvantaged 2", "Persistently absent 1"], list.Texts(".ascent-chip--offer"));

        var absent = await list.ClickAsync("Persistently absent 1");
        Assert.Equal(["Ash, Ada"], absent.Texts("#pupils tbody th a"));
        Assert.EndsWith("flag=absent", absent.Path, StringComparison.Ordinal);
        Assert.Equal(3, (await absent.ClickAsync("Persistently absent 1 Remove this filter")).Texts("#pupils tbody th a").Count);
        Assert.Equal(["Ash, Ada", "Cedar, Ada"], (await list.ClickAsync("Disadvantaged 2")).Texts("#pupils tbody th a"));
        Assert.Contains("not here any more: the flag.", (await leader.GetAsync(server.Home + "/reports/tables/pupils?flag=nonsense")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetFile_OwnClasses_HoldsTheRowsOfThePageAndIsWrittenDown()
    {
        await using var server = await SchoolServer.StartAsync();
        var (_, birch, cedar) = await FillAsync(server);
        var person = await server.Data.AddMemberAsync(server.School, OwnClasses);
        await TeachAsync(server, person, "5A", birch, cedar);
        var teacher = await server.Factory.SignInAsync(person);
        var list = await teacher.GetAsync(server.Home + "/reports/tables/pupils?sort=outcome");

        var file = await teacher.GetAsync(list.Link("CSV file of this page"));

        string[] lines = [.. file.Body.Trim('\uFEFF').Split('\n').Select(l => l.Trim())];
        Assert.Equal(["Pupil,Mark of 25,Full marks,Groups,Flags", "\"Cedar, Ada\",9,No,Disadvantaged,", "\"Birch, Ada\",25,Yes,,"], lines.Take(3));
        Assert.DoesNotContain("Ash", file.Body, StringComparison.Ordinal);
        var entry = Assert.Single(await server.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Kind == "report-exported").ToListAsync()));
        Assert.Contains("\"pupils\"", entry.Facts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Ks4_DrawsTheLatestYearWithAStartAndListsTheOther()
    {
        await using var server = await SchoolServer.StartAsync(secondary: true);
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        await AddKs4Async(server, "Old", "14", 2024, "7", [Test("ENG", "REA", "106"), Test("MAT", "MAT", "102")]);
        await AddKs4Async(server, "New", "12", 2026, "5", []);
        await BuildAsync(server);

        var drawn = await server.Browser.GetAsync(server.Home + "/reports/ks4/pupils");
        var listed = await drawn.ClickAsync("See 2025/26 as a list");

        Assert.Contains("2023/24 is the latest year that can be drawn. Pupils of 2025/26 have no key stage 2 tests behind them", drawn.Words(), StringComparison.Ordinal);
        Assert.Equal((true, false), (drawn.Has("[data-chart=scatter]"), listed.Has("[data-chart=scatter]")));
        Assert.Equal(["Old, Ada"], drawn.Texts("#pupils tbody th a"));
        Assert.Equal(["104.0", "14.0"], drawn.Texts("#pupils tbody td").Take(2));
        Assert.Equal(["New, Ada"], listed.Texts("#pupils tbody th a"));
        Assert.Contains("Pupils of 2025/26 have no key stage 2 tests behind them, so no estimate and no chart.", listed.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("KS2", listed.Texts("#pupils thead th"));
    }

    /// <summary>Gives the School setup holder every right; Ash and Cedar are disadvantaged, and Ash was often absent.</summary>
    private static async Task<(Guid Ash, Guid Birch, Guid Cedar)> FillAsync(SchoolServer server)
    {
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var ash = await AddAsync("Ash", "Y", "17", [new AttendanceInFile(AcademicYear.StartingIn(2025), 190, 171, 10, 9)]);
        var birch = await AddAsync("Birch", "N", "25", []);
        var cedar = await AddAsync("Cedar", "Y", "9", []);
        await BuildAsync(server);
        return (ash, birch, cedar);

        async Task<Guid> AddAsync(string surname, string disadvantaged, string mark, IReadOnlyList<AttendanceInFile> attendance)
        {
            var id = await server.Data.AddPupilAsync(server.Setup, (PupilField.Surname, surname), (PupilField.Year, "5"), (PupilField.Disadvantaged, disadvantaged));
            await server.Data.AddRecordsAsync(server.School.Id, (id, TestData.InFile([TestData.TablesCheck(mark)], attendance)));
            return id;
        }
    }

    private static async Task AddKs4Async(SchoolServer server, string surname, string year, int endYear, string grade, IReadOnlyList<ResultInFile> before)
    {
        var id = await server.Data.AddPupilAsync(server.Setup, (PupilField.Surname, surname), (PupilField.Year, year), (PupilField.BornOn, $"4/3/{endYear - 16}"), (PupilField.EnrolledOn, "1/9/2019"));
        await server.Data.AddRecordsAsync(server.School.Id, (id, TestData.InFile([.. before, new ResultInFile(new Assessment("KS4", "MAT", "GCSE", "EX"), AcademicYear.EndingIn(endYear), "", grade)])));
    }

    private static ResultInFile Test(string subject, string component, string score) => new(new Assessment("KS2", subject, component, "TT"), AcademicYear.EndingIn(2019), "", score);

    private static async Task TeachAsync(SchoolServer server, TestMember person, string name, params Guid[] pupils)
    {
        var its = await server.Data.AddClassAsync(server.Setup, name, year: "5");
        await server.Data.PutInClassAsync(server.Setup, its, pupils);
        _ = (await server.Factory.Get<ChooseTeachers>().ExecuteAsync(new(its, [person.MembershipId], 2), server.Setup.Actor, CancellationToken.None)).Value;
    }

    private static Task<bool> BuildAsync(SchoolServer server) => server.Factory.Get<BuildCohorts>().BuildAsync(server.School.Id, CancellationToken.None);
}
