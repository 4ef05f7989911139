using System.Net;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.ManageUsers;

public sealed class EditTests
{
    [Fact]
    public async Task Save_ActivePerson_ShowsBeforeAndAfterSavesAndTheLiveSessionFeelsItAtOnce()
    {
        await using var server = await SchoolServer.StartAsync();
        var teacher = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), "Tom", "Reed");
        var theirs = await server.Factory.SignInAsync(teacher);
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync(server.Home + "/reports/pupils")).Status);

        var page = await EditAsync(server, teacher);
        page = await page.Form("Version").Untick("PupilReports").Tick("TrackingMarks").SubmitAsync("Save");
        Assert.Equal(["View pupil-level data & suppressed and sensitive items was whole school becomes no", "Add pupil assessment data was no becomes yes"], page.Texts(".ascent-diff__row"));
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync(server.Home + "/reports/pupils")).Status);
        var list = await (await page.Form("Version").SubmitAsync("Save 2 changes")).ArriveAsync();

        Assert.Equal("The access of Tom Reed is changed", list.Text(".govuk-notification-banner__heading"));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), ((await theirs.GetAsync(server.Home + "/reports/pupils")).Status, (await theirs.GetAsync(server.Home + "/tracking/marks")).Status));
    }

    [Fact]
    [Asvs("8.2.3", "Name and address of somebody who has signed up are nobody else’s to change.")]
    [Asvs("15.3.3", "Fields that a form does not have are ignored.")]
    public async Task Get_AnyPerson_NameAndEmailAreTextAndPostingThemChangesNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var teacher = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Tom", "Reed", "tom@school.example");
        var page = await EditAsync(server, teacher);
        Assert.DoesNotContain(page.Document.QuerySelectorAll("form[data-review] input, form[data-review] select"), i => i.GetAttribute("name") is "Forename" or "Surname" or "Email");
        Assert.Contains("Only Tom can change the name and email address, in My profile.", page.Text(".ascent-identity__who"), StringComparison.Ordinal);

        var form = page.Form("Version").Tick("SchoolReports");
        foreach (var (name, value) in new[] { ("Forename", "Eve"), ("Surname", "Evil"), ("Email", "eve@evil.example"), ("State", "Deleted"), ("AccountId", server.Setup.AccountId.ToString()), ("MembershipId", server.Setup.MembershipId.ToString()) })
            form.Tamper(name, value);
        page = await form.SubmitAsync("Save");
        await page.Form("Version").SubmitAsync("Save 1 change");

        var account = await server.ReadAsync(db => db.Set<Account>().SingleAsync(a => a.Id == teacher.AccountId));
        Assert.Equal(("Tom", "Reed", "tom@school.example"), (account.Forename, account.Surname, account.Email));
        Assert.Equal(PermissionSet.Of(Permission.SchoolReports), (await MembershipAsync(server, teacher)).Permissions);
        Assert.Equal(server.Setup.Permissions, (await MembershipAsync(server, server.Setup)).Permissions);
    }

    [Fact]
    public async Task Save_StaleForm_ShowsBothVersionsAndSavesNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var teacher = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Tom", "Reed");
        var other = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        var mine = await EditAsync(server, teacher);
        await server.Factory.Get<ChangeAccess>().ExecuteAsync(new(teacher.MembershipId, 1, JobRole.Teacher, null, PermissionSet.Of(Permission.TrackingMarks), null), other.Actor, CancellationToken.None);

        var page = await mine.Form("Version").Tick("SchoolReports").SubmitAsync("Save");

        Assert.StartsWith("Ruth Bell changed this access while your form was open", page.Errors.Single(), StringComparison.Ordinal);
        Assert.Equal("Now and yours", page.Text("#review-title"));
        Assert.Equal(["View school-level reports is now no you chose yes", "Add pupil assessment data is now yes you chose no"], page.Texts(".ascent-diff__row"));
        Assert.Equal(PermissionSet.Of(Permission.TrackingMarks), (await MembershipAsync(server, teacher)).Permissions);
        await page.Form("Version").SubmitAsync("Save 2 changes");
        Assert.Equal(PermissionSet.Of(Permission.SchoolReports), (await MembershipAsync(server, teacher)).Permissions);
    }

    [Fact]
    public async Task Save_MakingAHolderLongAfterSigningIn_AsksForThePasswordOnThePageAndKeepsEverything()
    {
        await using var server = await SchoolServer.StartAsync();
        var teacher = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Tom", "Reed");
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await (await EditAsync(server, teacher)).Form("Version").Tick("SchoolSetup").SubmitAsync("Save");

        page = await page.Form("Version").SubmitAsync("Save 2 changes");
        Refused.At(page, "CurrentPassword", "Making somebody a School setup holder needs your password again");
        Assert.True(page.Form("Version").IsTicked("SchoolSetup"));
        page = await page.Form("Version").Fill("CurrentPassword", "not this one at all").SubmitAsync("Save 2 changes");
        Refused.At(page, "CurrentPassword", "This is not your password");
        var saved = await page.Form("Version").Fill("CurrentPassword", server.Setup.Password).SubmitAsync("Save 2 changes");

        Assert.True(saved.IsRedirect, saved.Summary);
        Assert.True((await MembershipAsync(server, teacher)).Permissions.Has(Permission.SchoolSetup));
    }

    [Fact]
    public async Task Get_OwnRow_LeadsToMyProfileAndBackAndKeepsAdministrationClosed()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, Permission.SchoolSetup);
        var page = await EditAsync(server, server.Setup);
        Assert.False(page.Form("Version").Has("SchoolSetup") || page.Form("Version").Has("EndsOn.Day"));
        Assert.DoesNotContain("Other things you can do", page.Words(), StringComparison.Ordinal);

        var profile = await page.ClickAsync("Change your name or email address in My profile");
        var name = await profile.ClickAsync("Change name");
        var saved = await (await name.Form("Forename").Fill("Forename", "Amy").SubmitAsync("Save")).ArriveAsync();
        Assert.Equal(("My profile", "Your name is changed"), (saved.Heading, saved.Text(".govuk-notification-banner__heading")));
        Assert.Equal("Edit Amy Okafor", (await saved.ClickAsync("Back")).Heading);

        // Whatever is posted besides: one's own administration and end date stay.
        var posted = await page.Form("Version").Tamper("SchoolSetup", "false").Tamper("ManageData", "true").Tamper("EndsOn.Day", "1").Tamper("EndsOn.Month", "1").Tamper("EndsOn.Year", "2030").SubmitAsync("Save");
        Assert.Contains("Nothing is changed", posted.Text("#Review"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_OwnAccessRaised_IsRefusedAtTheBoxWhileAnotherAdministratorIsThere()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, Permission.SchoolSetup);

        var page = await (await EditAsync(server, server.Setup)).Form("Version").Tick("SchoolReports").SubmitAsync("Save");
        page = await page.Form("Version").SubmitAsync("Save 1 change");

        Refused.Only(page, ("SchoolReports", "You can lower your own access. Raising it needs another administrator"));
    }

    [Fact]
    public async Task Get_TheLastHolder_OffersNothingThatWouldLeaveNobodyAndSaysWhy()
    {
        await using var server = await SchoolServer.StartAsync();
        var ending = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup), "Eve", "Ends", endsOn: new DateOnly(2027, 1, 1));
        var browser = await server.Factory.SignInAsync(ending);

        var page = await browser.GetAsync($"{server.Home}/users/manage/{server.Setup.MembershipId}");
        Assert.Contains("Not possible now: Amara is the last Active holder of School setup", page.Text(".ascent-actions"), StringComparison.Ordinal);
        var review = await page.Form("Version").Untick("SchoolSetup").SubmitAsync("Save");
        var refused = await review.Form("Version").SubmitAsync("Save 2 changes");

        Refused.At(refused, "SchoolSetup", "Amara Okafor is the last Active holder of School setup");
    }

    [Theory]
    [InlineData(MembershipState.Pending, HttpStatusCode.Conflict, "has not signed up")]
    [InlineData(MembershipState.Deleted, HttpStatusCode.Conflict, "has been deleted meanwhile")]
    public async Task Get_SomebodyWhoIsNotHereAnyMore_SaysWhatBecameOfThem(MembershipState state, HttpStatusCode status, string why)
    {
        await using var server = await SchoolServer.StartAsync();
        var member = await server.Data.AddMemberAsync(server.School);
        await server.Data.BringAsync(member, state, server.Setup);

        var page = await EditAsync(server, member);

        Assert.Equal((status, true), (page.Status, page.Words().Contains(why, StringComparison.Ordinal)));
        foreach (var deed in (string[])["deactivate", "reactivate", "reset", "end-sessions", "delete"])
            Assert.EndsWith($"/users/manage/{member.MembershipId:N}", (await server.Browser.GetAsync($"{server.Home}/users/manage/{member.MembershipId}/{deed}")).Location, StringComparison.Ordinal);
    }

    [Fact]
    [Asvs("8.2.2", "Ids of another school’s people open nothing.")]
    public async Task Any_PersonOfAnotherSchool_IsNotThere()
    {
        await using var server = await SchoolServer.StartAsync();
        var other = await server.Data.AddMemberAsync(await server.Data.AddSecondaryAsync(), Permission.ManageData);
        foreach (var path in (string[])["", "/deactivate", "/reactivate", "/reset", "/end-sessions", "/delete"])
            Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"{server.Home}/users/manage/{other.MembershipId}{path}")).Status);
        foreach (var path in (string[])["deactivate", "end-date"])
            Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"{server.Home}/users/manage/{path}?id={other.MembershipId}")).Status);
    }

    private static Task<Page> EditAsync(SchoolServer server, TestMember member) => server.Browser.GetAsync($"{server.Home}/users/manage/{member.MembershipId}");

    private static Task<Membership> MembershipAsync(SchoolServer server, TestMember member) => server.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.Id == member.MembershipId));
}
