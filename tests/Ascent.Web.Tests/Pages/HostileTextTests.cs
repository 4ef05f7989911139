using System.Net;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages;

/// <summary>Whatever people type stands on the pages as they typed it, and as nothing else.</summary>
public sealed class HostileTextTests
{
    public static TheoryData<string> Names { get; } =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "O'Brien \"Bob\" & Sons", "{{7*7}} ${7*7} @(7*7)", "=cmd|' /C calc'!A0", "'; DROP TABLE memberships;--",
        "Siân Llŷr ap Gŵyn", "Żółć Wiśniewska-Łęcka", "محمد عبد الله", "李小龍", "नीलम", "👩‍🏫 Zoë", "Ｆｕｌｌｗｉｄｔｈ", "x\u0301\u0302\u0303\u0304\u0305", "../../etc/passwd", "%00%0d%0aSet-Cookie:a=b",
        "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    ];

    [Theory, MemberData(nameof(Names))]
    [Asvs("1.1.1", "What looks like escaped text (%00, {{…}}) is never decoded a second time: it is shown as it was typed.")]
    [Asvs("1.1.2", "Text is kept as typed and encoded where a page or mail is written.")]
    [Asvs("1.2.1", "Names that are markup, attributes or header lines stand on pages and in mails as text.")]
    [Asvs("1.3.7", "Template language in a name is text.")]
    public async Task Name_OfAnyKind_IsShownAsTypedOnEveryPageAndInTheMail(string name)
    {
        await using var server = await SchoolServer.StartAsync();
        var expected = name.Normalize();
        var form = (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename");
        var role = await (await form.Fill("Forename", name).Fill("Surname", name).Fill("Email", "odd@school.example").SubmitAsync()).FollowAsync();
        Shows(role, expected, "legend");
        var page = await (await role.Form("Teacher").Tick("Other").Fill("OtherRole", new string(name.Take(50).ToArray()).Trim()).SubmitAsync()).FollowAsync();
        while (!page.Path.Contains("/confirm", StringComparison.Ordinal))
        {
            Shows(page, expected, "h1");
            page = await (await page.Form("Next").SubmitAsync()).FollowAsync();
        }
        Shows(page, $"{expected} {expected}", ".govuk-summary-list");
        Shows(await page.ClickAsync("Change end date"), expected, "h1");
        var list = await (await CreateUserWalk.PressConfirmAsync(page)).FollowAsync();
        Shows(list, $"{expected} {expected}", ".govuk-notification-banner");
        Shows(list, $"{expected} {expected}", "tbody");
        var created = Guid.Parse(list.Path.Split('=')[1]);
        Shows(await list.Form("Print slip").SubmitAsync("Print slip"), expected, ".ascent-slip__for");
        Shows(await list.ClickAsync("Delete"), expected, "h1");
        Shows(await server.Browser.GetAsync(server.Home), expected, ".ascent-tasks");
        var token = await server.Data.TokenOfAsync(created);
        var mail = (await server.Data.ReadMailAsync()).Single();
        Assert.Equal($"{expected} {expected}", mail.To.Mailboxes.Single().Name);
        Assert.Contains($"Hello {expected},", mail.TextBody!, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", mail.HtmlBody!, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", mail.HtmlBody!, StringComparison.OrdinalIgnoreCase);

        // Signed up, the name stands in the person's own frame.
        var visitor = server.Factory.OpenBrowser();
        var signUp = await visitor.GetAsync($"/sign-up/{token}");
        var terms = await (await signUp.Form("Code").Fill("Code", await server.Data.CodeOfAsync(created)).Fill("Password", "seven brass kettles").SubmitAsync()).ArriveAsync();
        var home = await (await terms.Form("Agrees").Tick("Agrees").SubmitAsync()).ArriveAsync();
        Shows(home, $"{expected} {expected}", ".ascent-account strong");
        Assert.Empty(server.Factory.Logs.Errors);
    }

    [Theory]
    [InlineData("Moss\u202egpj.exe")]
    [InlineData("Moss\u2066x\u2069")]
    [InlineData("Mo\u200bss")]
    [InlineData("Moss\r\nBcc: eve@evil.example")]
    [InlineData("\ue000")]
    [InlineData("\u3164")]
    [Asvs("1.3.3", "Characters that hide, turn or break lines are refused in names.")]
    [Asvs("1.3.11", "Line breaks in names are refused, and so are addresses that are more than one address.")]
    public async Task Name_ThatReadsAsAnother_IsRefused(string name)
    {
        await using var server = await SchoolServer.StartAsync();
        var token = (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename").Value("form")!;
        // Posted by hand, since a text box takes line breaks away.
        using var content = new FormUrlEncodedContent([new("form", token), new("Forename", "Hannah"), new("Surname", name), new("Email", "h@school.example")]);

        var page = await server.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, server.Home + "/users/create/about") { Content = content });

        Refused.Only(page, ("Surname", "The surname has a hidden or control character in it"));
        Assert.Equal(0, await server.CountAsync<Invitation>());
    }

    [Theory]
    [InlineData("<script>alert(1)</script>@school.example")]
    [InlineData("a@school.example\r\nBcc: eve@evil.example")]
    [InlineData("a@school.example,eve@evil.example")]
    [InlineData("a@school.example;eve@evil.example")]
    [InlineData("\"<x>\"@school.example")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a b@school.example")]
    [InlineData("a@school\u3002example@x")]
    public async Task Email_ThatIsMoreThanAnAddress_IsRefusedAndShownEncoded(string email)
    {
        await using var server = await SchoolServer.StartAsync();
        var token = (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename").Value("form")!;
        using var content = new FormUrlEncodedContent([new("form", token), new("Forename", "Hannah"), new("Surname", "Moss"), new("Email", email)]);

        var page = await server.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, server.Home + "/users/create/about") { Content = content });

        Refused.Only(page, ("Email", "Enter an email address like name@school.example"));
        Harmless(page);
    }

    [Theory]
    [InlineData("o'brien+school@school.example")]
    [InlineData("élan@école.example")]
    [InlineData("用户@例子.example")]
    [InlineData("a&b@school.example")]
    public async Task Email_Unusual_IsTakenAndMailed(string email)
    {
        await using var server = await SchoolServer.StartAsync();

        var answer = await new CreateUserWalk(server.Browser, server.School.Code).FinishAsync("Teacher", email);
        var created = Guid.Parse(answer.Location.Split('=')[1]);

        Assert.Contains(email, (await answer.FollowAsync()).Text("tbody"), StringComparison.Ordinal);
        await server.Data.TokenOfAsync(created);
        Assert.Contains($"Your user name: {email}", (await server.Data.ReadMailAsync()).Single().TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    [Asvs("1.2.1", "Names that are markup, attributes or header lines stand on pages and in mails as text.")]
    public async Task School_WithMarkupInItsName_IsShownAsItIs()
    {
        const string Name = "St <b>Mary’s</b> & \"All\" Saints'";
        await using var server = await SchoolServer.StartAsync(name: Name);
        foreach (var page in await EveryPage.VisitAsync(server))
            Harmless(page);
        Assert.Equal(Name, (await server.Browser.GetAsync(server.Home)).Text(".ascent-header__organisation strong"));
    }

    [Theory]
    [InlineData("/schools/<script>alert(1)<%2Fscript>")]
    [InlineData("/sign-in?back=\"><script>alert(1)</script>")]
    [InlineData("/confirm-password?back=/\"><script>alert(1)</script>")]
    [InlineData("/help/<script>")]
    [InlineData("/sign-up/<script>alert(1)<%2Fscript>")]
    [Asvs("1.2.1", "What stands in an address is never markup on the page.")]
    public async Task Address_WithMarkup_IsNeverMarkupOnThePage(string path)
    {
        await using var server = await SchoolServer.StartAsync();

        foreach (var browser in (Browser[])[server.Browser, server.Factory.OpenBrowser()])
            Harmless(await browser.GetAsync(path));
    }

    private static void Shows(Page page, string words, string within)
    {
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(page.Document.QuerySelectorAll(within).Any(e => Tidy(e.TextContent).Contains(Tidy(words), StringComparison.Ordinal)), $"{page.Path} does not show {words} in {within}: {page.Text(within)}");
        Harmless(page);
    }

    private static void Harmless(Page page)
    {
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src]), [onerror], b, img[src=x]"));
        Assert.All(page.Document.QuerySelectorAll("script"), script => Assert.StartsWith("/assets/", script.GetAttribute("src")!, StringComparison.Ordinal));
    }

    private static string Tidy(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
