using Ascent.Accounts.Above;
using Ascent.Browser.Tests.Support;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>The operator's pages of organisations in a real browser at both widths.</summary>
public sealed class OperatorTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task EveryPage_OfOrganisations_IsAccessibleAndFits(int width)
    {
        await using var school = await SchoolOnItsOwn.StartAsync();
        var own = school.Manager.School;
        var body = await school.Data.AddAuthorityAsync("Elmshire");
        await school.Data.LinkAsync(own, body, ReachLevel.School);
        await school.Data.AddMemberAsync(own, PermissionSet.Of(Permission.SchoolReports));
        Assert.True((await school.Get<LockSchool>().ExecuteAsync(new(own.Code, "No contract"), Actor.Operator, default)).Succeeded);
        var email = await school.Data.AddOperatorAsync();

        var page = await school.OpenAsync(chromium, email, "/second-factor", width);
        var complaints = Watch.Complaints(page);
        // The clock of the test's own services stood still meanwhile; that of the server did not.
        ((FakeTimeProvider)school.Get<TimeProvider>()).SetUtcNow(TimeProvider.System.GetUtcNow());
        await page.Locator("#FactorCode").FillAsync(await school.Data.NextCodeAsync(email));
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("/operator", StringComparison.Ordinal));
        await page.GotoAsync(new Uri(school.Address, "/operator/organisations").ToString());
        await LookAsync(page);
        await page.GotoAsync(new Uri(school.Address, "/operator/organisations?q=nobody").ToString());
        await LookAsync(page);
        await page.GotoAsync(new Uri(school.Address, $"/operator/organisations?q={own.Code}").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = own.Name }).First.ClickAsync();
        await LookAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Unlock" }).Or(page.GetByRole(AriaRole.Button, new() { Name = "Unlock" })).ClickAsync();
        await LookAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Unlock {own.Name}" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The school is open again");

        await page.GetByRole(AriaRole.Link, new() { Name = "Change limits" }).ClickAsync();
        await page.GetByLabel("Manage data").FillAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("A limit is a whole number from 1 to 99");
        await LookAsync(page);
        await page.GetByLabel("Manage data").FillAsync("8");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("1 of 8 used");
        await LookAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Switch services" }).ClickAsync();
        await LookAsync(page);
        await page.GetByRole(AriaRole.Group, new() { Name = "Reports" }).GetByText("Off", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Targets" }).GetByText("On until a day").ClickAsync();
        await LookAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Enter the last day of Targets");
        await LookAsync(page);
        await page.GetByRole(AriaRole.Group, new() { Name = "Targets" }).GetByText("Off", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync($"Switch services of {own.Name}?");
        await LookAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch these 2 services" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The services are changed");
        await LookAsync(page);
        await page.GotoAsync(new Uri(school.Address, $"/operator/organisations/la-{body.Code}").ToString());
        await LookAsync(page);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
