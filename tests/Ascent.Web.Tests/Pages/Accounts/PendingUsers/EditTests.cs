using System.Net;
using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.PendingUsers;

public sealed class EditTests
{
    [Fact]
    public async Task Save_FirstShowsBeforeAndAfterThenSavesExactlyThat()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await factory.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolReports), "Tom", "Reed");
        var browser = await factory.SignInAsync(setup);

        var page = await (await browser.GetAsync($"{List(setup)}?sort=name")).ClickAsync("Edit access");
        Assert.Equal("Edit Tom Reed", page.Heading);
        Assert.Equal(("Teacher", true, false), (page.Form("Version").Value("JobRole"), page.Form("Version").IsTicked("SchoolReports"), page.Form("Version").IsTicked("PupilReports")));
        page = await page.Form("Version").Fill("JobRole", "Other").Fill("OtherRole", " Librarian ").Tick("SchoolSetup").Tick("PupilReports").Tick("Own classes")
            .Fill("EndsOn.Day", "31").Fill("EndsOn.Month", "8").Fill("EndsOn.Year", "2027").SubmitAsync("Save");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(
            ["Job role was Teacher becomes Librarian", "School setup & Pupil Tracking was no becomes yes", "Manage data was no becomes yes, with School setup",
                "View pupil-level data & suppressed and sensitive items was no becomes own classes", "End date was none becomes 31 August 2027"],
            page.Texts(".ascent-diff__row"));
        Assert.Equal(JobRole.Teacher, (await MembershipAsync(factory, pending)).JobRole);

        var saved = await page.Form("Version").SubmitAsync("Save 5 changes");
        Assert.Equal($"{List(setup)}?changed={pending.MembershipId:N}&sort=name", saved.Location);
        Assert.Equal("The access of Tom Reed is changed", (await saved.FollowAsync()).Text(".govuk-notification-banner__heading"));
        var membership = await MembershipAsync(factory, pending);
        Assert.Equal(("Librarian", new DateOnly(2027, 8, 31), PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses)),
            (membership.OtherRole, membership.EndsOn!.Value, membership.Permissions));
    }

    [Fact]
    public async Task Save_ChangedAgainAfterTheReview_IsReviewedAgain()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await factory.Data.InviteAsync(setup);
        var page = await OpenAsync(factory, setup, pending);

        page = await page.Form("Version").Tick("SchoolReports").SubmitAsync("Save");
        page = await page.Form("Version").Tick("TrackingMarks").SubmitAsync("Save 1 change");

        Assert.Equal(2, page.Texts(".ascent-diff__row").Count);
        Assert.True((await MembershipAsync(factory, pending)).Permissions.IsEmpty);
        Assert.True((await page.Form("Version").SubmitAsync("Save 2 changes")).IsRedirect);
    }

    [Fact]
    public async Task Save_NothingChanged_SaysSo()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await factory.Data.InviteAsync(setup);

        var page = await (await OpenAsync(factory, setup, pending)).Form("Version").SubmitAsync("Save");

        Assert.Contains("Nothing is changed, so there is nothing to save.", page.Text("#Review"), StringComparison.Ordinal);
        Assert.Equal(0, (await MembershipAsync(factory, pending)).Version);
    }

    [Fact]
    public async Task Save_WrongAnswers_AreToldAtTheFieldsAndNothingTypedIsLost()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await factory.Data.InviteAsync(setup);

        var page = await (await OpenAsync(factory, setup, pending)).Form("Version").Fill("JobRole", "Other").Tick("PupilReports")
            .Fill("EndsOn.Day", "31").Fill("EndsOn.Month", "2").Fill("EndsOn.Year", "2027").SubmitAsync("Save");

        Assert.Equal(["Say which role it is", "Pupil-level data needs school-level reports: tick both or neither", "Enter a day that exists, such as 31 8 2027, or leave all three boxes empty"], page.Errors);
        Assert.Equal(["#OtherRole", "#PupilReports", "#EndsOn-day"], page.Document.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.GetAttribute("href")!));
        Assert.All(page.Document.QuerySelectorAll(".govuk-error-summary__list a"), a => Assert.NotNull(page.Document.QuerySelector(a.GetAttribute("href")!)));
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        var form = page.Form("Version");
        Assert.Equal(("Other", true, "31", "2", "2027"), (form.Value("JobRole"), form.IsTicked("PupilReports"), form.Value("EndsOn.Day"), form.Value("EndsOn.Month"), form.Value("EndsOn.Year")));
    }

    [Fact]
    public async Task Save_StaleForm_ShowsBothVersionsAndTheNextSaveSavesTheOwn()
    {
        await using var factory = await AscentFactory.StartAsync();
        var school = await factory.Data.AddPrimaryAsync();
        var ruth = await factory.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        var setup = await factory.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var pending = await factory.Data.InviteAsync(setup);
        var page = await (await OpenAsync(factory, setup, pending)).Form("Version").Fill("JobRole", "Governor").SubmitAsync("Save");
        await factory.Get<ChangeAccess>().ExecuteAsync(new(pending.MembershipId, 0, JobRole.Senco, null, PermissionSet.Of(Permission.SchoolReports), null), ruth.Actor, CancellationToken.None);

        page = await page.Form("Version").SubmitAsync("Save 1 change");

        Assert.StartsWith("Ruth Bell changed this access while your form was open", Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Equal("#Review", page.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));
        Assert.Equal(["Job role is now SENCO you chose Governor", "View school-level reports is now yes you chose no"], page.Texts(".ascent-diff__row"));
        Assert.Equal("Governor", page.Form("Version").Value("JobRole"));
        Assert.Equal(JobRole.Senco, (await MembershipAsync(factory, pending)).JobRole);

        Assert.True((await page.Form("Version").SubmitAsync("Save 2 changes")).IsRedirect);
        Assert.Equal(JobRole.Governor, (await MembershipAsync(factory, pending)).JobRole);
    }

    [Fact]
    public async Task Save_SeatsWentMeanwhile_IsRefusedAtTheBoxWithTheNames()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        var pending = await factory.Data.InviteAsync(setup);
        var page = await (await OpenAsync(factory, setup, pending)).Form("Version").Fill("JobRole", "Senco").Tick("SchoolSetup").SubmitAsync("Save");
        for (var i = 0; i < 3; i++)
            await factory.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup), "Gus", $"Hill{i}");

        page = await page.Form("Version").SubmitAsync("Save 3 changes");

        Assert.StartsWith("All 4 School setup & Pupil Tracking seats are taken: Ruth Bell", Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Equal((true, "Senco"), (page.Form("Version").IsTicked("SchoolSetup"), page.Form("Version").Value("JobRole")));
        Assert.Equal(JobRole.Teacher, (await MembershipAsync(factory, pending)).JobRole);
        // From the list again, the box is closed with the reason and the names.
        page = await OpenAsync(factory, setup, pending);
        Assert.True(page.Has("#SchoolSetup[disabled]"));
        Assert.Contains("Gus Hill0 (pending)", page.Text("#setup-reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SchoolWithoutPupilTracking_DoesNotAskForIt()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddSecondaryAsync(), Permission.SchoolSetup);
        var pending = await factory.Data.InviteAsync(setup);
        var page = await OpenAsync(factory, setup, pending);

        Assert.False(page.Has("#TrackingMarks"));
        page = await page.Form("Version").Tamper("TrackingMarks", "true").SubmitAsync("Save");
        Assert.Equal(["This school has no Pupil Tracking"], page.Errors);
    }

    [Fact]
    [Asvs("15.3.3", "Fields that a form does not have are ignored.")]
    public async Task Save_FieldsThatTheFormDoesNotHave_AreIgnored()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await factory.Data.InviteAsync(setup, default, "Tom", "Reed", "tom@school.example");
        var page = await OpenAsync(factory, setup, pending);

        page = await page.Form("Version").Tick("SchoolReports").Tamper("Forename", "Eve").Tamper("Email", "eve@evil.example").Tamper("Context.MembershipId", setup.MembershipId.ToString())
            .Tamper("State", "Active").SubmitAsync("Save");
        Assert.True((await page.Form("Version").SubmitAsync("Save 1 change")).IsRedirect);

        var row = Assert.Single((await factory.Get<ListPendingUsers>().ExecuteAsync(setup.Actor, null, CancellationToken.None)).Rows);
        Assert.Equal(("Tom Reed", "tom@school.example", PermissionSet.Of(Permission.SchoolReports)), (row.FullName, row.Email, row.Permissions));
    }

    [Fact]
    public async Task Save_PersonSignedUpMeanwhile_IsSaidInWords()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await factory.Data.InviteAsync(setup, default, "Tom", "Reed");
        var page = await OpenAsync(factory, setup, pending);
        await factory.Get<ActivateMembership>().ExecuteAsync(
            new(await factory.Data.TokenOfAsync(pending.MembershipId), await factory.Data.CodeOfAsync(pending.MembershipId), TestData.Password, null), CancellationToken.None);

        page = await page.Form("Version").Tick("SchoolReports").SubmitAsync("Save");

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("Tom Reed has signed up meanwhile and is not pending any more. Nothing was saved.", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_OtherSchoolsPersonOrNoRight_IsNotFoundOrRefused()
    {
        await using var factory = await AscentFactory.StartAsync();
        var school = await factory.Data.AddPrimaryAsync();
        var setup = await factory.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var reader = await factory.Data.AddMemberAsync(school, Permission.SchoolReports);
        var pending = await factory.Data.InviteAsync(setup);
        var elsewhere = await factory.Data.InviteAsync(await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup));
        var browser = await factory.SignInAsync(setup);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{List(setup)}/{elsewhere.MembershipId:N}/edit")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{List(setup)}/{Guid.Empty}/edit")).Status);
        var form = (await OpenAsync(factory, setup, pending)).Form("Version");
        form.Element.SetAttribute("action", $"{List(setup)}/{elsewhere.MembershipId:N}/edit");
        Assert.Equal(HttpStatusCode.NotFound, (await form.Tick("SchoolReports").SubmitAsync("Save")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await factory.SignInAsync(reader)).GetAsync($"{List(setup)}/{pending.MembershipId:N}/edit")).Status);
        Assert.Equal(0, (await MembershipAsync(factory, elsewhere)).Version);
    }

    [Fact]
    public async Task PostReview_ForTheScript_AnswersWithBeforeAndAfterAndSavesNothing()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await factory.Data.InviteAsync(setup);
        var page = await OpenAsync(factory, setup, pending);
        var form = page.Form("Version").Tick("SchoolReports");
        form.Element.SetAttribute("action", form.Element.GetAttribute("data-review")!);

        var review = await form.SubmitAsync("Save");

        Assert.False(review.Has("h1"));
        Assert.Equal(("Save 1 change", 1), (review.Document.QuerySelector("[data-save]")!.GetAttribute("data-save"), review.Texts(".ascent-diff__row").Count));
        Assert.True((await MembershipAsync(factory, pending)).Permissions.IsEmpty);
    }

    private static async Task<Page> OpenAsync(AscentFactory factory, TestMember by, TestMember pending) =>
        await (await factory.SignInAsync(by)).GetAsync($"{List(by)}/{pending.MembershipId:N}/edit");

    private static string List(TestMember member) => $"/schools/{member.School.Code}/users/pending";

    private static Task<Membership> MembershipAsync(AscentFactory factory, TestMember of) =>
        factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<Membership>().SingleAsync(m => m.Id == of.MembershipId));
}
