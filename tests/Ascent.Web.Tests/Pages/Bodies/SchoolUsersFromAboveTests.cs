using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Accounts;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Bodies;

/// <summary>The people of a linked school, as its authority or trust sees them: everybody is shown, holders of School setup only are touched.</summary>
public sealed class SchoolUsersFromAboveTests
{
    [Fact]
    public async Task List_OfALinkedSchool_ShowsEverybodyAndAPencilForHoldersOnly()
    {
        await using var body = await BodyServer.StartAsync();
        var (school, holder, teacher) = await StartAsync(body, ReachLevel.School);

        var list = await body.Browser.GetAsync(AccountLinks.ManageUsers(body.Below(school)));

        Assert.Equal($"Manage users of {school.Name}", list.Heading);
        Assert.Equal(2, list.Texts("main tbody tr").Count);
        Assert.Equal([AccountLinks.EditUser(body.Below(school), holder.MembershipId)], list.Document.QuerySelectorAll("a.ascent-edit").Select(a => a.GetAttribute("href")).OfType<string>());
        Assert.Contains(teacher.FullName, list.Words(), StringComparison.Ordinal);
        // No file, nothing for several, nobody created from here by the school's own pages.
        Assert.Empty(list.Document.QuerySelectorAll("main form[method=post], main input[type=checkbox]"));
        Assert.Equal("page", list.Document.QuerySelectorAll(".govuk-service-navigation__item--active").Single().TextContent.Contains("Manage users", StringComparison.Ordinal) ? "page" : "other");
        var token = ("form", await TokenAsync(body, school, holder));
        foreach (var handler in (string[])["Export", "Selected"])
            Assert.Equal(HttpStatusCode.NotFound, (await BodyServer.PostAsync(body.Browser, $"{AccountLinks.ManageUsers(body.Below(school))}?handler={handler}", token, ("ids", $"{holder.MembershipId}"))).Status);
    }

    [Fact]
    [Asvs("8.2.2", "From above a school’s ordinary users cannot be changed, by page or by post.")]
    public async Task Any_AboutAnOrdinaryUser_IsRefusedAndChangesNothing()
    {
        await using var body = await BodyServer.StartAsync();
        var (school, holder, teacher) = await StartAsync(body, ReachLevel.Pupil);
        var waiting = await body.Data.InviteAsync(holder, PermissionSet.Of(Permission.SchoolReports));
        var token = ("form", await TokenAsync(body, school, holder));
        var (edit, pending) = (AccountLinks.EditUser(body.Below(school), teacher.MembershipId), AccountLinks.EditPendingUser(body.Below(school), waiting.MembershipId));
        var before = await Tables.DumpAsync(body.Factory);

        foreach (var path in (string[])[edit, $"{edit}/deactivate", $"{edit}/reset", $"{edit}/reactivate", pending])
        {
            var page = await body.Browser.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, page.Status));
            Assert.Contains("only the school’s holders of School setup can be created or changed", page.Words(), StringComparison.Ordinal);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await BodyServer.PostAsync(body.Browser, path, token, ("Version", "1"), ("JobRole", "Teacher"), ("SchoolSetup", "true"))).Status));
        }
        foreach (var deed in (string[])["end-sessions", "reset-second-factor", "delete"])
            foreach (var person in (TestMember[])[teacher, holder])
                Assert.Equal((deed, HttpStatusCode.NotFound), (deed, (await BodyServer.PostAsync(body.Browser, $"{AccountLinks.EditUser(body.Below(school), person.MembershipId)}/{deed}", token)).Status));
        foreach (var handler in (string[])["ShowCode", "NewCode", "Resend"])
        {
            var page = await BodyServer.PostAsync(body.Browser, $"{AccountLinks.PendingUsers(body.Below(school))}?handler={handler}", token, ("id", $"{waiting.MembershipId}"));
            Assert.Contains("only the school’s holders of School setup", page.Errors.Single(), StringComparison.Ordinal);
            Assert.DoesNotMatch("[0-9A-Z]{5}-[0-9A-Z]{5}", page.Words());
        }
        Assert.Equal(HttpStatusCode.NotFound, (await BodyServer.PostAsync(body.Browser, $"{AccountLinks.PendingUsers(body.Below(school))}?handler=CreateAgain", token, ("id", $"{waiting.MembershipId}"))).Status);
        Assert.Contains("only the school’s holders of School setup", (await BodyServer.PostAsync(body.Browser, AccountLinks.Slip(body.Below(school), waiting.MembershipId), token)).Words(), StringComparison.Ordinal);
        Assert.Equal(before, await Tables.DumpAsync(body.Factory));
    }

    [Theory]
    [InlineData(ReachLevel.Administration, new string[] { })]
    [InlineData(ReachLevel.School, new[] { "SchoolReports" })]
    [InlineData(ReachLevel.Pupil, new[] { "SchoolReports", "PupilReports" })]
    public async Task Edit_OfAHolder_AsksTheReportsOfTheLevelAndKeepsAllElse(ReachLevel level, string[] asked)
    {
        await using var body = await BodyServer.StartAsync();
        var school = await body.AddSchoolAsync("Alder School", level);
        var kept = PermissionSet.Of(Permission.SchoolSetup, Permission.TrackingMarks);
        var holder = await body.Data.AddMemberAsync(school, kept, "Amara", "Okafor");

        var page = await body.Browser.GetAsync(AccountLinks.EditUser(body.Below(school), holder.MembershipId));
        Assert.Equal(asked, page.Document.QuerySelectorAll("form[data-review] input[type=checkbox]").Select(i => i.GetAttribute("name")));
        Assert.Contains("Add pupil assessment data. That stays as it is.", page.Words(), StringComparison.Ordinal);
        var form = page.Form("Version").Fill("JobRole", "Headteacher");
        foreach (var choice in asked)
            form.Tick(choice);
        // What has no box cannot be given or taken by fields that the form does not have.
        foreach (var name in ((string[])["ManageData", "SchoolReports", "PupilReports", "AllCollaborateGroups", "TrackingSchoolReports", "TrackingAssessments"]).Except(asked))
            form.Tamper(name, "true");
        form.Tamper("TrackingMarks", "false").Tamper("SchoolSetup", "false");
        page = await form.SubmitAsync("Save");
        Assert.Equal(asked.Length + 1, page.Texts(".ascent-diff__row").Count);
        page = await (await page.Form("Version").SubmitAsync($"Save {asked.Length + 1} change")).ArriveAsync();

        Assert.Equal("The access of Amara Okafor is changed", page.Text(".govuk-notification-banner__heading"));
        Assert.Equal(PermissionSet.Of([Permission.SchoolSetup, Permission.TrackingMarks, .. asked.Select(Enum.Parse<Permission>)]), await body.PermissionsAsync(holder.MembershipId));
    }

    [Fact]
    public async Task Life_OfAHolder_ResetToldTheCodeClosedAndBroughtBack()
    {
        await using var body = await BodyServer.StartAsync();
        var (school, holder, _) = await StartAsync(body, ReachLevel.Administration);
        await body.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var edit = AccountLinks.EditUser(body.Below(school), holder.MembershipId);

        var page = await (await (await body.Browser.GetAsync($"{edit}/reset")).Form("Reset sign-up").SubmitAsync()).ArriveAsync();
        Assert.StartsWith(AccountLinks.PendingUsers(body.Below(school)), page.Path, StringComparison.Ordinal);
        page = await page.Form("Show code").SubmitAsync("Show code");
        var code = page.Text(".ascent-code");
        Assert.Matches("[0-9A-Z]{5}-[0-9A-Z]{5}", code);
        Assert.Contains(school.Name, (await page.Form("Print slip").SubmitAsync("Print slip")).Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(page.Document.QuerySelectorAll("main a, main button"), e => e.TextContent.Contains("Delete", StringComparison.Ordinal) || e.TextContent.Contains("Withdraw", StringComparison.Ordinal));
        var second = await body.Data.AddMemberAsync(school, Permission.SchoolSetup);
        edit = AccountLinks.EditUser(body.Below(school), second.MembershipId);
        page = await (await (await body.Browser.GetAsync($"{edit}/deactivate")).Form($"Deactivate {second.FullName}").SubmitAsync()).ArriveAsync();
        Assert.Contains($"{second.FullName} cannot open the school any more", page.Words(), StringComparison.Ordinal);
        page = await (await (await body.Browser.GetAsync($"{edit}/reactivate")).Form("EndsOn.Day").SubmitAsync()).ArriveAsync();
        Assert.Contains($"Next: give {second.FullName} the activation code", page.Words(), StringComparison.Ordinal);

        // The school reads who did it, from where.
        var log = await (await body.Factory.SignInAsync((await body.Data.AddMemberAsync(school, Permission.SchoolSetup)).Email)).GetAsync(AccountLinks.Log(school.Home()));
        Assert.Contains($"{body.Officer.FullName} {body.Officer.Body.Name}", log.Words(), StringComparison.Ordinal);
    }

    [Fact]
    [Asvs("8.3.2", "A link that ends, is lowered, or a lock acts on the next request of somebody from above.")]
    public async Task Link_LoweredEndedOrLocked_ActsOnTheNextRequest()
    {
        await using var body = await BodyServer.StartAsync();
        var (school, holder, _) = await StartAsync(body, ReachLevel.Pupil);
        var edit = AccountLinks.EditUser(body.Below(school), holder.MembershipId);
        var open = await (await body.Browser.GetAsync(edit)).Form("Version").Tick("SchoolReports").Tick("PupilReports").SubmitAsync("Save");

        await body.Data.LinkAsync(school, body.Officer.Body, ReachLevel.School);
        var page = await open.Form("Version").SubmitAsync("Save 2 changes");
        // Pupils' names are not asked any more: what is left is shown before it is saved.
        Assert.Single(page.Texts(".ascent-diff__row"));
        Assert.Equal(holder.Permissions, await body.PermissionsAsync(holder.MembershipId));
        await body.Factory.Get<LockSchool>().ExecuteAsync(new(school.Code, "Why"), body.Officer.Actor, default);
        foreach (var path in (string[])[AccountLinks.ManageUsers(body.Below(school)), AccountLinks.PendingUsers(body.Below(school)), edit, $"{edit}/deactivate", AccountLinks.ResetCodes(body.Below(school))])
        {
            page = await body.Browser.GetAsync(path);
            Assert.Equal((HttpStatusCode.Forbidden, $"{school.Name} is locked"), (page.Status, page.Heading));
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await open.Form("Version").SubmitAsync("Save 2 changes")).Status);
        await body.Factory.Get<UnlockSchool>().ExecuteAsync(school.Code, body.Officer.Actor, default);
        Assert.Equal(HttpStatusCode.OK, (await body.Browser.GetAsync(edit)).Status);
        await body.Data.LinkAsync(school, body.Officer.Body, null);
        Assert.Equal(HttpStatusCode.NotFound, (await body.Browser.GetAsync(edit)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await open.Form("Version").SubmitAsync("Save 2 changes")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await body.Browser.GetAsync(AccountLinks.ManageUsers(body.Below(school)))).Status);
    }

    [Fact]
    public async Task ResetCodes_OfALinkedSchool_AreThoseOfItsHolders()
    {
        await using var body = await BodyServer.StartAsync();
        var (school, holder, _) = await StartAsync(body, ReachLevel.Administration);
        var data = await body.Data.AddMemberAsync(school, Permission.ManageData);
        await body.OweResetCodeAsync(school.Id, holder.MembershipId);
        await body.OweResetCodeAsync(school.Id, data.MembershipId);
        var address = AccountLinks.ResetCodes(body.Below(school));

        var page = await body.Browser.GetAsync(address);
        Assert.DoesNotContain(data.Email, page.Words(), StringComparison.Ordinal);
        var form = page.Form("Show code");
        page = await form.SubmitAsync("Show code");
        Assert.Matches("[0-9A-Z]{5}-[0-9A-Z]{5}", page.Text(".ascent-code"));
        page = await BodyServer.PostAsync(body.Browser, address, ("form", form.Value("form")!), ("id", $"{data.MembershipId}"));
        Assert.Contains("only the school’s holders of School setup", page.Errors.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manage", "Manage users of")]
    [InlineData("pending", "Pending users of")]
    public async Task Picker_ByNameOrNumber_LeadsOnListsOrSaysNone(string list, string heading)
    {
        await using var body = await BodyServer.StartAsync();
        var (alder, birch) = (await body.AddSchoolAsync("Alder Green School", ReachLevel.Administration), await body.AddSchoolAsync("Birch Green School", ReachLevel.Administration));
        var strange = await body.Data.AddPrimaryAsync("Cedar Green School");
        var address = $"{body.Home}/users/{list}";
        var page = await body.Browser.GetAsync(address);
        Assert.Contains("My organisation", page.Words(), StringComparison.Ordinal);

        page = await page.Form("Users of a school").Fill("Users of a school", "green").SubmitAsync("Find");
        Assert.Equal([alder.Name, birch.Name], page.Texts(".ascent-picker__found a"));
        foreach (var typed in (string[])["birch", "  BIRCH green  ", birch.Code, birch.DfeNumber!])
        {
            page = await (await page.Form("Users of a school").Fill("Users of a school", typed).SubmitAsync("Find")).ArriveAsync();
            Assert.Equal($"{heading} {birch.Name}", page.Heading);
        }
        foreach (var typed in (string[])["cedar", strange.Code, "<script>", "\0", "' OR 1=1--", new string('x', 5000)])
        {
            page = await body.Browser.GetAsync($"{address}?school={Uri.EscapeDataString(typed)}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Empty(page.Texts(".ascent-picker__found a"));
            Assert.Equal(typed.Length < 1000, page.Words().Contains("No linked school fits", StringComparison.Ordinal));
        }
        // From a school back to one's own, and to the same list.
        page = await (await body.Browser.GetAsync($"{body.Below(birch)}/users/{list}")).ClickAsync("Show My organisation");
        Assert.Equal(address, page.Path);
    }

    [Fact]
    public async Task Home_OfAnOfficer_LeadsToAllOfIt()
    {
        await using var body = await BodyServer.StartAsync();

        var home = await body.Browser.GetAsync(body.Home);

        string[] expected = [AccountLinks.ManageUsers(body.Home), AccountLinks.PendingUsers(body.Home), AccountLinks.ResetCodes(body.Home), AccountLinks.SignInRules(body.Home), AccountLinks.Log(body.Home)];
        Assert.Equal(expected, home.Document.QuerySelectorAll("main .ascent-task__title a").Select(a => a.GetAttribute("href")!).Intersect(expected));
        foreach (var path in expected)
            Assert.Equal((path, HttpStatusCode.OK), (path, (await body.Browser.GetAsync(path)).Status));
    }

    private static async Task<(School School, TestMember Holder, TestMember Teacher)> StartAsync(BodyServer body, ReachLevel level)
    {
        var school = await body.AddSchoolAsync("Alder School", level);
        return (school, await body.Data.AddMemberAsync(school, Permission.SchoolSetup), await body.Data.AddMemberAsync(school, Permission.SchoolReports));
    }

    private static async Task<string> TokenAsync(BodyServer body, School school, TestMember holder) =>
        (await body.Browser.GetAsync(AccountLinks.EditUser(body.Below(school), holder.MembershipId))).Form("Version").Value("form")!;
}
