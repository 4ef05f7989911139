using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Browser.Tests.Support;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>An authority's pages, and the school's page about it, in a real browser at both widths.</summary>
public sealed class AboveSchoolsTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task EveryPage_OfAnAuthorityAndOfOurOrganisation_IsAccessibleAndFits(int width)
    {
        await using var school = await SchoolOnItsOwn.StartAsync();
        var own = school.Manager.School;
        var officer = await school.Data.AddBodyMemberAsync(await school.Data.AddAuthorityAsync(), PermissionSet.Of(Permission.LaSetup, Permission.SchoolReports));
        var setup = await school.Data.AddMemberAsync(own, Permission.SchoolSetup);
        await school.Data.LinkAsync(own, officer.Body, ReachLevel.School);
        Assert.True((await school.Get<ProposeReach>().ExecuteAsync(new(own.Code, ReachLevel.Pupil, "Data sharing agreement of 1 September"), officer.Actor, default)).Succeeded);

        var page = await school.OpenAsync(chromium, officer.Email, "/", width);
        var complaints = Watch.Complaints(page);
        await LookAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Manage organisations" }).First.ClickAsync();
        await LookAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = $"Lock {own.Name}" }).ClickAsync();
        await LookAsync(page);
        await page.GetByLabel("Why?").FillAsync("No contract");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Lock {own.Name}" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"{own.Name} is locked");
        await LookAsync(page);

        var shut = await school.OpenAsync(chromium, setup.Email, school.Home, width);
        await Assertions.Expect(shut.Locator("h1")).ToHaveTextAsync($"{own.Name} is locked");
        await LookAsync(shut);

        await page.GetByRole(AriaRole.Link, new() { Name = $"Unlock {own.Name}" }).ClickAsync();
        await LookAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Unlock {own.Name}" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"{own.Name} is open again");

        await shut.GotoAsync(new Uri(school.Address, $"{school.Home}/our-organisation").ToString());
        await LookAsync(shut);
        await shut.GetByRole(AriaRole.Button, new() { Name = "Agree to it" }).ClickAsync();
        await Assertions.Expect(shut.Locator("main")).ToContainTextAsync("The link holds from now on");
        await LookAsync(shut);
        await shut.GetByRole(AriaRole.Button, new() { Name = "End it" }).ClickAsync();
        await LookAsync(shut);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    [Fact]
    public async Task Partner_OnTheLastDayAndAfterIt_OpensTheChosenSchoolsAndThenNothing()
    {
        await using var school = await SchoolOnItsOwn.StartAsync();
        var (own, body) = (school.Manager.School, await school.Data.AddAuthorityAsync());
        var other = await school.Data.AddPrimaryAsync();
        await school.Data.LinkAsync(own, body, ReachLevel.School);
        await school.Data.LinkAsync(other, body, ReachLevel.School);
        var today = LondonTime.DateOf(TimeProvider.System.GetUtcNow().UtcDateTime);
        var partner = await school.Data.AddBodyMemberAsync(body, PermissionSet.None.With(SchoolScope.SelectedSchools), [own], endsOn: today, role: JobRole.SchoolImprovementPartner);

        var page = await school.OpenAsync(chromium, partner.Email, "/");
        Assert.Equal([own.Name], await page.Locator("main .ascent-plain-list a").AllInnerTextsAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = own.Name }).ClickAsync();
        await Assertions.Expect(page.Locator(".ascent-header__organisation")).ToContainTextAsync(own.Name);
        Assert.Equal(404, (await page.GotoAsync(new Uri(school.Address, $"/schools/{other.Code}").ToString()))!.Status);

        // The day passes: the session lives, and nothing opens.
        await school.Get<Database>().WriteAsync(OrganisationScope.Server, db => db.Set<Membership>().Where(m => m.Id == partner.MembershipId).ExecuteUpdateAsync(m => m.SetProperty(x => x.EndsOn, today.AddDays(-1))), default);
        foreach (var path in (string[])[school.Home, $"{school.Home}/reports", $"/organisations/{partner.Address}"])
            Assert.Equal(404, (await page.GotoAsync(new Uri(school.Address, path).ToString()))!.Status);
        await page.GotoAsync(school.Address.ToString());
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Your access has ended");
    }

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
