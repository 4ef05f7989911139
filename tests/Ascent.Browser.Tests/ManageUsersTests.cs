using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>An administrator changes what somebody may do, who is signed in meanwhile; by the means that people have.</summary>
public sealed class ManageUsersTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    private const string Teacher = "teacher@larkfield.demo.example";

    [Fact]
    public Task EditAndEndSessions_Mouse_EveryPageIsAccessible() => RunAsync(1280, script: true, page => new Hands(page), async page =>
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    });

    [Fact]
    public Task EditAndEndSessions_WithoutScript_Works() => RunAsync(1280, script: false, page => new Hands(page), _ => Task.CompletedTask);

    [Fact]
    public Task EditAndEndSessions_KeyboardAlone_ReachesEverything() => RunAsync(1280, script: true, page => new KeyboardHands(page), _ => Task.CompletedTask);

    [Fact]
    public Task EditAndEndSessions_SmallPhone_NothingScrollsSideways() => RunAsync(320, script: true, page => new Hands(page), async page =>
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    });

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task EveryPage_OfManageUsers_IsAccessibleAndFits(int width)
    {
        var page = await chromium.OpenAsync(width, 800);
        var complaints = Watch.Complaints(page);
        await page.SignInAsync(server, DemoServer.Administrator);
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/manage");
        foreach (var menu in await page.Locator("[data-menu] > summary").AllAsync())
        {
            await menu.ClickAsync();
            await LookAsync(page);
            await menu.ClickAsync();
        }
        await page.GetByLabel("Select Sunita Patel").CheckAsync();
        await page.GetByLabel("Select Amara Okafor").CheckAsync();
        await LookAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await LookAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel, deactivate nobody" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set an end date" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the end date" }).ClickAsync();
        await LookAsync(page);
        foreach (var path in (string[])["/users/manage?q=nobody-is-called-so", "/users/explain", "/users/explain?page=reports", "/users/explain?page=reports&q=leila"])
        {
            await page.OpenAsync(server, DemoServer.Larkfield + path);
            await LookAsync(page);
        }
        await page.GetByRole(AriaRole.Link, new() { Name = "Leila Haddad" }).ClickAsync();
        await Assertions.Expect(page.Locator("#verdict")).ToBeVisibleAsync();
        await LookAsync(page);
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/manage");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit Amara Okafor" }).ClickAsync();
        await LookAsync(page);
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit Joanna Kowalczyk" }).ClickAsync();
        var edit = page.Url;
        foreach (var deed in (string[])["deactivate", "reset", "end-sessions", "delete"])
        {
            await page.GotoAsync($"{edit}/{deed}");
            await LookAsync(page);
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete Joanna" }).ClickAsync();
        await LookAsync(page);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    private async Task RunAsync(int width, bool script, Func<IPage, Hands> with, Func<IPage, Task> look)
    {
        var teacher = await chromium.OpenAsync();
        await teacher.SignInAsync(server, Teacher);
        Assert.Equal(200, (await teacher.OpenAsync(server, DemoServer.Larkfield + "/tracking/marks"))!.Status);
        var page = await chromium.OpenAsync(width, 800, script);
        var hands = with(page);
        await page.SignInAsync(server, DemoServer.Administrator);

        // The pencil, a box unticked, Save: without script the first Save shows before and after.
        await OpenAsync(page, hands, look);
        await hands.TickAsync(page.Locator("#TrackingMarks"), ticked: false);
        if (script)
            await Assertions.Expect(page.Locator("[data-review-save]")).ToHaveTextAsync("Save 1 change");
        else
            await hands.PressAsync(page.Locator("[data-review-save]"));
        await Assertions.Expect(page.Locator(".ascent-diff__row")).ToContainTextAsync("Add pupil assessment data");
        await look(page);
        await hands.PressAsync(page.Locator("[data-review-save]"));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("The access of Leila Haddad is changed");
        await look(page);

        // The right is gone on the next request of the live session, and the teacher has to sign in again once the sessions are ended.
        Assert.Equal(403, (await teacher.OpenAsync(server, DemoServer.Larkfield + "/tracking/marks"))!.Status);
        await OpenAsync(page, hands, look);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "End sessions" }));
        await look(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "End sessions" }));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Leila Haddad has to sign in again");
        await teacher.OpenAsync(server, DemoServer.Larkfield + "/reports");
        await Assertions.Expect(teacher.Locator("h1")).ToHaveTextAsync("Sign in");
        await teacher.GetByLabel("User name").FillAsync(Teacher);
        await teacher.Locator("#Password").FillAsync(DemoServer.Password);
        await teacher.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(teacher).ToHaveURLAsync(new Uri(server.Address, DemoServer.Larkfield + "/reports").ToString());

        // Back as it was, for the next means.
        await OpenAsync(page, hands, look);
        await hands.TickAsync(page.Locator("#TrackingMarks"));
        if (!script)
            await hands.PressAsync(page.Locator("[data-review-save]"));
        await Assertions.Expect(page.Locator("[data-review-save]")).ToHaveTextAsync("Save 1 change");
        await hands.PressAsync(page.Locator("[data-review-save]"));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToBeVisibleAsync();
        await teacher.Context.DisposeAsync();
        await page.Context.DisposeAsync();
    }

    private async Task OpenAsync(IPage page, Hands hands, Func<IPage, Task> look)
    {
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/manage");
        await look(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Edit Leila Haddad" }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Edit Leila Haddad");
        await look(page);
    }

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
