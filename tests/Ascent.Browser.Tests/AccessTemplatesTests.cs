using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>A template from its adding to its end, given to somebody on the way; by the means that people have.</summary>
public sealed class AccessTemplatesTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    [Fact]
    public Task Template_AddedGivenAndDeleted_Mouse_EveryPageIsAccessible() => RunAsync(1280, script: true, page => new Hands(page), LookAsync);

    [Fact]
    public Task Template_AddedGivenAndDeleted_WithoutScript_Works() => RunAsync(1280, script: false, page => new Hands(page), Watch.FitsAsync);

    [Fact]
    public Task Template_AddedGivenAndDeleted_KeyboardAlone_ReachesEverything() => RunAsync(1280, script: true, page => new KeyboardHands(page), _ => Task.CompletedTask);

    [Fact]
    public Task Template_AddedGivenAndDeleted_SmallPhone_NothingScrollsSideways() => RunAsync(320, script: true, page => new Hands(page), LookAsync);

    [Theory]
    [InlineData(1280, true)]
    [InlineData(320, true)]
    [InlineData(320, false)]
    public async Task JobRole_SameAccessAsAColleague_AsksWhoIsMeantAndPreTicks(int width, bool script)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        await page.SignInAsync(server, DemoServer.Administrator);
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/create/about");
        await page.GetByLabel("Forename").FillAsync("Hannah");
        await page.GetByLabel("Surname").FillAsync("Moss");
        await page.GetByLabel("Email address").FillAsync($"hannah.moss{width}{script}@larkfield.demo.example");
        await NextAsync(page);
        await page.GetByLabel("Teacher", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Same access as a colleague").CheckAsync();
        await page.Locator("#Search").FillAsync("p");
        if (script)
            await Watch.AccessibleAsync(page);
        await NextAsync(page);
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Choose which colleague is meant");
        await Watch.FitsAsync(page);
        if (script)
            await Watch.AccessibleAsync(page);
        await page.GetByLabel("Owen Price").CheckAsync();
        await NextAsync(page);
        await NextAsync(page);
        await Assertions.Expect(page.Locator("#suggestion")).ToHaveTextAsync("Suggested by the access of Owen Price: “View school-level reports”. Change it as you need.");
        await Assertions.Expect(page.Locator("#SchoolReports")).ToBeCheckedAsync();
    }

    private async Task RunAsync(int width, bool script, Func<IPage, Hands> with, Func<IPage, Task> look)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        var complaints = Watch.Complaints(page);
        var hands = with(page);
        await page.SignInAsync(server, DemoServer.Administrator);
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/templates");
        await look(page);

        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Add a template" }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Add an access template");
        await look(page);
        await hands.TypeAsync(page.GetByLabel("Name of the template"), "Helpers");
        await hands.TickAsync(page.Locator("#ManageData"));
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Add the template" }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Helpers");
        await look(page);

        // Daniel Reed has the same access without it: the first Save shows what would change, and for whom.
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Change the template" }));
        await look(page);
        await hands.TickAsync(page.Locator("#SchoolReports"));
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }));
        await Assertions.Expect(page.Locator(".ascent-diff__row")).ToContainTextAsync("View school-level reports");
        await look(page);
        var daniel = page.GetByLabel("Select Daniel Reed");
        await Assertions.Expect(daniel).Not.ToBeCheckedAsync();
        if (hands is KeyboardHands)
            await hands.TickAsync(daniel);
        else
            await daniel.CheckAsync();
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save, for those ticked" }));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("1 person has been given the template");
        await Assertions.Expect(page.Locator("tbody tr").Filter(new() { HasText = "Daniel Reed" })).ToContainTextAsync("Holds it");
        await look(page);

        // Back as it was, for the next means: the set, the person, and at last the template.
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Change the template" }));
        await hands.TickAsync(page.Locator("#SchoolReports"), ticked: false);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }));
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Tick all who were given it" }));
        await Assertions.Expect(page.GetByLabel("Select Daniel Reed")).ToBeCheckedAsync();
        // Who has the same by chance is not among them.
        await Assertions.Expect(page.GetByLabel("Select Marcus Bell")).Not.ToBeCheckedAsync();
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save, for those ticked" }));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("1 person has been given the template");
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }));
        await look(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Delete the template" }));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Nobody’s access has changed");

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
        await page.Context.DisposeAsync();
    }

    private static Task NextAsync(IPage page) => page.Locator("form.ascent-sheet button[type=submit]").ClickAsync();

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
