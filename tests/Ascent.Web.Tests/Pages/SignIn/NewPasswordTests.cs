using System.Net;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.SignIn;

public sealed class NewPasswordTests
{
    public static TheoryData<string, string> Unfit { get; } = new()
    {
        { "", "Choose a password" },
        { "too short", "must have 15 characters or more" },
        { new('x', 129), "must have 128 characters or fewer" },
        { new('x', 200_000), "must have 128 characters or fewer" },
        { "copper lantern\u0001violin brook", "control character" },
        { "copper lantern\r\nviolin brook", "control character" },
        { "Amara Okafor Amara", "made of your name" },
        { "correct horse battery staple", "on the list of common ones" },
    };

    [Fact]
    [Asvs("7.4.3", "A password set by a mailed link ends every session.")]
    [Asvs("7.6.2", "Setting a new password by a link signs nobody in.")]
    public async Task Post_NewPassword_EndsEverySessionSignsNobodyInAndUsesTheLinkUp()
    {
        await using var server = await SchoolServer.StartAsync();
        var link = await server.ForgetAsync(server.Setup);
        var visitor = server.Factory.OpenBrowser();
        var before = await Tables.DumpAsync(server.Factory);
        for (var i = 0; i < 10; i++)
            Assert.Equal(server.Setup.Email, (await visitor.GetAsync(link)).Form("Password").Value("Your user name"));
        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
        var form = (await visitor.GetAsync(link)).Form("Password").Fill("Password", Resetting.NewPassword);

        var answer = await form.SubmitAsync();
        var again = await form.SubmitAsync(); // pressed twice

        Assert.Equal("/sign-in?reset=1", answer.Location);
        Assert.Contains("Your new password is saved", (await answer.FollowAsync()).Words(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, "This link does not work any more"), (again.Status, again.Heading));
        Assert.StartsWith("/sign-in", (await visitor.GetAsync("/")).Location, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await server.Browser.GetAsync(server.Home)).Location, StringComparison.Ordinal);
        await server.Factory.SignInAsync(server.Setup.Email, Resetting.NewPassword);
    }

    [Theory, MemberData(nameof(Unfit))]
    public async Task Post_UnfitPassword_IsToldThereEchoedNowhereAndTheLinkLives(string password, string words)
    {
        await using var server = await SchoolServer.StartAsync();
        var link = await server.ForgetAsync(server.Setup);
        var visitor = server.Factory.OpenBrowser();

        var page = await visitor.PostAsync(link, ("Password", password), ("Email", "eve@evil.example"), ("AccountId", "01234567-89ab-7def-8123-456789abcdef"));

        Refused.Only(page, ("Password", words));
        Assert.Equal(server.Setup.Email, page.Form("Password").Value("Your user name"));
        if (password.Length > 0)
            Assert.DoesNotContain(password.Split('\u0001', '\r')[0], page.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(server.Home)).Status);
        Assert.Equal("/sign-in?reset=1", (await page.Form("Password").Fill("Password", Resetting.NewPassword).SubmitAsync()).Location);
    }

    [Fact]
    public async Task Post_HalfAnHourLater_DoesNotWorkAnyMore()
    {
        await using var server = await SchoolServer.StartAsync();
        var link = await server.ForgetAsync(server.Setup);
        var form = (await server.Factory.OpenBrowser().GetAsync(link)).Form("Password").Fill("Password", Resetting.NewPassword);

        server.Factory.Clock.Advance(PasswordReset.Life);

        Assert.Equal(HttpStatusCode.NotFound, (await form.SubmitAsync()).Status);
        await server.Factory.SignInAsync(server.Setup);
    }

    // Each link is for one thing: none of them opens a page of another kind, whoever holds it.
    [Fact]
    [Asvs("6.3.4", "Each kind of link opens its own page and no other.")]
    [Asvs("9.2.2", "Each kind of link opens its own page and no other.")]
    public async Task Get_LinkOfAnotherKind_OpensNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup);
        await server.Browser.PostAsync("/profile/email", ("Email", "amara@new.example"));
        var (_, operators, _) = await server.Data.InviteOperatorAsync();
        var links = new Dictionary<string, string>
        {
            ["/sign-up/"] = await server.Data.TokenOfAsync(pending.MembershipId),
            ["/reset/"] = (await server.ForgetAsync(server.Setup)).Split('/')[^1],
            ["/profile/email/"] = (await server.PathAsync("/profile/email/", "amara@new.example")).Split('/')[^1],
            ["/operator/sign-up/"] = operators,
        };
        var cookie = server.Browser.Cookies.GetCookies(new Uri("https://localhost"))["__Host-ascent"]!.Value;

        foreach (var (path, right) in links)
            foreach (var token in links.Values.Append(cookie).Append(new string('A', 43)).Append("..%2f..%2fetc").Append(right[..42]).Append(right + "A"))
                Assert.Equal((path, token == right ? HttpStatusCode.OK : HttpStatusCode.NotFound), (path, (await server.Browser.GetAsync(path + token)).Status));
        foreach (var token in links.Values)
            Assert.StartsWith("/sign-in", (await SignInTests.WithCookie(server, token).GetAsync(server.Home)).Location, StringComparison.Ordinal);
    }
}
