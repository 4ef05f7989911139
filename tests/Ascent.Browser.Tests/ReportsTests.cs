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

    // A class with a second group, and filters that leave nobody, as a senior leader sees them.
    [Theory]
    [InlineData(1280, true)]
    [InlineData(320, true)]
    [InlineData(1280, false)]
    public async Task Dashboards_OfAClassAndASecondGroup_AreAccessibleAndFit(int width, bool script)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        var complaints = Watch.Complaints(page);
        await page.SignInAsync(server, "leader@harbour.demo.example");
        await page.OpenAsync(server, "/schools/900002/reports/ks4");
        var its = $"class={await page.Locator("#filter-class option").Nth(1).GetAttributeAsync("value")}";
        foreach (var (path, title) in ((string, string)[])[
            ($"?{its}&and=sex-girls", "Attainment 8"), ($"/attainment?{its}", "Pupils who reached a standard"), ($"/subjects?{its}", "Average grade in each subject"), ($"/groups?{its}&and=sex-girls", "Pupil groups"),
            ($"/context?{its}", "Who the pupils are"), ($"/how/ks4-attainment8?{its}", "Attainment 8"), ($"?{its}&group=sex-girls&and=looked-after-not-known", "Nobody is left by these filters")])
        {
            await page.OpenAsync(server, "/schools/900002/reports/ks4" + path);
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync(title);
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync("count here, not the whole school.");
            await Watch.FitsAsync(page);
            if (script)
                await Watch.AccessibleAsync(page);
        }
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Class_ChosenInTheForm_StaysOnTheTabsAndComesOffAgain()
    {
        var page = await chromium.OpenAsync(1280, 800, true);
        await page.SignInAsync(server, "leader@harbour.demo.example");
        await page.OpenAsync(server, "/schools/900002/reports/ks4");
        await page.Locator(".ascent-filterbar summary").ClickAsync();
        await page.Locator("#filter-class").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("#filter-and").SelectOptionAsync("sex-girls");
        await page.Locator(".ascent-filterform button").ClickAsync();
        await Assertions.Expect(page.Locator(".ascent-chips")).ToContainTextAsync("Class: ");
        await page.Locator(".ascent-tabs a", new() { HasText = "Subjects" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("subjects");
        await Assertions.Expect(page.Locator(".ascent-chips")).ToContainTextAsync("Class: ");
        await page.Locator(".ascent-chips a", new() { HasText = "Class: " }).ClickAsync();
        await Assertions.Expect(page.Locator(".ascent-chips")).Not.ToContainTextAsync("Class: ");
        await Assertions.Expect(page.Locator(".ascent-chips")).ToContainTextAsync("Girls");
        await page.Context.DisposeAsync();
    }

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
    [InlineData(1280, true)]
    [InlineData(320, true)]
    [InlineData(1280, false)]
    public async Task WhatIf_ChosenComparedChangedAndDeleted_IsAccessible(int width, bool script)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        var complaints = Watch.Complaints(page);
        await page.SignInAsync(server, "leader@harbour.demo.example");
        await page.OpenAsync(server, "/schools/900002/reports/ks4/what-if");
        await LookAsync();
        await page.Locator("#of").SelectOptionAsync("flag:joined-late");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tick them", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-select]:checked")).Not.ToHaveCountAsync(0);
        await LookAsync();
        await page.Locator("#ViewName").FillAsync($"Newcomers {width} {script}");
        await page.Locator("#ViewName").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".ascent-whatif__band")).ToContainTextAsync($"What-if: Newcomers {width} {script}. Not the school’s results.");
        await LookAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change who is left out" }).ClickAsync();
        await LookAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the view" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete this view" }).ClickAsync();
        await LookAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the view" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The What-if view is gone");
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
        await page.Context.DisposeAsync();

        async Task LookAsync()
        {
            await Watch.FitsAsync(page);
            if (script)
                await Watch.AccessibleAsync(page);
        }
    }

    [Fact]
    public async Task WhatIf_KeyboardAlone_IsChosenAndSaved()
    {
        var page = await chromium.OpenAsync(1280, 800, true);
        var hands = new KeyboardHands(page);
        await page.SignInAsync(server, "teacher@beacon.demo.example");
        await page.OpenAsync(server, "/schools/900003/reports/ks2/what-if");
        await hands.TypeAsync(page.Locator("#ViewName"), "By keys");
        await hands.TickAsync(page.Locator("#pupils"));
        await hands.PressAsync(page.Locator(".ascent-whatif-form__name button"));

        await Assertions.Expect(page.Locator(".ascent-whatif__band")).ToContainTextAsync("What-if: By keys. Not the school’s results.");
        await Assertions.Expect(page.Locator(".ascent-whatif__lead")).ToContainTextAsync("Both sides are about pupils of your own classes alone");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Pupils_TeacherOfAClassWithAStart_IsDrawnAndAccessible()
    {
        var page = await chromium.OpenAsync(1280, 800, true);
        await page.SignInAsync(server, "teacher@beacon.demo.example");
        await page.OpenAsync(server, "/schools/900003/reports/ks2/pupils");

        await Assertions.Expect(page.Locator("[data-chart=scatter] svg").First).ToBeAttachedAsync();
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
        await page.Context.DisposeAsync();
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
