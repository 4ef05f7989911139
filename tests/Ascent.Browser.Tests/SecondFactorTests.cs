using Ascent.Browser.Tests.Support;
using Ascent.TestSupport;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>A second factor from the first scan to the lost device, by the means that people have.</summary>
public sealed class SecondFactorTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    // Each way of working has somebody of its own: a second factor stays.
    [Fact]
    public Task EnrolAndSignIn_Mouse_EveryPageIsAccessible() => RunAsync("teacher@larkfield.demo.example", 1280, script: true, page => new Hands(page), LookAsync);

    [Fact]
    public Task EnrolAndSignIn_WithoutScript_Works() => RunAsync("governor@larkfield.demo.example", 1280, script: false, page => new Hands(page), Watch.FitsAsync);

    [Fact]
    public Task EnrolAndSignIn_KeyboardAlone_ReachesEverything() => RunAsync("data@larkfield.demo.example", 1280, script: true, page => new KeyboardHands(page), _ => Task.CompletedTask);

    [Fact]
    public Task EnrolAndSignIn_SmallPhone_NothingScrollsSideways() => RunAsync(DemoServer.Administrator, 320, script: true, page => new Hands(page), LookAsync);

    [Fact]
    public async Task RuleSwitchedOnAndDeviceLost_KeyboardAlone_PeopleWhoAreInAreLedOn()
    {
        const string setup = "setup@harbour.demo.example", leader = "leader@harbour.demo.example", harbour = "/schools/900002";
        var (theirs, admin) = (await chromium.OpenAsync(320, 800), await chromium.OpenAsync());
        var hands = new KeyboardHands(admin);
        var complaints = Watch.Complaints(theirs);
        await theirs.SignInAsync(server, leader);
        await admin.SignInAsync(server, setup);

        // The rule holds from the next click, for the one who made it too.
        await admin.OpenAsync(server, harbour + "/users/sign-in-rules");
        await hands.ChooseAsync(admin.GetByLabel("Everybody"));
        await LookAsync(admin);
        await hands.PressAsync(admin.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await Assertions.Expect(admin.Locator("h1")).ToHaveTextAsync("Add a second factor to go on");
        await EnrolAsync(hands, LookAsync);
        await Assertions.Expect(admin.Locator(".ascent-account").First).ToBeVisibleAsync();
        await theirs.OpenAsync(server, harbour + "/reports");
        await Assertions.Expect(theirs.Locator("h1")).ToHaveTextAsync("Add a second factor to go on");
        await EnrolAsync(new KeyboardHands(theirs), LookAsync);
        await Assertions.Expect(theirs).ToHaveURLAsync(new Uri(server.Address, harbour + "/reports").ToString());

        // The device is lost: a link, a code and the password bring another.
        await admin.OpenAsync(server, harbour + "/users/manage");
        await hands.PressAsync(admin.GetByRole(AriaRole.Row).Filter(new() { HasText = leader }).GetByRole(AriaRole.Link, new() { NameRegex = new("^Edit") }));
        await hands.PressAsync(admin.Locator("a[href*='/reset-second-factor']"));
        await Assertions.Expect(admin.Locator("main form button").Filter(new() { HasText = "Reset second factor" })).ToBeVisibleAsync();
        await LookAsync(admin);
        await hands.PressAsync(admin.Locator("main form button").Filter(new() { HasText = "Reset second factor" }));
        await Assertions.Expect(admin.Locator("h1")).ToHaveTextAsync("Reset codes");
        await LookAsync(admin);
        await hands.PressAsync(admin.GetByRole(AriaRole.Button, new() { NameRegex = new("^Show code") }));
        await Assertions.Expect(admin.Locator(".ascent-code")).ToBeVisibleAsync();
        var code = (await admin.Locator(".ascent-code").InnerTextAsync()).Split(' ', '\n')[^1];
        await LookAsync(admin);
        var anew = await chromium.OpenAsync(320, 800);
        await anew.GotoAsync(await server.LinkToAsync(leader, "/second-factor/reset/"));
        await LookAsync(anew);
        var theirHands = new KeyboardHands(anew);
        await theirHands.TypeAsync(anew.Locator("#Code"), code);
        await theirHands.TypeAsync(anew.Locator("#CurrentPassword"), DemoServer.Password);
        await theirHands.TypeAsync(anew.Locator("#AppCode"), await CodeAsync(anew));
        await theirHands.PressAsync(anew.GetByRole(AriaRole.Button, new() { Name = "Add it and sign in" }));
        await Assertions.Expect(anew.Locator(".ascent-account").First).ToBeVisibleAsync();
        Assert.EndsWith(harbour, anew.Url, StringComparison.Ordinal);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    private async Task RunAsync(string email, int width, bool script, Func<IPage, Hands> handsOf, Func<IPage, Task> lookAsync)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        var complaints = Watch.Complaints(page);
        var hands = handsOf(page);
        await page.SignInAsync(server, email);
        await page.OpenAsync(server, "/profile");
        await lookAsync(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Add an authenticator app" }).Or(page.GetByRole(AriaRole.Link, new() { Name = "Add an authenticator app" })));
        await Assertions.Expect(page.Locator("svg.ascent-qr")).ToBeVisibleAsync();
        await hands.TypeAsync(page.Locator("#AppCode"), "000000");
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Add this app" }));
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("This is not the code that the app shows now");
        var (secret, recovery) = await EnrolAsync(hands, lookAsync);
        await lookAsync(page);

        // A later code, as it comes half a minute on; the first one has been used.
        page = await BeginAsync(email, width, script);
        hands = handsOf(page);
        await lookAsync(page);
        await hands.TypeAsync(page.Locator("#FactorCode"), "123 456");
        await hands.PressAsync(SignIn(page).First);
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("This is not a code that works now");
        await lookAsync(page);
        await hands.TypeAsync(page.Locator("#FactorCode"), TestData.CodeAt(secret, Now.AddSeconds(30)));
        await hands.PressAsync(SignIn(page).First);
        await Assertions.Expect(page.Locator(".ascent-account").First).ToBeVisibleAsync();

        // Without the device; and too many wrong ones first.
        page = await BeginAsync(email, width, script);
        hands = handsOf(page);
        for (var i = 0; i < 5; i++)
        {
            await page.Locator("#FactorCode").FillAsync("000000");
            await SignIn(page).First.ClickAsync();
        }
        await hands.TypeAsync(page.Locator("#FactorCode"), "000000");
        await hands.PressAsync(SignIn(page).First);
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Wait");
        await lookAsync(page);
        await Task.Delay(TimeSpan.FromSeconds(6));
        await hands.PressAsync(page.Locator("details.ascent-factor > summary"));
        await hands.TypeAsync(page.Locator("#RecoveryFactorCode"), recovery.ToLowerInvariant());
        await hands.PressAsync(SignIn(page).Last);
        await Assertions.Expect(page.Locator(".ascent-account").First).ToBeVisibleAsync();
        await page.OpenAsync(server, "/profile");
        await Assertions.Expect(page.Locator("#factors-title + p + ul")).ToContainTextAsync("9 codes are left");
        await lookAsync(page);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    /// <summary>User name and password; leaves the page that asks for the second factor.</summary>
    private async Task<IPage> BeginAsync(string email, int width, bool script)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        await page.OpenAsync(server, "/sign-in");
        await page.GetByLabel("User name").FillAsync(email);
        await page.Locator("#Password").FillAsync(DemoServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("One more step");
        return page;
    }

    /// <summary>From the page with the picture to beyond the recovery codes; gives the secret and one code.</summary>
    private static async Task<(string Secret, string Recovery)> EnrolAsync(Hands hands, Func<IPage, Task> lookAsync)
    {
        var page = hands.Page;
        await lookAsync(page);
        var secret = await SecretAsync(page);
        await hands.TypeAsync(page.Locator("#AppCode"), TestData.CodeAt(secret, Now));
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Add this app" }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Keep these recovery codes");
        await lookAsync(page);
        var codes = await page.Locator(".ascent-recovery li").AllInnerTextsAsync();
        Assert.Equal(10, codes.Count);
        await hands.PressAsync(page.GetByText("I have kept them: go on"));
        return (secret, codes[0].Trim());
    }

    private static async Task<string> CodeAsync(IPage page) => TestData.CodeAt(await SecretAsync(page), Now);

    private static async Task<string> SecretAsync(IPage page) => (await page.Locator(".ascent-secret").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal).Trim();

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    private static ILocator SignIn(IPage page) => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Sign in") });

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
