using System.Net;
using Ascent.Accounts;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages;

/// <summary>One person in several organisations: the switcher at the top, and that rights of one never act in another.</summary>
public sealed class SwitcherTests
{
    [Fact]
    public async Task Header_OfSomebodyWithSchoolsAndABody_LeadsToEachAndMarksWhereTheyAre()
    {
        await using var server = await SchoolServer.StartAsync(name: "Moss Lane");
        var (second, body) = (await server.Data.AddSecondaryAsync("Hill Top"), await server.Data.AddAuthorityAsync("Northshire"));
        await MemberAsync(server, second, PermissionSet.Of(Permission.SchoolReports));
        var address = (await server.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.LaReports), account: server.Setup)).Address;
        (string Path, string Name, string? Current)[] places =
        [
            (server.Home, "Moss Lane", "Moss Lane"), ($"/schools/{second.Code}", "Hill Top", "Hill Top"), (BodyLinks.Home(address), "Northshire", "Northshire"),
            ("/profile", "Your organisations", null), ("/help", "Your organisations", null), ("/", "Your organisations", null),
        ];

        foreach (var (path, name, current) in places)
        {
            var page = await server.Browser.OpenAsync(path);
            Assert.Equal((path, $"Change organisation. Now: {name}"), (path, page.Text(".ascent-switcher summary")[..$"Change organisation. Now: {name}".Length]));
            Assert.Equal([BodyLinks.Home(address), $"/schools/{second.Code}", server.Home], page.Document.QuerySelectorAll(".ascent-switcher a").Select(a => a.GetAttribute("href")));
            Assert.Equal(current, page.Document.QuerySelector(".ascent-switcher [aria-current]")?.FirstChild!.TextContent.Trim());
        }
    }

    [Theory]
    [InlineData(MembershipState.Pending)]
    [InlineData(MembershipState.Deactivated)]
    [InlineData(MembershipState.Deleted)]
    public async Task Header_WhereOnlyOneIsOpen_HasNoSwitcher(MembershipState state)
    {
        await using var server = await SchoolServer.StartAsync();
        Assert.Empty((await server.Browser.GetAsync(server.Home)).Texts(".ascent-switcher"));
        var other = await MemberAsync(server, await server.Data.AddSecondaryAsync(), PermissionSet.Of(Permission.SchoolReports));
        Assert.Single((await server.Browser.GetAsync(server.Home)).Texts(".ascent-switcher"));

        await server.ChangeAsync(db => db.Set<Membership>().Where(m => m.Id == other).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, state)));

        Assert.Empty((await server.Browser.GetAsync(server.Home)).Texts(".ascent-switcher"));
    }

    [Fact]
    public async Task Pages_OfSomebodyWithASchoolAndABody_OpenByTheRightsOfTheirOwnPlaceAlone()
    {
        await using var server = await SchoolServer.StartAsync();
        var (linked, body) = (await server.Data.AddPrimaryAsync("Linked School"), await server.Data.AddAuthorityAsync("Northshire"));
        await server.Data.LinkAsync(linked, body, ReachLevel.School);
        await server.Data.LinkAsync(server.School, body, ReachLevel.Pupil);
        var above = await server.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), account: server.Setup);
        async Task<int> StatusAsync(string path) => (int)(await server.Browser.GetAsync(path)).Status;

        // School setup of the one: its users, and no report, whatever the body would show of it.
        Assert.Equal((200, 403, 403), (await StatusAsync($"{server.Home}/users/manage"), await StatusAsync($"{server.Home}/reports"), await StatusAsync($"{server.Home}/reports/pupils")));
        // The body: what it gave, and no administration because a school gave some.
        Assert.Equal((200, 403), (await StatusAsync(BodyLinks.Home(above.Address)), await StatusAsync(BodyLinks.Schools(above.Address))));
        // From above: reports up to the link, and nothing of the School setup that is held elsewhere.
        var through = $"/schools/{linked.Code}";
        Assert.Equal((200, 403, 403, 403), (await StatusAsync($"{through}/reports"), await StatusAsync($"{through}/reports/pupils"), await StatusAsync($"{through}/users/manage"), await StatusAsync($"{through}/administration")));
        var page = await server.Browser.GetAsync(through);
        Assert.Contains("through Northshire", page.Text(".ascent-switcher summary"), StringComparison.Ordinal);
        Assert.Empty(page.Texts(".ascent-switcher [aria-current]"));
        Assert.Empty(page.Texts("[data-administration-link]"));
        Assert.NotEmpty((await server.Browser.GetAsync(server.Home)).Texts("[data-administration-link]"));
        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    private static async Task<Guid> MemberAsync(SchoolServer server, Ascent.Organisations.School school, PermissionSet permissions)
    {
        var now = server.Factory.Clock.GetUtcNow().UtcDateTime;
        var membership = new Membership { OrganisationId = school.Id, Id = server.Factory.Clock.NewId(), AccountId = server.Setup.AccountId, JobRole = JobRole.Governor, Permissions = permissions, CreatedAt = now };
        membership.Activate(now);
        membership.FindAs(server.Setup.Forename, server.Setup.Surname, server.Setup.Email);
        await server.ChangeAsync(db =>
        {
            db.Add(membership);
            return Task.CompletedTask;
        });
        return membership.Id;
    }
}
