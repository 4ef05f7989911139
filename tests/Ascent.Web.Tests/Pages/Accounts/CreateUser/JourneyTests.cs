using Ascent.Accounts;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUser;

/// <summary>What holds for every step: the order of the pages, whose answers they are, and how long they are kept.</summary>
public sealed class JourneyTests
{
    [Fact]
    [Asvs("2.3.1", "A step ahead leads to the first question without an answer.")]
    public async Task Get_StepAhead_LeadsToTheFirstQuestionWithoutAnswer()
    {
        await using var server = await SchoolServer.StartAsync();
        var walk = new CreateUserWalk(server.Browser, server.School.Code);
        var id = CreateUserWalk.Id(await walk.AboutAsync());

        foreach (var step in (string[])["administration", "reports", "tracking", "confirm", "end-date"])
            Assert.Equal($"{walk.Step("role")}?j={id}", (await server.Browser.GetAsync($"{walk.Step(step)}?j={id}")).Location);
    }

    [Fact]
    [Asvs("2.3.1", "Confirming before everything is answered does nothing.")]
    public async Task Post_ConfirmAhead_MakesNobody()
    {
        await using var server = await SchoolServer.StartAsync();
        var walk = new CreateUserWalk(server.Browser, server.School.Code);
        var role = await walk.AboutAsync();
        var form = role.Form("Teacher");
        form.Element.SetAttribute("action", $"{walk.Step("confirm")}?j={CreateUserWalk.Id(role)}");

        var page = await form.SubmitAsync();

        Assert.Equal($"{walk.Step("role")}?j={CreateUserWalk.Id(role)}", page.Location);
        Assert.Equal(0, await server.CountAsync<Invitation>());
    }

    [Fact]
    public async Task Get_StepWithoutId_BeginsAnew()
    {
        await using var server = await SchoolServer.StartAsync();
        var walk = new CreateUserWalk(server.Browser, server.School.Code);

        foreach (var step in (string[])["role", "administration", "reports", "tracking", "confirm", "end-date"])
            foreach (var id in (string[])["", "?j=", "?j=nonsense", $"?j={server.School.Id:N}", "?j=00000000000000000000000000000000"])
                await BeginsAnewAsync(server.Browser, walk.Step(step) + id);
        await BeginsAnewAsync(server.Browser, $"{walk.Step("about")}?j={server.School.Id:N}");
    }

    [Fact]
    public async Task Get_AnotherPersonsId_BeginsAnewAndShowsNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var walk = new CreateUserWalk(server.Browser, server.School.Code);
        var mine = await walk.ConfirmAsync();
        var colleague = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, Permission.SchoolSetup));

        foreach (var step in (string[])["about", "role", "confirm"])
            await BeginsAnewAsync(colleague, $"{walk.Step(step)}?j={CreateUserWalk.Id(mine)}");
        // Posted by the colleague, too: the answers stay their owner's, and nobody is made.
        var theirs = (await new CreateUserWalk(colleague, server.School.Code).ConfirmAsync(email: "theirs@school.example")).Form("Confirm and finish");
        theirs.Element.SetAttribute("action", mine.Path);
        Assert.Equal(walk.Step("about") + "?expired=1", (await theirs.SubmitAsync()).Location);
        Assert.Equal(0, await server.CountAsync<Invitation>());
    }

    [Fact]
    public async Task Get_OwnIdInAnotherSchool_BeginsAnew()
    {
        await using var server = await SchoolServer.StartAsync();
        var other = await server.Data.AddPrimaryAsync();
        await server.Data.AddMemberAsync(other, PermissionSet.Of(Permission.SchoolSetup), account: server.Setup);
        var id = CreateUserWalk.Id(await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync());

        foreach (var step in (string[])["about", "role", "confirm"])
            await BeginsAnewAsync(server.Browser, $"/schools/{other.Code}/users/create/{step}?j={id}");
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(24, false)]
    public async Task Get_AfterHours_AnswersAreKeptForADay(int hours, bool kept)
    {
        await using var server = await SchoolServer.StartAsync();
        var role = (await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync()).Path;

        server.Factory.Clock.Advance(TimeSpan.FromHours(hours));
        await server.SignInAgainAsync();

        if (kept)
            Assert.Contains("Hannah’s job role", (await server.Browser.GetAsync(role)).Words(), StringComparison.Ordinal);
        else
            await BeginsAnewAsync(server.Browser, role);
    }

    [Fact]
    public async Task Post_TwoTabs_DoNotMix()
    {
        await using var server = await SchoolServer.StartAsync();
        var walk = new CreateUserWalk(server.Browser, server.School.Code);
        var (first, second) = (await walk.AboutAsync("Ann", "First", "ann@school.example"), await walk.AboutAsync("Bob", "Second", "bob@school.example"));

        first = await (await first.Form("Teacher").Tick("Governor").SubmitAsync()).FollowAsync();
        second = await (await second.Form("Teacher").Tick("SENCO").SubmitAsync()).FollowAsync();
        first = await (await first.Form("SchoolSetup").Tick("SchoolSetup").SubmitAsync()).FollowAsync();
        second = await (await second.Form("SchoolSetup").SubmitAsync()).FollowAsync();

        Assert.Contains("ann@school.example", first.Text(".ascent-steps"), StringComparison.Ordinal);
        Assert.Contains("Governor", first.Text(".ascent-steps"), StringComparison.Ordinal);
        Assert.Contains("School setup", first.Text(".ascent-steps"), StringComparison.Ordinal);
        Assert.Contains("bob@school.example", second.Text(".ascent-steps"), StringComparison.Ordinal);
        Assert.Contains("SENCO", second.Text(".ascent-steps"), StringComparison.Ordinal);
        Assert.DoesNotContain("School setup", second.Text(".ascent-steps"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_InTheMiddle_LosesNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var reports = await (await (await new CreateUserWalk(server.Browser, server.School.Code).RoleAsync("Governor")).Form("SchoolSetup").Tick("ManageData").SubmitAsync()).FollowAsync();
        var open = reports.Form("SchoolReports");

        await server.RestartAsync();

        // The page that was open before is posted after: same session, same form token, same answers.
        var answer = await server.Browser.GetAsync(reports.Path);
        Assert.True(answer.Form("SchoolReports").IsTicked("SchoolReports"));
        answer.Form("SchoolReports").Tamper("form", open.Value("form")!);
        var tracking = await (await answer.Form("SchoolReports").SubmitAsync()).FollowAsync();
        var confirm = await (await tracking.Form("TrackingMarks").SubmitAsync()).FollowAsync();
        Assert.Contains("Manage data", confirm.Words(), StringComparison.Ordinal);
        Assert.Contains("?created=", (await CreateUserWalk.PressConfirmAsync(confirm)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_RightTakenAwayInTheMiddle_IsDeniedAtOnce()
    {
        await using var server = await SchoolServer.StartAsync();
        var confirm = await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync();

        await server.Factory.GiveAsync(server.Setup, PermissionSet.Of(Permission.SchoolReports));

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await CreateUserWalk.PressConfirmAsync(confirm)).Status);
        Assert.Equal(0, await server.CountAsync<Invitation>());
    }

    [Fact]
    public async Task Back_FromEachPage_LeadsToThePageBefore()
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync();

        foreach (var step in (string[])["tracking", "reports", "administration", "role", "about"])
        {
            page = await page.ClickAsync("Back");
            Assert.Contains($"/create/{step}?j=", page.Path, StringComparison.Ordinal);
        }
        Assert.Equal(server.Home + "/users", page.Link("Back"));
        // Forward again: every answer still stands, and nothing had to be typed anew.
        while (!page.Path.Contains("/confirm", StringComparison.Ordinal))
            page = await (await page.Form("Next").SubmitAsync()).FollowAsync();
        Assert.Contains("Hannah Moss", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journey_Database_HoldsNoPasswordAndOneRowForAPerson()
    {
        await using var server = await SchoolServer.StartAsync();
        await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync();

        var journey = await server.ReadAsync(db => db.Set<Journey>().SingleAsync());
        Assert.Equal("about role administration reports tracking", journey.Path);
        Assert.DoesNotContain("assword", journey.State, StringComparison.Ordinal);
        Assert.Equal(1, await server.ReadAsync(db => db.Set<Account>().CountAsync()));
    }

    private static async Task BeginsAnewAsync(Browser browser, string address)
    {
        var answer = await browser.GetAsync(address);
        Assert.True(answer.IsRedirect && answer.Location.EndsWith("/users/create/about?expired=1", StringComparison.Ordinal), $"{address}: {answer.Summary}");
        var page = await answer.FollowAsync();
        Assert.Contains("answers are kept for 24 hours", page.Text(".govuk-inset-text"), StringComparison.Ordinal);
        Assert.Equal("", page.Form("Forename").Value("Forename"));
    }
}
