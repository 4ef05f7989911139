using Ascent.Browser.Tests.Support;
using Ascent.Organisations.Reach;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>Somebody of an authority finds a school, changes its administrator and tells a code; by the means that people have.</summary>
public sealed class UsersOfAnAuthorityTests(Chromium chromium)
{
    [Fact]
    public Task PickEditAndTellACode_Mouse_EveryPageIsAccessible() => RunAsync(1280, script: true, page => new Hands(page), LookAsync);

    [Fact]
    public Task PickEditAndTellACode_WithoutScript_Works() => RunAsync(1280, script: false, page => new Hands(page), _ => Task.CompletedTask);

    [Fact]
    public Task PickEditAndTellACode_KeyboardAlone_ReachesEverything() => RunAsync(1280, script: true, page => new KeyboardHands(page), _ => Task.CompletedTask);

    [Fact]
    public Task PickEditAndTellACode_SmallPhone_NothingScrollsSideways() => RunAsync(320, script: true, page => new Hands(page), LookAsync);

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task EveryPage_OfAnAuthoritysUsers_IsAccessibleAndFits(int width)
    {
        await using var school = await SchoolOnItsOwn.StartAsync();
        var (own, officer, holder, _) = await StartAsync(school);
        var adviser = await school.Data.AddBodyMemberAsync(officer.Body, PermissionSet.None.With(SchoolScope.SelectedSchools), [own]);
        var (body, below) = ($"/organisations/{officer.Address}", $"/organisations/{officer.Address}/schools/{own.Code}");
        var page = await school.OpenAsync(chromium, officer.Email, body, width);
        var complaints = Watch.Complaints(page);
        await LookAsync(page);
        foreach (var path in (string[])[$"{body}/users/manage", $"{body}/users/manage?school=nowhere", $"{body}/users/manage/{adviser.MembershipId:N}", $"{body}/users/manage/{officer.MembershipId:N}", $"{body}/users/manage/{adviser.MembershipId:N}/deactivate",
            $"{body}/users/pending", $"{body}/users/reset-codes", $"{body}/users/sign-in-rules", $"{body}/log", $"{below}/users/manage", $"{below}/users/manage/{holder.MembershipId:N}", $"{below}/users/pending", $"{below}/users/reset-codes"])
        {
            await page.GotoAsync(new Uri(school.Address, path).ToString());
            await LookAsync(page);
        }

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    private async Task RunAsync(int width, bool script, Func<IPage, Hands> means, Func<IPage, Task> look)
    {
        await using var school = await SchoolOnItsOwn.StartAsync();
        var (own, officer, holder, waiting) = await StartAsync(school);
        var page = await school.OpenAsync(chromium, officer.Email, $"/organisations/{officer.Address}/users/manage", width, script);
        var hands = means(page);
        await look(page);

        // Two fit, and one is chosen.
        await hands.TypeAsync(page.Locator("#school-picker"), "green");
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Find" }));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("2 schools fit");
        await look(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = own.Name }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync($"Manage users of {own.Name}");
        await look(page);

        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = $"Edit {holder.FullName}" }));
        await look(page);
        await hands.TickAsync(page.Locator("#SchoolReports"));
        if (script)
            await Assertions.Expect(page.Locator("[data-review-save]")).ToHaveTextAsync("Save 1 change");
        else
            await hands.PressAsync(page.Locator("[data-review-save]"));
        await Assertions.Expect(page.Locator(".ascent-diff__row")).ToContainTextAsync("View school-level reports");
        await look(page);
        await hands.PressAsync(page.Locator("[data-review-save]"));
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync($"The access of {holder.FullName} is changed");

        // The DfE number leads to the list of the school at once.
        await page.GotoAsync(new Uri(school.Address, $"/organisations/{officer.Address}/users/pending").ToString());
        await look(page);
        await hands.TypeAsync(page.Locator("#school-picker"), own.DfeNumber!);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Find" }));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync($"Pending users of {own.Name}");
        await look(page);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = $"Show code for {waiting.FullName}" }));
        await Assertions.Expect(page.Locator(".ascent-code[role=status]")).ToContainTextAsync("-");
        await look(page);
    }

    private static async Task<(Ascent.Organisations.School Own, TestBodyMember Officer, TestMember Holder, TestMember Waiting)> StartAsync(SchoolOnItsOwn school)
    {
        var officer = await school.Data.AddBodyMemberAsync(await school.Data.AddAuthorityAsync(), PermissionSet.Of(Permission.LaSetup));
        var (own, other) = (await school.Data.AddPrimaryAsync("Alder Green School"), await school.Data.AddPrimaryAsync("Birch Green School"));
        foreach (var linked in (Ascent.Organisations.School[])[own, other])
            await school.Data.LinkAsync(linked, officer.Body, ReachLevel.School);
        var holder = await school.Data.AddMemberAsync(own, PermissionSet.Of(Permission.SchoolSetup), "Amara", "Okafor");
        var waiting = await school.Data.InviteAsync(holder, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        await school.Data.InviteAsync(holder, PermissionSet.Of(Permission.SchoolReports));
        await school.Data.AddMemberAsync(own, Permission.SchoolReports);
        return (own, officer, holder, waiting);
    }

    private static async Task LookAsync(IPage page)
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    }
}
