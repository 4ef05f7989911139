using Ascent.Accounts;
using Ascent.Browser.Tests.Support;
using Ascent.Organisations.Reach;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>An authority's "Create a user" in a real browser: the three sorts of user, with the suggestions of schools and without them.</summary>
public sealed class CreateAboveTests(Chromium chromium)
{
    private const string First = "Elm Infants & <b>Juniors</b>";
    private const string Second = "Elm Secondary";

    [Theory]
    [InlineData(1280, "mouse")]
    [InlineData(1280, "keyboard")]
    [InlineData(320, "mouse")]
    [InlineData(1280, "no script")]
    [InlineData(320, "no script")]
    public async Task Create_EachOfTheThree_IsMadeAndEveryPageIsAccessibleAndFits(int width, string how)
    {
        await using var school = await SchoolOnItsOwn.StartAsync();
        var officer = await PrepareAsync(school, 25);
        var page = await school.OpenAsync(chromium, officer.Email, $"/organisations/{officer.Address}", width, script: how != "no script");
        var script = how != "no script";
        var complaints = Watch.Complaints(page);
        var hands = how == "keyboard" ? new KeyboardHands(page) : new Hands(page);

        // An administrator of a school.
        await BeginAsync(hands, school, officer, script, "ada@school.example");
        await hands.ChooseAsync(page.GetByLabel("Another organisation (School)"));
        await FindSchoolAsync(hands, "Which school?", First, how);
        await hands.ChooseAsync(page.Locator("input[name=SchoolRole][value=Headteacher]"));
        await LookAsync(page, script);
        await NextAsync(hands);
        await HeadingAsync(page, "Which reports may Ada see?");
        await LookAsync(page, script);
        await hands.TickAsync(page.Locator("#PupilReports"));
        await NextAsync(hands);
        await HeadingAsync(page, "Confirm and finish");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Takes School setup seat 1 of 4.");
        await LookAsync(page, script);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Confirm and finish" }));
        await MadeAsync(page);

        // A School Improvement Partner, with schools that are found one after the other.
        await BeginAsync(hands, school, officer, script, "bea@above.example");
        await hands.ChooseAsync(page.GetByLabel("My organisation"));
        await hands.ChooseAsync(page.Locator("input[name=JobRole][value=SchoolImprovementPartner]"));
        await NextAsync(hands);
        await HeadingAsync(page, "Which schools does Ada see?");
        foreach (var name in (string[])[First, Second])
        {
            await FindSchoolAsync(hands, "Find a school", name, how);
            await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Find and add" }));
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"{name} is added.");
        }
        await LookAsync(page, script);
        await hands.ChooseAsync(page.Locator("input[name=DataLevel][value=School]"));
        await NextAsync(hands);
        foreach (var (part, text) in ((string, string)[])[("Day", "31"), ("Month", "7"), ("Year", $"{TimeProvider.System.GetUtcNow().Year + 1}")])
            await hands.TypeAsync(page.GetByLabel(part, new() { Exact = true }), text);
        await LookAsync(page, script);
        await NextAsync(hands);
        await LookAsync(page, script);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Confirm and finish" }));
        await MadeAsync(page);

        // A user of the authority itself.
        await BeginAsync(hands, school, officer, script, "cai@above.example");
        await hands.ChooseAsync(page.GetByLabel("My organisation"));
        await hands.ChooseAsync(page.Locator("input[name=JobRole][value=Director]"));
        await NextAsync(hands);
        await hands.TickAsync(page.Locator("#SchoolReports"));
        await hands.ChooseAsync(page.Locator("input[name=Scope][value=AllSchools]"));
        await LookAsync(page, script);
        await NextAsync(hands);
        await HeadingAsync(page, "What may Ada administer?");
        await hands.TickAsync(page.Locator("#LaSetup"));
        await LookAsync(page, script);
        await NextAsync(hands);
        await LookAsync(page, script);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Confirm and finish" }));
        await MadeAsync(page);

        var made = await school.Get<Ascent.Persistence.Database>().ReadAsync(Ascent.Shared.OrganisationScope.Server, db => db.Set<Membership>().Where(m => m.State == MembershipState.Pending).OrderBy(m => m.EmailKey).ToListAsync());
        Assert.Equal(
            [PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports, Permission.PupilReports), PermissionSet.None.With(SchoolScope.SelectedSchools), PermissionSet.Of(Permission.SchoolReports, Permission.LaSetup)],
            made.Select(m => m.Permissions));
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    [Fact]
    public async Task Suggestions_WhatARegisterNamesASchool_IsTextAndTheFieldKeepsItsHint()
    {
        await using var school = await SchoolOnItsOwn.StartAsync();
        var officer = await PrepareAsync(school, 2);
        var page = await school.OpenAsync(chromium, officer.Email, $"/organisations/{officer.Address}");
        var complaints = Watch.Complaints(page);
        await BeginAsync(new Hands(page), school, officer, true, "ada@school.example");
        await page.GetByText("Another organisation (School)").ClickAsync();

        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Which school?" });
        await field.FillAsync("elm");
        var options = page.GetByRole(AriaRole.Option);
        await Assertions.Expect(options).ToHaveCountAsync(2);
        await Assertions.Expect(options.First).ToContainTextAsync(First);
        Assert.Equal(0, await page.Locator(".ascent-suggest b").CountAsync());
        Assert.Contains("School-hint", await field.GetAttributeAsync("aria-describedby"), StringComparison.Ordinal);
        await LookAsync(page);
        await options.First.ClickAsync();
        Assert.StartsWith(First, await field.InputValueAsync(), StringComparison.Ordinal);
        Assert.EndsWith(")", await field.InputValueAsync(), StringComparison.Ordinal);
        await field.FillAsync("nobody is called so");
        await Assertions.Expect(page.Locator(".autocomplete__option--no-results")).ToHaveTextAsync("No linked school fits");
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    [Theory]
    [InlineData(1280, true)]
    [InlineData(320, true)]
    [InlineData(320, false)]
    public async Task Ask_ASchoolAndWithdraw_EveryPageIsAccessibleAndFits(int width, bool script)
    {
        await using var school = await SchoolOnItsOwn.StartAsync();
        var officer = await PrepareAsync(school, 2);
        var free = await school.Data.AddPrimaryAsync("Oak Free School");
        var page = await school.OpenAsync(chromium, officer.Email, $"/organisations/{officer.Address}/schools", width, script);
        var complaints = Watch.Complaints(page);

        await LookAsync(page, script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask a school for a link" }).ClickAsync();
        await page.GetByLabel("Find a school").FillAsync("oak");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
        await LookAsync(page, script);
        await page.GetByRole(AriaRole.Link, new() { Name = free.Name }).ClickAsync();
        await page.GetByText("School-level reports", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("What was agreed?").FillAsync("Contract 12");
        await LookAsync(page, script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask the school" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"{free.Name} is asked");
        await LookAsync(page, script);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Withdraw what {free.Name} was asked for" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"{free.Name} is not asked any more");
        await LookAsync(page, script);
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
    }

    private static async Task<TestBodyMember> PrepareAsync(SchoolOnItsOwn school, int schools)
    {
        var officer = await school.Data.AddBodyMemberAsync(await school.Data.AddAuthorityAsync(), PermissionSet.Of(Permission.LaSetup));
        for (var i = 0; i < schools; i++)
            await school.Data.LinkAsync(i switch { 0 => await school.Data.AddPrimaryAsync(First), 1 => await school.Data.AddSecondaryAsync(Second), _ => await school.Data.AddPrimaryAsync($"Oak {i}") }, officer.Body, ReachLevel.Pupil);
        return officer;
    }

    private static async Task BeginAsync(Hands hands, SchoolOnItsOwn school, TestBodyMember officer, bool script, string email)
    {
        await hands.Page.GotoAsync(new Uri(school.Address, $"/organisations/{officer.Address}").ToString());
        await hands.PressAsync(hands.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Create a user" }));
        await hands.TypeAsync(hands.Page.Locator("#Forename"), "Ada");
        await hands.TypeAsync(hands.Page.Locator("#Surname"), "Byron");
        await hands.TypeAsync(hands.Page.Locator("#Email"), email);
        await LookAsync(hands.Page, script);
        await NextAsync(hands);
        await HeadingAsync(hands.Page, "Where will Ada work, and as what?");
        await LookAsync(hands.Page, script);
    }

    // With script the school is taken from the suggestions; without it, the words are looked for when the form is sent.
    private static async Task FindSchoolAsync(Hands hands, string label, string name, string how)
    {
        // The list of suggestions is called by the same label.
        var field = hands.Page.Locator("input").And(hands.Page.GetByLabel(label, new() { Exact = true }));
        await hands.TypeAsync(field, name[..7]);
        if (how == "no script")
            return;
        var option = hands.Page.GetByRole(AriaRole.Option).First;
        await Assertions.Expect(option).ToContainTextAsync(name);
        if (how == "keyboard")
        {
            await hands.Page.Keyboard.PressAsync("ArrowDown");
            await hands.Page.Keyboard.PressAsync("Enter");
        }
        else
            await option.ClickAsync();
        await Assertions.Expect(field).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"\(\d"));
    }

    private static Task NextAsync(Hands hands) => hands.PressAsync(hands.Page.Locator("form.ascent-sheet .govuk-button-group button[type=submit]"));

    private static Task HeadingAsync(IPage page, string words) => Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(words);

    private static Task MadeAsync(IPage page) => page.WaitForURLAsync(url => url.Contains("?created=", StringComparison.Ordinal));

    // axe is a script of its own.
    private static async Task LookAsync(IPage page, bool script = true)
    {
        await Watch.FitsAsync(page);
        if (script)
            await Watch.AccessibleAsync(page);
    }
}
