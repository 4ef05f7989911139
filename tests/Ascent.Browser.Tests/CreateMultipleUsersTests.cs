using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>A list on its way from the paste to the slips, looked at on each page.</summary>
public sealed class CreateMultipleUsersTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    [Theory]
    [InlineData(1280, true)]
    [InlineData(320, true)]
    [InlineData(1280, false)]
    public async Task List_PastedToSlips_EveryPageIsAccessibleAndFits(int width, bool script)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        var complaints = Watch.Complaints(page);
        // Each run creates somebody of its own.
        var who = $"w{width}{script}".ToLowerInvariant();
        await page.SignInAsync(server, DemoServer.Administrator);
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/create-multiple");
        await LookAsync(page, script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: check the rows" }).ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Choose a file, or paste the cells");
        await page.GetByLabel("Or paste the cells").FillAsync($"Forename\tSurname\tEmail\tJob role\tReports\tPupil names\nSofia\tMarino\t{who}@larkfield.demo.example\tTeacher\tY\town classes\nMei\tLin\tmei@larkfield\tGovernor\tY\tN\nAmara\tOkafor\t{DemoServer.Administrator}\tHeadteacher\tN\tN\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: check the rows" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Check 3 rows before anyone is created");
        await LookAsync(page, script);
        await Assertions.Expect(page.GetByLabel("Select Mei Lin, row 2")).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Mend the row" }).ClickAsync();
        await LookAsync(page, script);
        await page.GetByLabel("Email address").FillAsync($"mei.{who}@larkfield.demo.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the row" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Select Mei Lin, row 2")).ToBeCheckedAsync();
        await page.GetByLabel("Select Mei Lin, row 2").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and create" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("1 person is created");
        await LookAsync(page, script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the slips to print" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ascent-slip__digits")).ToHaveCountAsync(1);
        await LookAsync(page, script);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    private static async Task LookAsync(IPage page, bool script)
    {
        await Watch.FitsAsync(page);
        // The checker is a script itself.
        if (script)
            await Watch.AccessibleAsync(page);
    }
}
