using System.Net;
using Ascent.Accounts.Factors;
using Ascent.Organisations;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Authorization;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SignIn;

public sealed class FactorGateTests
{
    [Fact]
    [Asvs("6.3.3", "Who administers, or sees pupils’ names or marks, has a second factor before the first page of the school: an authenticator app or a passkey.")]
    public async Task Get_RequiredAndNone_EveryPageOfTheSchoolLeadsToTheGate()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        // For somebody who is in already: it acts on the next request.
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(server.Home)).Status);
        await server.RequireAsync(FactorRule.Default);

        foreach (var path in ExpectedAccess.Doors.Select(d => $"{server.Home}/{d.Path}").Append(server.Home).Append($"{server.Home}/second-factor").Append($"{server.Home}/users/manage/{server.Setup.MembershipId:N}"))
            Assert.Equal($"/profile/second-factor/add?for={server.School.Code}&back={Uri.EscapeDataString(path)}", (await server.Browser.GetAsync(path)).Location);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task Get_RequiredAndNone_EnrolsAndComesToThePageThatWasWanted()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.RequireAsync(FactorRule.Default);

        var gate = await (await server.Browser.GetAsync($"{server.Home}/users/pending")).FollowAsync();
        Assert.Equal(("Add a second factor to go on", server.School.Name), (gate.Heading, gate.Text(".ascent-door__eyebrow")));
        Assert.NotNull(gate.Document.QuerySelector("svg.ascent-qr[role=img] path"));
        Refused.Only(await gate.Form("AppCode").Fill("AppCode", "000000").SubmitAsync(), ("AppCode", "This is not the code"));
        var before = server.Browser.Cookies.GetCookieHeader(new Uri("https://localhost"));
        var codes = await server.NewApp(gate).Fill("Name", "My phone").SubmitAsync();

        Assert.NotEqual(before, server.Browser.Cookies.GetCookieHeader(new Uri("https://localhost")));
        Assert.Equal(10, codes.Texts(".ascent-recovery li").Count);
        Assert.Equal("no-store", codes.Response.Headers.CacheControl!.ToString());
        var next = codes.Document.QuerySelector(".govuk-button-group a")!.GetAttribute("href")!;
        Assert.Equal($"{server.Home}/users/pending", next);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(next)).Status);
        // Neither the secret nor the codes are ever shown again.
        var profile = await server.Browser.GetAsync("/profile");
        Assert.Contains("My phone", profile.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(Factors.Secret(gate), profile.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WrongCode_KeepsThePicture()
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await server.Browser.GetAsync("/profile/second-factor/add");

        var refused = await page.Form("AppCode").Fill("AppCode", "000000").Fill("Name", "My phone").SubmitAsync();

        Assert.Equal(Factors.Secret(page), Factors.Secret(refused));
        Assert.Equal("My phone", refused.Form("AppCode").Value("Name"));
        Assert.NotEqual(Factors.Secret(page), Factors.Secret(await server.Browser.GetAsync("/profile/second-factor/add")));
    }

    [Fact]
    public async Task Post_RequiredWhileTheFormWasOpen_IsOfferedAgain()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = await server.Browser.GetAsync($"{server.Home}/users/create/about");
        await server.RequireAsync(FactorRule.Default);

        var lost = await form.Form("Forename").Fill("Forename", "Hannah").Fill("Surname", "Moss").Fill("Email", "hannah@school.example").SubmitAsync();

        Assert.Equal("A second factor is needed now", lost.Heading);
        Assert.Equal(HttpStatusCode.Forbidden, lost.Status);
        var gate = await server.Browser.GetAsync(lost.Document.QuerySelector("main ol a")!.GetAttribute("href")!);
        await server.NewApp(gate).SubmitAsync();
        var sent = await lost.Form("Send again").SubmitAsync();
        Assert.Contains("/users/create/role", sent.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FactorRule.Offered, Permission.SchoolSetup, false)]
    [InlineData(FactorRule.Default, Permission.SchoolReports, false)]
    [InlineData(FactorRule.Default, Permission.TrackingMarks, true)]
    [InlineData(FactorRule.Everybody, Permission.SchoolReports, true)]
    public async Task Get_EachRule_AsksWhomItSays(FactorRule rule, Permission permission, bool isAsked)
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, permission));
        await server.RequireAsync(rule);

        Assert.Equal(isAsked, (await browser.GetAsync(server.Home)).IsRedirect);
    }

    [Fact]
    public async Task SignUp_OfSomebodyWhoHasToHaveOne_LeadsThroughTermsAndGateToTheSchool()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.RequireAsync(FactorRule.Default);
        var pending = await server.Data.InviteAsync(server.Setup, PermissionSet.Of(Permission.ManageData));
        var browser = server.Factory.OpenBrowser();
        var page = await browser.GetAsync(await server.Data.LinkOfAsync(pending.MembershipId));

        var home = await (await page.Form("Code").Fill("Code", await server.Data.CodeOfAsync(pending.MembershipId)).Fill("Password", Resetting.NewPassword).SubmitAsync()).FollowAsync();
        Assert.StartsWith("/profile/second-factor/add", home.Location, StringComparison.Ordinal);
        await server.NewApp(await home.FollowAsync()).SubmitAsync();
        var terms = await browser.GetAsync(server.Home);
        Assert.StartsWith("/terms", terms.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operator_WithoutOne_IsLedToTheGateWhateverAnySchoolSays()
    {
        await using var factory = await AscentFactory.StartAsync();
        var browser = await factory.SignInAsync(await factory.Data.AddOperatorAsync(withFactor: false));

        foreach (var path in (string[])["/operator", "/operator/mail"])
            Assert.Equal($"/profile/second-factor/add?for=server&back={Uri.EscapeDataString(path)}", (await browser.GetAsync(path)).Location);
        var gate = await (await browser.GetAsync("/operator")).FollowAsync();
        Assert.Equal("Running this server", gate.Text(".ascent-door__eyebrow"));
        await gate.Form("AppCode").Fill("AppCode", TestData.CodeAt(Factors.Secret(gate), factory.Clock.GetUtcNow().UtcDateTime)).SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/operator")).Status);
    }

    [Fact]
    public async Task Profile_LastOneWhileRequired_CannotBeRemoved()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.RequireAsync(FactorRule.Default);
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        await server.SignInAgainAsync();
        var remove = (await server.Browser.GetAsync("/profile")).Document.QuerySelector("a[href$='/remove']")!.GetAttribute("href")!;

        var refused = await (await server.Browser.GetAsync(remove)).Form("Remove it").SubmitAsync();
        Assert.Contains("This is your last second factor", refused.Errors[0], StringComparison.Ordinal);
        await server.RequireAsync(FactorRule.Offered);
        Assert.Equal("/profile?saved=factor-removed", (await refused.Form("Remove it").SubmitAsync()).Location);
        Assert.Equal(0, await server.CountAsync<Factor>());
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync(remove)).Status);
    }

    [Fact]
    public async Task Remove_SomebodyElses_IsNotThere()
    {
        await using var server = await SchoolServer.StartAsync();
        var other = await server.Data.AddFactorAsync((await server.Data.AddMemberAsync(server.School)).AccountId);

        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"/profile/second-factor/{other.Id:N}/remove")).Status);
        Assert.Equal(1, await server.ReadAsync(db => db.Set<Factor>().CountAsync()));
    }

    [Fact]
    public async Task SignInRules_Changed_HoldFromTheNextClick()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.RequireAsync(FactorRule.Default);
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        await server.SignInAgainAsync();
        var reader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, Permission.SchoolReports));
        var page = await server.Browser.GetAsync($"{server.Home}/users/sign-in-rules");
        Assert.Contains("1 Active person without one would have to add it", page.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(page.Document.QuerySelectorAll("input[name=Rule]"), i => i.GetAttribute("value") == "Offered");

        var lowered = await server.Browser.PostAsync($"{server.Home}/users/sign-in-rules", ("Rule", "Offered"));
        Refused.Only(lowered, ("Rule", "Only whoever runs the server"));
        Refused.Only(await server.Browser.PostAsync($"{server.Home}/users/sign-in-rules", ("Rule", "7")), ("Rule", "Choose who"));
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(server.Home)).Status);
        Assert.True((await page.Form("Save").Tick("Everybody").SubmitAsync()).IsRedirect);
        Assert.True((await reader.GetAsync(server.Home)).IsRedirect);
    }

    [Fact]
    public async Task Reset_ByItsPages_OpensThisSchoolAndNoOther()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.RequireAsync(FactorRule.Default);
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        await server.SignInAgainAsync();
        var person = await server.Data.AddMemberAsync(server.School, Permission.ManageData);
        await server.Data.AddFactorAsync(person.AccountId);
        var second = await server.Data.AddPrimaryAsync("Second School", FactorRule.Everybody);
        await server.Data.AddMemberAsync(second, PermissionSet.None, account: person);

        var edit = await server.Browser.GetAsync($"{server.Home}/users/manage/{person.MembershipId:N}");
        var asked = await (await server.Browser.GetAsync(edit.Document.QuerySelector("a[href*='reset-second-factor']")!.GetAttribute("href")!)).Form("Reset second factor").SubmitAsync();
        var codes = await asked.FollowAsync();
        Assert.Contains(person.FullName, codes.Text(".govuk-notification-banner__heading"), StringComparison.Ordinal);
        var code = (await codes.Form("Show code").SubmitAsync("Show code")).Texts(".ascent-code")[0].Split(' ')[^1];
        var browser = server.Factory.OpenBrowser();
        var page = await browser.GetAsync(await server.PathAsync("/second-factor/reset/", person.Email));
        Refused.Only(await server.NewApp(page).Fill("Code", code).SubmitAsync(), ("CurrentPassword", "Enter your password"));
        Refused.Only(await server.NewApp(page).Fill("Code", "AAAAA-AAAAA").Fill("CurrentPassword", TestData.Password).SubmitAsync(), ("Code", "This is not the code"));
        var done = await server.NewApp(page).Fill("Code", code).Fill("CurrentPassword", TestData.Password).SubmitAsync();

        Assert.Equal(server.Home, done.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(server.Home)).Status);
        foreach (var path in (string[])["", "/reports", "/users"])
            Assert.Equal($"/schools/{second.Code}/second-factor", (await browser.GetAsync($"/schools/{second.Code}{path}")).Location);
        var door = await browser.GetAsync($"/schools/{second.Code}/second-factor");
        Assert.Equal("Your new second factor does not open this school yet", door.Heading);
        // Whoever stands there without need is led home.
        Assert.Equal(server.Home, (await browser.GetAsync($"{server.Home}/second-factor")).Location);
        var held = await (await browser.GetAsync("/profile/email")).Form("Email").Fill("Email", "new@school.example").SubmitAsync();
        Assert.Contains("Second School", held.Errors[0], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(page.Path)).Status);
    }
}
