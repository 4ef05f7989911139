using System.Net;
using Ascent.SignIn;
using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Profile;

/// <summary>My profile: what one can see, and where one is signed in.</summary>
public sealed class IndexTests
{
    [Fact]
    [Asvs("7.5.2", "My profile lists the person’s sessions and ends one or all others.")]
    public async Task End_OneDeviceThenAllOthers_LeavesThisOne()
    {
        await using var server = await SchoolServer.StartAsync();
        var (second, third, fourth) = (await server.Factory.SignInAsync(server.Setup), await server.Factory.SignInAsync(server.Setup), await server.Factory.SignInAsync(server.Setup));

        var profile = await server.Browser.GetAsync("/profile");
        Assert.Equal(4, profile.Texts("#sessions-title ~ form li").Count);
        Assert.Single(profile.Texts("#sessions-title ~ form li"), line => line.Contains("This device", StringComparison.Ordinal));
        var after = await (await profile.Form("Sign out everywhere else").SubmitAsync("id")).FollowAsync();
        Assert.Equal(3, after.Texts("#sessions-title ~ form li").Count);
        Assert.Equal(1, await SignedOutAsync(second, third, fourth));
        after = await (await after.Form("Sign out everywhere else").SubmitAsync("Sign out everywhere else")).FollowAsync();

        Assert.Single(after.Texts("#sessions-title ~ form li"));
        Assert.Equal(3, await SignedOutAsync(second, third, fourth));
        Assert.DoesNotContain(after.Document.QuerySelectorAll("main button"), b => b.TextContent.Contains("everywhere else", StringComparison.Ordinal));
    }

    [Fact]
    [Asvs("8.2.2", "Ids of somebody else’s sessions end nothing.")]
    [Asvs("15.3.5", "An id that cannot be read is nothing, and not all.")]
    public async Task End_SomebodyElsesDeviceOrNone_EndsNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var own = await server.Factory.SignInAsync(server.Setup);
        var other = await server.Data.AddMemberAsync(server.School);
        var theirs = await server.Factory.SignInAsync(other);
        var session = await server.ReadAsync(db => db.Set<Session>().Where(s => s.AccountId == other.AccountId).Select(s => s.Id).SingleAsync());

        foreach (var id in (string[])[$"{session}", $"{other.AccountId}", $"{Guid.Empty}", "everything", "' OR 1=1--", $"{session},{session}"])
            Assert.Equal((id, HttpStatusCode.NotFound), (id, (await server.Browser.PostAsync("/profile?handler=End", ("id", id), ("AccountId", $"{other.AccountId}"))).Status));

        Assert.Equal(0, await SignedOutAsync(own, theirs, server.Browser));
    }

    [Fact]
    [Asvs("7.5.2", "Ending them asks for the password when it was not given lately.")]
    public async Task End_PasswordGivenLongAgo_AsksForItFirst()
    {
        await using var server = await SchoolServer.StartAsync();
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(9));
        var other = await server.Factory.SignInAsync(server.Setup);
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(1));
        var profile = await server.Browser.GetAsync("/profile");

        var asked = await profile.Form("Sign out everywhere else").SubmitAsync("Sign out everywhere else");

        Assert.Equal("/confirm-password?back=%2Fprofile", asked.Location);
        Assert.Equal(0, await SignedOutAsync(other));
        await (await asked.FollowAsync()).Form("CurrentPassword").Fill("CurrentPassword", server.Setup.Password).SubmitAsync();
        await profile.Form("Sign out everywhere else").SubmitAsync("Sign out everywhere else");
        Assert.Equal(1, await SignedOutAsync(other));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("everything")]
    public async Task Get_NoticeThatNoPageWrites_ShowsNone(string saved)
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await server.Browser.GetAsync($"/profile?saved={Uri.EscapeDataString(saved)}");

        Assert.Equal((HttpStatusCode.OK, false), (page.Status, page.Has(".govuk-notification-banner")));
    }

    [Fact]
    public async Task Get_MemberOfTwoSchools_SeesOwnPlacesOnly()
    {
        await using var server = await SchoolServer.StartAsync(name: "Larch Primary");
        var second = await server.Data.AddPrimaryAsync("Willow Primary");
        await server.Data.AddMemberAsync(second, default, account: server.Setup);
        await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync("Hidden Primary"), default, forename: "Hidden");

        Assert.Equal(["Larch Primary", "Willow Primary"], (await server.Browser.GetAsync("/profile")).Texts("#access-title ~ h3"));
    }

    private static async Task<int> SignedOutAsync(params Browser[] browsers)
    {
        var ended = 0;
        foreach (var browser in browsers)
            ended += (await browser.GetAsync("/profile")).IsRedirect ? 1 : 0;
        return ended;
    }
}
