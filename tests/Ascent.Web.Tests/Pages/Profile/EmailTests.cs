using System.Net;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Profile;

/// <summary>Another user name: asked for in My profile, proved by the link in the new mailbox.</summary>
public sealed class EmailTests
{
    private const string Path = "/profile/email";
    private const string New = "amara@new.example";

    public static TheoryData<string, string> Unsound { get; } = new()
    {
        { "", "Enter the email address" },
        { "amara", "Enter an email address like name@school.example" },
        { $"{new string('w', 250)}@new.example", "Enter an email address like name@school.example" },
        { "amara\u202e@new.example", "Enter an email address like name@school.example" },
        { "amara@new.example\r\nBcc: eve@evil.example", "Enter an email address like name@school.example" },
        { "\"><script>alert(1)</script>@new.example", "Enter an email address like name@school.example" },
        { "аmara@new.example", "This address mixes letters of two alphabets" },
    };

    [Fact]
    public async Task Post_NewAddress_IsTheUserNameOnceItsLinkWasUsed()
    {
        await using var server = await SchoolServer.StartAsync();

        var profile = await (await AskAsync(server.Browser)).FollowAsync();

        Assert.Contains($"Waiting for you to confirm {New}", profile.Words(), StringComparison.Ordinal);
        var link = await server.PathAsync("/profile/email/", New);
        var before = await Tables.DumpAsync(server.Factory);
        for (var i = 0; i < 10; i++)
            Assert.Contains(New, (await server.Browser.GetAsync(link)).Words(), StringComparison.Ordinal);
        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
        await server.Factory.SignInAsync(server.Setup); // the old name works until then
        var form = (await server.Browser.GetAsync(link)).Form("Change my user name");
        Assert.Equal("/profile?saved=email", (await form.SubmitAsync("Change my user name")).Location);
        var again = await form.SubmitAsync("Change my user name");
        Assert.Equal((HttpStatusCode.NotFound, "This link does not work any more"), (again.Status, again.Heading));
        await server.Factory.SignInAsync(New);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Factory.SignInAsync(server.Setup));
    }

    [Theory, MemberData(nameof(Unsound))]
    public async Task Post_UnsoundAddress_IsRefusedThereAndStays(string email, string words)
    {
        await using var server = await SchoolServer.StartAsync();
        var before = await Tables.DumpAsync(server.Factory);

        var page = await server.Browser.PostAsync(Path, ("Email", email), ("AccountId", "01234567-89ab-7def-8123-456789abcdef"));

        Refused.Only(page, ("Email", words));
        Assert.Equal(email.ReplaceLineEndings(""), page.Form("Email").Value("Email")!.ReplaceLineEndings(""));
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src])"));
        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
    }

    [Fact]
    public async Task Post_LookAlike_TakesATick()
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await (await server.Browser.GetAsync(Path)).Form("Email").Fill("Email", "аmara@new.example").SubmitAsync();

        Assert.Equal("/profile?saved=email-asked", (await page.Form("Email").Tick("AcceptsMixedScript").SubmitAsync()).Location);
    }

    [Fact]
    public async Task Post_OwnAddress_IsRefused()
    {
        await using var server = await SchoolServer.StartAsync();

        Refused.Only(await AskAsync(server.Browser, server.Setup.Email.ToUpperInvariant()), ("Email", "This is your user name already"));
    }

    [Fact]
    [Asvs("7.5.1", "Changing the email address asks for the password when it was not given lately.")]
    public async Task Post_PasswordLongAgo_AsksForItAndComesBack()
    {
        await using var server = await SchoolServer.StartAsync();
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(10));

        var answer = await AskAsync(server.Browser);

        Assert.Equal("/confirm-password?back=%2Fprofile%2Femail", answer.Location);
        Assert.Equal(0, await server.CountAsync<EmailChange>());
    }

    // Somebody signed in could otherwise have the server write to any mailbox, as often as they like.
    [Fact]
    [Asvs("2.4.1", "Asking for mails again and again is slowed down.")]
    public async Task Post_AgainAndAgain_IsSlowedDown()
    {
        await using var server = await SchoolServer.StartAsync();
        var answers = new List<Page>();
        for (var i = 0; i < 8; i++)
            answers.Add(await AskAsync(server.Browser, $"stranger{i}@new.example"));

        Assert.Equal(5, answers.Count(a => a.IsRedirect));
        Assert.All(answers.Skip(5), a => Assert.Equal(HttpStatusCode.TooManyRequests, a.Status));
        Assert.StartsWith("There have been several tries. Wait ", answers[^1].Errors.Single(), StringComparison.Ordinal);
        Assert.Equal("stranger7@new.example", answers[^1].Form("Email").Value("Email"));
        Assert.Equal(5, await server.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == EmailProofMail.TemplateName)));
    }

    [Fact]
    public async Task Confirm_SomebodyElseOrNobody_IsLikeALinkThatNeverWas()
    {
        await using var server = await SchoolServer.StartAsync();
        await AskAsync(server.Browser);
        var link = await server.PathAsync("/profile/email/", New);
        var other = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School));
        var own = (await other.GetAsync("/profile/name")).Form("Forename").Value("form")!;
        await other.GetAsync("/profile");
        var before = await Tables.DumpAsync(server.Factory);

        var page = await other.GetAsync(link);
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("form", own)]);
        var posted = await other.SendAsync(new HttpRequestMessage(HttpMethod.Post, link) { Content = content });

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.Status, posted.Status));
        Assert.Equal((await other.GetAsync("/profile/email/" + new string('A', 43))).Words(), page.Words());
        Assert.DoesNotContain(New, page.Body + posted.Body, StringComparison.Ordinal);
        Assert.Equal($"/sign-in?back={Uri.EscapeDataString(link)}", (await server.Factory.OpenBrowser().GetAsync(link)).Location);
        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
    }

    [Fact]
    public async Task Confirm_ADayLater_DoesNotWorkAnyMore()
    {
        await using var server = await SchoolServer.StartAsync();
        await AskAsync(server.Browser);
        var link = await server.PathAsync("/profile/email/", New);

        server.Factory.Clock.Advance(EmailChange.Life);
        await server.SignInAgainAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync(link)).Status);
    }

    private static async Task<Page> AskAsync(Browser browser, string email = New) => await (await browser.GetAsync(Path)).Form("Email").Fill("Email", email).SubmitAsync();
}
