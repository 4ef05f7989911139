using System.Text.RegularExpressions;
using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>What only a real browser shows of single pages.</summary>
public sealed partial class PageTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    [Fact]
    public async Task Limit_LastSeatTaken_NextAdministratorIsToldBeforeChoosing()
    {
        var page = await chromium.OpenAsync();
        await page.SignInAsync(server, DemoServer.Administrator);
        await page.BeginAsync(server, "Fourth", "Holder", "fourth@larkfield.demo.example");
        await Assertions.Expect(page.Locator("#SchoolSetup-count")).ToContainTextAsync("3 of 4 used, 1 pending");
        await page.Locator("#SchoolSetup").CheckAsync();
        for (var i = 0; i < 4; i++)
            await page.NextAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Pending users");

        await page.BeginAsync(server, "Fifth", "Person", "fifth@larkfield.demo.example");

        var box = page.Locator("#SchoolSetup");
        await Assertions.Expect(box).ToBeDisabledAsync();
        await Assertions.Expect(page.Locator("#SchoolSetup-reason")).ToContainTextAsync("All 4 seats are taken");
        Assert.Contains("SchoolSetup-reason", await box.GetAttributeAsync("aria-describedby"), StringComparison.Ordinal);
        Assert.True(await page.Locator("#SchoolSetup-reason").EvaluateAsync<bool>("e => parseFloat(getComputedStyle(e).opacity) === 1"), "The reason must be as easy to read as any text");
        await Assertions.Expect(page.Locator("#ManageData")).ToBeEnabledAsync();
        await Watch.AccessibleAsync(page);
        await page.SetViewportSizeAsync(320, 640);
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }

    [Theory]
    [InlineData("/schools/900001/users/pending", 403, "You cannot open Pending users")]
    [InlineData("/schools/900002", 404, "There is no such page")]
    public async Task WrongTurning_AnySize_HasItsPictureAndAWayOn(string path, int status, string heading)
    {
        foreach (var width in (int[])[1280, 320])
        {
            var page = await chromium.OpenAsync(width, 640);
            await page.SignInAsync(server, "governor@larkfield.demo.example");

            var answer = await page.OpenAsync(server, path);

            Assert.Equal((status, heading), (answer!.Status, await page.Locator("h1").InnerTextAsync()));
            Assert.True(await page.Locator(".ascent-turning__picture").EvaluateAsync<bool>("e => e.complete && e.naturalWidth > 0"), "The picture does not load");
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Go to Home" }).Or(page.GetByRole(AriaRole.Link, new() { Name = "Go to Home" }))).ToBeVisibleAsync();
            await Watch.FitsAsync(page);
            await Watch.AccessibleAsync(page);
        }
    }

    [Fact]
    public async Task Slip_Printed_IsOnePageWithoutTheBar()
    {
        var page = await chromium.OpenAsync();
        await page.SignInAsync(server, DemoServer.Administrator);
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/pending");
        await page.GetByRole(AriaRole.Button, new() { Name = "Print slip" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".ascent-slip__digits")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-print]")).ToBeVisibleAsync();
        await Watch.AccessibleAsync(page);

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator("[data-print]")).ToBeHiddenAsync();
        foreach (var format in (string[])["A4", "Letter", "A5"])
        {
            var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = format, PreferCSSPageSize = false }));
            Assert.Equal((format, 1), (format, PdfPage().Count(pdf)));
        }
    }

    [Fact]
    public async Task Reports_BoxUnticked_HidesItsChildrenButNeverATick()
    {
        var page = await chromium.OpenAsync();
        await page.SignInAsync(server, DemoServer.Administrator);
        await page.BeginAsync(server, "Tess", "Ting", "tess@larkfield.demo.example", "Teaching assistant");
        await page.NextAsync();
        var special = page.Locator("[data-belongs-to=SchoolReports]");
        await Assertions.Expect(special).ToBeHiddenAsync();

        await page.Locator("#SchoolReports").CheckAsync();
        await Assertions.Expect(special).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-belongs-to=PupilReports]")).ToBeHiddenAsync();
        await page.Locator("#PupilReports").CheckAsync();
        await Assertions.Expect(page.Locator("[data-belongs-to=PupilReports]")).ToBeVisibleAsync();
        await page.Locator("#SchoolReports").UncheckAsync();
        await Assertions.Expect(special).ToBeVisibleAsync(); // a tick below is not lost from sight
        await page.NextAsync();

        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
        await page.Locator(".govuk-error-summary a").ClickAsync();
        await Assertions.Expect(page.Locator("#PupilReports")).ToBeFocusedAsync();
        await Watch.AccessibleAsync(page);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task EveryPage_Demonstration_IsAccessibleAndFits(int width)
    {
        var page = await chromium.OpenAsync(width, 800);
        var complaints = Watch.Complaints(page);
        foreach (var path in (string[])["/help", "/accessibility", "/privacy", "/demo/outbox", "/sign-up/unknown"])
            await LookAsync(page, path);
        await page.SignInAsync(server, DemoServer.Administrator);
        foreach (var path in (string[])["/administration", "/users", "/users/pending", "/users/reset-codes", "/users/sign-in-rules", "/data", "/targets/management", "/collaborate/administration", "/tracking/set-up"])
            await LookAsync(page, DemoServer.Larkfield + path);
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/pending");
        await page.Locator("tbody details summary").First.ClickAsync();
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).First.ClickAsync();
        await LookAsync(page, null);
        await page.BeginAsync(server, "Wide", "Zwölfboxkämpfer-Wagner", $"a.very.long.address.that.somebody.really.has.{width}@larkfield.demo.example");
        for (var i = 0; i < 3; i++)
            await page.NextAsync();
        await page.Locator("a[href*=end-date]").ClickAsync();
        await page.GetByLabel("Day").FillAsync("99");
        await page.NextAsync();
        await LookAsync(page, null);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    [Theory]
    [InlineData(1280, 'x')]
    [InlineData(320, 'y')]
    public async Task LongestNames_AnySize_StillFit(int width, char letter)
    {
        var (forename, surname, email) = (new string('w', 100), new string('m', 100), $"{new string(letter, 64)}@{new string('b', 60)}.{new string('c', 60)}.example");
        var page = await chromium.OpenAsync(width, 640);
        await page.SignInAsync(server, DemoServer.Administrator);
        await page.BeginAsync(server, forename, surname, email);
        await LookAsync(page, null);
        for (var i = 0; i < 4; i++)
        {
            await page.NextAsync();
            await LookAsync(page, null);
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Show code" }).First.ClickAsync();
        await LookAsync(page, null);
        await page.GetByRole(AriaRole.Button, new() { Name = "Print slip" }).First.ClickAsync();
        await LookAsync(page, null);
        await LookAsync(page, DemoServer.Larkfield);
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/pending");
        await page.Locator("tbody details summary").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).First.ClickAsync();
        await LookAsync(page, null);
        var theirs = await chromium.OpenAsync(width, 640);
        await theirs.GotoAsync(DemoServer.LinkIn((await server.MailToAsync(email)).Mail));
        await LookAsync(theirs, null);
    }

    private async Task LookAsync(IPage page, string? path)
    {
        if (path is not null)
            await page.OpenAsync(server, path);
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PdfPage();
}
