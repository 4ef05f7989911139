using System.Net;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SignIn;

public sealed class ConfirmPasswordTests
{
    [Fact]
    [Asvs("7.2.4", "Giving the password again gives a new token, and the old one opens nothing.")]
    public async Task Post_OwnPassword_LeadsBackAndHoldsForThisSessionOnly()
    {
        await using var server = await SchoolServer.StartAsync();
        var elsewhere = await server.Factory.SignInAsync(server.Setup);
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var old = server.Browser.Cookies.GetCookies(new Uri("https://localhost"))["__Host-ascent"]!.Value;

        var answer = await FillAsync(await server.Browser.GetAsync("/confirm-password?back=%2Fprofile%2Femail"), TestData.Password);

        Assert.Equal("/profile/email", answer.Location);
        // A new id at every change of level: whoever has seen the old one has nothing.
        Assert.StartsWith("/sign-in", (await SignInTests.WithCookie(server, old).GetAsync("/profile")).Location, StringComparison.Ordinal);
        Assert.Equal("/profile?saved=email-asked", (await server.Browser.PostAsync("/profile/email", ("Email", "amara@new.example"))).Location);
        Assert.StartsWith("/confirm-password", (await elsewhere.PostAsync("/profile/email", ("Email", "amara@new.example"))).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Enter your password")]
    [InlineData("four dry otters sing", "This is not your password")]
    [InlineData("four wet otters sing\u0001", "This is not your password")]
    [InlineData("<script>alert(1)</script>", "This is not your password")]
    public async Task Post_WrongOne_IsToldThereAndEchoedNowhere(string password, string words)
    {
        await using var server = await SchoolServer.StartAsync();
        var session = await ConfirmedAtAsync(server);
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));

        var page = await server.Browser.PostAsync("/confirm-password?back=%2Fprofile", ("CurrentPassword", password), ("Person.ConfirmedAt", "2099-01-01"), ("SessionId", "01234567-89ab-7def-8123-456789abcdef"));

        Refused.Only(page, ("CurrentPassword", words));
        if (password.Length > 0)
            Assert.DoesNotContain(password.TrimEnd('\u0001'), page.Body, StringComparison.Ordinal);
        Assert.Equal(session, await ConfirmedAtAsync(server));
    }

    [Fact]
    public async Task Post_LongestThatAFormTakes_IsRefusedAfterLittleWork()
    {
        await using var server = await SchoolServer.StartAsync();

        Refused.Only(await server.Browser.PostAsync("/confirm-password", ("CurrentPassword", new string('x', 900_000))), ("CurrentPassword", "This is not your password"));
    }

    [Fact]
    public async Task Post_WrongAgainAndAgain_IsSlowedDownForThisAccountOnly()
    {
        await using var server = await SchoolServer.StartAsync();
        var other = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School));
        for (var i = 0; i < 5; i++)
            await server.Browser.PostAsync("/confirm-password", ("CurrentPassword", "not it"));

        var page = await server.Browser.PostAsync("/confirm-password", ("CurrentPassword", TestData.Password));

        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.True((await other.PostAsync("/confirm-password", ("CurrentPassword", TestData.Password))).IsRedirect);
        server.Factory.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True((await server.Browser.PostAsync("/confirm-password", ("CurrentPassword", TestData.Password))).IsRedirect);
    }

    [Theory]
    [InlineData("/confirm-password")]
    [InlineData("/terms")]
    [Asvs("3.7.2", "No redirect leaves this server.")]
    public async Task Post_BackToAnotherSite_GoesHomeInstead(string path)
    {
        await using var server = await SchoolServer.StartAsync();
        foreach (var back in (string[])["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/%09/evil.example", "/\tevil.example", ""])
        {
            var address = $"{path}?back={Uri.EscapeDataString(back)}";
            var page = await server.Browser.GetAsync(address);
            Assert.DoesNotContain(page.Document.QuerySelectorAll("a[href]").Select(a => new Uri(((AngleSharp.Html.Dom.IHtmlAnchorElement)a).Href)), link => link.Host != "localhost");
            var location = (await server.Browser.PostAsync(address, ("CurrentPassword", TestData.Password), ("Agrees", "true"))).Response.Headers.Location!.OriginalString;
            Assert.True(location == "/" || (location == back && back.StartsWith("/%09", StringComparison.Ordinal)), $"{back} leads to {location}");
        }
    }

    private static Task<DateTime> ConfirmedAtAsync(SchoolServer server) => server.ReadAsync(db => db.Set<Session>().Select(s => s.ConfirmedAt).SingleAsync());

    private static Task<Page> FillAsync(Page page, string password) => page.Form("CurrentPassword").Fill("CurrentPassword", password).SubmitAsync();
}
