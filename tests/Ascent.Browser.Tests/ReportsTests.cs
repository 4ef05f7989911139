using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>The dashboards of two schools of the demonstration, as a governor and a senior leader walk through them.</summary>
public sealed class ReportsTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    private static readonly string[] Primary = ["", "/ks2", "/ks2/attainment", "/ks2/groups?measure=ks2-reading", "/ks2/context", "/ks2/governors", "/ks2/how/ks2-rwm", "/phonics", "/school"];
    private static readonly string[] Secondary = ["/ks4?year=2023-2024", "/ks4/attainment", "/ks4/subjects", "/ks4/subjects/HIS"];

    [Fact]
    public Task Dashboards_Wide_AreAccessibleAndDrawTheirCharts() => WalkAsync(1280, script: true, async page =>
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    });

    [Fact]
    public Task Dashboards_SmallPhone_AreAccessibleAndNothingScrollsSideways() => WalkAsync(320, script: true, async page =>
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    });

    [Fact]
    public Task Dashboards_WithoutScript_SayEverythingInTables() => WalkAsync(1280, script: false, Watch.FitsAsync);

    [Fact]
    public async Task Filter_ChosenInTheForm_StandsInTheAddressAndComesOffAgain()
    {
        var page = await chromium.OpenAsync(1280, 800, true);
        await page.SignInAsync(server, "governor@larkfield.demo.example");
        await page.OpenAsync(server, DemoServer.Larkfield + "/reports/ks2");
        await page.Locator(".ascent-filterbar summary").ClickAsync();
        await page.Locator("#filter-group").SelectOptionAsync("sex-girls");
        await page.Locator("#filter-year").SelectOptionAsync("2024-2025");
        await page.Locator(".ascent-filterform button").ClickAsync();

        await Assertions.Expect(page.Locator(".ascent-chips")).ToContainTextAsync("Girls");
        await Assertions.Expect(page.Locator(".ascent-chips")).ToContainTextAsync("Year: 2024/25");
        await page.Locator(".ascent-chips a").First.ClickAsync();
        await Assertions.Expect(page.Locator(".ascent-chips")).ToContainTextAsync("Year: 2025/26");
        await Assertions.Expect(page.Locator(".ascent-chips")).ToContainTextAsync("Girls");
    }

    [Theory]
    [InlineData("governor@larkfield.demo.example", DemoServer.Larkfield + "/reports/ks2/governors")]
    [InlineData("leader@harbour.demo.example", "/schools/900002/reports/ks4/governors")]
    public async Task GovernorSummary_Printed_IsOneSheetOfA4(string user, string address)
    {
        var page = await chromium.OpenAsync(1280, 800, true);
        await page.SignInAsync(server, user);
        await page.OpenAsync(server, address);

        var printed = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4", PrintBackground = true }));

        Assert.Single(System.Text.RegularExpressions.Regex.Matches(printed, @"/Type\s*/Page\b(?!s)"));
        await page.Context.DisposeAsync();
    }

    private async Task WalkAsync(int width, bool script, Func<IPage, Task> look)
    {
        foreach (var (user, school, paths) in ((string, string, string[])[])[("governor@larkfield.demo.example", DemoServer.Larkfield, Primary), ("leader@harbour.demo.example", "/schools/900002", Secondary)])
        {
            var page = await chromium.OpenAsync(width, 800, script);
            var complaints = Watch.Complaints(page);
            await page.SignInAsync(server, user);
            foreach (var path in paths)
            {
                await page.OpenAsync(server, $"{school}/reports{path}");
                if (script && await page.Locator("[data-chart]").CountAsync() > 0)
                    await Assertions.Expect(page.Locator("[data-chart] svg").First).ToBeAttachedAsync();
                await look(page);
            }
            Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
            await page.Context.DisposeAsync();
        }
    }
}
