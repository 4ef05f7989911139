using System.Net;
using Ascent.Accounts.Factors;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SignIn;

public sealed class FactorTests
{
    [Fact]
    public async Task SignIn_RightPasswordAndCode_GoesOnToThePageThatWasWanted()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        var browser = server.Factory.OpenBrowser();

        var next = await browser.SignInAsync(server.Setup.Email, $"/sign-in?back={Uri.EscapeDataString(server.Home + "/users")}");
        Assert.Equal($"/second-factor?back={Uri.EscapeDataString(server.Home + "/users")}", next.Location);
        var half = CookieOf(browser);
        var page = await next.FollowAsync();
        Assert.Equal("One more step", page.Heading);
        var field = page.Document.GetElementById("FactorCode")!;
        Assert.Equal(("one-time-code", "numeric"), (field.GetAttribute("autocomplete"), field.GetAttribute("inputmode")));
        var done = await page.Form("FactorCode").Fill("FactorCode", await server.Data.NextCodeAsync(server.Setup.AccountId)).SubmitAsync();

        Assert.Equal(server.Home + "/users", done.Location);
        Assert.NotEqual(half, CookieOf(browser));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(server.Home + "/users")).Status);
        Assert.Equal(server.Home, (await browser.GetAsync($"/second-factor?back={Uri.EscapeDataString(server.Home)}")).Location);
    }

    [Fact]
    public async Task SignIn_WrongCodes_SayTheSameAndAreSlowedDown()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        var used = await server.Data.NextCodeAsync(server.Setup.AccountId);
        await server.Factory.SignInAsync(server.Setup);
        var browser = await server.HalfWayAsync(server.Setup);

        foreach (var wrong in (string[])["000000", used, "nonsense", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"])
        {
            var page = await (await browser.GetAsync("/second-factor")).Form("FactorCode").Fill("FactorCode", wrong).SubmitAsync();
            Refused.Only(page, ("FactorCode", "This is not a code that works now"));
            // What was typed does not stand in the page again.
            Assert.Equal("", page.Form("FactorCode").Value("FactorCode"));
        }
        Refused.Only(await (await browser.GetAsync("/second-factor")).Form("FactorCode").SubmitAsync(), ("FactorCode", "Enter the code from your app"));
        Refused.Only(await (await browser.GetAsync("/second-factor")).Form("RecoveryFactorCode").Fill("RecoveryFactorCode", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA").SubmitAsync(), ("RecoveryFactorCode", "This is not a code that works now"));
        var slowed = await (await browser.GetAsync("/second-factor")).Form("FactorCode").Fill("FactorCode", await server.Data.NextCodeAsync(server.Setup.AccountId)).SubmitAsync();
        Assert.Equal((HttpStatusCode.TooManyRequests, "5"), (slowed.Status, slowed.Response.Headers.RetryAfter!.ToString()));
        server.Factory.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("/", (await slowed.Form("FactorCode").Fill("FactorCode", await server.Data.NextCodeAsync(server.Setup.AccountId)).SubmitAsync()).Location);
    }

    [Fact]
    public async Task SignIn_RecoveryCode_OpensOnce()
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await server.Browser.GetAsync("/profile/second-factor/add");
        var codes = (await server.NewApp(page).SubmitAsync()).Texts(".ascent-recovery li");

        var browser = await server.HalfWayAsync(server.Setup);
        Assert.Equal("/", (await (await browser.GetAsync("/second-factor")).Form("RecoveryFactorCode").Fill("RecoveryFactorCode", codes[4]).SubmitAsync()).Location);

        var again = await server.HalfWayAsync(server.Setup);
        var refused = await (await again.GetAsync("/second-factor")).Form("RecoveryFactorCode").Fill("RecoveryFactorCode", codes[4]).SubmitAsync();
        Refused.Only(refused, ("RecoveryFactorCode", "This is not a code that works now"));
        Assert.NotNull(refused.Document.QuerySelector("details[open] #RecoveryFactorCode"));
        Assert.Contains("9 codes are left", (await browser.GetAsync("/profile")).Words(), StringComparison.Ordinal);
    }

    // Every endpoint of the product answers a half session as it answers nobody.
    [Fact]
    public async Task HalfSession_OpensNothingButThePageThatAsks()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var factor = await server.Data.AddFactorAsync(server.Setup.AccountId);
        var (half, nobody) = (await server.HalfWayAsync(server.Setup), server.Factory.OpenBrowser());
        var paths = server.Factory.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/').Replace("{urn}", server.School.Code, StringComparison.Ordinal).Replace("{id:guid}", factor.Id.ToString("N"), StringComparison.Ordinal).Replace("{token}", "x", StringComparison.Ordinal))
            .Distinct().ToArray();
        var before = await Tables.DumpAsync(server.Factory);

        foreach (var path in paths)
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
            {
                using var form = method == HttpMethod.Post ? new FormUrlEncodedContent([KeyValuePair.Create("form", "x")]) : null;
                var mine = await half.SendAsync(new HttpRequestMessage(method, path) { Content = form });
                using var again = method == HttpMethod.Post ? new FormUrlEncodedContent([KeyValuePair.Create("form", "x")]) : null;
                Assert.Equal($"{method} {path}\n{Answer.Of(await nobody.SendAsync(new HttpRequestMessage(method, path) { Content = again }))}", $"{method} {path}\n{Answer.Of(mine)}");
            }

        Assert.True(paths.Length >= 40, $"Only {paths.Length} addresses");
        Assert.Equal(HttpStatusCode.NoContent, (await half.GetAsync("/session")).Status);
        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
    }

    [Fact]
    public async Task HalfSession_TenMinutesLater_BeginsAnew()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        var browser = await server.HalfWayAsync(server.Setup);
        var page = await browser.GetAsync("/second-factor?back=%2Fprofile");
        server.Factory.Clock.Advance(Session.HalfWay);

        Assert.Equal("/sign-in?back=%2Fprofile", (await page.Form("FactorCode").Fill("FactorCode", await server.Data.NextCodeAsync(server.Setup.AccountId)).SubmitAsync()).Location);
        Assert.Equal("/sign-in?back=%2F", (await server.Factory.OpenBrowser().GetAsync("/second-factor?back=https://evil.example")).Location);
    }

    // Whether there is a second factor shows only to whoever knows the password.
    [Fact]
    public async Task SignIn_WrongPassword_SaysNothingOfASecondFactor()
    {
        await using var server = await SchoolServer.StartAsync();
        var (with, without) = (await server.Data.AddMemberAsync(server.School, PermissionSet.None, email: "with@school.example"), await server.Data.AddMemberAsync(server.School, PermissionSet.None, email: "none@school.example"));
        await server.Data.AddFactorAsync(with.AccountId);

        async Task<string> TryAsync(string email) =>
            Answer.Of(await (await server.Factory.OpenBrowser().GetAsync("/sign-in")).Form("Password").Fill("Email", email).Fill("Password", "not the password").SubmitAsync()).Replace(email, "…", StringComparison.Ordinal);

        Assert.Equal(await TryAsync(without.Email), await TryAsync(with.Email));
        Assert.Equal(await TryAsync("nobody@school.example"), await TryAsync(with.Email));
    }

    [Fact]
    public async Task Confirm_WithASecondFactor_AsksForBoth()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        await server.SignInAgainAsync();
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await (await server.Browser.GetAsync("/profile/second-factor/add")).FollowAsync();
        Assert.Equal("Confirm that it is you", page.Heading);

        Refused.Only(await page.Form("CurrentPassword").SubmitAsync(), ("CurrentPassword", "Enter your password"), ("FactorCode", "Enter the code"));
        Refused.Only(await page.Form("CurrentPassword").Fill("CurrentPassword", TestData.Password).Fill("FactorCode", "000000").SubmitAsync(), ("FactorCode", "This is not a code"));
        Assert.Equal("/profile/second-factor/add", (await page.Form("CurrentPassword").Fill("CurrentPassword", TestData.Password).Fill("FactorCode", await server.Data.NextCodeAsync(server.Setup.AccountId)).SubmitAsync()).Location);
    }

    [Fact]
    public async Task EditOfAHolder_WithASecondFactor_AsksForBothOnThePage()
    {
        await using var server = await SchoolServer.StartAsync();
        var person = await server.Data.AddMemberAsync(server.School, PermissionSet.None);
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        await server.SignInAgainAsync();
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await server.Browser.GetAsync($"{server.Home}/users/manage/{person.MembershipId:N}");

        page = await page.Form("Save").Tick("SchoolSetup").SubmitAsync("Save");
        page = await page.Form("Save").SubmitAsync("Save");
        Assert.True(page.Form("Save").Has("FactorCode"), page.Summary);
        Refused.At(await page.Form("Save").Fill("CurrentPassword", TestData.Password).SubmitAsync("Save"), "FactorCode", "Enter the code");
        var saved = await page.Form("Save").Fill("CurrentPassword", TestData.Password).Fill("FactorCode", await server.Data.NextCodeAsync(server.Setup.AccountId)).SubmitAsync("Save");
        Assert.True(saved.IsRedirect, saved.Summary);
    }

    [Fact]
    public async Task Form_OfASessionThatEnded_DoesNotKeepTheCode()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        await server.SignInAgainAsync();
        var page = await server.Browser.GetAsync("/confirm-password");
        server.Factory.Clock.Advance(Session.Idle);

        var lost = await page.Form("CurrentPassword").Fill("CurrentPassword", TestData.Password).Fill("FactorCode", "123456").SubmitAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, lost.Status);
        Assert.DoesNotContain("123456", lost.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignUp_AsAnAccountWithASecondFactor_AsksForIt()
    {
        await using var server = await SchoolServer.StartAsync();
        var person = await server.Data.AddMemberAsync(server.School, PermissionSet.None);
        await server.Data.AddFactorAsync(person.AccountId);
        await server.Data.BringAsync(person, Ascent.Accounts.MembershipState.Pending, server.Setup);
        var browser = server.Factory.OpenBrowser();
        var page = await browser.GetAsync(await server.Data.LinkOfAsync(person.MembershipId));

        var next = await page.Form("Code").Fill("Code", await server.Data.CodeOfAsync(person.MembershipId)).Fill("Password", Resetting.NewPassword).SubmitAsync();

        Assert.Equal($"/second-factor?back={Uri.EscapeDataString(server.Home)}", next.Location);
        Assert.StartsWith("/sign-in", (await browser.GetAsync(server.Home)).Location, StringComparison.Ordinal);
        var home = await (await next.FollowAsync()).Form("FactorCode").Fill("FactorCode", await server.Data.NextCodeAsync(person.AccountId)).SubmitAsync();
        Assert.Equal(server.Home, home.Location);
    }

    [Fact]
    [Asvs("6.4.3", "A new password by a mailed link asks for the second factor of who has one.")]
    public async Task ForgottenPassword_WithASecondFactor_AsksForItAndForNoResetCode()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        var page = await server.Factory.OpenBrowser().GetAsync(await server.ForgetAsync(server.Setup));

        Refused.At(await page.Form("Password").Fill("Password", Resetting.NewPassword).SubmitAsync(), "FactorCode", "Enter the code");
        Refused.At(await page.Form("Password").Fill("Password", Resetting.NewPassword).Fill("FactorCode", "000000").SubmitAsync(), "FactorCode", "This is not a code");
        Assert.Equal("/sign-in?reset=1", (await page.Form("Password").Fill("Password", Resetting.NewPassword).Fill("FactorCode", await server.Data.NextCodeAsync(server.Setup.AccountId)).SubmitAsync()).Location);

        var browser = await server.Factory.SignInAsync(server.Setup.Email, Resetting.NewPassword);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(server.Home)).Status);
        Assert.Equal(1, await server.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == "password-changed")));
    }

    private static string CookieOf(Browser browser) => browser.Cookies.GetCookies(new Uri("https://localhost")).Single(c => c.Name == "__Host-ascent").Value;
}
