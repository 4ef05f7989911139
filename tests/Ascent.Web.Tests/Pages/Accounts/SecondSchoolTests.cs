using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts;

/// <summary>A sign-up link for somebody who is Active elsewhere: one person, one account, and only that account.</summary>
public sealed class SecondSchoolTests
{
    [Fact]
    public async Task Get_SignedOut_AsksToSignInAndComesBack()
    {
        await using var server = await SchoolServer.StartAsync();
        var (person, link, _) = await InvitedAsync(server);
        var visitor = server.Factory.OpenBrowser();

        var page = await visitor.GetAsync(link);
        Assert.Equal("Sign in first", page.Heading);
        Assert.False(page.Has("#Code"));
        var signIn = await visitor.GetAsync(page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!);
        var back = await (await signIn.Form("Password").Fill("Email", person.Email).Fill("Password", person.Password).SubmitAsync()).FollowAsync();

        Assert.Equal((link, "Add this school to your account"), (back.Path, back.Heading));
        Assert.Contains($"You are signed in as {person.Email}.", back.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SignedInAsThisAccount_NeedsTheCodeOnlyAndLeavesNameAndPassword()
    {
        await using var server = await SchoolServer.StartAsync();
        var (person, link, membership) = await InvitedAsync(server);
        var code = await server.Data.CodeOfAsync(membership);
        var browser = await server.Factory.SignInAsync(person);
        var page = await browser.GetAsync(link);
        Assert.False(page.Has("#Password"));

        Refused.Only(await page.Form("Code").SubmitAsync(), ("Code", "Enter the code"));
        var home = await (await page.Form("Code").Fill("Code", code).Tamper("Password", "a password from elsewhere").SubmitAsync()).ArriveAsync();

        Assert.Equal((server.Home, server.School.Name), (home.Path, home.Text(".ascent-header__organisation strong")));
        Assert.Equal("Ruth Own", await server.ReadAsync(db => db.Set<Account>().Where(a => a.Id == person.AccountId).Select(a => a.Forename + " " + a.Surname).SingleAsync()));
        await server.Factory.SignInAsync(person); // with the password that it always was
        // Two schools now: the way in asks which.
        Assert.Equal("Which school?", (await browser.GetAsync("/")).Heading);
        Assert.Equal(2, (await browser.GetAsync("/")).Document.QuerySelectorAll("main li a").Length);
    }

    [Fact]
    public async Task Get_SignedInAsSomebodyElse_IsRefusedWithAWayToSignOut()
    {
        await using var server = await SchoolServer.StartAsync();
        var (person, link, membership) = await InvitedAsync(server);
        var code = await server.Data.CodeOfAsync(membership);

        var page = await server.Browser.GetAsync(link);
        Assert.Equal("Somebody else is signed in here", page.Heading);
        Assert.False(page.Has("#Code"));
        // Posted all the same, with the right code and a right token.
        var token = page.Document.QuerySelector("main form input[name=form]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([new("form", token), new("Code", code), new("Password", "seven brass kettles")]);
        var posted = await server.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, link) { Content = content });
        Assert.Equal("Somebody else is signed in here", posted.Heading);
        Assert.Equal(MembershipState.Pending, await server.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == membership).Select(m => m.State).SingleAsync()));

        var signedOut = await (await page.Form("Sign out").SubmitAsync("Sign out")).ArriveAsync();
        Assert.Contains("You have signed out on this device", signedOut.Words(), StringComparison.Ordinal);
        Assert.Equal("Sign in first", (await server.Browser.GetAsync(link)).Heading);
        _ = person;
    }

    [Fact]
    public async Task Post_SignedOutWithTheRightCode_NeverSetsAPassword()
    {
        await using var server = await SchoolServer.StartAsync();
        var (person, link, membership) = await InvitedAsync(server);
        var code = await server.Data.CodeOfAsync(membership);
        var visitor = server.Factory.OpenBrowser();
        var token = (await visitor.GetAsync("/sign-in")).Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([new("form", token), new("Code", code), new("Password", "seven brass kettles")]);

        var page = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, link) { Content = content });

        Assert.Equal("Sign in first", page.Heading);
        await server.Factory.SignInAsync(person);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Factory.SignInAsync(person.Email, "seven brass kettles"));
    }

    private static async Task<(TestMember Person, string Link, Guid Membership)> InvitedAsync(SchoolServer server)
    {
        var person = await server.Data.AddMemberAsync(await server.Data.AddSecondaryAsync(), PermissionSet.None, "Ruth", "Own", "ruth@school.example");
        var pending = await server.Data.InviteAsync(server.Setup, PermissionSet.Of(Permission.SchoolReports), "Typed", "Name", "ruth@school.example");
        Assert.Equal(person.AccountId, pending.AccountId);
        return (person, await server.Data.LinkOfAsync(pending.MembershipId), pending.MembershipId);
    }
}
