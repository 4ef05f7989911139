using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUser;

public sealed class ConfirmTests
{
    private static readonly string[] Steps = ["about", "role", "administration", "reports", "tracking", "confirm", "end-date"];

    [Fact]
    public async Task Get_Answers_AreToldInWordsWithTheirEffect()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync("Teacher", "hannah.moss@school.example", "ManageData", "SchoolReports", "TrackingMarks");

        Assert.Equal(
            [("Name", "Hannah Moss"), ("Email address", "hannah.moss@school.example"), ("Job role", "Teacher"),
                ("Administration", "Manage data Includes pupils’ records. Takes seat 1 of 6."),
                ("Access to reports", "View school-level reports No Collaborate group. Single groups can be given later, in Collaborate administration."),
                ("Access to Pupil Tracking", "Add pupil assessment data"), ("Access ends", "No end date")],
            page.Document.QuerySelectorAll(".govuk-summary-list__row").Select(r => (Tidy(r.Children[0].TextContent), Tidy(r.Children[1].TextContent))));
        Assert.Equal(
            ["import and delete pupils, assign them to subjects; this includes pupils’ records", "see every dashboard at school level", "add pupil assessment data"],
            page.Texts(".ascent-marks:not(.ascent-marks--not) li"));
        Assert.Contains("see anything of another school", page.Texts(".ascent-marks--not li"));
        Assert.Equal(["Home", "Reports: School level", "Targets", "Tracking: Marks", "Data", "Pupils & classes"],
            page.Document.QuerySelectorAll(".ascent-preview li").Select(li => Tidy(li.FirstChild!.TextContent)));
        Assert.Equal(0, await server.CountAsync<Invitation>());
    }

    [Fact]
    public async Task Get_NothingTicked_Warns()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync();

        Assert.Contains("Nothing is ticked: Hannah will be able to sign in and to open Home, and nothing else.", page.Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "about")]
    [InlineData("email address", "about")]
    [InlineData("job role", "role")]
    [InlineData("Administration", "administration")]
    [InlineData("Access to reports", "reports")]
    [InlineData("Access to Pupil Tracking", "tracking")]
    [InlineData("end date", "end-date")]
    public async Task Change_AnyAnswer_ComesBackToConfirm(string row, string step)
    {
        await using var server = await SchoolServer.StartAsync();
        var confirm = await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync();

        var page = await confirm.ClickAsync($"Change {row}");

        Assert.Contains($"/create/{step}?", page.Path, StringComparison.Ordinal);
        Assert.Equal("Save and go back to confirm", page.Text("form.ascent-sheet button[type=submit]"));
        Assert.Contains("/create/confirm?", page.Link("Back"), StringComparison.Ordinal);
        Assert.Contains("/create/confirm?", (await page.Form("Save and go back to confirm").SubmitAsync()).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Confirm_MakesThePersonAndOpensPendingUsersWithTheNextStep()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.InviteAsync(server.Setup, PermissionSet.None, "Older", "Pending");
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(1));

        var answer = await new CreateUserWalk(server.Browser, server.School.Code).FinishAsync("Teacher", "hannah.moss@school.example", "SchoolReports", "TrackingMarks");
        var page = await answer.FollowAsync();

        Assert.Equal("Pending users", page.Heading);
        Assert.Contains("Next: give Hannah Moss the activation code", page.Text(".govuk-notification-banner"), StringComparison.Ordinal);
        Assert.StartsWith("Hannah Moss New", page.Text("tbody tr:first-child th"), StringComparison.Ordinal);
        var made = await server.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.State == MembershipState.Pending && m.JobRole == JobRole.Teacher && m.PermissionBits != 0));
        Assert.Equal((PermissionSet.Of(Permission.SchoolReports, Permission.TrackingMarks), server.Setup.AccountId), (made.Permissions, made.CreatedById!.Value));
        Assert.Equal("{}", await server.ReadAsync(db => db.Set<Journey>().Select(j => j.State).SingleAsync()));
    }

    [Fact]
    public async Task Post_ConfirmTwice_MakesOnePersonAndLeadsToTheSamePage()
    {
        await using var server = await SchoolServer.StartAsync();
        var confirm = await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync();

        var first = await CreateUserWalk.PressConfirmAsync(confirm);
        var second = await CreateUserWalk.PressConfirmAsync(confirm);

        Assert.Equal(first.Location, second.Location);
        await OnePersonAsync(server);
    }

    [Fact]
    public async Task Post_ConfirmAtTheSameMoment_MakesOnePersonAndLeadsToTheSamePage()
    {
        await using var server = await SchoolServer.StartAsync();
        for (var round = 0; round < 5; round++)
        {
            var pages = new List<Page> { await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync("Teacher", $"hannah{round}@school.example", round < 3 ? ["SchoolSetup"] : []) };
            while (pages.Count < 4)
                pages.Add(await server.Browser.GetAsync(pages[0].Path));

            var answers = await Task.WhenAll(pages.Select(CreateUserWalk.PressConfirmAsync));

            Assert.Single(answers.Select(a => a.Location).Distinct());
            Assert.Contains("?created=", answers[0].Location, StringComparison.Ordinal);
            await OnePersonAsync(server, round + 1);
        }
        Assert.Equal(4, await server.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.HolderId != null)));
    }

    [Fact]
    public async Task Get_AnyStepAfterFinishing_LeadsToTheResult()
    {
        await using var server = await SchoolServer.StartAsync();
        var walk = new CreateUserWalk(server.Browser, server.School.Code);
        var confirm = await walk.ConfirmAsync();
        var result = (await CreateUserWalk.PressConfirmAsync(confirm)).Location;

        foreach (var step in Steps)
            Assert.Equal(result, (await server.Browser.GetAsync($"{walk.Step(step)}?j={CreateUserWalk.Id(confirm)}")).Location);
    }

    [Fact]
    public async Task Post_LastSeatWentMeanwhile_SaysSoAndKeepsAllAnswers()
    {
        await using var server = await SchoolServer.StartAsync();
        for (var i = 0; i < 2; i++)
            await server.Data.AddMemberAsync(server.School, Permission.SchoolSetup);
        var confirm = await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync("Governor", "hannah.moss@school.example", "SchoolSetup", "SchoolReports");
        Assert.Contains("Takes the last of 4 seats.", confirm.Words(), StringComparison.Ordinal);
        var fourth = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup), "Quick", "Taker");

        var page = await CreateUserWalk.PressConfirmAsync(confirm);

        Assert.Equal("Error: Confirm and finish – Create a single user – Ascent", page.Title);
        Assert.Equal("Nobody has been created yet", page.Text(".govuk-error-summary h2"));
        Assert.StartsWith("All 4 School setup & Pupil Tracking seats are taken: Amara Okafor, ", page.Errors.Single(), StringComparison.Ordinal);
        Assert.Contains(fourth.FullName, page.Errors[0], StringComparison.Ordinal);
        Assert.Contains("All 4 seats have been taken meanwhile: this cannot be given now.", page.Words(), StringComparison.Ordinal);
        Assert.Contains("hannah.moss@school.example", page.Words(), StringComparison.Ordinal);
        // The summary's link is the way to change the answer, and from there the person is made.
        var administration = await page.ClickAsync("All 4 School setup");
        var again = await (await administration.Form("SchoolSetup").Untick("SchoolSetup").SubmitAsync()).FollowAsync();
        Assert.Contains("View school-level reports", again.Words(), StringComparison.Ordinal);
        Assert.Contains("?created=", (await CreateUserWalk.PressConfirmAsync(again)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AddressTakenMeanwhile_SaysSoAtThePersonsPage()
    {
        await using var server = await SchoolServer.StartAsync();
        var confirm = await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync();
        await server.Data.InviteAsync(server.Setup, PermissionSet.None, "Other", "Hand", "HANNAH.moss@school.example");

        var page = await CreateUserWalk.PressConfirmAsync(confirm);

        Assert.StartsWith("Other Hand has this email address and is in this school already", page.Errors.Single(), StringComparison.Ordinal);
        Assert.Contains("/create/about?", page.Link("Other Hand has this"), StringComparison.Ordinal);
        await OnePersonAsync(server);
    }

    [Fact]
    [Asvs("15.3.3", "Fields that a form does not have are ignored.")]
    public async Task Post_FieldsThatTheFormDoesNotHave_AreIgnored()
    {
        await using var server = await SchoolServer.StartAsync();
        var other = await server.Data.AddSecondaryAsync();
        var form = (await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync()).Form("Confirm and finish");
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["PermissionBits"] = "511", ["Permissions.Bits"] = "511", ["SchoolSetup"] = "true", ["State"] = "Active", ["OrganisationId"] = other.Id.ToString(), ["School.Urn"] = other.Code,
            ["Email"] = "eve@school.example", ["Forename"] = "Eve", ["Answers.Email"] = "eve@school.example", ["Answers.PermissionBits"] = "511", ["EndsOn"] = "2030-01-01",
            ["CreatedById"] = other.Id.ToString(), ["urn"] = other.Code, ["Journey.Id"] = other.Id.ToString(), ["AccountId"] = server.Setup.AccountId.ToString(),
        })
            form.Tamper(name, value);

        await form.SubmitAsync();

        var (made, invitation) = (await server.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.State == MembershipState.Pending)), await server.ReadAsync(db => db.Set<Invitation>().SingleAsync()));
        Assert.Equal((server.School.Id, PermissionSet.None, null, server.Setup.AccountId), (made.OrganisationId, made.Permissions, made.EndsOn, made.CreatedById!.Value));
        Assert.Equal(("Hannah", "hannah.moss@school.example"), (invitation.Forename, invitation.Email));
    }

    private static async Task OnePersonAsync(SchoolServer server, int times = 1)
    {
        Assert.Equal(times, await server.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending)));
        Assert.Equal((times, times), (await server.CountAsync<Invitation>(), await server.CountAsync<OutboxMail>()));
        Assert.Equal(times, await server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "user-created")));
    }

    private static string Tidy(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
