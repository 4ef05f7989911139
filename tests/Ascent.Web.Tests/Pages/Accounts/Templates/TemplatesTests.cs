using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.Templates;

public sealed class TemplatesTests
{
    private static readonly PermissionSet Teacher = PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses);

    [Fact]
    public async Task Add_FromTheEmptyList_KeepsTheSetAndSaysThatNobodyChanged()
    {
        await using var server = await SchoolServer.StartAsync();
        var empty = await server.Browser.GetAsync(server.Home + "/users/templates");
        Assert.Contains("No templates yet", empty.Words(), StringComparison.Ordinal);

        var add = await empty.ClickAsync("Add a template");
        var shown = await (await add.Form("Name").Fill("Name", "Class teacher").Tick("SchoolReports").Tick("PupilReports").Tick("Own classes").SubmitAsync("Add the template")).ArriveAsync();

        Assert.Equal(("Class teacher", "The template is there to be given"), (shown.Heading, shown.Text(".govuk-notification-banner__heading")));
        Assert.Equal(Teacher, (await OneAsync(server)).Permissions);
        var list = await server.Browser.GetAsync(server.Home + "/users/templates");
        Assert.Equal(["Class teacher", "ReportsPupil names, own classes", "Nobody yet"], [list.Text("tbody th"), .. list.Texts("tbody td").Skip(1).Take(2)]);
    }

    [Fact]
    public async Task Add_WrongBoxesAndName_IsRefusedAtEachAndKeepsWhatWasTyped()
    {
        await using var server = await SchoolServer.StartAsync();
        var add = await server.Browser.GetAsync(server.Home + "/users/templates/add");

        var page = await add.Form("Name").Fill("Name", "").Tick("AllCollaborateGroups").SubmitAsync("Add the template");
        Refused.Only(page, ("Name", "Enter a name, such as Class teacher"), ("AllCollaborateGroups", "Collaborate groups need school-level reports: tick both or neither"));
        Assert.True(page.Form("Name").IsTicked("AllCollaborateGroups"));
        page = await page.Form("Name").Fill("Name", "<b>Govs</b>").Untick("AllCollaborateGroups").SubmitAsync("Add the template");
        Refused.At(page, "SchoolSetup", "Tick at least one permission");
        Assert.Equal("<b>Govs</b>", page.Form("Name").Value("Name"));
        // A scope that does not exist must not become the wider one.
        Assert.Equal(HttpStatusCode.BadRequest, (await add.Form("Name").Fill("Name", "X").Tick("SchoolReports").Tick("PupilReports").Drop("PupilReportsScope").Tamper("PupilReportsScope", "Everything").SubmitAsync()).Status);
        Assert.Equal(0, await server.ReadAsync(db => db.Set<AccessTemplate>().CountAsync()));
    }

    [Fact]
    public async Task Change_WithPeople_TicksNobodyFirstAndChangesOnlyTheTicked()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, tom, una) = await GivenAsync(server);

        var review = await ChangeAsync(server, id).ContinueWithAsync(p => p.Form("Version").Tick("TrackingMarks").SubmitAsync("Save"));
        Assert.Equal(["Add pupil assessment data was no becomes yes"], review.Texts(".ascent-diff__row"));
        Assert.Equal(["Una Lee Teacher", "Tom Reed Teacher"], review.Texts("tbody th"));
        Assert.False(review.Has("tbody input[checked]"));
        Assert.Equal(Teacher, (await OneAsync(server)).Permissions);
        var box = review.Document.QuerySelector("tbody input[aria-label='Select Tom Reed']")!.Id!;
        var saved = await (await review.Form("Version").Tick(box).SubmitAsync("Save, for those ticked")).ArriveAsync();

        Assert.Equal("1 person has been given the template", saved.Text(".govuk-notification-banner__heading"));
        Assert.Equal(["Una Lee Teacher", "Tom Reed Teacher"], saved.Texts("tbody th"));
        Assert.Equal(["Was given it, differs now", "Holds it"], saved.Texts("tbody td:nth-of-type(2)"));
        Assert.Equal((Teacher.With(Permission.TrackingMarks), Teacher), ((await MembershipAsync(server, tom)).Permissions, (await MembershipAsync(server, una)).Permissions));
    }

    [Fact]
    public async Task Change_NobodyTicked_ChangesTheTemplateAlone()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, tom, _) = await GivenAsync(server);

        var review = await ChangeAsync(server, id).ContinueWithAsync(p => p.Form("Version").Fill("Name", "Teacher of a class").Tick("TrackingMarks").SubmitAsync("Save"));
        var saved = await (await review.Form("Version").SubmitAsync("Save, for those ticked")).ArriveAsync();

        Assert.Equal(("Teacher of a class", "The template is changed, and nobody’s access"), (saved.Heading, saved.Text(".govuk-notification-banner__heading")));
        Assert.Equal(Teacher, (await MembershipAsync(server, tom)).Permissions);
    }

    [Fact]
    public async Task Change_TickAllWithoutScript_TicksWhoWasGivenItAndSavesNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, tom, una) = await GivenAsync(server);
        await server.Factory.Get<ChangeTemplate>().ExecuteAsync(new(id, 0, "Class teacher", Teacher.With(Permission.TrackingMarks), []), server.Setup.Actor, CancellationToken.None);
        await server.Data.AddMemberAsync(server.School, Teacher.With(Permission.TrackingMarks), "Sam", "Same");

        var give = await (await server.Browser.GetAsync($"{server.Home}/users/templates/{id:N}")).ClickAsync("Give it to those who differ");
        // Enter in a field presses the first button, which must be Save.
        Assert.Equal("Save, for those ticked", give.Text("main form button[type=submit]"));
        var nobody = await give.Form("Version").SubmitAsync("Save, for those ticked");
        Refused.At(nobody, "people", "tick at least one person");
        Assert.True(give.Has("input[aria-label='Select Sam Same']"));
        var all = await give.Form("Version").SubmitAsync("Tick all who were given it");
        Assert.Equal(2, all.Document.QuerySelectorAll("tbody input[checked]").Length);
        Assert.Equal(Teacher, (await MembershipAsync(server, tom)).Permissions);
        await all.Form("Version").SubmitAsync("Save, for those ticked");

        Assert.All([tom, una], m => Assert.Equal(Teacher.With(Permission.TrackingMarks), MembershipAsync(server, m).Result.Permissions));
    }

    [Fact]
    public async Task Change_PersonChangedMeanwhile_ChangesNobodyAndShowsThemAsTheyAreNow()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, tom, una) = await GivenAsync(server);
        var review = await ChangeAsync(server, id).ContinueWithAsync(p => p.Form("Version").Tick("TrackingMarks").SubmitAsync("Save"));
        review = await review.Form("Version").SubmitAsync("Tick all who were given it");
        var version = (await MembershipAsync(server, tom)).Version;
        await server.Factory.Get<ChangeAccess>().ExecuteAsync(new(tom.MembershipId, version, JobRole.Teacher, null, PermissionSet.None, null), server.Setup.Actor, CancellationToken.None);

        var page = await review.Form("Version").SubmitAsync("Save, for those ticked");

        Refused.At(page, "people", "Tom Reed has been changed meanwhile");
        Assert.Equal((Teacher, Teacher), ((await OneAsync(server)).Permissions, (await MembershipAsync(server, una)).Permissions));
        Assert.Contains("View school-level reports: was no becomes yes", page.Words(), StringComparison.Ordinal);
        Assert.True((await page.Form("Version").SubmitAsync("Save, for those ticked")).IsRedirect);
    }

    [Fact]
    public async Task Change_StaleForm_ShowsBothAndSavesNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, _, _) = await GivenAsync(server);
        var other = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        var mine = await ChangeAsync(server, id);
        await server.Factory.Get<ChangeTemplate>().ExecuteAsync(new(id, 0, "Class teacher", Teacher.With(Permission.TrackingMarks), []), other.Actor, CancellationToken.None);

        var page = await mine.Form("Version").Fill("Name", "Tutor").SubmitAsync("Save");

        Assert.StartsWith("Ruth Bell changed this template while your form was open", page.Errors.Single(), StringComparison.Ordinal);
        Assert.Equal("Now and yours", page.Text("#review-title"));
        Assert.Equal(["Name is now Class teacher you chose Tutor", "Add pupil assessment data is now yes you chose no"], page.Texts(".ascent-diff__row"));
        Assert.Equal("Class teacher", (await OneAsync(server)).Name);
        await page.Form("Version").SubmitAsync("Save the template");
        Assert.Equal(("Tutor", Teacher), ((await OneAsync(server)).Name, (await OneAsync(server)).Permissions));
    }

    [Fact]
    public async Task Change_MakingAHolderLongAfterSigningIn_AsksForThePasswordOnThePageAndKeepsTheTicks()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, tom, _) = await GivenAsync(server);
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var review = await ChangeAsync(server, id).ContinueWithAsync(p => p.Form("Version").Tick("SchoolSetup").SubmitAsync("Save"));
        Assert.Contains("3 seats are free; 2 people below would take one each", review.Words(), StringComparison.Ordinal);
        review = await review.Form("Version").SubmitAsync("Tick all who were given it");

        var page = await review.Form("Version").SubmitAsync("Save, for those ticked");
        Refused.At(page, "CurrentPassword", "Making somebody a School setup holder needs your password again");
        page = await page.Form("Version").Fill("CurrentPassword", "not this one at all").SubmitAsync("Save, for those ticked");
        Refused.At(page, "CurrentPassword", "This is not your password");
        Assert.False((await MembershipAsync(server, tom)).Permissions.Has(Permission.SchoolSetup));
        var saved = await page.Form("Version").Fill("CurrentPassword", server.Setup.Password).SubmitAsync("Save, for those ticked");

        Assert.True(saved.IsRedirect, saved.Summary);
        Assert.True((await MembershipAsync(server, tom)).Permissions.Has(Permission.SchoolSetup));
    }

    [Fact]
    public async Task Change_OwnRow_CannotBeTickedAndATamperedTickChangesNobody()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, tom, _) = await GivenAsync(server);
        await server.Factory.Get<ChangeTemplate>().ExecuteAsync(new(id, 0, "Class teacher", PermissionSet.Of(Permission.SchoolSetup), []), server.Setup.Actor, CancellationToken.None);

        var page = await server.Browser.GetAsync($"{server.Home}/users/templates/{id:N}/change?give=1");
        Assert.True(page.Has("input[aria-label='Select Amara Okafor'][disabled]"));
        var refused = await page.Form("Version").SubmitAsync("Tick all who were given it");
        Assert.DoesNotContain($"{server.Setup.MembershipId:N}", refused.Document.QuerySelectorAll("tbody input[checked]").Select(b => b.GetAttribute("value")!.Split('.')[0]));
        refused = await refused.Form("Version").Drop("people").Tamper("people", $"{server.Setup.MembershipId:N}.1").SubmitAsync("Save, for those ticked");
        Refused.At(refused, "people", "Amara Okafor is you");
        Assert.Equal(Teacher, (await MembershipAsync(server, tom)).Permissions);
        Assert.Equal(HttpStatusCode.BadRequest, (await page.Form("Version").Drop("people").Tamper("people", "everybody").SubmitAsync("Save, for those ticked")).Status);
    }

    [Fact]
    public async Task Delete_GivenToPeople_ChangesNobodyAndThePagesSayThatItIsGone()
    {
        await using var server = await SchoolServer.StartAsync();
        var (id, tom, _) = await GivenAsync(server);
        var open = await ChangeAsync(server, id);
        var page = await (await server.Browser.GetAsync($"{server.Home}/users/templates/{id:N}")).ClickAsync("Delete");
        Assert.Contains("Nobody’s access changes. 2 people were given it and keep every right.", page.Words(), StringComparison.Ordinal);

        var list = await (await page.Form("Delete").SubmitAsync("Delete the template")).ArriveAsync();

        Assert.Equal("The template is gone", list.Text(".govuk-notification-banner__heading"));
        Assert.Equal(Teacher, (await MembershipAsync(server, tom)).Permissions);
        foreach (var answer in (Page[])[await page.Form("Delete").SubmitAsync("Delete the template"), await open.Form("Version").Tick("TrackingMarks").SubmitAsync("Save"), await server.Browser.GetAsync($"{server.Home}/users/templates/{id:N}")])
            Assert.Equal((HttpStatusCode.Conflict, "This template is not here any more"), (answer.Status, answer.Heading));
    }

    [Fact]
    public async Task Any_TemplateOfAnotherSchool_IsNotThere()
    {
        await using var server = await SchoolServer.StartAsync();
        var (own, _, _) = await GivenAsync(server);
        var stranger = await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var theirs = await server.Data.AddTemplateAsync(stranger, "Theirs", Teacher);
        foreach (var path in (string[])["", "/change", "/change?give=1", "/delete"])
            Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"{server.Home}/users/templates/{theirs:N}{path}")).Status);
        var colleague = await server.Data.AddMemberAsync(stranger.School);

        // Their template and their people, sent to a page of one's own.
        var change = await ChangeAsync(server, own).ContinueWithAsync(p => p.Form("Version").Tick("TrackingMarks").SubmitAsync("Save"));
        Assert.Equal(HttpStatusCode.NotFound, (await change.Form("Version").Drop("people").Tamper("people", $"{colleague.MembershipId:N}.1").SubmitAsync("Save, for those ticked")).Status);
        Assert.Equal(2, await server.ReadAsync(db => db.Set<AccessTemplate>().CountAsync()));
        Assert.Equal(PermissionSet.None, (await MembershipAsync(server, colleague)).Permissions);
    }

    /// <summary>Two people who were given a template of School reports and names of own classes.</summary>
    private static async Task<(Guid Id, TestMember Tom, TestMember Una)> GivenAsync(SchoolServer server)
    {
        var id = await server.Data.AddTemplateAsync(server.Setup, "Class teacher", Teacher);
        var (tom, una) = (await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Tom", "Reed"), await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Una", "Lee"));
        _ = (await server.Factory.Get<ChangeTemplate>().ExecuteAsync(new(id, 0, "Class teacher", Teacher, [new(tom.MembershipId, 1), new(una.MembershipId, 1)]), server.Setup.Actor, CancellationToken.None)).Value;
        return (id, tom, una);
    }

    private static Task<Page> ChangeAsync(SchoolServer server, Guid id) => server.Browser.GetAsync($"{server.Home}/users/templates/{id:N}/change");

    private static Task<AccessTemplate> OneAsync(SchoolServer server) => server.ReadAsync(db => db.Set<AccessTemplate>().SingleAsync());

    private static Task<Membership> MembershipAsync(SchoolServer server, TestMember member) => server.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.Id == member.MembershipId));
}

internal static class Steps
{
    public static async Task<Page> ContinueWithAsync(this Task<Page> page, Func<Page, Task<Page>> step) => await step(await page);
}
