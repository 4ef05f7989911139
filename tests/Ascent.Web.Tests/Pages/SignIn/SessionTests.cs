using System.Net;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.SignIn;

/// <summary>How long a sign-in holds, and that it never holds longer than the right behind it.</summary>
public sealed class SessionTests
{
    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    [Asvs("7.3.1", "A session ends after half an hour without a request.")]
    public async Task Get_AfterIdleMinutes_SessionHoldsForHalfAnHour(int minutes, bool holds)
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Browser.GetAsync(server.Home);

        server.Factory.Clock.Advance(TimeSpan.FromMinutes(minutes));

        await HoldsAsync(server, holds);
    }

    [Fact]
    [Asvs("7.3.2", "A session ends after eight hours, whatever is done in it.")]
    public async Task Get_InUseAllDay_SessionEndsAfterEightHours()
    {
        await using var server = await SchoolServer.StartAsync();
        for (var minutes = 0; minutes < 8 * 60 - 20; minutes += 20)
        {
            server.Factory.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(server.Home)).Status);
        }

        server.Factory.Clock.Advance(TimeSpan.FromMinutes(20));

        await HoldsAsync(server, false);
    }

    [Fact]
    [Asvs("8.3.2", "A right taken away is denied on the next request.")]
    public async Task Get_RightTakenAway_IsDeniedOnTheNextRequest()
    {
        await using var server = await SchoolServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(server.Home + "/users/pending")).Status);

        await server.Factory.GiveAsync(server.Setup, PermissionSet.Of(Permission.ManageData));

        Assert.Equal(HttpStatusCode.Forbidden, (await server.Browser.GetAsync(server.Home + "/users/pending")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(server.Home + "/data")).Status);
    }

    [Fact]
    public async Task Get_EndDate_IsTheLastDayOfAccessInEngland()
    {
        await using var server = await SchoolServer.StartAsync();
        var person = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports));
        await server.Factory.EndOnAsync(person, new DateOnly(2026, 11, 23));
        server.Factory.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 23, 23, 50, 0, TimeSpan.Zero));
        var browser = await server.Factory.SignInAsync(person);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(server.Home + "/reports")).Status);

        server.Factory.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(server.Home + "/reports")).Status);
        Assert.Contains("No school gives you access any more.", (await browser.GetAsync("/")).Words(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Factory.SignInAsync(person));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("not-a-token")]
    [Asvs("7.2.1", "A session is looked up on the server for every request; a made-up cookie is nobody.")]
    public async Task Get_CookieThatWasMadeUp_IsNobody(string token)
    {
        await using var server = await SchoolServer.StartAsync();

        Assert.StartsWith("/sign-in", (await SignInTests.WithCookie(server, token).GetAsync(server.Home)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TwoDevices_OneSignsOutTheOtherGoesOn()
    {
        await using var server = await SchoolServer.StartAsync();
        var other = await server.Factory.SignInAsync(server.Setup);

        await (await other.GetAsync(server.Home)).Form("Sign out").SubmitAsync("Sign out");

        await HoldsAsync(server, true);
    }

    private static async Task HoldsAsync(SchoolServer server, bool holds)
    {
        var page = await server.Browser.GetAsync(server.Home);
        if (holds)
            Assert.Equal(HttpStatusCode.OK, page.Status);
        else
            Assert.Equal($"/sign-in?back={Uri.EscapeDataString(server.Home)}", page.Location);
    }
}
