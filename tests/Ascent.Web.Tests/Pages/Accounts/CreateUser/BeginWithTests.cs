using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUser;

/// <summary>What the pages about access begin with: the job role, a template, or a colleague's access.</summary>
public sealed class BeginWithTests
{
    private static readonly PermissionSet Tutor = PermissionSet.Of(Permission.ManageData, Permission.SchoolReports, Permission.TrackingMarks).With(Permission.PupilReports, PupilScope.OwnClasses);

    [Fact]
    public async Task Template_Chosen_PreTicksEveryPageSaysWhereFromAndIsNotedOnTheUser()
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddTemplateAsync(server.Setup, "Tutor", Tutor);

        var administration = await RoleAsync(server, form => form.Tick("An access template").Fill("Template", "Tutor"));
        Assert.Contains("Suggested by the template “Tutor”: “Manage data”. Change it as you need.", administration.Words(), StringComparison.Ordinal);
        Assert.Equal(["ManageData"], Ticked(administration));
        var reports = await NextAsync(administration);
        Assert.Equal(["SchoolReports", "PupilReports"], Ticked(reports));
        Assert.True(reports.Document.QuerySelector("input[name=PupilReportsScope][value=OwnClasses]")!.HasAttribute("checked"));
        var tracking = await NextAsync(reports);
        Assert.Equal(["TrackingMarks"], Ticked(tracking));
        var confirm = await NextAsync(tracking);
        Assert.Contains("The answers below began with the template “Tutor”.", confirm.Words(), StringComparison.Ordinal);
        Assert.True((await CreateUserWalk.PressConfirmAsync(confirm)).IsRedirect);

        var made = await MadeAsync(server);
        Assert.Equal((Tutor, id), (made.Permissions, made.TemplateId!.Value));
    }

    [Fact]
    public async Task Colleague_OneFound_PreTicksTheirAccessAndSchoolSetupNeedsThePasswordAsEver()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup, Permission.TrackingAssessments), "Ruth", "Bell");

        var administration = await RoleAsync(server, form => form.Tick("Same access as a colleague").Fill("Search", "ruth b"));
        Assert.Contains("Suggested by the access of Ruth Bell: “School setup & Pupil Tracking”.", administration.Words(), StringComparison.Ordinal);
        Assert.Equal(["SchoolSetup"], Ticked(administration));
        var confirm = await NextAsync(await NextAsync(await NextAsync(administration)));
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.StartsWith("/confirm-password", (await CreateUserWalk.PressConfirmAsync(confirm)).Location, StringComparison.Ordinal);
        Assert.Equal(0, await server.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending)));
    }

    [Fact]
    public async Task Colleague_SchoolSetupFull_IsNotTickedAndThePageSaysWhy()
    {
        await using var server = await SchoolServer.StartAsync();
        for (var i = 0; i < 3; i++)
            await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup), "Ruth", $"Bell{i}");

        var administration = await RoleAsync(server, form => form.Tick("Same access as a colleague").Fill("Search", "ruth bell0"));

        Assert.Contains("“School setup & Pupil Tracking” cannot be ticked, because all seats are taken.", administration.Words(), StringComparison.Ordinal);
        Assert.Empty(Ticked(administration));
    }

    [Fact]
    public async Task Colleague_SeveralFound_AsksWhoIsMeantAndKeepsTheRest()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports), "Sam", "Able");
        await server.Data.InviteAsync(server.Setup, PermissionSet.Of(Permission.TrackingMarks), "Sam", "Baker");
        var closed = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.ManageData), "Sam", "Closed");
        await server.Data.BringAsync(closed, MembershipState.Deactivated, server.Setup);
        await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.ManageData), "Sam", "Elsewhere");
        var role = await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync();

        var page = await role.Form("Teacher").Tick("Teacher").Tick("Same access as a colleague").Fill("Search", "SAM").SubmitAsync();
        Refused.Only(page, ("Colleague", "Choose which colleague is meant"));
        Assert.Equal(["Sam Able", "Sam Baker"], page.Texts("[data-only-for=colleague] .govuk-radios label"));
        Assert.True(page.Form("Teacher").IsTicked("Teacher"));
        var reports = await NextAsync(await (await page.Form("Teacher").Tick("Sam Baker").SubmitAsync()).ArriveAsync());

        Assert.Contains("Nothing here is suggested by the access of Sam Baker.", reports.Words(), StringComparison.Ordinal);
        Assert.Equal(["TrackingMarks"], Ticked(await NextAsync(reports)));
    }

    [Fact]
    public async Task Colleague_NobodyOrSomebodyOfAnotherSchool_IsRefused()
    {
        await using var server = await SchoolServer.StartAsync();
        var stranger = await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.ManageData), "Zed", "Elsewhere");
        var role = await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync();
        HtmlForm Form() => role.Form("Teacher").Tick("Teacher").Tick("Same access as a colleague");

        Refused.Only(await Form().Fill("Search", " ").SubmitAsync(), ("Search", "Type the beginning of the colleague’s name or email address"));
        Refused.At(await Form().Fill("Search", "zed").SubmitAsync(), "Search", "Nobody who is Active or Pending here begins with “zed”");
        // The id alone finds nobody either: it counts among those whom the words find.
        Refused.At(await Form().Fill("Search", "zed").Tamper("Colleague", $"{stranger.MembershipId}").SubmitAsync(), "Search", "Nobody who is Active or Pending here");
    }

    [Fact]
    public async Task Template_OfAnotherSchoolOrDeleted_IsRefusedAtTheField()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddTemplateAsync(server.Setup, "Tutor", Tutor);
        var stranger = await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var theirs = await server.Data.AddTemplateAsync(stranger, "Theirs", Tutor);
        var role = await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync();
        Assert.DoesNotContain("Theirs", role.Body, StringComparison.Ordinal);

        var none = await role.Form("Teacher").Tick("Teacher").Tick("An access template").SubmitAsync();
        Refused.Only(none, ("Template", "Choose the template"));
        var other = await none.Form("Teacher").Drop("Template").Tamper("Template", theirs.ToString()).SubmitAsync();
        Refused.Only(other, ("Template", "This template is not there any more: choose another one"));
    }

    [Fact]
    public async Task Template_DeletedOnTheWay_IsNotSuggestedAnyMoreAndNotNoted()
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddTemplateAsync(server.Setup, "Tutor", Tutor);
        var administration = await RoleAsync(server, form => form.Tick("An access template").Fill("Template", "Tutor"));
        var reports = await NextAsync(administration);
        await server.Factory.Get<Ascent.Accounts.Templates.DeleteTemplate>().ExecuteAsync(id, server.Setup.Actor, CancellationToken.None);

        var again = await server.Browser.GetAsync(reports.Path);
        Assert.Contains("Suggested for teachers:", again.Words(), StringComparison.Ordinal);
        Assert.True((await CreateUserWalk.PressConfirmAsync(await NextAsync(await NextAsync(again)))).IsRedirect);

        Assert.Null((await MadeAsync(server)).TemplateId);
    }

    [Fact]
    public async Task Template_ChosenAfterThePagesWereAnswered_AsksThemAgainWithIt()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddTemplateAsync(server.Setup, "Tutor", Tutor);
        var confirm = await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync();

        var role = await confirm.ClickAsync("Change job role");
        Assert.True(role.Form("Teacher").IsTicked("What is usual for the job role"));
        var next = await (await role.Form("Teacher").Tick("An access template").Fill("Template", "Tutor").SubmitAsync()).ArriveAsync();

        Assert.Contains("/administration?", next.Path, StringComparison.Ordinal);
        Assert.Equal(["ManageData"], Ticked(next));
        // The same choice again asks nothing again.
        confirm = await NextAsync(await NextAsync(await NextAsync(next)));
        role = await confirm.ClickAsync("Change job role");
        Assert.Contains("/confirm?", (await (await role.Form("Teacher").Tick("Governor").SubmitAsync()).ArriveAsync()).Path, StringComparison.Ordinal);
    }

    private static async Task<Page> RoleAsync(SchoolServer server, Func<HtmlForm, HtmlForm> begin)
    {
        var role = await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync();
        return await (await begin(role.Form("Teacher").Tick("Teacher")).SubmitAsync()).ArriveAsync();
    }

    private static async Task<Page> NextAsync(Page page) => await (await page.Form(page.Text("form.ascent-sheet button[type=submit]")).SubmitAsync()).ArriveAsync();

    private static IEnumerable<string> Ticked(Page page) => page.Document.QuerySelectorAll("input[type=checkbox][checked]").Select(b => b.Id!);

    private static Task<Membership> MadeAsync(SchoolServer server) => server.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.State == MembershipState.Pending));
}
