using System.Net;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Web.Authorization;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts;

#pragma warning disable RS0030 // Dice that fall the same in every run; nothing secret comes of them.

public sealed class ExplainTests
{
    /// <summary>For random people and every page: the explanation's yes or no is what the page answers.</summary>
    [Theory]
    [InlineData(false, 20261126)]
    [InlineData(true, 20261127)]
    public async Task Explanation_RandomPeopleAndEveryPage_AgreesWithTheAnswerOfThePage(bool secondary, int seed)
    {
        await using var server = await SchoolServer.StartAsync(secondary);
        var random = new Random(seed);
        var explain = server.Factory.Get<ExplainAccess>();
        var today = DateOnly.FromDateTime(AscentHost.Start.UtcDateTime);
        for (var i = 0; i < 15; i++)
        {
            var member = await server.Data.AddMemberAsync(server.School, Any(random, secondary));
            var browser = await server.Factory.SignInAsync(member);
            await ChangeAsync(server, member, random.Next(6), today);
            foreach (var door in Doors.All.DistinctBy(d => d.Path))
            {
                var explained = await explain.ExecuteAsync(new(member.MembershipId, door.Permission, door.Service), server.Setup.Actor, CancellationToken.None);
                var answer = await browser.GetAsync($"{server.Home}/{door.Path}");
                Assert.True(explained!.IsAllowed == (answer.Status == HttpStatusCode.OK), $"seed {seed}, person {i}, {door.Path}: {(int)answer.Status}, {string.Join("; ", explained.Because)}");
                Assert.NotEmpty(explained.Because);
                var who = await explain.WhoCanAsync(door.Permission, door.Service, null, server.Setup.Actor, CancellationToken.None);
                Assert.Equal(explained.IsAllowed, who.People.Any(p => p.MembershipId == member.MembershipId));
            }
        }
    }

    [Fact]
    public async Task Get_PageThenPersonThenWhy_SaysByWhatFromWhomAndUntilWhen()
    {
        await using var server = await SchoolServer.StartAsync();
        var tom = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses), "Tom", "Reed", endsOn: new DateOnly(2027, 7, 31));

        var all = await (await server.Browser.GetAsync(server.Home + "/users/explain")).Form("page").Fill("page", "Reports: pupils").SubmitAsync();
        Assert.Equal(["Tom Reed"], all.Texts("tbody .ascent-person"));
        var found = await all.Form("page").Fill("q", "ree").SubmitAsync();
        var why = await found.ClickAsync("Tom Reed");
        Assert.Equal("Tom Reed can open Reports: pupils", why.Text("#verdict"));
        Assert.Contains("View pupil-level data & suppressed and sensitive items, own classes", why.Text(".ascent-facts"), StringComparison.Ordinal);
        Assert.Contains("31 July 2027", why.Text(".ascent-facts"), StringComparison.Ordinal);
        var no = await server.Browser.GetAsync($"{server.Home}/users/explain?page=data&person={tom.MembershipId:N}");
        Assert.Equal(("Tom Reed cannot open Data", true), (no.Text("#verdict"), no.Text(".ascent-facts").Contains("Tom does not hold “Manage data”", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Get_SomebodyOfAnotherSchool_IsNotThere()
    {
        await using var server = await SchoolServer.StartAsync();
        var other = await server.Data.AddMemberAsync(await server.Data.AddSecondaryAsync(), PermissionSet.Of(Permission.SchoolReports), "Eve", "Elsewhere");

        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"{server.Home}/users/explain?page=reports&person={other.MembershipId:N}")).Status);
        Assert.DoesNotContain("Eve", (await server.Browser.GetAsync($"{server.Home}/users/explain?page=reports")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Eve", (await server.Browser.GetAsync($"{server.Home}/users/explain?page=reports&q=eve")).Text("main ul"), StringComparison.Ordinal);
    }

    private static PermissionSet Any(Random random, bool secondary)
    {
        var set = PermissionSet.None;
        foreach (var info in PermissionCatalogue.In(!secondary).Where(p => p.Limit is null))
            if (random.Next(2) == 0)
                set = info.HasScope && random.Next(2) == 0 ? set.With(info.Permission, PupilScope.OwnClasses) : set.With(info.Permission);
        return set.Has(Permission.SchoolReports) ? set : set.Without(Permission.PupilReports).Without(Permission.AllCollaborateGroups);
    }

    /// <summary>Brings somebody who is signed in into one of the states that matter: most stay as they are.</summary>
    private static Task ChangeAsync(SchoolServer server, TestMember member, int how, DateOnly today) => server.ChangeAsync(async db =>
    {
        var memberships = db.Set<Membership>().Where(m => m.Id == member.MembershipId);
        _ = how switch
        {
            0 => await memberships.ExecuteUpdateAsync(m => m.SetProperty(x => x.EndsOn, today.AddDays(-1))),
            1 => await memberships.ExecuteUpdateAsync(m => m.SetProperty(x => x.EndsOn, today)),
            2 => await memberships.ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MembershipState.Deactivated)),
            3 => await db.Set<Account>().Where(a => a.Id == member.AccountId).ExecuteUpdateAsync(a => a.SetProperty(x => x.TermsVersion, 0)),
            _ => 0,
        };
    });
}
