using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>The authority, the trust, the School Improvement Partner and somebody with two organisations, in the demonstration as people find it.</summary>
public sealed class DemonstrationAboveTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    private const string Northmoor = "/organisations/la-999";

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task Authority_LooksAtItsSchools_LocksOneAndOpensItAgain(int width)
    {
        var page = await OpenAsync("la@northmoor.demo.example", width);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Northmoor");
        Assert.Equal(["Ashby Infant School", "Larkfield Primary School", "Millbrook Special School", "Quayside Sixth Form"], await page.Locator("main .ascent-plain-list a").AllInnerTextsAsync());
        await LookAsync(page);

        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Manage organisations" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Saltmarsh Nursery School");
        await LookAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Lock Quayside Sixth Form" }).ClickAsync();
        await page.GetByLabel("Why?").FillAsync("Contract ends");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock Quayside Sixth Form" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Quayside Sixth Form is locked");
        await LookAsync(page);

        // Closed to those who come from above too, the authority's own among them.
        var partner = await OpenAsync("sip@northmoor.demo.example", width);
        await partner.OpenAsync(server, "/schools/900006/reports");
        await Assertions.Expect(partner.Locator("h1")).ToHaveTextAsync("Quayside Sixth Form is locked");
        await LookAsync(partner);
        await partner.OpenAsync(server, Northmoor);
        Assert.Equal(["Larkfield Primary School", "Millbrook Special School"], await partner.Locator("main .ascent-plain-list a").AllInnerTextsAsync());
        await Assertions.Expect(partner.Locator("main")).ToContainTextAsync("Locked: nobody can open it at the moment");
        await LookAsync(partner);

        await page.GetByRole(AriaRole.Link, new() { Name = "Unlock Quayside Sixth Form" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock Quayside Sixth Form" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Quayside Sixth Form is open again");
        await partner.OpenAsync(server, "/schools/900006/reports");
        await Assertions.Expect(partner.Locator("h1")).ToContainTextAsync("Reports");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task ReportsFromAbove_AreWhatEachLinkLets(int width)
    {
        var authority = await OpenAsync("la@northmoor.demo.example", width);
        await authority.GetByRole(AriaRole.Link, new() { Name = "Ashby Infant School" }).ClickAsync();
        await Assertions.Expect(authority.Locator(".ascent-header__organisation")).ToContainTextAsync("through Northmoor, 900004");
        await LookAsync(authority);
        // With pupils' names here, without at Larkfield, and nothing of a school that ended its link.
        Assert.Equal([200, 403, 404, 404], await StatusesAsync(authority, "/schools/900004/reports/pupils", "/schools/900001/reports/pupils", "/schools/900002", "/schools/900003"));
        await authority.OpenAsync(server, "/schools/900001/reports/ks2");
        await Assertions.Expect(authority.Locator("[data-chart] svg").First).ToBeAttachedAsync();
        await LookAsync(authority);

        var trust = await OpenAsync("trust@compass.demo.example", width);
        await Assertions.Expect(trust.Locator("h1")).ToContainTextAsync("Compass Learning Trust");
        Assert.Equal(["Harbour Academy"], await trust.Locator("main .ascent-plain-list a").AllInnerTextsAsync());
        await LookAsync(trust);
        Assert.Equal([200, 404, 404, 200], await StatusesAsync(trust, "/schools/900002/reports/pupils", "/schools/900003/reports", "/schools/900001", "/organisations/trust-99001/schools"));

        var partner = await OpenAsync("sip@northmoor.demo.example", width);
        Assert.Equal(["Larkfield Primary School", "Millbrook Special School", "Quayside Sixth Form"], await partner.Locator("main .ascent-plain-list a").AllInnerTextsAsync());
        await LookAsync(partner);
        Assert.Equal([200, 200, 200, 404, 404, 403, 403], await StatusesAsync(partner,
            "/schools/900001/reports", "/schools/900005/reports", "/schools/900006/reports", "/schools/900004", "/schools/900007", "/schools/900001/reports/pupils", $"{Northmoor}/schools"));
    }

    [Theory]
    [InlineData(1280, true)]
    [InlineData(320, true)]
    [InlineData(1280, false)]
    public async Task Switcher_OfSomebodyWithASchoolAndAnAuthority_LeadsFromOneToTheOther(int width, bool script)
    {
        var page = await OpenAsync("head@ashby.demo.example", width, script);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Which organisation?");
        await LookAsync(page, script);
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Ashby Infant School" }).ClickAsync();
        var switcher = page.Locator(".ascent-switcher");
        await Assertions.Expect(switcher.Locator("summary")).ToContainTextAsync("Ashby Infant School");
        await Assertions.Expect(page.Locator("[data-administration-link]")).ToBeVisibleAsync();

        await switcher.Locator("summary").ClickAsync();
        Assert.Equal("Ashby Infant School", (await switcher.Locator("[aria-current]").InnerTextAsync()).Split('\n')[0].Trim());
        await LookAsync(page, script);
        await switcher.GetByRole(AriaRole.Link, new() { Name = "Northmoor" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Northmoor");
        // Nothing of the school's administration is here.
        await Assertions.Expect(page.Locator("[data-administration-link]")).ToHaveCountAsync(0);
        await LookAsync(page, script);

        await page.GetByRole(AriaRole.Link, new() { Name = "Larkfield Primary School" }).ClickAsync();
        await Assertions.Expect(switcher.Locator("summary")).ToContainTextAsync("through Northmoor");
        await Assertions.Expect(switcher.Locator("[aria-current]")).ToHaveCountAsync(0);
        await LookAsync(page, script);
        await switcher.Locator("summary").ClickAsync();
        await switcher.GetByRole(AriaRole.Link, new() { Name = "Ashby Infant School" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-administration-link]")).ToBeVisibleAsync();
        Assert.Equal([200, 403, 403], await StatusesAsync(page, "/schools/900004/reports/pupils", "/schools/900001/reports/pupils", $"{Northmoor}/schools"));
    }

    private async Task<IPage> OpenAsync(string email, int width, bool script = true)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        await page.SignInAsync(server, email);
        return page;
    }

    private async Task<List<int>> StatusesAsync(IPage page, params string[] paths)
    {
        var met = new List<int>();
        foreach (var path in paths)
            met.Add((await page.GotoAsync(new Uri(server.Address, path).ToString()))!.Status);
        return met;
    }

    private static async Task LookAsync(IPage page, bool script = true)
    {
        await Watch.FitsAsync(page);
        if (script)
            await Watch.AccessibleAsync(page);
    }
}
