using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>An administrator goes through the review of the demonstration to its end; by the means that people have.</summary>
public sealed class AccessReviewTests(Chromium chromium)
{
    [Fact]
    public Task Review_Mouse_EveryPageIsAccessible() => RunAsync(1280, script: true, page => new Hands(page), LookAsync);

    [Fact]
    public Task Review_WithoutScript_Works() => RunAsync(1280, script: false, page => new Hands(page), _ => Task.CompletedTask);

    [Fact]
    public Task Review_KeyboardAlone_ReachesEverything() => RunAsync(1280, script: true, page => new KeyboardHands(page), _ => Task.CompletedTask);

    [Fact]
    public Task Review_SmallPhone_NothingScrollsSideways() => RunAsync(320, script: true, page => new Hands(page), LookAsync);

    private async Task RunAsync(int width, bool script, Func<IPage, Hands> with, Func<IPage, Task> look)
    {
        // A review can be finished once only, so each means has a demonstration of its own.
        await using var server = new DemoServer();
        await server.InitializeAsync();
        var page = await chromium.OpenAsync(width, 800, script);
        var complaints = Watch.Complaints(page);
        var hands = with(page);
        await page.SignInAsync(server, DemoServer.Administrator);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Access review: 5 people still to look at");
        await look(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Go on with the review" }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Access review");
        await look(page);

        // One row, two that are alike, one by ticking, and one that is not needed any more.
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Keep the access of Tom Whitfield" }));
        await SaysAsync(page, "1 person keeps their access");
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Keep both" }));
        await SaysAsync(page, "2 people keep their access");
        await look(page);
        await TickAsync(page, hands, "Leila Haddad");
        await look(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Confirm these" }));
        await SaysAsync(page, "1 person keeps their access");
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Deactivate Joanna Kowalczyk" }));
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Deactivate Joanna Kowalczyk" }));
        await SaysAsync(page, "Joanna Kowalczyk cannot open the school any more");
        await Assertions.Expect(page.Locator(".ascent-progress")).ToHaveTextAsync("9 of 9 confirmed");
        await look(page);
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/review?show=all");
        await look(page);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
        await page.Context.DisposeAsync();
    }

    // The box of a list has no words of its own beside it.
    private static async Task TickAsync(IPage page, Hands hands, string name)
    {
        var box = page.GetByLabel($"Select {name}");
        if (hands is KeyboardHands)
            await hands.TickAsync(box);
        else
            await box.CheckAsync();
    }

    private static Task SaysAsync(IPage page, string words) => Assertions.Expect(page.Locator(".govuk-notification-banner__heading")).ToHaveTextAsync(words);

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
