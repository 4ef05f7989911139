using System.Net;
using System.Text.RegularExpressions;
using Ascent.Accounts.Passwords;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SignIn;

public sealed partial class SignInTests
{
    private const string OneMessage = "The user name and password do not go together, or this account is not open.";

    [Fact]
    public async Task Post_RightPassword_OpensTheOneSchool()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = server.Factory.OpenBrowser();

        var answer = await FillAsync(await browser.GetAsync("/sign-in"), " " + server.Setup.Email.ToUpperInvariant() + " ", TestData.Password);

        Assert.Equal("/", answer.Location);
        Assert.Equal(server.Home, (await answer.ArriveAsync()).Path);
        Assert.Equal(("Amara Okafor", "AO"), ((await browser.GetAsync(server.Home)).Text(".ascent-account strong"), (await browser.GetAsync(server.Home)).Text(".ascent-avatar")));
    }

    [Fact]
    public async Task Post_Empty_IsRefusedAtBothFields()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await (await server.Factory.OpenBrowser().GetAsync("/sign-in")).Form("Password").SubmitAsync();

        Refused.Only(page, ("Email", "Enter your user name: it is your email address"), ("Password", "Enter your password"));
    }

    [Fact]
    [Asvs("6.3.8", "Nothing on the way tells whether an address is known: the same answer, the same work.")]
    public async Task Post_AnyFailure_IsTheSameAnswerAndTheSameWork()
    {
        await using var server = await SchoolServer.StartAsync();
        var today = DateOnly.FromDateTime(AscentHost.Start.UtcDateTime);
        // Names of equal length, so that the pages can be compared to the byte.
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, email: "known00@school.example");
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, email: "ended00@school.example", endsOn: today.AddDays(-1));
        await server.Data.InviteAsync(server.Setup, email: "pendi00@school.example");
        var hashing = server.Factory.Get<PasswordHashing>();
        var answers = new List<string>();
        var statuses = new List<HttpStatusCode>();

        foreach (var (email, password) in new[] { ("known00", "four dry otters sing"), ("unkno00", "four dry otters sing"), ("pendi00", "four dry otters sing"), ("ended00", TestData.Password), ("x@y@z00", "four dry otters sing") })
        {
            var form = await server.Factory.OpenBrowser().GetAsync("/sign-in");
            var hashes = hashing.Count;
            var page = await FillAsync(form, $"{email}@school.example", password);
            Assert.Equal((email, 1L), (email, hashing.Count - hashes));
            Refused.Only(page, ("Email", OneMessage));
            Assert.Equal($"{email}@school.example", page.Form("Password").Value("Email"));
            Assert.DoesNotContain(password, page.Body, StringComparison.Ordinal);
            Assert.False(page.Response.Headers.Contains("Set-Cookie") && page.Response.Headers.GetValues("Set-Cookie").Any(c => c.StartsWith("__Host-ascent=", StringComparison.Ordinal)));
            answers.Add(Token().Replace(page.Body, "").Replace(email, "", StringComparison.Ordinal));
            statuses.Add(page.Status);
        }

        Assert.Single(statuses.Distinct());
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Post_ManyWrongTries_SlowDownKnownAndUnknownAlikeWithoutAnyHash()
    {
        await using var server = await SchoolServer.StartAsync();
        var hashing = server.Factory.Get<PasswordHashing>();
        foreach (var email in (string[])[server.Setup.Email, "nobody@school.example"])
        {
            for (var i = 0; i < 5; i++)
                await FillAsync(await server.Factory.OpenBrowser().GetAsync("/sign-in"), email, "four dry otters sing");
            var (form, hashes) = (await server.Factory.OpenBrowser().GetAsync("/sign-in"), hashing.Count);

            var page = await FillAsync(form, email, TestData.Password);

            Assert.Equal((HttpStatusCode.TooManyRequests, 0L), (page.Status, hashing.Count - hashes));
            Assert.Equal("There have been several tries. Wait 5 seconds, then try again", page.Errors.Single());
            Assert.Equal(TimeSpan.FromSeconds(5), page.Response.Headers.RetryAfter?.Delta);
            Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
            Assert.Equal(email, page.Form("Password").Value("Email"));
        }
        // Nobody is locked out for good.
        server.Factory.Clock.Advance(TimeSpan.FromSeconds(5));
        await server.Factory.SignInAsync(server.Setup);
    }

    [Fact]
    [Asvs("3.3.2", "The session’s cookie is Lax, because a link in a mail must find the person signed in; the form’s is Strict.")]
    [Asvs("3.3.4", "Cookies are HttpOnly, and a session’s token is told in no other way.")]
    [Asvs("7.2.3", "A session’s token has 256 random bits; the server keeps its hash only.")]
    public async Task Post_RightPassword_SetsACookieThatNoScriptReadsAndNoOtherSiteSends()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = await server.Factory.OpenBrowser().GetAsync("/sign-in");

        var session = Cookie(await FillAsync(form, server.Setup.Email, TestData.Password), "__Host-ascent");
        var antiforgery = Cookie(form, "__Host-ascent-form");

        foreach (var cookie in (string[])[session, antiforgery])
        {
            var flags = cookie.Split("; ").Skip(1).Select(f => f.ToLowerInvariant()).ToArray();
            Assert.Contains("secure", flags);
            Assert.Contains("httponly", flags);
            Assert.Contains("path=/", flags);
            Assert.Contains(flags, f => f is "samesite=lax" or "samesite=strict");
            Assert.DoesNotContain(flags, f => f.StartsWith("domain", StringComparison.Ordinal));
            Assert.DoesNotContain(flags, f => f.StartsWith("expires", StringComparison.Ordinal)); // gone with the browser
        }
        // 256 random bits, of which the server keeps the hash only.
        var token = session.Split('=', 2)[1].Split(';')[0];
        Assert.Equal(43, token.Length);
        Assert.DoesNotContain(token, string.Join('\n', await Tables.DumpAsync(server.Factory)), StringComparison.Ordinal);
    }

    [Fact]
    [Asvs("7.2.4", "Signing in again is a new session and ends the old one.")]
    public async Task Post_SignInAgain_IsANewSessionAndEndsTheOldOne()
    {
        await using var server = await SchoolServer.StartAsync();
        var old = server.Browser.Cookies.GetCookies(new Uri("https://localhost"))["__Host-ascent"]!.Value;
        // Signing in anew in the same browser, the page having been open before.
        var form = await server.Factory.OpenBrowser().GetAsync("/sign-in");
        server.Browser.Cookies.SetCookies(new Uri("https://localhost"), Cookie(form, "__Host-ascent-form"));

        using var content = new FormUrlEncodedContent([new("form", form.Form("Password").Value("form")!), new("Email", server.Setup.Email), new("Password", TestData.Password)]);
        // A form token belongs to the person who got it, so somebody signed in posts one of their own.
        var own = (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename").Value("form")!;
        using var right = new FormUrlEncodedContent([new("form", own), new("Email", server.Setup.Email), new("Password", TestData.Password)]);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = content })).Status);
        Assert.True((await server.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = right })).IsRedirect);

        var present = server.Browser.Cookies.GetCookies(new Uri("https://localhost"))["__Host-ascent"]!.Value;
        Assert.NotEqual(old, present);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(server.Home)).Status);
        Assert.StartsWith("/sign-in", (await WithCookie(server, old).GetAsync(server.Home)).Location, StringComparison.Ordinal);
        Assert.Equal(1, await server.ReadAsync(db => db.Set<Session>().CountAsync(s => s.EndedAt == null)));
    }

    [Fact]
    [Asvs("7.4.1", "After signing out the old cookie opens nothing.")]
    public async Task Post_SignOut_EndsTheSessionOnTheServer()
    {
        await using var server = await SchoolServer.StartAsync();
        var old = server.Browser.Cookies.GetCookies(new Uri("https://localhost"))["__Host-ascent"]!.Value;

        var page = await (await (await server.Browser.GetAsync(server.Home)).Form("Sign out").SubmitAsync("Sign out")).ArriveAsync();

        Assert.Equal("/sign-in?signed-out=1", page.Path);
        Assert.Contains("You have signed out on this device", page.Words(), StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await WithCookie(server, old).GetAsync(server.Home)).Location, StringComparison.Ordinal);
    }

    [Fact]
    [Asvs("3.5.3", "Opening the address of a deed does not do it.")]
    public async Task Get_SignOutAddress_LeavesThePersonSignedIn()
    {
        await using var server = await SchoolServer.StartAsync();

        await server.Browser.GetAsync("/sign-out"); // a picture on another site could ask for it

        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(server.Home)).Status);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/%09/evil.example")]
    [InlineData("~//evil.example")]
    [InlineData("evil.example")]
    [InlineData("/\tevil.example")]
    [InlineData("")]
    [Asvs("1.2.2", "Addresses to go back to are pages of this server; javascript: and other sites lead home.")]
    [Asvs("3.7.2", "No redirect leaves this server.")]
    public async Task Post_BackToAnotherSite_GoesHomeInstead(string back)
    {
        await using var server = await SchoolServer.StartAsync();
        foreach (var (browser, signs) in new[] { (server.Factory.OpenBrowser(), true), (server.Browser, false) })
        {
            var page = await browser.GetAsync($"/sign-in?back={Uri.EscapeDataString(back)}");
            var location = (signs ? await FillAsync(page, server.Setup.Email, TestData.Password) : page).Response.Headers.Location!;
            Assert.False(location.IsAbsoluteUri, location.ToString());
            Assert.Equal("https://localhost", new Uri(new Uri("https://localhost/sign-in"), location).GetLeftPart(UriPartial.Authority));
            Assert.False(location.OriginalString.StartsWith("//", StringComparison.Ordinal) || location.OriginalString.StartsWith("/\\", StringComparison.Ordinal), location.OriginalString);
        }
    }

    [Fact]
    public async Task Post_BackToAPage_GoesThere()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = server.Factory.OpenBrowser();

        var asked = await browser.GetAsync(server.Home + "/users/pending?after=x");
        var answer = await FillAsync(await asked.FollowAsync(), server.Setup.Email, TestData.Password);

        Assert.Equal(server.Home + "/users/pending?after=x", answer.Location);
    }

    internal static Browser WithCookie(SchoolServer server, string token)
    {
        var jar = new CookieContainer();
        jar.Add(new Uri("https://localhost"), new Cookie("__Host-ascent", token, "/") { Secure = true });
        return server.Factory.OpenBrowser(jar);
    }

    private static string Cookie(Page page, string name) => page.Response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(name + "=", StringComparison.Ordinal));

    private static Task<Page> FillAsync(Page page, string email, string password) => page.Form("Password").Fill("Email", email).Fill("Password", password).SubmitAsync();

    [GeneratedRegex("value=\"CfDJ8[^\"]*\"")]
    private static partial Regex Token();
}
