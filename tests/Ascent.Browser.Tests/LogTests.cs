using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>The log in a real browser: found, filtered, checked and read at both widths.</summary>
public sealed class LogTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task EveryPage_OfTheLogAndOfYourData_IsAccessibleAndFits(int width)
    {
        var page = await chromium.OpenAsync(width, 800);
        var complaints = Watch.Complaints(page);
        await page.SignInAsync(server, DemoServer.Administrator);
        await page.OpenAsync(server, DemoServer.Larkfield + "/log");
        await LookAsync(page);
        await page.Locator("[data-menu] > summary").Filter(new() { HasText = "Filter" }).ClickAsync();
        await LookAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "People come and go" }).ClickAsync();
        await page.Locator("#search-q").FillAsync("sunita");
        await page.Locator("#search-q").PressAsync("Enter");
        await Assertions.Expect(page.Locator("tbody td strong")).ToHaveTextAsync(["Sunita Patel signed up", "Sunita Patel created"]);
        await page.Locator("#from").FillAsync("2030-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show these days" }).ClickAsync();
        await Assertions.Expect(page.Locator("h2")).ToContainTextAsync(["No entry fits"]);
        await LookAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check it all" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The log holds.");
        await LookAsync(page);
        await page.OpenAsync(server, "/profile/privacy");
        await LookAsync(page);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
