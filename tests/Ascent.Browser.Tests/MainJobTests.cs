using System.Text.RegularExpressions;
using Ascent.Browser.Tests.Support;
using Ascent.TestSupport;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>
/// The whole main job in the real program: an administrator creates a user and hands over the code, the user signs up with link and code
/// and sees exactly what was chosen. Four times, by the means that people have.
/// </summary>
public sealed partial class MainJobTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    [Fact]
    public Task CreateAndSignUp_Mouse_EveryPageIsAccessible() => RunAsync("mouse", 1280, 900, script: true, page => new Hands(page), async page =>
    {
        await Watch.AccessibleAsync(page);
        await Watch.FitsAsync(page);
    });

    [Fact]
    [Asvs("3.7.1", "Pages are HTML and CSS and work without any script.")]
    public Task CreateAndSignUp_WithoutScript_Works() => RunAsync("noscript", 1280, 900, script: false, page => new Hands(page), _ => Task.CompletedTask);

    [Fact]
    public Task CreateAndSignUp_KeyboardAlone_ReachesEverythingWithTheFocusSeen() => RunAsync("keyboard", 1280, 900, script: true, page => new KeyboardHands(page), _ => Task.CompletedTask);

    [Fact]
    public Task CreateAndSignUp_SmallPhone_NothingScrollsSideways() => RunAsync("small", 320, 640, script: true, page => new Hands(page), async page =>
    {
        await Watch.FitsAsync(page);
        await Watch.AccessibleAsync(page);
    });

    private async Task RunAsync(string means, int width, int height, bool script, Func<IPage, Hands> with, Func<IPage, Task> look)
    {
        var email = $"hannah.{means}@larkfield.demo.example";
        var page = await chromium.OpenAsync(width, height, script);
        var complaints = Watch.Complaints(page);

        var code = await CreateAsync(with(page), email, script, look);

        // The mail holds the link and not the code.
        var (mail, raw) = await server.MailToAsync(email);
        var link = DemoServer.LinkIn(mail);
        Assert.StartsWith(new Uri(server.Address, "/sign-up/").ToString(), link, StringComparison.Ordinal);
        foreach (var text in (string[])[raw, mail.TextBody!, mail.HtmlBody!, mail.Subject!])
        {
            Assert.DoesNotContain(code, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), text, StringComparison.OrdinalIgnoreCase);
        }

        var theirs = await chromium.OpenAsync(width, height, script);
        complaints.AddRange(Watch.Complaints(theirs));
        await SignUpAsync(with(theirs), link, code, look);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
        Assert.DoesNotContain("fail:", server.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(code, server.Said, StringComparison.Ordinal);
        await page.Context.DisposeAsync();
        await theirs.Context.DisposeAsync();
    }

    private async Task<string> CreateAsync(Hands hands, string email, bool script, Func<IPage, Task> look)
    {
        var page = hands.Page;
        await page.GotoAsync(new Uri(server.Address, "/").ToString());
        await look(page);
        await hands.TypeAsync(page.GetByLabel("User name"), DemoServer.Administrator);
        await hands.TypeAsync(page.Locator("#Password"), DemoServer.Password);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }));
        await ArrivedAsync(page, "What needs you", look);

        await hands.PressAsync(page.Locator("[data-administration-link]"));
        if (script)
        {
            // A menu over the page: its first group is opened, then the entry pressed.
            await hands.PressAsync(page.Locator("#administration-menu summary").Filter(new() { HasText = "Users" }));
            await look(page);
            await hands.PressAsync(page.Locator("#administration-menu").GetByRole(AriaRole.Link, new() { Name = "Create a single user" }));
        }
        else
        {
            await ArrivedAsync(page, "Administration", look);
            await hands.PressAsync(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Create a single user" }));
        }

        await ArrivedAsync(page, "Who is the new user?", look);
        await hands.TypeAsync(page.GetByLabel("Forename"), "Hannah");
        await hands.TypeAsync(page.GetByLabel("Surname"), "Brooks");
        await hands.TypeAsync(page.GetByLabel("Email address"), email);
        await NextAsync(hands);
        await ArrivedAsync(page, "What is Hannah’s job role in your organisation?", look);
        await hands.ChooseAsync(page.GetByLabel("Teacher", new() { Exact = true }));
        await NextAsync(hands);
        await ArrivedAsync(page, "What may Hannah administer?", look);
        await NextAsync(hands);
        await ArrivedAsync(page, "Which reports may Hannah see?", look);
        await hands.TickAsync(page.Locator("#SchoolReports"));
        await hands.TickAsync(page.Locator("#PupilReports"));
        await hands.ChooseAsync(page.Locator("input[name=PupilReportsScope][value=OwnClasses]"));
        await NextAsync(hands);
        await ArrivedAsync(page, "What may Hannah do in Pupil Tracking?", look);
        await hands.TickAsync(page.Locator("#TrackingSchoolReports"), ticked: false);
        await hands.TickAsync(page.Locator("#TrackingPupilReports"), ticked: false);
        await hands.TickAsync(page.Locator("#TrackingMarks"));
        await NextAsync(hands);
        await ArrivedAsync(page, "Confirm and finish", look);
        await Assertions.Expect(page.Locator(".govuk-summary-list")).ToContainTextAsync(email);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Confirm and finish" }));

        await ArrivedAsync(page, "Pending users", look);
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Next: give Hannah Brooks the activation code");
        await hands.PressAsync(page.Locator("tbody tr").First.GetByRole(AriaRole.Button, new() { Name = "Show code" }));
        var shown = page.Locator(".ascent-code[role=status]");
        await Assertions.Expect(shown).ToBeVisibleAsync();
        await look(page);
        return Code().Match(await shown.InnerTextAsync()).Value;
    }

    private static async Task SignUpAsync(Hands hands, string link, string code, Func<IPage, Task> look)
    {
        const string Password = "seven brass kettles";
        var page = hands.Page;
        await page.GotoAsync(link);
        await ArrivedAsync(page, "Set up your account", look);
        await hands.TypeAsync(page.Locator("#Code"), code.ToLowerInvariant());
        await hands.TypeAsync(page.Locator("#Password"), Password);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Set up my account" }));
        await ArrivedAsync(page, "Before you start", look);
        await hands.TickAsync(page.Locator("#Agrees"));
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Go on" }));
        await ArrivedAsync(page, "Larkfield Primary School", look);

        // Exactly the chosen access: in the navigation, on Home, and behind every door.
        Assert.Equal(["Home", "Reports", "Targets", "Tracking"], (await page.Locator(".govuk-service-navigation__list a").AllTextContentsAsync()).Select(t => t.Trim()));
        Assert.Equal(["Reports: school level", "Reports: pupils", "Targets", "Tracking: marks"], await page.Locator(".ascent-task__title").AllInnerTextsAsync());
        Assert.Equal(0, await page.Locator("[data-administration-link]").CountAsync());
        var origin = new Uri(page.Url).GetLeftPart(UriPartial.Authority) + DemoServer.Larkfield;
        foreach (var (path, status) in new[] { ("/reports", 200), ("/reports/pupils", 200), ("/targets", 200), ("/tracking/marks", 200), ("/data", 403), ("/users/pending", 403), ("/tracking/reports", 403), ("/collaborate", 403), ("/../900002", 404) })
        {
            Assert.Equal((path, status), (path, (await page.GotoAsync(origin + path))!.Status));
            await look(page);
        }
    }

    private static Task NextAsync(Hands hands) => hands.PressAsync(hands.Page.Locator("form.ascent-sheet button[type=submit]"));

    private static async Task ArrivedAsync(IPage page, string heading, Func<IPage, Task> look)
    {
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(heading);
        await look(page);
    }

    [GeneratedRegex("[0-9A-Z]{5}-[0-9A-Z]{5}")]
    private static partial Regex Code();
}
