using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>Passkeys from the first one to the removed one, with a device that the browser makes up.</summary>
public sealed class PasskeyTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    // Each way of working has somebody of its own: a second factor stays.
    [Fact]
    public Task AddAndSignIn_Mouse_EveryPageIsAccessible() => RunAsync("teacher@larkfield.demo.example", 1280, page => new Hands(page), LookAsync);

    [Fact]
    public Task AddAndSignIn_KeyboardAlone_ReachesEverything() => RunAsync("data@larkfield.demo.example", 1280, page => new KeyboardHands(page), _ => Task.CompletedTask);

    [Fact]
    public Task AddAndSignIn_SmallPhone_NothingScrollsSideways() => RunAsync(DemoServer.Administrator, 320, page => new Hands(page), LookAsync);

    [Fact]
    public async Task Passkey_WithoutScript_SaysSoAndNamesTheOtherWays()
    {
        var page = await chromium.OpenAsync(320, 800, script: false);
        await page.OpenAsync(server, "/sign-in");
        await Assertions.Expect(page.GetByText("A passkey needs JavaScript, which is off in this browser. Your user name and password work without.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#Passkey")).ToBeHiddenAsync();
        await Watch.FitsAsync(page);
        await page.SignInAsync(server, "governor@larkfield.demo.example");
        await page.OpenAsync(server, "/profile/second-factor/passkey");

        await Assertions.Expect(page.GetByText("A passkey needs JavaScript, which is off in this browser. Add an authenticator app instead.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add an authenticator app instead" }).ClickAsync();
        await Assertions.Expect(page.Locator("svg.ascent-qr")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Gate_RequiredAndNone_IsPassedWithAPasskey()
    {
        const string setup = "setup@harbour.demo.example", harbour = "/schools/900002";
        var page = await chromium.OpenAsync(320, 800);
        await Authenticator.ConnectAsync(page);
        await page.SignInAsync(server, setup);
        await page.OpenAsync(server, harbour + "/users/sign-in-rules");
        await page.GetByLabel("Everybody").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Add a second factor to go on");
        await page.GetByRole(AriaRole.Link, new() { Name = "add a passkey instead" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Add a second factor to go on");
        await LookAsync(page);

        await AddAsync(new Hands(page), "My phone");
        await page.GetByText("I have kept them: go on").ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Sign-in rules");
    }

    private async Task RunAsync(string email, int width, Func<IPage, Hands> handsOf, Func<IPage, Task> lookAsync)
    {
        var page = await chromium.OpenAsync(width, 800);
        var complaints = Watch.Complaints(page);
        var hands = handsOf(page);
        var device = await Authenticator.ConnectAsync(page);
        await page.SignInAsync(server, email);
        await page.OpenAsync(server, "/profile");
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).Or(page.GetByRole(AriaRole.Link, new() { Name = "Add a passkey" })));
        await lookAsync(page);

        // A finger that the device does not know: a sentence, and the same button again.
        await device.VerifyAsync(false);
        await hands.PressAsync(page.Locator("#NewPasskey"));
        await Assertions.Expect(page.Locator("#NewPasskey-said")).ToContainTextAsync("No passkey was added");
        await Assertions.Expect(page.Locator("#NewPasskey")).ToBeFocusedAsync();
        await lookAsync(page);
        await device.VerifyAsync(true);
        await AddAsync(hands, "School laptop");
        await lookAsync(page);
        await hands.PressAsync(page.GetByText("I have kept them: go on"));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Your passkey is added");
        await lookAsync(page);

        // A second one on the same device would write over the first.
        await page.OpenAsync(server, "/profile/second-factor/passkey");
        await hands.PressAsync(page.Locator("#NewPasskey"));
        await Assertions.Expect(page.Locator("#NewPasskey-said")).ToContainTextAsync("This device already has a passkey");

        await SignInByStepsAsync(page, device, email, hands, lookAsync);
        await SignInAloneAsync(page, device, hands, lookAsync);
        await ConfirmAndRemoveAsync(page, device, hands, lookAsync);
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    /// <summary>The password first; the window of the device is closed once, then the passkey is used.</summary>
    private async Task SignInByStepsAsync(IPage page, Authenticator device, string email, Hands hands, Func<IPage, Task> lookAsync)
    {
        await SignOutAsync(page);
        await BeginAsync(page, email);
        await lookAsync(page);
        await device.VerifyAsync(false);
        await hands.PressAsync(page.Locator("#Passkey"));
        await Assertions.Expect(page.Locator("#Passkey-said")).ToContainTextAsync("No passkey was used");
        await lookAsync(page);
        await device.VerifyAsync(true);
        await hands.PressAsync(page.Locator("#Passkey"));
        await Assertions.Expect(page.Locator(".ascent-account").First).ToBeVisibleAsync();
    }

    private async Task SignInAloneAsync(IPage page, Authenticator device, Hands hands, Func<IPage, Task> lookAsync)
    {
        await SignOutAsync(page);
        await page.OpenAsync(server, "/sign-in?back=%2Fprofile");
        await lookAsync(page);
        await hands.PressAsync(page.Locator("#Passkey"));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("My profile");
        Assert.Single(await device.CredentialsAsync());
    }

    private async Task ConfirmAndRemoveAsync(IPage page, Authenticator device, Hands hands, Func<IPage, Task> lookAsync)
    {
        await page.OpenAsync(server, "/confirm-password?back=%2Fprofile");
        await lookAsync(page);
        await hands.PressAsync(page.Locator("#Passkey"));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("My profile");
        await page.OpenAsync(server, "/profile/password");
        await lookAsync(page);
        await page.OpenAsync(server, "/profile");
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Rename School laptop" }));
        await lookAsync(page);
        await hands.TypeAsync(page.Locator("#Name"), "Old laptop");
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Remove Old laptop" }));
        await lookAsync(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("It is removed");

        // The device has it still, and offers it in vain; so does one that got a copy.
        await SignOutAsync(page);
        var other = await chromium.OpenAsync();
        await (await Authenticator.ConnectAsync(other)).BringAsync(await device.CredentialsAsync());
        foreach (var door in (IPage[])[page, other])
        {
            await door.OpenAsync(server, "/sign-in");
            await door.Locator("#Passkey").ClickAsync();
            await Assertions.Expect(door.Locator(".govuk-error-summary")).ToContainTextAsync("This passkey does not open an account here");
            await door.Locator(".govuk-error-summary a").ClickAsync();
            await Assertions.Expect(door.Locator("#Passkey")).ToBeFocusedAsync();
        }
        await lookAsync(page);
    }

    private static async Task AddAsync(Hands hands, string name)
    {
        var page = hands.Page;
        await hands.TypeAsync(page.Locator("#Name"), name);
        await hands.PressAsync(page.Locator("#NewPasskey"));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Keep these recovery codes");
    }

    private async Task SignOutAsync(IPage page)
    {
        await page.Context.ClearCookiesAsync();
        await page.OpenAsync(server, "/sign-in");
    }

    /// <summary>User name and password; leaves the page that asks for the second factor.</summary>
    private static async Task BeginAsync(IPage page, string email)
    {
        await page.GetByLabel("User name").FillAsync(email);
        await page.Locator("#Password").FillAsync(DemoServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("One more step");
    }

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
