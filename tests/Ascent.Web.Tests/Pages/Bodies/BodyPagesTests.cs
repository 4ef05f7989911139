using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Bodies;

public sealed class BodyPagesTests
{
    private const string Reason = "Safeguarding: Jo Bloggs";

    [Theory, BothDatabases]
    public async Task Lock_FiftyLiveSessions_AreRefusedOnTheirNextRequestAndOpenAgainAfterUnlock(DatabaseKind kind)
    {
        await using var factory = await AscentFactory.StartAsync(kind);
        var (school, officer, browser) = await StartAsync(factory, ReachLevel.School);
        var partner = await factory.Data.AddBodyMemberAsync(officer.Body, PermissionSet.None.With(SchoolScope.SelectedSchools), [school], endsOn: new(2026, 12, 24), role: JobRole.SchoolImprovementPartner);
        var people = new List<Browser> { await factory.SignInAsync(partner.Email) };
        var members = await factory.Data.AddMemberAsync(school, Permission.SchoolReports);
        for (var i = 0; i < 49; i++)
            people.Add(await factory.SignInAsync(i % 7 == 0 ? (members = await factory.Data.AddMemberAsync(school, Permission.SchoolReports)).Email : members.Email));
        var home = $"/schools/{school.Code}";
        Assert.All(await AllAsync(people, home), page => Assert.Equal(HttpStatusCode.OK, page.Status));

        var page = await browser.GetAsync(BodyLinks.Lock(officer.Address, school.Code));
        page = await (await page.Form("Reason").Fill("Reason", Reason).SubmitAsync()).FollowAsync();
        Assert.Contains($"{school.Name} is locked", page.Words(), StringComparison.Ordinal);

        foreach (var path in (string[])[home, $"{home}/reports", $"{home}/users/manage", $"{home}/no-such-page-of-it"])
            foreach (var shut in await AllAsync(people, path))
            {
                Assert.Equal(path.EndsWith("of-it", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, shut.Status);
                Assert.DoesNotContain("Bloggs", shut.Body, StringComparison.Ordinal);
                if (shut.Status == HttpStatusCode.Forbidden)
                    Assert.Equal($"{school.Name} is locked", shut.Heading);
            }
        // A stranger learns nothing of it, nor does whoever signs in anew without a place there.
        Assert.Equal(HttpStatusCode.NotFound, (await (await factory.SignInAsync(await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync()))).GetAsync(home)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await factory.SignInAsync(members.Email)).GetAsync(home)).Status);

        page = await browser.GetAsync(BodyLinks.Unlock(officer.Address, school.Code));
        Assert.Contains("Bloggs", page.Words(), StringComparison.Ordinal);
        page = await (await page.Form($"Unlock {school.Name}").SubmitAsync($"Unlock {school.Name}")).FollowAsync();
        Assert.Contains($"{school.Name} is open again", page.Words(), StringComparison.Ordinal);
        Assert.All(await AllAsync(people, home), open => Assert.Equal(HttpStatusCode.OK, open.Status));
    }

    [Theory, BothDatabases]
    public async Task Get_ByALockedSchoolsResetDoor_TakesTheCodeFirst(DatabaseKind kind)
    {
        await using var factory = await AscentFactory.StartAsync(kind);
        var (school, officer, _) = await StartAsync(factory, ReachLevel.School);
        var member = await factory.Data.AddMemberAsync(school, Permission.ManageData);
        var browser = await factory.SignInAsync(member);
        await factory.Get<Database>().ChangeAsync(OrganisationScope.Of(school.Id), async db =>
        {
            db.Add(new ResetCode { OrganisationId = school.Id, MembershipId = member.MembershipId, ExpiresAt = AscentHost.Start.UtcDateTime.AddDays(1) });
            return await db.SaveChangesAsync();
        }, CancellationToken.None);
        await factory.Get<LockSchool>().ExecuteAsync(new(school.Code, Reason), officer.Actor, CancellationToken.None);

        Assert.Equal($"/schools/{school.Code}/reset-code", (await browser.GetAsync($"/schools/{school.Code}")).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/schools/{school.Code}/reset-code")).Status);
    }

    [Fact]
    public async Task Get_AuthorityWithAdministrationLevel_SeesNoDashboardAndNoPageOfTheSchool()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (school, officer, _) = await StartAsync(factory, ReachLevel.Administration);
        var all = await factory.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of([.. PermissionCatalogue.Body.Select(i => i.Permission)]));
        var browser = await factory.SignInAsync(all.Email);
        async Task<List<int>> StatusAsync(params string[] paths)
        {
            var met = new List<int>();
            foreach (var path in paths)
                met.Add((int)(await browser.GetAsync($"/schools/{school.Code}{path}")).Status);
            return met;
        }

        Assert.Equal([404, 404, 404, 404, 404], await StatusAsync("", "/reports", "/reports/pupils", "/users/manage", "/data"));
        await factory.Data.LinkAsync(school, officer.Body, ReachLevel.School);
        Assert.Equal([200, 200, 403, 403, 403], await StatusAsync("", "/reports", "/reports/pupils", "/users/manage", "/data"));
        await factory.Data.LinkAsync(school, officer.Body, ReachLevel.Pupil);
        Assert.Equal([200, 200, 200, 403, 403, 403, 302], await StatusAsync("", "/reports", "/reports/pupils", "/users/manage", "/log", "/tracking/marks", "/reset-code"));
        // Lowered and ended: on the next request.
        await factory.Data.LinkAsync(school, officer.Body, ReachLevel.School);
        Assert.Equal([403], await StatusAsync("/reports/pupils"));
        await factory.Data.LinkAsync(school, officer.Body, null);
        Assert.Equal([404], await StatusAsync("/reports"));
    }

    [Fact]
    public async Task Home_OfAPartnerWithThreeSchools_ListsThreeAndNoneAfterTheLastDay()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (first, officer, _) = await StartAsync(factory, ReachLevel.School);
        List<School> schools = [first];
        for (var i = 0; i < 3; i++)
        {
            schools.Add(await factory.Data.AddPrimaryAsync());
            await factory.Data.LinkAsync(schools[^1], officer.Body, ReachLevel.School);
        }
        var partner = await factory.Data.AddBodyMemberAsync(officer.Body, PermissionSet.None.With(SchoolScope.SelectedSchools), [.. schools.Take(3)], endsOn: new(2026, 11, 23), role: JobRole.SchoolImprovementPartner);
        var browser = await factory.SignInAsync(partner.Email);

        // Straight to the one organisation.
        var home = await browser.OpenAsync("/");
        Assert.Equal(BodyLinks.Home(partner.Address), home.Path);
        Assert.Equal(schools.Take(3).Select(s => s.Name).Order(), home.Texts("main .ascent-plain-list a").Order());
        Assert.Equal([200, 200, 200, 404], await StatusesAsync(browser, schools));
        // Nothing of the body but its home.
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(BodyLinks.Schools(partner.Address))).Status);
        await factory.Get<LockSchool>().ExecuteAsync(new(first.Code, Reason), officer.Actor, CancellationToken.None);
        Assert.Equal([403, 200, 200, 404], await StatusesAsync(browser, schools));
        Assert.Contains("Locked: nobody can open it", (await browser.GetAsync(home.Path)).Words(), StringComparison.Ordinal);

        factory.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
        browser = await factory.SignInAsync((await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), PermissionSet.None)).Email);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(BodyLinks.Home(partner.Address))).Status);
    }

    [Fact]
    public async Task Home_OfTheOnlyAdministrator_AdvisesASecondOne()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (_, officer, browser) = await StartAsync(factory, ReachLevel.School);
        Assert.Contains("Nobody but you holds LA setup", (await browser.GetAsync(BodyLinks.Home(officer.Address))).Words(), StringComparison.Ordinal);

        await factory.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaSetup));

        Assert.DoesNotContain("Nobody but you", (await browser.GetAsync(BodyLinks.Home(officer.Address))).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schools_OfABody_SearchFilterAndRefuseWhatIsNotTheirs()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (school, officer, browser) = await StartAsync(factory, ReachLevel.Administration);
        var strange = await factory.Data.AddPrimaryAsync("Strange School");

        var list = await browser.GetAsync(BodyLinks.Schools(officer.Address));
        Assert.Contains(school.Name, list.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Strange School", list.Words(), StringComparison.Ordinal);
        Assert.Contains(school.Name, (await browser.GetAsync($"{BodyLinks.Schools(officer.Address)}?q={school.DfeNumber}")).Words(), StringComparison.Ordinal);
        Assert.Contains("No school fits", (await browser.GetAsync($"{BodyLinks.Schools(officer.Address)}?show=locked")).Words(), StringComparison.Ordinal);
        foreach (var path in (string[])[BodyLinks.Lock(officer.Address, strange.Code), BodyLinks.Unlock(officer.Address, strange.Code), BodyLinks.Lock(officer.Address, "000000")])
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
        // Without a reason nothing is locked.
        var page = await (await browser.GetAsync(BodyLinks.Lock(officer.Address, school.Code))).Form("Reason").SubmitAsync();
        Assert.Equal(["Say why the school is locked, for those who unlock it"], page.Errors);
        Assert.Equal(0, await factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<SchoolLock>().CountAsync()));
        // A post without the form's own token is refused and changes nothing.
        using var response = await browser.Client.PostAsync(new Uri(BodyLinks.Lock(officer.Address, school.Code), UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["Reason"] = "x" }));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, await factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<SchoolLock>().CountAsync()));
    }

    [Fact]
    public async Task Any_OfAnotherBody_IsNotThere()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (school, officer, _) = await StartAsync(factory, ReachLevel.Pupil);
        var stranger = await factory.SignInAsync((await factory.Data.AddBodyMemberAsync(await factory.Data.AddTrustAsync(), PermissionSet.Of(Permission.LaSetup, Permission.SchoolReports))).Email);
        var member = await factory.SignInAsync(await factory.Data.AddMemberAsync(school, Permission.SchoolSetup));

        foreach (var path in (string[])[BodyLinks.Home(officer.Address), BodyLinks.Schools(officer.Address), BodyLinks.Lock(officer.Address, school.Code), BodyLinks.Unlock(officer.Address, school.Code), BodyLinks.ResetCode(officer.Address), BodyLinks.FactorDoor(officer.Address), BodyLinks.Home("la-000"), BodyLinks.Home(school.Code)])
        {
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await stranger.GetAsync(path)).Status));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await member.GetAsync(path)).Status));
            Assert.StartsWith("/sign-in", (await factory.OpenBrowser().GetAsync(path)).Location, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/schools/{school.Code}/reports")).Status);
    }

    [Fact]
    public async Task Index_OfSomebodyWithASchoolAndABody_OffersBoth()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (_, officer, _) = await StartAsync(factory, ReachLevel.School);
        var member = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync("Own School"), Permission.SchoolReports);
        await factory.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaReports), account: member);

        var page = await (await factory.SignInAsync(member)).GetAsync("/");

        Assert.Equal([officer.Body.Name, "Own School"], page.Texts("main li a"));
        Assert.Contains("see the reports of the organisation as a whole", (await (await factory.SignInAsync(member)).GetAsync("/profile")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignUp_OfABodysFirstAdministrator_LeadsToItsHome()
    {
        await using var factory = await AscentFactory.StartAsync();
        var body = await factory.Data.AddTrustAsync();
        var added = (await factory.Get<AddBodyAdministrator>().ExecuteAsync(new(BodyAddress.Of(body.Kind, body.Code), "Ada", "First", "ada@trust.example", false, JobRole.Administrator, PermissionSet.None), CancellationToken.None)).Value;
        var browser = factory.OpenBrowser();

        var page = await browser.GetAsync(await factory.Data.LinkOfAsync(added.MembershipId));
        Assert.Contains("an administrator of the organisation gives you", page.Words(), StringComparison.Ordinal);
        page = await page.Form("Code").Fill("Code", added.Code!).Fill("Password", "seven brass kettles").SubmitAsync();

        Assert.Equal(BodyLinks.Home(BodyAddress.Of(body.Kind, body.Code)), page.Location);
    }

    [Fact]
    public async Task BodyThatRequiresASecondFactor_AsksForItBeforeItsFirstPage()
    {
        await using var factory = await AscentFactory.StartAsync();
        var body = await factory.Data.AddAuthorityAsync();
        await factory.Get<Database>().WriteAsync(OrganisationScope.Server, db => db.Set<Organisation>().Where(o => o.Id == body.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.FactorRule, FactorRule.Default)), CancellationToken.None);
        var officer = await factory.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.LaSetup));
        var reader = await factory.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.LaReports));

        var asked = await (await factory.SignInAsync(officer.Email)).GetAsync(BodyLinks.Home(officer.Address));
        Assert.StartsWith($"/profile/second-factor/add?for={officer.Address}", asked.Location, StringComparison.Ordinal);
        Assert.Contains(body.Name, (await asked.FollowAsync()).Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await (await factory.SignInAsync(reader.Email)).GetAsync(BodyLinks.Home(reader.Address))).Status);
    }

    private static async Task<(School School, TestBodyMember Officer, Browser Browser)> StartAsync(AscentFactory factory, ReachLevel level)
    {
        var school = await factory.Data.AddPrimaryAsync();
        var officer = await factory.Data.AddBodyMemberAsync(await factory.Data.AddAuthorityAsync(), PermissionSet.Of(Permission.LaSetup));
        await factory.Data.LinkAsync(school, officer.Body, level);
        return (school, officer, await factory.SignInAsync(officer.Email));
    }

    private static async Task<IReadOnlyList<Page>> AllAsync(IEnumerable<Browser> browsers, string path) => await Task.WhenAll(browsers.Select(b => b.GetAsync(path)));

    private static async Task<List<int>> StatusesAsync(Browser browser, IEnumerable<School> schools)
    {
        var met = new List<int>();
        foreach (var school in schools)
            met.Add((int)(await browser.GetAsync($"/schools/{school.Code}/reports")).Status);
        return met;
    }
}
