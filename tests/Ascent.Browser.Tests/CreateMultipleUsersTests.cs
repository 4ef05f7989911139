using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>A list on its way from the paste to the slips, looked at on each page.</summary>
public sealed class CreateMultipleUsersTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    [Theory]
    [InlineData(1280, true, true)]
    [InlineData(320, true, false)]
    [InlineData(1280, false, false)]
    public async Task List_PastedToSlips_EveryPageIsAccessibleAndFits(int width, bool script, bool keyboard)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        var hands = keyboard ? new KeyboardHands(page) : new Hands(page);
        var complaints = Watch.Complaints(page);
        // Each run creates somebody of its own.
        var who = $"w{width}{script}".ToLowerInvariant();
        await page.SignInAsync(server, DemoServer.Administrator);
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/create-multiple");
        await LookAsync(page, script);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Next: check the rows" }));
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Choose a file, or paste the cells");
        await GiveAsync(page, hands, $"Sofia\tMarino\t{who}@larkfield.demo.example\tTeacher\tY\town classes\nMei\tLin\tmei@larkfield\tGovernor\tN\tY\nAmara\tOkafor\t{DemoServer.Administrator}\tHeadteacher\tN\tN", isStaff: false);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Check 3 rows before anyone is created");
        await LookAsync(page, script);
        await Assertions.Expect(page.GetByLabel("Select Mei Lin, row 2")).ToBeDisabledAsync();
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Mend the row" }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Mend row 2, Mei Lin");
        await LookAsync(page, script);
        await hands.TypeAsync(page.GetByLabel("Email address"), $"mei.{who}@larkfield.demo.example");
        await page.GetByLabel("View pupil-level data & suppressed and sensitive items").SelectOptionAsync("No");
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save the row" }));
        await Assertions.Expect(page.GetByLabel("Select Mei Lin, row 2")).ToBeCheckedAsync();
        await hands.TickAsync(page.GetByLabel("Select Mei Lin, row 2"), ticked: false);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Confirm and create" }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("1 person is created");
        await LookAsync(page, script);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Open the slips to print" }));
        await Assertions.Expect(page.Locator(".ascent-slip__digits")).ToHaveCountAsync(1);
        await LookAsync(page, script);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    [Theory]
    [InlineData(1280, true, true)]
    [InlineData(320, true, false)]
    [InlineData(1280, false, false)]
    public async Task StaffList_PastedToDone_EveryPageIsAccessibleAndFits(int width, bool script, bool keyboard)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        var hands = keyboard ? new KeyboardHands(page) : new Hands(page);
        var complaints = Watch.Complaints(page);
        var who = $"s{width}{script}".ToLowerInvariant();
        await page.SignInAsync(server, DemoServer.Administrator);
        // Somebody of this run who will be missing from the list, and no list but this one lets her go.
        await GiveAsync(page, hands, $"Rosa\tGone\trosa.{who}@larkfield.demo.example\tTeacher\tN\tN", isStaff: false);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Confirm and create" }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("1 person is created");

        await GiveAsync(page, hands, $"Sofia\tMarino\t{who}@larkfield.demo.example\tTeacher\tY\tN\nAmara\tOkafor\t{DemoServer.Administrator}\tGovernor\tN\tN", isStaff: true);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Check what the staff list would do");
        await Assertions.Expect(page.Locator(".ascent-state strong").Last).ToHaveTextAsync("This is you: nothing is changed");
        await LookAsync(page, script);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Not on the list" }));
        await Assertions.Expect(page.Locator("table caption")).ToContainTextAsync("not on the list");
        var rosa = page.GetByLabel("Select Rosa Gone").First;
        await Assertions.Expect(rosa).Not.ToBeCheckedAsync();
        await LookAsync(page, script);
        await hands.TickAsync(rosa);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "To look at" }));
        await Assertions.Expect(page.Locator(".ascent-decision")).ToContainTextAsync("On confirm: 1 person is created, 1 invitation is taken back and 1 row is left out.");
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Confirm the staff list" }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("1 person is created");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("1 invitation was taken back. The log names them.");
        await LookAsync(page, script);
        await page.OpenAsync(server, DemoServer.Larkfield + "/log");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("A list taken as the whole staff: 1 person created and 1 person taken back before signing up");
        await LookAsync(page, script);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    private async Task GiveAsync(IPage page, Hands hands, string rows, bool isStaff)
    {
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/create-multiple");
        // Typing tabs would leave the field.
        await page.GetByLabel("Or paste the cells").FillAsync($"Forename\tSurname\tEmail\tJob role\tReports\tPupil names\n{rows}\n");
        if (isStaff)
            await hands.TickAsync(page.GetByLabel("Make this the staff list"));
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Next: check the rows" }));
    }

    private static async Task LookAsync(IPage page, bool script)
    {
        await Watch.FitsAsync(page);
        // The checker is a script itself.
        if (script)
            await Watch.AccessibleAsync(page);
    }
}
