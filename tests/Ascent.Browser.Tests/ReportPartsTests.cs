using Ascent.Browser.Tests.Support;
using Ascent.TestSupport.Web;
using Ascent.TestSupport.Web.Reports;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>
/// The parts of reports in a real browser, with made-up figures: written here, and put before the browser at an address of the real server, under
/// the headers that this very server sends, with its own style sheet and scripts.
/// </summary>
public sealed class ReportPartsTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task Charts_AnyWidth_AreDrawnUnderThePolicyAndAccessible(int width)
    {
        var page = await chromium.OpenAsync(width);
        var complaints = Watch.Complaints(page);
        await ShowAsync(page);

        await Assertions.Expect(page.Locator("[data-chart] > svg")).ToHaveCountAsync(4);
        Assert.Equal(0, await page.Locator("svg style").CountAsync());
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Charts_Drawn_ShowWhatTheirTablesShow()
    {
        var page = await chromium.OpenAsync();
        await ShowAsync(page);

        var trend = page.Locator("[data-from=trend-table]");
        await Assertions.Expect(trend.Locator("circle")).ToHaveCountAsync(3);
        foreach (var label in (string[])["55%", "60%", "64%", "2023/24", "Larkfield", "England"])
            await Assertions.Expect(trend.GetByText(label, new() { Exact = true })).ToHaveCountAsync(1);
        // A year withheld and one without a baseline: two figures, one letter, and no line through the gap.
        var broken = page.Locator("[data-from=progress-table]");
        await Assertions.Expect(broken.Locator("circle")).ToHaveCountAsync(2);
        await Assertions.Expect(broken.GetByText("c", new() { Exact = true })).ToHaveCountAsync(1);
        // Eight bars, and two striped ones of the same height.
        var bars = page.Locator("[data-from=grades-table] g[aria-label=bar]");
        await Assertions.Expect(bars.First.Locator("> *")).ToHaveCountAsync(8);
        Assert.Single(await bars.Last.Locator("> *").EvaluateAllAsync<string[]>("bars => [...new Set(bars.map(b => b.getBBox().height.toFixed(1)))]"));
        await Assertions.Expect(page.Locator("[data-from=scatter-table] g[aria-label=dot] > *")).ToHaveCountAsync(173);
    }

    [Fact]
    public async Task Scatter_RowOfTheListFocused_RingsAndNamesThatPupil()
    {
        var page = await chromium.OpenAsync();
        await ShowAsync(page);
        var chart = page.Locator("[data-chart=scatter]");
        var row = page.Locator("[data-find]").First;
        var key = await row.GetAttributeAsync("data-find");
        var name = await page.Locator($"[data-key={key}]").GetAttributeAsync("data-label");
        var chosen = await page.Locator("#scatter-table tr[aria-current]").GetAttributeAsync("data-label");
        await Assertions.Expect(chart.GetByText(chosen!, new() { Exact = true })).ToHaveCountAsync(1);

        await row.Locator("a").FocusAsync();
        await Assertions.Expect(chart.GetByText(name!, new() { Exact = true })).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Shift+Tab");

        await Assertions.Expect(chart.GetByText(chosen!, new() { Exact = true })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Charts_WithoutScript_TablesStandAlone()
    {
        var page = await chromium.OpenAsync(script: false);
        await ShowAsync(page);

        await Assertions.Expect(page.Locator("[data-chart]").First).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#trend-table")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#grades-table")).ToBeVisibleAsync();
        await page.Locator(".ascent-menu--form > summary").ClickAsync();
        await Assertions.Expect(page.GetByLabel("One pupil group")).ToBeVisibleAsync();
        await Watch.FitsAsync(page);
    }

    [Fact]
    public async Task Charts_ForcedColours_KeepTheirMarks()
    {
        var page = await chromium.OpenAsync();
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active, ColorScheme = ColorScheme.Dark });
        await ShowAsync(page);
        var bar = page.Locator("[data-from=grades-table] g[aria-label=bar]").First;
        await Assertions.Expect(bar).ToBeVisibleAsync();

        // Every mark takes the system's own colours: the text colour on its ground.
        foreach (var (mark, property, colour) in (IEnumerable<(ILocator, string, string)>)[(bar, "fill", "CanvasText"), (page.Locator("[data-from=trend-table] circle").First, "fill", "CanvasText"), (page.Locator(".ascent-tile circle").First, "fill", "CanvasText")])
            Assert.True(await mark.EvaluateAsync<bool>("""
                (e, [property, colour]) => {
                  const probe = document.body.appendChild(document.createElement('i'));
                  probe.style.color = colour;
                  const same = getComputedStyle(e)[property] === getComputedStyle(probe).color;
                  probe.remove();
                  return same;
                }
                """, new[] { property, colour }), $"{mark} is not {colour}");
        await Assertions.Expect(page.Locator(".ascent-strip-withheld").First).ToHaveCSSAsync("border-style", "dashed");
    }

    [Fact]
    public async Task Charts_WindowNarrowed_AreDrawnAnewAndOnPaperTheyStay()
    {
        var page = await chromium.OpenAsync();
        await ShowAsync(page);
        var chart = page.Locator("[data-from=trend-table] > svg");
        var wide = await chart.GetAttributeAsync("width");

        await page.SetViewportSizeAsync(320, 800);
        await Assertions.Expect(chart).Not.ToHaveAttributeAsync("width", wide!);
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Assertions.Expect(chart).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".ascent-figure__all")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".ascent-tabs--reports")).ToBeHiddenAsync();
    }

    private async Task ShowAsync(IPage page)
    {
        await using var writer = await AscentFactory.StartAsync();
        var html = await writer.PageAsync("Parts of reports", ReportSamples.Everything);
        using var client = new HttpClient();
        using var real = await client.GetAsync(new Uri(server.Address, "/sign-in"));
        var policy = Assert.Single(real.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        await page.RouteAsync("**/parts-of-reports", route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8", Body = html, Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = policy },
        }));
        await page.GotoAsync(new Uri(server.Address, "/parts-of-reports").ToString());
    }
}
