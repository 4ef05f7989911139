using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>Wrong passwords, and too many of them, by the keyboard alone.</summary>
public sealed class SignInTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    private const int MostTries = 12;

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task SignIn_WrongUntilItIsSlowedDown_SaysSoInWordsAndKeepsTheName(int width)
    {
        var page = await chromium.OpenAsync(width, 800);
        var hands = new KeyboardHands(page);
        var email = $"nobody{width}@larkfield.demo.example";
        await page.OpenAsync(server, "/sign-in");
        var summary = page.Locator(".govuk-error-summary");

        await TryAsync(page, hands, email);
        await Assertions.Expect(summary).ToBeFocusedAsync();
        await LookAsync(page);
        var wrong = await summary.InnerTextAsync();
        for (var tries = 1; tries < MostTries && await summary.InnerTextAsync() == wrong; tries++)
            await TryAsync(page, hands, email);

        await Assertions.Expect(summary).ToContainTextAsync("There have been several tries. Wait ");
        await Assertions.Expect(page.GetByLabel("User name")).ToHaveValueAsync(email);
        await LookAsync(page);
    }

    private static async Task TryAsync(IPage page, Hands hands, string email)
    {
        await hands.TypeAsync(page.GetByLabel("User name"), email);
        await hands.TypeAsync(page.Locator("#Password"), "wrong again, as before");
        // The answer has come when the page that was there is gone.
        await page.EvaluateAsync("document.body.dataset.before = '1'");
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }));
        await Assertions.Expect(page.Locator("body:not([data-before]) .govuk-error-summary")).ToBeVisibleAsync();
    }

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
