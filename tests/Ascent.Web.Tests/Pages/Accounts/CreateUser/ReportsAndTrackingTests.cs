using System.Net;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUser;

/// <summary>The two pages that ask for access to what the school knows: reports, and Pupil Tracking.</summary>
public sealed class ReportsAndTrackingTests
{
    [Fact]
    public async Task Post_Reports_ChosenBoxesAndScopeAreKept()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await ReportsAsync(server)).Form("SchoolReports");

        var page = await (await form.Tick("SchoolReports").Tick("PupilReports").Tick("Own classes").SubmitAsync()).FollowAsync();

        Assert.Contains("/create/tracking", page.Path, StringComparison.Ordinal);
        Assert.Contains("View pupil-level data & suppressed and sensitive items (own classes)", page.Text(".ascent-steps"), StringComparison.Ordinal);
        var back = (await page.ClickAsync("Back")).Form("SchoolReports");
        Assert.Equal((true, true, true, false), (back.IsTicked("SchoolReports"), back.IsTicked("PupilReports"), back.IsTicked("Own classes"), back.IsTicked("AllCollaborateGroups")));
    }

    [Theory]
    [InlineData("PupilReports", "Pupil-level data needs school-level reports: tick both or neither")]
    [InlineData("AllCollaborateGroups", "Collaborate groups need school-level reports: tick both or neither")]
    public async Task Post_SpecialPermissionWithoutSchoolReports_IsRefusedAtTheChildAndStaysTicked(string child, string words)
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await ReportsAsync(server, "Teaching assistant")).Form("SchoolReports");

        var page = await form.Tick(child).SubmitAsync();

        Refused.Only(page, (child, words));
        Assert.Equal((true, false), (page.Form("SchoolReports").IsTicked(child), page.Form("SchoolReports").IsTicked("SchoolReports")));
    }

    [Fact]
    public async Task Get_Reports_SaysThatSingleGroupsCanBeGivenLater()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await ReportsAsync(server);

        Assert.Contains("You can leave this unticked and give single groups later, in Collaborate administration.", page.Words(), StringComparison.Ordinal);
        Assert.Equal("Special permissions", page.Text("[data-belongs-to=SchoolReports] legend"));
        Assert.Contains("that is no pupil", page.Text("[data-belongs-to=PupilReports]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Everything")]
    [InlineData("7")]
    public async Task Post_ScopeThatIsNotOffered_GivesNothing(string scope)
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await ReportsAsync(server)).Form("SchoolReports").Tick("SchoolReports").Tick("PupilReports");

        var page = await form.Drop("PupilReportsScope").Tamper("PupilReportsScope", scope).SubmitAsync();

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.DoesNotContain("pupil-level", (await server.Browser.GetAsync(page.Path)).Text(".ascent-steps"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Tracking_FourBoxesAreKept()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await TrackingAsync(server)).Form("TrackingMarks");
        foreach (var box in (string[])["TrackingSchoolReports", "TrackingPupilReports", "TrackingAssessments", "TrackingMarks"])
            form.Tick(box);

        var page = await (await form.SubmitAsync()).FollowAsync();

        Assert.Equal("Confirm and finish", page.Heading);
        Assert.Equal(["View school/class-level reports", "View pupil-level reports", "Create and edit assessments (and create custom School Groups)", "Add pupil assessment data"],
            page.Document.QuerySelectorAll(".govuk-summary-list__row").Single(r => r.TextContent.Contains("Access to Pupil Tracking", StringComparison.Ordinal))
                .QuerySelectorAll("dd p").Select(p => p.TextContent));
    }

    [Fact]
    public async Task Get_Tracking_HasTheTwoHeadingsOfTheSpecification()
    {
        await using var server = await SchoolServer.StartAsync();

        Assert.Equal(["Viewing Reports", "Assessment administration"], (await TrackingAsync(server)).Texts("legend.govuk-fieldset__legend--m"));
    }

    [Fact]
    public async Task Get_TrackingOfSecondary_DoesNotExist()
    {
        await using var server = await SchoolServer.StartAsync(secondary: true);
        var walk = new CreateUserWalk(server.Browser, server.School.Code);
        var confirm = await walk.ConfirmAsync();

        Assert.Equal("Confirm and finish", confirm.Heading);
        Assert.DoesNotContain("Tracking", confirm.Words(), StringComparison.Ordinal);
        foreach (var address in (string[])[walk.Step("tracking"), $"{walk.Step("tracking")}?j={CreateUserWalk.Id(confirm)}"])
            Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync(address)).Status);
        // Posted all the same, with the right token.
        var form = confirm.Form("Confirm and finish");
        form.Element.SetAttribute("action", $"{walk.Step("tracking")}?j={CreateUserWalk.Id(confirm)}");
        Assert.Equal(HttpStatusCode.NotFound, (await form.Tamper("TrackingMarks", "true").SubmitAsync()).Status);
    }

    private static async Task<Page> ReportsAsync(SchoolServer server, string role = "Governor") =>
        await (await (await new CreateUserWalk(server.Browser, server.School.Code).RoleAsync(role)).Form("Next").SubmitAsync()).FollowAsync();

    private static async Task<Page> TrackingAsync(SchoolServer server) => await (await (await ReportsAsync(server)).Form("Next").SubmitAsync()).FollowAsync();
}
