using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Accounts;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Bodies;

/// <summary>An authority's or trust's own users: the pages of a school's users at its own address.</summary>
public sealed class BodyUsersTests
{
    [Fact]
    public async Task Edit_OfAnAdviser_GivesSelectedSchoolsActsAtOnceAndIsInTheLog()
    {
        await using var body = await BodyServer.StartAsync();
        var (first, second) = (await body.AddSchoolAsync("Alder School", ReachLevel.School), await body.AddSchoolAsync("Birch School", ReachLevel.School));
        var adviser = await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.None);
        var theirs = await body.Factory.SignInAsync(adviser.Email);

        var page = await body.Browser.GetAsync(AccountLinks.EditUser(body.Home, adviser.MembershipId));
        page = await page.Form("Version").Tick("SchoolReports").Tick("Selected schools").SubmitAsync("Save");
        Refused.At(page, "Schools", "Choose at least one school, or all schools");
        page = await page.Form("Version").Tick("Birch School").Tick("LaReports").SubmitAsync("Save");
        Assert.Equal(["View LA-level reports was no becomes yes", "View school-level reports was no becomes selected schools", "Schools was none chosen becomes Birch School"], page.Texts(".ascent-diff__row"));
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.GetAsync(second.Home())).Status);
        var list = await (await page.Form("Version").SubmitAsync("Save 3 changes")).ArriveAsync();

        Assert.Equal($"The access of {adviser.FullName} is changed", list.Text(".govuk-notification-banner__heading"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), ((await theirs.GetAsync(first.Home())).Status, (await theirs.GetAsync(second.Home())).Status));
        Assert.Contains("Reports, selected schools", list.Words(), StringComparison.Ordinal);
        var log = await body.Browser.GetAsync(AccountLinks.Log(body.Home));
        Assert.Contains($"Access of {adviser.FullName} changed", log.Words(), StringComparison.Ordinal);
        Assert.Contains("Birch School", log.Text("main table"), StringComparison.Ordinal);
        // The same school again is no change; another one is, alone.
        page = await (await body.Browser.GetAsync(AccountLinks.EditUser(body.Home, adviser.MembershipId))).Form("Version").Untick("Birch School").Tick("Alder School").SubmitAsync("Save");
        Assert.Equal(["Schools was Birch School becomes Alder School"], page.Texts(".ascent-diff__row"));
        await page.Form("Version").SubmitAsync("Save 1 change");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await theirs.GetAsync(first.Home())).Status, (await theirs.GetAsync(second.Home())).Status));
    }

    [Fact]
    public async Task Edit_TwoAtOnce_TheSecondSeesBothAndSavesNothing()
    {
        await using var body = await BodyServer.StartAsync();
        var schools = (await body.AddSchoolAsync("Alder School", ReachLevel.School), await body.AddSchoolAsync("Birch School", ReachLevel.School));
        var adviser = await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.None.With(SchoolScope.SelectedSchools), [schools.Item1]);
        var other = await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.Of(Permission.LaSetup));
        var mine = await body.Browser.GetAsync(AccountLinks.EditUser(body.Home, adviser.MembershipId));
        Assert.True((await body.Factory.Get<ChangeAccess>().ExecuteAsync(
            new(adviser.MembershipId, 1, JobRole.Adviser, null, PermissionSet.None.With(SchoolScope.SelectedSchools), null, [schools.Item1.Id, schools.Item2.Id]), other.Actor, default)).Succeeded);

        var page = await mine.Form("Version").Tick("LaReports").SubmitAsync("Save");

        Assert.StartsWith($"{other.FullName} changed this access while your form was open", page.Errors.Single(), StringComparison.Ordinal);
        Assert.Equal(["View LA-level reports is now no you chose yes", "Schools is now Alder School and Birch School you chose Alder School"], page.Texts(".ascent-diff__row"));
        Assert.Equal(2, await body.ReadAsync(db => db.Set<MembershipSchool>().CountAsync()));
    }

    [Fact]
    public async Task Edit_OfASchoolImprovementPartner_KeepsTheRules()
    {
        await using var body = await BodyServer.StartAsync();
        var school = await body.AddSchoolAsync("Alder School", ReachLevel.School);
        var partner = await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.None.With(SchoolScope.SelectedSchools), [school], endsOn: new(2026, 12, 24), role: JobRole.SchoolImprovementPartner);
        var address = AccountLinks.EditUser(body.Home, partner.MembershipId);

        var page = await (await body.Browser.GetAsync(address)).Form("Version").Tick("LaSetup").Tick("All schools").Fill("EndsOn.Day", "").Fill("EndsOn.Month", "").Fill("EndsOn.Year", "").SubmitAsync("Save");

        Assert.Equal(
            ["A School Improvement Partner sees the reports of chosen schools and nothing else", "Choose the schools whose reports the School Improvement Partner sees", "Enter the last day of access: a School Improvement Partner always has one"], page.Errors);
        // Brought back, a partner has a last day again.
        Assert.True((await body.Factory.Get<DeactivateUser>().ExecuteAsync(partner.MembershipId, body.Officer.Actor, default)).Succeeded);
        page = await (await body.Browser.GetAsync($"{address}/reactivate")).Form("EndsOn.Day").Fill("EndsOn.Day", "").Fill("EndsOn.Month", "").Fill("EndsOn.Year", "").SubmitAsync();
        Assert.Equal(["Enter the last day of access: a School Improvement Partner always has one"], page.Errors);
    }

    [Fact]
    public async Task Own_AdministrationAndSchools_AreForAnotherAdministrator()
    {
        await using var body = await BodyServer.StartAsync();
        var school = await body.AddSchoolAsync("Alder School", ReachLevel.School);
        await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.Of(Permission.LaSetup));
        var page = await body.Browser.GetAsync(AccountLinks.EditUser(body.Home, body.Officer.MembershipId));
        Assert.Contains("This is you", page.Text("#administration-reason"), StringComparison.Ordinal);

        page = await page.Form("Version").Tick("SchoolReports").Tamper("SchoolsScope", "SelectedSchools").Tamper("Schools", $"{school.Id:N}").SubmitAsync("Save");
        page = await page.Form("Version").SubmitAsync("Save 1 change");

        Assert.Contains("You can lower your own access. Raising it needs another administrator", page.Errors);
        Assert.Equal(body.Officer.Permissions, await body.PermissionsAsync(body.Officer.MembershipId));
    }

    [Fact]
    public async Task Life_OfAnAdviser_ClosedBroughtBackToldTheCodeAndDeleted()
    {
        await using var body = await BodyServer.StartAsync();
        var adviser = await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.Of(Permission.LaReports));
        var theirs = await body.Factory.SignInAsync(adviser.Email);
        var edit = AccountLinks.EditUser(body.Home, adviser.MembershipId);

        var page = await (await (await body.Browser.GetAsync($"{edit}/end-sessions")).Form("End sessions").SubmitAsync()).ArriveAsync();
        Assert.Contains("has to sign in again to open the organisation", page.Words(), StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await theirs.GetAsync(body.Home)).Location, StringComparison.Ordinal);
        page = await (await (await body.Browser.GetAsync($"{edit}/deactivate")).Form($"Deactivate {adviser.FullName}").SubmitAsync()).ArriveAsync();
        Assert.Contains($"{adviser.FullName} cannot open the organisation any more", page.Words(), StringComparison.Ordinal);
        page = await (await (await body.Browser.GetAsync($"{edit}/reactivate")).Form("EndsOn.Day").SubmitAsync()).ArriveAsync();
        Assert.StartsWith(AccountLinks.PendingUsers(body.Home), page.Path, StringComparison.Ordinal);
        page = await page.Form("Show code").SubmitAsync("Show code");
        Assert.Matches("[0-9A-Z]{5}-[0-9A-Z]{5}", page.Text(".ascent-code"));
        Assert.Contains(body.Officer.Body.Name, (await page.Form("Print slip").SubmitAsync("Print slip")).Words(), StringComparison.Ordinal);
        page = await (await (await body.Browser.GetAsync($"{edit.Replace("/manage/", "/pending/", StringComparison.Ordinal)}/edit")).Form("Version").Untick("LaReports").SubmitAsync("Save")).Form("Version").SubmitAsync("Save 1 change");
        Assert.Equal(PermissionSet.None, await body.PermissionsAsync(adviser.MembershipId));
        page = await page.FollowAsync();
        page = await (await page.Form("Resend").SubmitAsync("Resend")).ArriveAsync();
        page = await (await (await page.ClickAsync("Delete")).Form($"Delete {adviser.FullName}").SubmitAsync()).ArriveAsync();
        Assert.Contains("The pending user is gone", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_SearchedFilteredAndExported_SpeaksOfTheBody()
    {
        await using var body = await BodyServer.StartAsync(trust: true);
        var school = await body.AddSchoolAsync("Alder School", ReachLevel.Pupil);
        await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.None.With(SchoolScope.SelectedSchools).With(Permission.PupilReports), [school], email: "=cmd@trust.example");
        var list = await body.Browser.GetAsync(AccountLinks.ManageUsers(body.Home));
        Assert.Equal(2, list.Texts("main tbody tr").Count);
        Assert.Contains("Trust setup", list.Text("main table"), StringComparison.Ordinal);
        Assert.DoesNotContain("Manage data", list.Words(), StringComparison.Ordinal);
        Assert.Equal([$"{body.Home}/users/create/about"], list.Document.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!).Where(h => h.Contains("/create", StringComparison.Ordinal)));

        Assert.Single((await body.Browser.GetAsync($"{AccountLinks.ManageUsers(body.Home)}?access=school-setup")).Texts("main tbody tr"));
        Assert.Single((await body.Browser.GetAsync($"{AccountLinks.ManageUsers(body.Home)}?q=%3Dcmd")).Texts("main tbody tr"));
        var file = await list.Form("CSV").SubmitAsync("CSV");

        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Contains("Trust setup,View trust-level reports,View school-level reports", file.Body, StringComparison.Ordinal);
        Assert.Contains("\"Y, selected schools\"", file.Body, StringComparison.Ordinal);
        // Two people at once: the last administrator stays.
        var page = await (await BodyServer.TickAsync(list, body.Officer.MembershipId)).FollowAsync();
        Assert.Contains("another administrator has to do this", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignInRules_OfABody_AreItsOwn()
    {
        await using var body = await BodyServer.StartAsync();
        await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.None);

        var page = await body.Browser.GetAsync(AccountLinks.SignInRules(body.Home));
        Assert.Contains("LA setup and pupil-level data. 1 Active person without one", page.Words(), StringComparison.Ordinal);
        page = await page.Form("Rule").Tick("Everybody").SubmitAsync();

        Assert.Equal($"{AccountLinks.SignInRules(body.Home)}?saved=1", page.Location);
        Assert.Equal(FactorRule.Everybody, await body.ReadAsync(db => db.Set<Organisation>().Where(o => o.Id == body.Officer.Body.Id).Select(o => o.FactorRule).SingleAsync()));
        // It holds from the next click, for the officer too.
        Assert.StartsWith("/profile/second-factor/add", (await body.Browser.GetAsync(AccountLinks.ManageUsers(body.Home))).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResetCodes_AndLog_OfABody_ShowWhatIsItsOwn()
    {
        await using var body = await BodyServer.StartAsync();
        var other = await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.Of(Permission.LaSetup));
        await body.OweResetCodeAsync(body.Officer.Body.Id, other.MembershipId);

        Assert.Contains("1 person asked for a reset code", (await body.Browser.GetAsync(body.Home)).Words(), StringComparison.Ordinal);
        var page = await (await body.Browser.GetAsync(AccountLinks.ResetCodes(body.Home))).Form("Show code").SubmitAsync("Show code");
        Assert.Matches("[0-9A-Z]{5}-[0-9A-Z]{5}", page.Text(".ascent-code"));
        Assert.Equal(HttpStatusCode.NotFound, (await body.Browser.GetAsync($"{AccountLinks.ManageUsers(body.Home)}/{Guid.Empty:N}")).Status);
        page = await (await body.Browser.GetAsync(AccountLinks.Log(body.Home))).Form("Check it all").SubmitAsync("Check it all");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains($"Reset code of {other.FullName} shown", page.Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await page.Form("CSV").SubmitAsync("CSV")).Status);
    }

    [Fact]
    [Asvs("8.2.1", "The pages of an authority’s users open with its setup and with nothing else.")]
    public async Task Any_WithoutTheSetup_IsRefusedAndAnothersIsNotThere()
    {
        await using var body = await BodyServer.StartAsync();
        var school = await body.AddSchoolAsync("Alder School", ReachLevel.Pupil);
        var reader = await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.Of(Permission.LaReports, Permission.SchoolReports, Permission.PupilReports));
        var partner = await body.Data.AddBodyMemberAsync(body.Officer.Body, PermissionSet.None.With(SchoolScope.SelectedSchools), [school], endsOn: new(2026, 12, 24), role: JobRole.SchoolImprovementPartner);
        var holder = await body.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var (browsers, stranger, member) = (new[] { await body.Factory.SignInAsync(reader.Email), await body.Factory.SignInAsync(partner.Email) },
            await body.Factory.SignInAsync((await body.Data.AddBodyMemberAsync(await body.Data.AddTrustAsync(), PermissionSet.Of(Permission.LaSetup))).Email), await body.Factory.SignInAsync(holder));

        foreach (var path in body.Paths(school, reader.MembershipId, holder.MembershipId))
        {
            foreach (var browser in browsers)
            {
                Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await browser.GetAsync(path)).Status));
                Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await BodyServer.PostAsync(browser, path)).Status));
            }
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await stranger.GetAsync(path)).Status));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await member.GetAsync(path)).Status));
            Assert.StartsWith("/sign-in", (await body.Factory.OpenBrowser().GetAsync(path)).Location, StringComparison.Ordinal);
            // To the holder it is there; these people do not wait for a code.
            if (!path.Contains("/users/pending/", StringComparison.Ordinal))
                Assert.NotEqual((path, HttpStatusCode.NotFound), (path, (await body.Browser.GetAsync(path)).Status));
        }
    }

    [Fact]
    [Asvs("8.2.2", "Each page about one person of an authority or trust, with an id of another organisation, answers as one that nobody has.")]
    public async Task Any_IdOfAnotherOrganisation_IsNotThere()
    {
        await using var body = await BodyServer.StartAsync();
        var school = await body.AddSchoolAsync("Alder School", ReachLevel.Pupil);
        var holder = await body.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var strange = await body.Data.AddBodyMemberAsync(await body.Data.AddTrustAsync(), PermissionSet.Of(Permission.LaSetup));
        var elsewhere = await body.Data.AddMemberAsync(await body.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var token = (await body.Browser.GetAsync(AccountLinks.EditUser(body.Home, body.Officer.MembershipId))).Form("Version").Value("form")!;
        var tried = 0;

        foreach (var pattern in body.Patterns().Where(p => p.Contains("{id:guid}", StringComparison.Ordinal)))
            foreach (var id in (Guid[])[strange.MembershipId, elsewhere.MembershipId, pattern.Contains("{urn}", StringComparison.Ordinal) ? body.Officer.MembershipId : holder.MembershipId, strange.AccountId, school.Id, Guid.Empty])
            {
                var path = body.Path(pattern, school, id);
                // A slip is opened by a button only; its address leads back to the list.
                if (!pattern.EndsWith("/slip", StringComparison.Ordinal))
                    Assert.Equal((path, HttpStatusCode.NotFound), (path, (await body.Browser.GetAsync(path)).Status));
                Assert.Equal((path, HttpStatusCode.NotFound), (path, (await BodyServer.PostAsync(body.Browser, path, ("form", token), ("TypedName", strange.FullName), ("Version", "1"))).Status));
                tried++;
            }

        Assert.True(tried > 60, $"Only {tried}");
    }
}
