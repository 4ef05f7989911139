using Microsoft.Playwright;

namespace Ascent.Browser.Tests.Support;

/// <summary>Short ways for tests that are about one page.</summary>
public static class Visit
{
    public static async Task SignInAsync(this IPage page, DemoServer server, string email, string password = DemoServer.Password)
    {
        await page.GotoAsync(new Uri(server.Address, "/sign-in").ToString());
        await page.GetByLabel("User name").FillAsync(email);
        await page.Locator("#Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".ascent-account").First).ToBeVisibleAsync();
    }

    public static Task<IResponse?> OpenAsync(this IPage page, DemoServer server, string path) => page.GotoAsync(new Uri(server.Address, path).ToString());

    public static Task NextAsync(this IPage page) => page.Locator("form.ascent-sheet button[type=submit]").ClickAsync();

    /// <summary>Answers the first two questions; leaves the page that asks for administration.</summary>
    public static async Task BeginAsync(this IPage page, DemoServer server, string forename, string surname, string email, string role = "Teacher")
    {
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/create/about");
        await page.GetByLabel("Forename").FillAsync(forename);
        await page.GetByLabel("Surname").FillAsync(surname);
        await page.GetByLabel("Email address").FillAsync(email);
        await page.NextAsync();
        await page.GetByLabel(role, new() { Exact = true }).CheckAsync();
        await page.NextAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync($"What may {forename} administer?");
    }
}
