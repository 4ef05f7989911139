using System.Text;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Users;

public sealed class ListUsersTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_EveryState_ListsThoseWhoHaveSignedUpAndCountsThePending(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Amy", "Adams");
        foreach (var (surname, state) in ((string, MembershipState)[])[("Brown", MembershipState.Active), ("Clark", MembershipState.Deactivated), ("Dean", MembershipState.Ended)])
            await host.Data.BringAsync(await host.Data.AddMemberAsync(school, PermissionSet.None, "Bo", surname), state, setup);
        var gone = await host.Data.AddMemberAsync(school, PermissionSet.None, "Bo", "Gone");
        await host.Data.BringAsync(gone, MembershipState.Deleted, setup);
        await host.Data.AddMemberAsync(school, PermissionSet.None, "Bo", "Over", endsOn: new DateOnly(2026, 11, 22));
        await host.Data.InviteAsync(setup);
        await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync(), PermissionSet.None, "Bo", "Elsewhere");

        var page = await ListAsync(host, setup);

        Assert.Equal([("Adams", UserStatus.Active, true), ("Brown", UserStatus.Active, false), ("Clark", UserStatus.Deactivated, false), ("Dean", UserStatus.Ended, false), ("Over", UserStatus.Ended, false)],
            page.Rows.Select(r => (r.Surname, r.Status, r.IsYou)));
        Assert.Equal((5, 1, true, (string?)null), (page.Total, page.Pending, page.IsFirst, page.Next));
        Assert.Equal((2, 2, 1), (page.Counts!.ByStatus[UserStatus.Active], page.Counts.ByStatus[UserStatus.Ended], page.Counts.ByStatus[UserStatus.Deactivated]));
        foreach (var status in Enum.GetValues<UserStatus>())
            Assert.Equal(page.Counts.ByStatus[status], (await ListAsync(host, setup, new(Status: status))).Rows.Count);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_EachFilter_ShowsWhatItsCountSays(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await FillAsync(host);

        var all = await ListAsync(host, setup);

        Assert.Equal((1, 2, 2, 1, 2), (
            all.Counts!.ByAccess[UsersAccess.SchoolSetup], all.Counts.ByAccess[UsersAccess.ManageData], all.Counts.ByAccess[UsersAccess.PupilNames], all.Counts.ByAccess[UsersAccess.Collaborate], all.Counts.ByAccess[UsersAccess.None]));
        Assert.Equal((1, 1), (all.Counts.ByAttention[UsersAttention.EndsSoon], all.Counts.ByAttention[UsersAttention.Dormant]));
        foreach (var access in Enum.GetValues<UsersAccess>())
            Assert.Equal(all.Counts.ByAccess[access], (await ListAsync(host, setup, new(Access: access))).Total);
        foreach (var attention in Enum.GetValues<UsersAttention>())
            Assert.Equal(all.Counts.ByAttention[attention], (await ListAsync(host, setup, new(Attention: attention))).Total);
        Assert.Equal("Soon", (await ListAsync(host, setup, new(Attention: UsersAttention.EndsSoon))).Rows.Single(r => r.EndsSoon).Surname);
        Assert.Equal("Asleep", (await ListAsync(host, setup, new(Attention: UsersAttention.Dormant))).Rows.Single(r => r.IsDormant).Surname);
        Assert.Equal(["Head"], (await ListAsync(host, setup, new(Role: JobRole.Headteacher))).Rows.Select(r => r.Surname));
        Assert.Equal(1, all.Counts.ByRole[JobRole.Headteacher]);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Search_FindsBeginningsOfEitherNameOrTheAddress(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Zed", "Zoo", "zed@school.example");
        await host.Data.AddMemberAsync(school, PermissionSet.None, "Siân", "Llŷr", "head@school.example");
        await host.Data.AddMemberAsync(school, PermissionSet.None, "Lee", "Sianson", "other@school.example");

        foreach (var (typed, found) in ((string, string[])[])[("sian", ["Llŷr", "Sianson"]), ("LLYR", ["Llŷr"]), ("siân ll", ["Llŷr"]), ("head@", ["Llŷr"]), ("ianson", []), ("%", []), ("\0", [])])
            Assert.Equal(found, (await ListAsync(host, setup, new(Search: typed))).Rows.Select(r => r.Surname));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_NameOrAddressChangedByThePerson_IsFoundByTheNewOne(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var member = await host.Data.AddMemberAsync(school, PermissionSet.None, "Sam", "Roe");

        await host.Get<ChangeOwnName>().ExecuteAsync(member.AccountId, "Sam", "Yarrow", CancellationToken.None);

        Assert.Equal("Yarrow", (await ListAsync(host, setup, new(Search: "yarr"))).Rows.Single().Surname);
        Assert.Empty((await ListAsync(host, setup, new(Search: "roe"))).Rows);
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == member.MembershipId).Select(m => m.Version).SingleAsync()));
    }

    [Theory]
    [BothDatabases(UsersSort.Name)]
    [BothDatabases(UsersSort.OpenedLast)]
    [BothDatabases(UsersSort.OpenedLongestAgo)]
    public async Task ExecuteAsync_PageByPage_ShowsEverybodyOnceInOrder(DatabaseKind kind, UsersSort sort)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        for (var i = 0; i < 119; i++)
        {
            if (i % 3 == 0)
                host.Clock.Advance(TimeSpan.FromHours(5));
            await host.Data.AddMemberAsync(school, PermissionSet.None, $"Pat{i % 7}", $"{"ŻaéB"[i % 4]}{i % 11}");
        }

        var rows = new List<UserRow>();
        string? after = null;
        do
        {
            var page = await ListAsync(host, setup, new(Sort: sort, After: after));
            rows.AddRange(page.Rows);
            Assert.Equal((120, after is null), (page.Total, page.IsFirst));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(120, rows.Select(r => r.MembershipId).Distinct().Count());
        var keys = rows.Select(r => sort switch
        {
            UsersSort.Name => Encoding.UTF8.GetBytes(Membership.KeyOf($"{r.Surname} {r.Forename}")),
            UsersSort.OpenedLongestAgo => Encoding.UTF8.GetBytes(r.LastOpenedAt.ToString("O")),
            _ => Encoding.UTF8.GetBytes((DateTime.MaxValue - r.LastOpenedAt).Ticks.ToString("D20", System.Globalization.CultureInfo.InvariantCulture)),
        }).ToList();
        Assert.All(keys.Zip(keys.Skip(1)), pair => Assert.True(pair.First.AsSpan().SequenceCompareTo(pair.Second) <= 0));
    }

    [Fact]
    public async Task ExecuteAsync_ManyPeople_AreNotCountedByChoice()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        await host.Data.AddManyMembersAsync(school, 2_005);

        var page = await ListAsync(host, setup);

        Assert.Equal((50, 2_001, true), (page.Rows.Count, page.Total, page.Counts is null));
    }

    private static async Task<TestMember> FillAsync(AscentHost host)
    {
        var school = await host.Data.AddPrimaryAsync();
        await host.Data.AddMemberAsync(school, PermissionSet.None, "Al", "Asleep");
        host.Clock.Advance(TimeSpan.FromDays(200));
        var setup = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Hal", "Head", role: JobRole.Headteacher);
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.ManageData), "Dot", "Data");
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports, Permission.AllCollaborateGroups), "Pip", "Pupils");
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.TrackingPupilReports), "Tay", "Tracking");
        await host.Data.AddMemberAsync(school, PermissionSet.None, "Sue", "Soon", endsOn: DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(30));
        return setup;
    }

    private static Task<UsersPage> ListAsync(AscentHost host, TestMember by, UsersQuery? query = null) => host.Get<ListUsers>().ExecuteAsync(by.Actor, query ?? new(), CancellationToken.None);
}
