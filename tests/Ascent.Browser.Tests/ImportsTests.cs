using System.Globalization;
using System.Text;
using Ascent.Browser.Tests.Support;
using Ascent.Shared;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>A file given, its columns told, reviewed, confirmed and undone by the data manager, by the means that people have.</summary>
public sealed class ImportsTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    private const string Imports = DemoServer.Larkfield + "/data/imports";

    [Fact]
    public Task Import_GivenReviewedConfirmedUndone_Mouse_EveryPageIsAccessible() => RunAsync(1, 1280, script: true, page => new Hands(page), LookAsync);

    [Fact]
    public Task Import_GivenReviewedConfirmedUndone_WithoutScript_Works() => RunAsync(2, 1280, script: false, page => new Hands(page), Watch.FitsAsync);

    [Fact]
    public Task Import_GivenReviewedConfirmedUndone_KeyboardAlone_ReachesEverything() => RunAsync(3, 1280, script: true, page => new KeyboardHands(page), _ => Task.CompletedTask);

    [Fact]
    public Task Import_GivenReviewedConfirmedUndone_SmallPhone_NothingScrollsSideways() => RunAsync(4, 320, script: true, page => new Hands(page), LookAsync);

    private async Task RunAsync(int run, int width, bool script, Func<IPage, Hands> with, Func<IPage, Task> look)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        var complaints = Watch.Complaints(page);
        var hands = with(page);
        await page.SignInAsync(server, "data@larkfield.demo.example");
        await page.OpenAsync(server, Imports);
        await look(page);

        // The first file has headings of the school's own, which are asked for once.
        await GiveAsync(page, hands, look, $"Number {run},Surname,Forename,DOB,Sex\r\n{Upn(run, 1)},Haq{run},Yusuf,04/03/2018,M\r\n{Upn(run, 2)},Price{run},Llew,05/03/2018,M\r\n");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("What are the columns?");
        await look(page);
        await page.Locator("#c0").SelectOptionAsync("UPN");
        await hands.PressAsync(Button(page, "Check the file"));
        await CheckedAsync(page);
        await look(page);
        await hands.PressAsync(Button(page, "Confirm the import"));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Confirmed. 2 pupils added");
        await look(page);

        await page.OpenAsync(server, Imports);
        await GiveAsync(page, hands, look, $"UPN,Surname,Forename,DOB,Sex,Class\r\n{Upn(run, 1)},Haq-Ali{run},Yusuf,04/03/2018,M,4 Oak {run}\r\n{Upn(run, 3)},Price{run},Llew,05/03/2018,M,\r\n{Upn(run, 4)},Kerr{run},Ian,31/02/2018,M,\r\n{Upn(run, 5)},Moss{run},Eve,06/03/2018,F,\r\n");
        await CheckedAsync(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("February 2018 has no day 31");
        await look(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { NameRegex = new("To decide") }));
        await Assertions.Expect(page.Locator("h2").First).ToContainTextAsync("waits for your decision");
        await look(page);
        await hands.ChooseAsync(page.GetByLabel("The same child: change that pupil"));
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Save who") }));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Your choices are saved");
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { NameRegex = new("To change") }));
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync($"Haq-Ali{run}");
        await look(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { NameRegex = new("To add") }));
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync($"Moss{run}");
        await hands.TickAsync(page.Locator("tbody input[name=rows]").First, ticked: false);
        await hands.PressAsync(Button(page, "Confirm the import"));
        await Assertions.Expect(page.Locator(".ascent-decision")).ToContainTextAsync("On confirm: 0 pupils added, 2 changed");
        await look(page);
        await hands.PressAsync(Button(page, "Confirm the import"));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Confirmed");

        await hands.PressAsync(Button(page, "Undo this import"));
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Undo the import");
        await look(page);
        await hands.PressAsync(Button(page, "Undo the import"));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("The roll is as it was");
        await page.OpenAsync(server, Imports);
        await look(page);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
        await page.Context.DisposeAsync();
    }

    private static async Task GiveAsync(IPage page, Hands hands, Func<IPage, Task> look, string text)
    {
        await hands.PressAsync(Button(page, "Update pupils & classes"));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Update pupils & classes");
        await look(page);
        // Choosing a file is the browser's own window.
        await page.Locator("#Upload").SetInputFilesAsync(new FilePayload { Name = "roll.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await hands.ChooseAsync(page.GetByLabel("Some pupils"));
        await hands.PressAsync(Button(page, "Next: check the file"));
    }

    /// <summary>The page looks again by itself until the file is checked.</summary>
    private static Task CheckedAsync(IPage page) => Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Review what will change", new() { Timeout = 30_000 });

    private static string Upn(int run, int pupil)
    {
        var rest = string.Create(CultureInfo.InvariantCulture, $"999200177{run}{pupil:00}");
        return $"{Shared.Upn.CheckLetter(rest)}{rest}";
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
