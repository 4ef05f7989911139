using System.Net;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Reports;

/// <summary>What dashboards answer where there is little or nothing to show.</summary>
public sealed class EmptyStateTests
{
    private static readonly PermissionSet WholeSchool = PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports);

    [Fact]
    public async Task Get_NoResults_SaysSoAndUnknownCodesAreNotFound()
    {
        await using var server = await SchoolServer.StartAsync(secondary: true);
        await server.Factory.GiveAsync(server.Setup, Rights.All);

        foreach (var path in (string[])["/ks4", "/ks4/attainment", "/ks4/subjects", "/ks4/subjects/HIS", "/ks4/groups", "/ks4/groups?measure=ks4-attainment8", "/ks4/context", "/ks4/governors", "/ks4/how/ks4-attainment8", "/ks4/how/gcse-average?subject=HIS", "/ks2/how/ks2-rwm"])
        {
            var page = await server.Browser.GetAsync(server.Home + "/reports" + path);
            Assert.Equal((path, HttpStatusCode.OK), (path, page.Status));
            Assert.Contains("No results for Key stage", page.Words(), StringComparison.Ordinal);
        }
        foreach (var path in (string[])["/ks9", "/ks4/subjects/NOTHING", "/ks4/groups?measure=nothing", "/ks4/groups?measure=ks2-rwm", "/ks4/how/nothing", "/ks4/how/ks2-rwm", "/ks4/how/gcse-average", "/ks4/how/gcse-average?subject=NOTHING", "/ks4/how/ks4-attainment8?subject=HIS", "/ks2/how/gcse-average?subject=HIS", "/ks2/subjects", "/ks4?handler=File&format=csv"])
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await server.Browser.GetAsync(server.Home + "/reports" + path)).Status));
    }

    [Fact]
    public async Task Get_HalfTheResults_SaysOfHowManyItSpeaks()
    {
        await using var school = await TablesSchool.StartAsync();
        await TablesSchool.AddAsync(school.Server, "Dogwood", "N", null);
        await TablesSchool.AddAsync(school.Server, "Elm", "N", null);
        await TablesSchool.AddAsync(school.Server, "Fir", "N", null);
        await TablesSchool.BuildAsync(school.Server);
        var leader = await school.Server.Factory.SignInAsync(await school.Server.Data.AddMemberAsync(school.Server.School, WholeSchool));

        var page = await leader.GetAsync(school.Tables);

        Assert.Contains("3 of 6 pupils", page.Text(".ascent-tile"), StringComparison.Ordinal);
        Assert.Contains("17.0", page.Text(".ascent-tile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AGroupOfOne_IsAFigureForPupilLevelAndWithheldFromTheOthers()
    {
        await using var school = await TablesSchool.StartAsync();
        var leader = await school.Server.Factory.SignInAsync(await school.Server.Data.AddMemberAsync(school.Server.School, WholeSchool));
        var governor = await school.Server.Factory.SignInAsync(await school.Server.Data.AddMemberAsync(school.Server.School, Permission.SchoolReports));
        var address = $"{school.Tables}?group=disadvantaged-no";

        Assert.Contains("25.0", (await leader.GetAsync(address)).Text(".ascent-tile"), StringComparison.Ordinal);
        Assert.Contains("1 pupil", (await leader.GetAsync(address)).Text(".ascent-tile"), StringComparison.Ordinal);
        var page = await governor.GetAsync(address);
        Assert.Contains("Too few pupils to show", page.Text(".ascent-tile"), StringComparison.Ordinal);
        Assert.DoesNotContain("25", page.Text(".ascent-tile"), StringComparison.Ordinal);
    }

    // Illustrative England begins in 2023/24, and nothing else is loaded.
    [Fact]
    public async Task Get_AYearWithoutNationalFigures_StandsAloneAndSaysSo()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var id = await server.Data.AddPupilAsync(server.Setup, (PupilField.Surname, "Ash"), (PupilField.Year, "8"), (PupilField.EnrolledOn, "1/9/2019"));
        await server.Data.AddRecordsAsync(server.School.Id, (id, TestData.InFile([TestData.TablesCheck("17", endYear: 2023)])));
        await TablesSchool.BuildAsync(server);

        var page = await server.Browser.GetAsync(server.Home + "/reports/tables");

        Assert.Contains("No national figures are loaded for this year.", page.Words(), StringComparison.Ordinal);
        Assert.Contains("17.0", page.Text(".ascent-tile"), StringComparison.Ordinal);
        Assert.False(page.Has(".ascent-tile__verdict"));
    }

    [Fact]
    public async Task GetPupils_OwnClasses_OffersTheStagesOfOwnPupilsAlone()
    {
        await using var school = await TablesSchool.StartAsync();
        var person = await school.Server.Data.AddMemberAsync(school.Server.School, PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses));
        var younger = await school.Server.Data.AddPupilAsync(school.Server.Setup, (PupilField.Surname, "Younger"), (PupilField.Year, "2"));
        await school.TeachAsync(person, "2A", younger);
        var teacher = await school.Server.Factory.SignInAsync(person);

        // The dashboards of the school are for every reader of reports; names of a stage, for those who know somebody in it.
        Assert.Contains("Multiplication tables check", (await teacher.GetAsync(school.Reports)).Words(), StringComparison.Ordinal);
        var none = await teacher.GetAsync(school.Reports + "/pupils");
        Assert.Contains("None of your pupils has results yet", none.Words(), StringComparison.Ordinal);
        Assert.False(none.Has(".ascent-stagecards"));
        await school.TeachAsync(person, "5A", school.Ash);
        Assert.Equal(["Multiplication tables check"], (await teacher.GetAsync(school.Reports + "/pupils")).Texts(".ascent-stagecards h2"));
    }
}
