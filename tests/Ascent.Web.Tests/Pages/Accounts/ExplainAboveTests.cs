using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Authorization;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts;

#pragma warning disable RS0030 // Dice that fall the same in every run; nothing secret comes of them.

/// <summary>What "Who can see what" and Our organisation say of people from above.</summary>
public sealed class ExplainAboveTests
{
    /// <summary>For random people of three bodies with random links, every page, before and after the links change: who is listed is who opens it.</summary>
    [Theory]
    [InlineData(20261127)]
    [InlineData(20261128)]
    public async Task Listed_RandomPeopleAndEveryPage_AreThoseToWhomThePageOpens(int seed)
    {
        await using var server = await SchoolServer.StartAsync(secondary: seed % 2 == 0);
        var random = new Random(seed);
        var other = await server.Data.AddPrimaryAsync();
        Organisation[] bodies = [await server.Data.AddAuthorityAsync(), await server.Data.AddTrustAsync(), await server.Data.AddAuthorityAsync()];
        foreach (var body in bodies)
        {
            await server.Data.LinkAsync(other, body, ReachLevel.Pupil);
            await server.Data.LinkAsync(server.School, body, ReachLevel.School);
        }
        var people = new List<(TestMember Person, Browser Browser, bool IsOwn)>();
        for (var i = 0; i < 12; i++)
            people.Add(await AddAsync(server, random, bodies, other, i));

        var (seen, met) = (0, 0);
        for (var round = 0; round < 3; round++)
        {
            foreach (var door in Doors.All.DistinctBy(d => d.Path))
            {
                var listed = await ListedAsync(server, door);
                foreach (var (person, browser, isOwn) in people)
                {
                    var opens = (await browser.GetAsync($"{server.Home}/{door.Path}")).Status == HttpStatusCode.OK && !isOwn;
                    Assert.True(opens == listed.Contains(person.AccountId), $"seed {seed}, round {round}, {person.Email}, {door.Path}: {(opens ? "opens, and is not listed" : "is listed, and does not open")}");
                    (seen, met) = (seen + (opens ? 1 : 0), met + 1);
                }
            }
            foreach (var body in bodies)
                await server.Data.LinkAsync(server.School, body, random.Next(4) switch { 0 => null, 1 => ReachLevel.Administration, 2 => ReachLevel.School, _ => ReachLevel.Pupil });
        }
        // The dice have thrown both sorts.
        Assert.InRange(seen, met / 50, met * 49 / 50);
    }

    [Fact]
    public async Task Get_ReportsPage_ListsPeopleFromAboveApartWithBodyLinkAndLastDay()
    {
        await using var server = await SchoolServer.StartAsync();
        var (authority, trust) = (await server.Data.AddAuthorityAsync("Northshire"), await server.Data.AddTrustAsync("Harbour Trust"));
        await server.Data.LinkAsync(server.School, authority, ReachLevel.School);
        await server.Data.LinkAsync(server.School, trust, ReachLevel.Administration);
        await server.Data.AddBodyMemberAsync(authority, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports));
        await server.Data.AddBodyMemberAsync(authority, PermissionSet.None.With(SchoolScope.SelectedSchools), [server.School], endsOn: new(2027, 3, 31), role: JobRole.SchoolImprovementPartner);
        await server.Data.AddBodyMemberAsync(trust, PermissionSet.Of(Permission.LaSetup, Permission.SchoolReports, Permission.PupilReports));

        var page = await server.Browser.GetAsync($"{server.Home}/users/explain?page=reports");

        Assert.Contains("View school-level reports at Northshire, all its schools; the link is for school-level reports", page.Words(), StringComparison.Ordinal);
        Assert.Contains("View school-level reports at Northshire, this school chosen; the link is for school-level reports", page.Words(), StringComparison.Ordinal);
        Assert.Equal(2, page.Texts("#above tbody tr").Count);
        Assert.Contains("31 March 2027", page.Text("#above"), StringComparison.Ordinal);
        Assert.Contains("School Improvement Partner", page.Text("#above"), StringComparison.Ordinal);
        Assert.DoesNotContain("Harbour Trust", page.Words(), StringComparison.Ordinal);
        // The link lets nobody from above see pupils, or do anything but read.
        foreach (var other in (string[])["reports%2Fpupils", "data", "users%2Fmanage"])
            Assert.Empty((await server.Browser.GetAsync($"{server.Home}/users/explain?page={other}")).Texts("#above tbody tr"));
    }

    [Fact]
    public async Task Get_BeginningOfAName_FindsPeopleFromAboveToo()
    {
        await using var server = await SchoolServer.StartAsync();
        var body = await server.Data.AddAuthorityAsync();
        await server.Data.LinkAsync(server.School, body, ReachLevel.School);
        var officer = await server.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.SchoolReports));

        Assert.Contains(officer.FullName, (await server.Browser.GetAsync($"{server.Home}/users/explain?page=reports&q=above")).Text("#above"), StringComparison.Ordinal);
        Assert.Contains(officer.FullName, (await server.Browser.GetAsync($"{server.Home}/users/explain?page=reports&q=LEE")).Text("#above"), StringComparison.Ordinal);
        Assert.Empty((await server.Browser.GetAsync($"{server.Home}/users/explain?page=reports&q=bove")).Texts("#above tbody tr"));
    }

    [Fact]
    public async Task OurOrganisation_PeopleOfEachBody_AreCountedAsTheyOpenReportsNow()
    {
        await using var server = await SchoolServer.StartAsync();
        var (authority, trust) = (await server.Data.AddAuthorityAsync(), await server.Data.AddTrustAsync());
        await server.Data.LinkAsync(server.School, authority, ReachLevel.Pupil);
        await server.Data.LinkAsync(server.School, trust, ReachLevel.Administration);
        async Task<string[]> SaidAsync() => [.. (await server.Browser.GetAsync($"{server.Home}/our-organisation")).Texts("[data-readers]")];

        Assert.Equal(["Nobody of Testshire can see reports of the school now."], await SaidAsync());
        await server.Data.AddBodyMemberAsync(authority, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports));
        var second = await server.Data.AddBodyMemberAsync(authority, PermissionSet.Of(Permission.SchoolReports));
        await server.Data.AddBodyMemberAsync(authority, PermissionSet.Of(Permission.LaSetup));
        await server.Data.AddBodyMemberAsync(trust, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports));
        Assert.Equal(["2 people of Testshire can see reports of the school now, 1 of them with pupils’ names. See who they are"], await SaidAsync());
        await server.ChangeAsync(db => db.Set<Membership>().Where(m => m.Id == second.MembershipId).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MembershipState.Deactivated)));
        Assert.Equal(["1 person of Testshire can see reports of the school now, with pupils’ names. See who it is"], await SaidAsync());
    }

    private static async Task<(TestMember Person, Browser Browser, bool IsOwn)> AddAsync(SchoolServer server, Random random, Organisation[] bodies, School other, int i)
    {
        // One in six is a member of the school too, and comes by that alone; one in six is of two bodies.
        var isOwn = i % 6 == 0;
        var own = isOwn ? await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports)) : null;
        var body = bodies[random.Next(bodies.Length)];
        var first = await MemberAsync(server, random, body, other, own);
        var person = own ?? new TestMember(first.AccountId, first.MembershipId, server.School, first.Forename, first.Surname, first.Email, first.Permissions);
        if (i % 6 == 1)
            await MemberAsync(server, random, bodies[(Array.IndexOf(bodies, body) + 1) % bodies.Length], other, person);
        var browser = await server.Factory.SignInAsync(person.Email);
        var today = DateOnly.FromDateTime(AscentHost.Start.UtcDateTime);
        await server.ChangeAsync(async db =>
        {
            var memberships = db.Set<Membership>().Where(m => m.Id == first.MembershipId);
            switch (random.Next(9))
            {
                case 0:
                    await memberships.ExecuteUpdateAsync(m => m.SetProperty(x => x.EndsOn, today.AddDays(-1)));
                    break;
                case 1:
                    await memberships.ExecuteUpdateAsync(m => m.SetProperty(x => x.EndsOn, today));
                    break;
                case 2:
                    await memberships.ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MembershipState.Deactivated));
                    break;
                case 3:
                    await db.Set<Account>().Where(a => a.Id == person.AccountId).ExecuteUpdateAsync(a => a.SetProperty(x => x.TermsVersion, 0));
                    break;
                case 4:
                    db.Add(new ResetCode { OrganisationId = first.Body.Id, MembershipId = first.MembershipId, ExpiresAt = AscentHost.Start.UtcDateTime.AddDays(1) });
                    break;
            }
        });
        return (person, browser, isOwn);
    }

    private static Task<TestBodyMember> MemberAsync(SchoolServer server, Random random, Organisation body, School other, TestMember? account)
    {
        var set = PermissionSet.None;
        foreach (var info in PermissionCatalogue.Body)
            if (random.Next(4) > 0)
                set = set.With(info.Permission);
        if (!set.Has(Permission.SchoolReports))
            set = set.Without(Permission.PupilReports).Without(Permission.AllCollaborateGroups);
        var selects = set.Has(Permission.SchoolReports) && random.Next(3) == 0;
        return server.Data.AddBodyMemberAsync(body, selects ? set.With(SchoolScope.SelectedSchools) : set, selects ? random.Next(2) == 0 ? [other] : [other, server.School] : null, account: account);
    }

    private static async Task<HashSet<Guid>> ListedAsync(SchoolServer server, Door door) =>
        [.. (await server.Factory.Get<ListPeopleAbove>().ExecuteAsync(door.Permission, server.Setup.Actor, CancellationToken.None)).Select(p => p.AccountId)];
}
