using System.Net;
using System.Text.Json.Nodes;
using Ascent.Organisations;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.SignIn;

public sealed class PasskeyTests
{
    [Fact]
    public async Task SignIn_PasskeyAlone_GoesOnToThePageThatWasWanted()
    {
        await using var server = await SchoolServer.StartAsync();
        using var passkey = await server.Browser.AddPasskeyAsync();
        var browser = server.Factory.OpenBrowser();

        var done = await (await browser.GetAsync($"/sign-in?back={Uri.EscapeDataString(server.Home + "/users")}")).UseAsync(passkey);

        Assert.Equal(server.Home + "/users", done.Location);
        Assert.Equal(HttpStatusCode.OK, (await done.FollowAsync()).Status);
        Assert.Equal("/", (await (await server.Factory.OpenBrowser().GetAsync("/sign-in?back=https%3A%2F%2Fevil.test")).UseAsync(passkey)).Location);
    }

    [Fact]
    public async Task Question_AtTheDoor_SaysNothingOfAnybodyAndComesWithACookieOfItsOwn()
    {
        await using var server = await SchoolServer.StartAsync();
        using var passkey = await server.Browser.AddPasskeyAsync();
        var browser = server.Factory.OpenBrowser();
        browser.Client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-Host", "evil.test");

        var question = await (await browser.GetAsync("/sign-in")).AskAsync();

        var asked = JsonNode.Parse(question.Body)!;
        Assert.Equal(("localhost", "required", 0), ((string?)asked["rpId"], (string?)asked["userVerification"], asked["allowCredentials"]!.AsArray().Count));
        Assert.DoesNotContain(server.Setup.AccountId.ToString("N"), question.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", question.Response.Headers.CacheControl!.ToString());
        var cookie = Assert.Single(question.Response.Headers.GetValues("Set-Cookie"), c => c.StartsWith("__Host-ascent-passkey=", StringComparison.Ordinal)).ToLowerInvariant();
        foreach (var flag in (string[])["secure", "httponly", "samesite=strict", "path=/", "max-age=300"])
            Assert.Contains(flag, cookie, StringComparison.Ordinal);
        // Two questions are never alike.
        Assert.NotEqual((string?)asked["challenge"], (string?)JsonNode.Parse((await (await browser.GetAsync("/sign-in")).AskAsync()).Body)!["challenge"]);
    }

    [Fact]
    public async Task SignIn_UnknownRemovedOrWrong_IsOneAnswer()
    {
        await using var server = await SchoolServer.StartAsync();
        using var removed = await server.Browser.AddPasskeyAsync();
        var remove = await server.Browser.GetAsync((await server.Browser.GetAsync("/profile")).Document.QuerySelector("a[href$='/remove']")!.GetAttribute("href")!);
        Assert.True((await remove.Form("Remove it").SubmitAsync("Remove it")).IsRedirect);
        using var wrong = await server.Browser.AddPasskeyAsync();
        using var unknown = Passkeys.New();
        async Task<string> TryAsync(SoftPasskey passkey, bool spoil = false)
        {
            var page = await server.Factory.OpenBrowser().GetAsync("/sign-in");
            var answer = await page.Form("Passkey").Fill("Passkey", passkey.Answer((await page.AskAsync()).Body, spoil: spoil)).SubmitAsync();
            Refused.Only(answer, ("Passkey", "This passkey does not open an account here"));
            // The answer does not stand in the page again.
            Assert.Equal("", answer.Form("Passkey").Value("Passkey"));
            return Answer.Of(answer);
        }

        var first = await TryAsync(unknown);

        Assert.Equal(first, await TryAsync(removed));
        Assert.Equal(first, await TryAsync(wrong, spoil: true));
    }

    [Fact]
    public async Task SignIn_AskedInAnotherBrowserOrWithoutCookie_IsRefused()
    {
        await using var server = await SchoolServer.StartAsync();
        using var passkey = await server.Browser.AddPasskeyAsync();
        var (mine, theirs) = (await server.Factory.OpenBrowser().GetAsync("/sign-in"), await server.Factory.OpenBrowser().GetAsync("/sign-in"));
        await mine.AskAsync();
        var answer = passkey.Answer((await theirs.AskAsync()).Body);

        Refused.Only(await mine.Form("Passkey").Fill("Passkey", answer).SubmitAsync(), ("Passkey", "This passkey does not open"));
        Refused.Only(await (await server.Factory.OpenBrowser().GetAsync("/sign-in")).Form("Passkey").Fill("Passkey", answer).SubmitAsync(), ("Passkey", "It took too long"));
        // The browser that was asked may still answer.
        Assert.True((await theirs.Form("Passkey").Fill("Passkey", answer).SubmitAsync()).IsRedirect);
    }

    [Fact]
    public async Task SecondStep_Passkey_SignsInAndShowsNoFieldForAnApp()
    {
        await using var server = await SchoolServer.StartAsync();
        using var passkey = await server.Browser.AddPasskeyAsync();
        var browser = await server.HalfWayAsync(server.Setup);
        var page = await browser.GetAsync($"/second-factor?back={Uri.EscapeDataString(server.Home)}");
        Assert.Null(page.Document.GetElementById("FactorCode"));

        Refused.Only(await page.UseAsync(passkey, _ => "{}"), ("Passkey", "This passkey does not open an account here"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(server.Home)).Status);
        var done = await (await browser.GetAsync($"/second-factor?back={Uri.EscapeDataString(server.Home)}")).UseAsync(passkey);

        Assert.Equal(server.Home, done.Location);
        Assert.Equal(HttpStatusCode.OK, (await done.FollowAsync()).Status);
    }

    [Fact]
    public async Task Confirm_Passkey_IsEnoughAlone()
    {
        await using var server = await SchoolServer.StartAsync();
        using var passkey = await server.Browser.AddPasskeyAsync();
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await (await server.Browser.GetAsync("/profile/second-factor/passkey")).FollowAsync();
        Assert.Equal("Confirm that it is you", page.Heading);

        Assert.Equal("/profile/second-factor/passkey", (await page.UseAsync(passkey)).Location);
        Assert.Equal("Add a passkey", (await server.Browser.GetAsync("/profile/second-factor/passkey")).Heading);
    }

    [Fact]
    public async Task EditOfAHolder_Passkey_ConfirmsOnThePageAndKeepsWhatWasChosen()
    {
        await using var server = await SchoolServer.StartAsync();
        var person = await server.Data.AddMemberAsync(server.School, PermissionSet.None);
        using var passkey = await server.Browser.AddPasskeyAsync();
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await server.Browser.GetAsync($"{server.Home}/users/manage/{person.MembershipId:N}");
        page = await page.Form("Save").Tick("SchoolSetup").SubmitAsync("Save");
        page = await page.Form("Save").SubmitAsync("Save");

        // As the script sends it: without a button.
        var saved = await page.UseAsync(passkey);

        Assert.True(saved.IsRedirect, saved.Summary);
        Assert.Equal(2, await server.ReadAsync(db => Task.FromResult(db.Set<Ascent.Accounts.Membership>().AsEnumerable().Count(m => m.Permissions.Has(Permission.SchoolSetup)))));
    }

    [Fact]
    public async Task Gate_Required_IsPassedWithAPasskeyAndComesToThePageThatWasWanted()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.RequireAsync(FactorRule.Default);
        var gate = await (await server.Browser.GetAsync($"{server.Home}/users/pending")).FollowAsync();
        var page = await gate.ClickAsync("add a passkey instead");
        Assert.Equal(("Add a second factor to go on", server.School.Name), (page.Heading, page.Text(".ascent-door__eyebrow")));
        using var passkey = Passkeys.New();

        var codes = await page.Form("NewPasskey").Fill("NewPasskey", passkey.Make((await page.AskAsync("NewPasskey")).Body)).SubmitAsync();

        Assert.Equal(10, codes.Texts(".ascent-recovery li").Count);
        var next = codes.Document.QuerySelector(".govuk-button-group a")!.GetAttribute("href")!;
        Assert.Equal($"{server.Home}/users/pending", next);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(next)).Status);
    }

    [Fact]
    public async Task ForgottenPassword_Passkey_StandsForTheCode()
    {
        await using var server = await SchoolServer.StartAsync();
        using var passkey = await server.Browser.AddPasskeyAsync();
        var page = await server.Factory.OpenBrowser().GetAsync(await server.ForgetAsync(server.Setup));
        page.Form("Password").Fill("Password", Resetting.NewPassword);

        Assert.Equal("/sign-in?reset=1", (await page.UseAsync(passkey)).Location);
    }

    [Fact]
    public async Task Reset_ByItsPages_AddsAPasskeyAndAgreesToItAtTheNextSchool()
    {
        await using var server = await SchoolServer.StartAsync();
        var person = await server.Data.AddMemberAsync(server.School, Permission.ManageData);
        await server.Data.AddFactorAsync(person.AccountId);
        var (page, code) = await ResetAsync(server, person);
        using var passkey = Passkeys.New();
        var form = page.Form("NewPasskey").Fill("Code", code).Fill("CurrentPassword", TestData.Password);
        passkey.VerifiesUser = false;
        Refused.Only(await form.Fill("NewPasskey", passkey.Make((await page.AskAsync("NewPasskey")).Body)).SubmitAsync(), ("NewPasskey", "No passkey was made"));
        passkey.VerifiesUser = true;
        Assert.Equal(server.Home, (await form.Fill("NewPasskey", passkey.Make((await page.AskAsync("NewPasskey")).Body)).SubmitAsync()).Location);

        // It is limited: the next reset offers to use it again. A minute later, so that its mail is the later one.
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(1));
        (page, code) = await ResetAsync(server, person);
        page.Form("Passkey").Fill("Code", code).Fill("CurrentPassword", TestData.Password);
        Assert.Equal(server.Home, (await page.UseAsync(passkey)).Location);
        // The page's token was nobody's, and somebody is signed in now.
        Assert.Equal(HttpStatusCode.BadRequest, (await page.AskAsync()).Status);
    }

    private static async Task<(Page Page, string Code)> ResetAsync(SchoolServer server, TestMember person)
    {
        var asked = await (await server.Browser.GetAsync($"{server.Home}/users/manage/{person.MembershipId:N}/reset-second-factor")).Form("Reset second factor").SubmitAsync();
        var code = (await (await asked.FollowAsync()).Form("Show code").SubmitAsync("Show code")).Texts(".ascent-code")[0].Split(' ')[^1];
        return (await server.Factory.OpenBrowser().GetAsync(await server.PathAsync("/second-factor/reset/", person.Email)), code);
    }

    [Fact]
    public async Task Profile_RenameAndRemove_AskFirstAndAreOnesOwn()
    {
        await using var server = await SchoolServer.StartAsync();
        using var passkey = await server.Browser.AddPasskeyAsync("Laptop");
        var profile = await server.Browser.GetAsync("/profile");
        Assert.Contains("Passkey, added", profile.Words(), StringComparison.Ordinal);
        var (rename, remove) = (profile.Link("Rename Laptop"), profile.Link("Remove Laptop"));

        var form = (await server.Browser.GetAsync(rename)).Form("Name");
        Assert.Equal("Laptop", form.Value("Name"));
        Refused.Only(await form.Fill("Name", " ").SubmitAsync(), ("Name", "Enter a name"));
        Assert.Equal("/profile?saved=factor-renamed", (await form.Fill("Name", "Old <b>laptop</b>").SubmitAsync()).Location);
        Assert.Contains("Old <b>laptop</b>", (await server.Browser.GetAsync("/profile")).Words(), StringComparison.Ordinal);
        var other = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School));
        foreach (var path in (string[])[rename, remove])
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).Status);
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        foreach (var path in (string[])[rename, remove])
            Assert.Equal($"/confirm-password?back={Uri.EscapeDataString(path)}", (await server.Browser.GetAsync(path)).Location);
    }

    [Fact]
    public async Task Form_OfASessionThatEnded_DoesNotKeepTheAnswer()
    {
        await using var server = await SchoolServer.StartAsync();
        using var passkey = await server.Browser.AddPasskeyAsync();
        var page = await server.Browser.GetAsync("/confirm-password");
        var answer = passkey.Answer((await page.AskAsync()).Body);
        server.Factory.Clock.Advance(Session.Idle);

        var lost = await page.Form("Passkey").Fill("Passkey", answer).SubmitAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, lost.Status);
        Assert.DoesNotContain("clientDataJSON", lost.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_AddressWithoutPasskeys_OffersNone()
    {
        await using var server = await SchoolServer.StartAsync();
        server.Factory.Settings["ASCENT_PUBLIC_ADDRESS"] = "https://192.0.2.7";
        await using var bare = await server.Factory.RestartAsync();

        Assert.False((await bare.OpenBrowser().GetAsync("/sign-in")).Form("Password").Has("Passkey"));
        Assert.DoesNotContain("passkey", (await bare.OpenBrowser().GetAsync("/sign-in")).Words(), StringComparison.OrdinalIgnoreCase);
    }
}
