using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

public sealed class AdministrationMenuTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    [Fact]
    public async Task Spanner_Pressed_OpensTheMenuAtTheRight()
    {
        var page = await SignedInAsync();
        var link = page.Locator("[data-administration-link]");
        Assert.Equal(("button", "false"), (await link.GetAttributeAsync("role"), await link.GetAttributeAsync("aria-expanded")));
        var icon = await link.BoundingBoxAsync();
        Assert.True(icon!.X > 1280 * 3 / 4 && icon.Y < 100, "The spanner stands at the top right");

        await link.ClickAsync();

        var menu = page.Locator("#administration-menu");
        await Assertions.Expect(menu).ToBeVisibleAsync();
        await Assertions.Expect(menu).ToBeFocusedAsync();
        var box = (await menu.BoundingBoxAsync())!;
        Assert.Equal(1280, box.X + box.Width, 0.5);
        Assert.Equal("true", await link.GetAttributeAsync("aria-expanded"));
        Assert.Equal(DemoServer.Larkfield, new Uri(page.Url).AbsolutePath); // over the page, not another
        await Watch.AccessibleAsync(page);
    }

    [Theory]
    [InlineData("Escape")]
    [InlineData("Close")]
    [InlineData("beside")]
    public async Task Menu_Closed_GivesTheFocusBack(string by)
    {
        var page = await SignedInAsync();
        await page.Locator("[data-administration-link]").ClickAsync();
        var menu = page.Locator("#administration-menu");
        await menu.Locator("summary").First.ClickAsync();

        switch (by)
        {
            case "Escape": await page.Keyboard.PressAsync("Escape"); break;
            case "Close": await menu.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync(); break;
            default: await page.Mouse.ClickAsync(200, 600); break;
        }

        await Assertions.Expect(menu).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("[data-administration-link]")).ToBeFocusedAsync();
        Assert.Equal("false", await page.Locator("[data-administration-link]").GetAttributeAsync("aria-expanded"));
        // The page works again.
        await page.Locator(".govuk-service-navigation__list a").Last.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Data");
    }

    [Fact]
    public async Task Menu_Open_KeepsTheKeyboardInside()
    {
        var page = await SignedInAsync();
        await page.Locator("[data-administration-link]").ClickAsync();

        for (var i = 0; i < 20; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("""
                () => { const e = document.activeElement; return e === document.body || !!e.closest('#administration-menu') || e.hasAttribute('data-administration-link'); }
                """), await page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 200)"));
        }
    }

    [Fact]
    public async Task Spanner_WithoutScript_LeadsToAPageWithTheSameEntries()
    {
        var scripted = await SignedInAsync();
        var menu = await scripted.Locator("#administration-menu a").AllAsync();
        var expected = new List<string>();
        foreach (var entry in menu)
            expected.Add((await entry.GetAttributeAsync("href"))!);
        var page = await SignedInAsync(script: false);

        await page.Locator("[data-administration-link]").ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Administration");
        var shown = new List<string>();
        foreach (var entry in await page.Locator("main a").AllAsync())
            if (await entry.IsVisibleAsync())
                shown.Add((await entry.GetAttributeAsync("href"))!);
        Assert.Equal(expected, shown);
        Assert.Equal(15, shown.Count);
    }

    [Fact]
    public async Task Account_WithoutAdministration_HasNoSpanner()
    {
        var page = await chromium.OpenAsync();
        await page.SignInAsync(server, "governor@larkfield.demo.example");

        Assert.Equal(0, await page.Locator("[data-administration-link], #administration-menu").CountAsync());
        await Watch.AccessibleAsync(page);
    }

    private async Task<IPage> SignedInAsync(bool script = true)
    {
        var page = await chromium.OpenAsync(script: script);
        await page.SignInAsync(server, DemoServer.Administrator);
        return page;
    }
}
