using System.Net;
using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.OurOrganisation;

public sealed class IndexTests
{
    [Fact]
    public async Task Accept_ThenEnd_ChangesWhoReachesTheSchoolAndSaysSo()
    {
        await using var server = await SchoolServer.StartAsync();
        var officer = await ProposeAsync(server);
        var address = $"{server.Home}/our-organisation";

        var page = await server.Browser.GetAsync(address);
        Assert.Contains($"{officer.Body.Name} asks for reports with pupils’ names", page.Words(), StringComparison.Ordinal);
        Assert.Contains("Nobody reaches the school from above", page.Words(), StringComparison.Ordinal);
        page = await (await page.Form("Agree to it").SubmitAsync()).FollowAsync();
        Assert.Contains("The link holds from now on", page.Words(), StringComparison.Ordinal);
        Assert.Equal(ReachLevel.Pupil, (await PresentAsync(server))!.Level);

        page = await server.Browser.GetAsync(page.Link($"End it: {officer.Body.Name}"));
        page = await (await page.Form("End the link").SubmitAsync()).FollowAsync();
        Assert.Contains("The link has ended", page.Words(), StringComparison.Ordinal);
        Assert.Contains("ended by the school", page.Words(), StringComparison.Ordinal);
        Assert.Null(await PresentAsync(server));
    }

    [Fact]
    public async Task Accept_LongAfterThePassword_AsksForItAndChangesNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        await ProposeAsync(server);
        var page = await server.Browser.GetAsync($"{server.Home}/our-organisation");
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.StartsWith("/confirm-password", (await page.Form("Agree to it").SubmitAsync()).Location, StringComparison.Ordinal);

        Assert.Null(await PresentAsync(server));
    }

    [Fact]
    public async Task Decline_TakesTheWishAway()
    {
        await using var server = await SchoolServer.StartAsync();
        await ProposeAsync(server);

        var page = await (await (await server.Browser.GetAsync($"{server.Home}/our-organisation")).Form("Do not agree").SubmitAsync("Do not agree")).FollowAsync();

        Assert.Contains("Nothing has changed for the school", page.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("asks for", page.Words(), StringComparison.Ordinal);
        Assert.Null(await PresentAsync(server));
    }

    [Fact]
    public async Task Get_WithoutSchoolSetupOrFromAbove_IsRefused()
    {
        await using var server = await SchoolServer.StartAsync();
        var officer = await ProposeAsync(server, PermissionSet.Of(Permission.LaSetup, Permission.SchoolReports));
        await server.Data.LinkAsync(server.School, officer.Body, ReachLevel.Pupil);

        Assert.Equal(HttpStatusCode.Forbidden, (await (await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, Permission.ManageData))).GetAsync($"{server.Home}/our-organisation")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await server.Factory.SignInAsync(officer.Email)).GetAsync($"{server.Home}/our-organisation")).Status);
    }

    private static async Task<TestBodyMember> ProposeAsync(SchoolServer server, PermissionSet? permissions = null)
    {
        var officer = await server.Data.AddBodyMemberAsync(await server.Data.AddAuthorityAsync(), permissions ?? PermissionSet.Of(Permission.LaSetup));
        Assert.True((await server.Factory.Get<ProposeReach>().ExecuteAsync(new(server.School.Code, ReachLevel.Pupil, "Contract 12"), officer.Actor, CancellationToken.None)).Succeeded);
        return officer;
    }

    private static Task<ReachLink?> PresentAsync(SchoolServer server) =>
        server.Factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<ReachLink>().SingleOrDefaultAsync(l => l.EndedAt == null));
}
