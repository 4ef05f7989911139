using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>A pupil added, edited, taken off the roll and put on it again by the data manager, by the means that people have.</summary>
public sealed class PupilsTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    [Fact]
    public Task Pupil_AddedEditedLeftAndBack_Mouse_EveryPageIsAccessible() => RunAsync("Mo", 1280, script: true, page => new Hands(page), LookAsync);

    [Fact]
    public Task Pupil_AddedEditedLeftAndBack_WithoutScript_Works() => RunAsync("No", 1280, script: false, page => new Hands(page), Watch.FitsAsync);

    [Fact]
    public Task Pupil_AddedEditedLeftAndBack_KeyboardAlone_ReachesEverything() => RunAsync("Key", 1280, script: true, page => new KeyboardHands(page), _ => Task.CompletedTask);

    [Fact]
    public Task Pupil_AddedEditedLeftAndBack_SmallPhone_NothingScrollsSideways() => RunAsync("Small", 320, script: true, page => new Hands(page), LookAsync);

    private async Task RunAsync(string forename, int width, bool script, Func<IPage, Hands> with, Func<IPage, Task> look)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        var complaints = Watch.Complaints(page);
        var hands = with(page);
        await page.SignInAsync(server, "data@larkfield.demo.example");
        await page.OpenAsync(server, DemoServer.Larkfield + "/data/pupils");
        await look(page);

        await hands.PressAsync(Button(page, "Add a pupil"));
        await look(page);
        await hands.PressAsync(Button(page, "Add the pupil"));
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Enter the surname");
        await look(page);
        await hands.TypeAsync(page.Locator("#Surname"), "Zwölfboxkämpfer-Wagner");
        await hands.TypeAsync(page.Locator("#Forename"), forename);
        await DayAsync(hands, page, "BornOn", "31", "8", "2016");
        await hands.ChooseAsync(page.GetByLabel("Female"));
        await hands.PressAsync(Button(page, "Add the pupil"));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("is on the roll");
        await look(page);

        await hands.PressAsync(Button(page, "Edit"));
        await look(page);
        await hands.TypeAsync(page.Locator("#Upn"), "UN4");
        await hands.PressAsync(Button(page, "Save"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("UPN: nothing became UN4");

        await hands.PressAsync(Button(page, "Has left"));
        await look(page);
        await DayAsync(hands, page, "LastDay", "1", "1", "2015");
        await hands.PressAsync(Button(page, "Take off the roll"));
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("The last day is before the first");
        await look(page);
        // Some days of this year and the next; the pupil came today.
        var today = TimeProvider.System.GetUtcNow();
        await DayAsync(hands, page, "LastDay", "31", "12", $"{today.Year}");
        await hands.PressAsync(Button(page, "Take off the roll"));
        await hands.PressAsync(Button(page, "Re-admit"));
        await look(page);
        await DayAsync(hands, page, "FirstDay", "1", "1", $"{today.Year + 1}");
        await hands.PressAsync(Button(page, "Put on the roll again"));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("is on the roll again");
        await page.OpenAsync(server, DemoServer.Larkfield + "/data/pupils?q=zwolf");
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync(forename);
        await look(page);
        await DeleteAndBackAsync(hands, page, forename, look);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
        await page.Context.DisposeAsync();
    }

    /// <summary>From the list, with a look at every page on the way.</summary>
    private async Task DeleteAndBackAsync(Hands hands, IPage page, string forename, Func<IPage, Task> look)
    {
        await page.OpenAsync(server, DemoServer.Larkfield + $"/data/pupils?q={forename}%20Z");
        await hands.TickAsync(page.GetByLabel($"Select {forename} Zwölfboxkämpfer-Wagner"));
        await hands.PressAsync(Button(page, "Delete"));
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Delete 1 pupil?");
        await look(page);
        await hands.PressAsync(Button(page, "Delete 1 pupil"));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("1 pupil is deleted");
        await look(page);
        await page.OpenAsync(server, DemoServer.Larkfield + $"/data/pupils/deleted?q={forename}%20Z");
        await look(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Erase now" }));
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("for good?");
        await look(page);
        await page.OpenAsync(server, DemoServer.Larkfield + $"/data/pupils/deleted?q={forename}%20Z");
        await hands.TickAsync(page.GetByLabel($"Select {forename} Zwölfboxkämpfer-Wagner"));
        await hands.PressAsync(Button(page, "Bring back"));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Zwölfboxkämpfer-Wagner is back");
        await look(page);
        foreach (var path in (string[])["/data/pupils/delete-leavers", "/data/summary"])
        {
            await page.OpenAsync(server, DemoServer.Larkfield + path);
            await look(page);
        }
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task DayAsync(Hands hands, IPage page, string field, string day, string month, string year)
    {
        await hands.TypeAsync(page.Locator($"#{field}-day"), day);
        await hands.TypeAsync(page.Locator($"#{field}-month"), month);
        await hands.TypeAsync(page.Locator($"#{field}-year"), year);
    }

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
