using System.Net;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Authorization;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SignIn;

/// <summary>The school's door after a forgotten password: a mailbox alone opens nothing that has pupils or accounts behind it.</summary>
public sealed class ResetCodeTests
{
    [Fact]
    public async Task Get_CodeOwed_EveryPageOfTheSchoolLeadsToTheDoor()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var browser = await server.ResetAsync(server.Setup);

        foreach (var path in ExpectedAccess.Doors.Select(d => $"{server.Home}/{d.Path}").Append(server.Home).Append(server.Home + "/administration"))
            Assert.Equal((path, Door(server)), (path, (await browser.GetAsync(path)).Location));
        using var post = new FormUrlEncodedContent([KeyValuePair.Create("form", (await browser.GetAsync(Door(server))).Form("Code").Value("form")!), KeyValuePair.Create("Forename", "Eve")]);
        Assert.Equal(Door(server), (await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, server.Home + "/users/create/about") { Content = post })).Location);
        Assert.DoesNotContain("Amara", (await browser.GetAsync(Door(server))).Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    [Asvs("6.6.2", "A reset code opens its own school only.")]
    public async Task Post_TheCode_OpensThisSchoolAndNoOther()
    {
        await using var server = await SchoolServer.StartAsync();
        var second = await server.Data.AddPrimaryAsync("Willow Primary");
        var there = await server.Data.AddMemberAsync(second, PermissionSet.Of(Permission.ManageData), account: server.Setup);
        var browser = await server.ResetAsync(server.Setup);
        var form = (await browser.GetAsync(Door(server))).Form("Code");

        Refused.Only(await form.Fill("Code", await server.ResetCodeOfAsync(there)).SubmitAsync(), ("Code", "This is not the code"));
        form.Fill("Code", (await server.ResetCodeOfAsync(server.Setup)).ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        var answer = await form.SubmitAsync();

        Assert.Equal(server.Home, answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await answer.FollowAsync()).Status);
        Assert.Equal(server.Home, (await form.SubmitAsync()).Location); // pressed twice
        Assert.Equal($"/schools/{second.Code}/reset-code", (await browser.GetAsync($"/schools/{second.Code}")).Location);
    }

    [Theory]
    [InlineData("", "Enter the code")]
    [InlineData("12345", "This is not the code")]
    [InlineData("<script>alert(1)</script>", "This is not the code")]
    [InlineData("AAAAA-AAAA\u202eA", "This is not the code")]
    [InlineData("' OR 1=1--", "This is not the code")]
    public async Task Post_NoCode_IsToldThereAndStays(string code, string words)
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.ResetAsync(server.Setup);

        var page = await browser.PostAsync(Door(server), ("Code", code), ("MembershipId", "01234567-89ab-7def-8123-456789abcdef"), ("School.NeedsResetCode", "false"));

        Refused.Only(page, ("Code", words));
        Assert.Equal(code, page.Form("Code").Value("Code"));
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src])"));
        Assert.Equal(Door(server), (await browser.GetAsync(server.Home)).Location);
        Assert.Equal(code.Length == 0 ? 0 : 1, await server.ReadAsync(db => db.Set<ResetCode>().Select(c => c.WrongTries).SingleAsync()));
    }

    [Fact]
    public async Task Post_Ask_MakesANewCodeOnlyOnceTheOldOneHasRunOut()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.ResetAsync(server.Setup);
        var first = await server.ResetCodeOfAsync(server.Setup);

        Assert.Contains("Your administrators see that you need a code", (await (await browser.GetAsync(Door(server))).Form("Ask for a new one").SubmitAsync()).Words(), StringComparison.Ordinal);
        Assert.Equal(first, await server.ResetCodeOfAsync(server.Setup));
        server.Factory.Clock.Advance(ResetCode.Life);
        browser = await server.Factory.SignInAsync(server.Setup.Email, Resetting.NewPassword);
        Refused.Only(await browser.PostAsync(Door(server), ("Code", first)), ("Code", "The code has run out"));
        await (await browser.GetAsync(Door(server))).Form("Ask for a new one").SubmitAsync();

        Assert.NotEqual(first, await server.ResetCodeOfAsync(server.Setup));
    }

    [Fact]
    public async Task Any_NobodyWhoOwesACodeHere_IsLedAwayAndChangesNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var asking = await server.Data.AddMemberAsync(server.School, Permission.ManageData);
        await server.ResetAsync(asking);
        var stranger = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync()));
        await server.Browser.GetAsync(server.Home);
        var before = await Tables.DumpAsync(server.Factory);

        Assert.Equal(server.Home, (await server.Browser.GetAsync(Door(server))).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Door(server))).Status);
        Assert.StartsWith("/sign-in", (await server.Factory.OpenBrowser().GetAsync(Door(server))).Location, StringComparison.Ordinal);
        foreach (var browser in (Browser[])[server.Browser, stranger])
        {
            var own = (await browser.GetAsync("/profile/name")).Form("Forename").Value("form")!;
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("form", own), KeyValuePair.Create("Code", await server.ResetCodeOfAsync(asking)), KeyValuePair.Create("id", $"{asking.MembershipId}")]);
            var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, Door(server)) { Content = content });
            Assert.True(answer.Status == HttpStatusCode.NotFound || answer.Location == server.Home, answer.Summary);
        }

        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
    }

    private static string Door(SchoolServer server) => server.Home + "/reset-code";
}
