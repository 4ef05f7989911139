using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Users;

/// <summary>The last day of access is a day in England, whatever the server's clock calls it.</summary>
public sealed class EndDateTests
{
    // In winter London's midnight is UTC's; in summer it is an hour earlier. On the days when the clocks change, midnight still is what it was
    // the evening before: 1 a.m. (March) and 2 a.m. (October) are when they move.
    [Theory]
    [InlineData("2027-01-15", "2027-01-16T00:00:00Z")]
    [InlineData("2027-07-31", "2027-07-31T23:00:00Z")]
    [InlineData("2027-03-27", "2027-03-28T00:00:00Z")]
    [InlineData("2027-03-28", "2027-03-28T23:00:00Z")]
    [InlineData("2027-10-30", "2027-10-30T23:00:00Z")]
    [InlineData("2027-10-31", "2027-11-01T00:00:00Z")]
    public async Task Access_LastDay_EndsAtMidnightInLondon(string lastDay, string midnight)
    {
        await using var host = await AscentHost.StartAsync();
        var day = DateOnly.Parse(lastDay, System.Globalization.CultureInfo.InvariantCulture);
        var end = DateTimeOffset.Parse(midnight, System.Globalization.CultureInfo.InvariantCulture);
        var member = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.SchoolReports), endsOn: day);

        host.Clock.SetUtcNow(end.AddTicks(-1));
        var lastMoment = await OpenAsync(host, member);
        host.Clock.SetUtcNow(end);
        var first = await OpenAsync(host, member);

        Assert.NotNull(lastMoment);
        Assert.Null(first);
    }

    [Theory, BothDatabases]
    public async Task ChangeAccess_LaterDateBeforeTheNightRecordsTheEnd_OpensAgain(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var member = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.ManageData), endsOn: new DateOnly(2026, 11, 24));
        host.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Null(await OpenAsync(host, member));

        var saved = await SaveAsync(host, setup, member, new DateOnly(2026, 12, 24));

        Assert.True(saved.Succeeded);
        Assert.NotNull(await OpenAsync(host, member));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.HolderId == member.MembershipId)));
    }

    [Fact]
    public async Task ChangeAccess_EndedAndRecorded_IsNotOpenedByALaterDate()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var member = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolReports));
        await host.Data.BringAsync(member, MembershipState.Ended, setup);

        await SaveAsync(host, setup, member, new DateOnly(2027, 7, 31), PermissionSet.Of(Permission.SchoolReports));

        Assert.Null(await OpenAsync(host, member));
        Assert.Equal(MembershipState.Ended, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == member.MembershipId).Select(m => m.State).SingleAsync()));
    }

    [Fact]
    public async Task Reset_AccessOver_SaysToSetALaterDateFirst()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var member = await host.Data.AddMemberAsync(school, PermissionSet.None, "Sam", "Roe", endsOn: new DateOnly(2026, 11, 22));

        var refused = await host.Get<ResetSignUp>().ExecuteAsync(member.MembershipId, setup.Actor, CancellationToken.None);

        Assert.Equal("Sam Roe’s access ended after 22 November 2026: set a later end date first", refused.Refusals[0].Message);
    }

    private static Task<SchoolAccess?> OpenAsync(AscentHost host, TestMember member) =>
        host.Get<ReadAccess>().ExecuteAsync(member.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), member.School.Code, CancellationToken.None);

    private static async Task<Result<AccessSaved>> SaveAsync(AscentHost host, TestMember by, TestMember member, DateOnly? day, PermissionSet? permissions = null)
    {
        var version = await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == member.MembershipId).Select(m => m.Version).SingleAsync());
        return await host.Get<ChangeAccess>().ExecuteAsync(new(member.MembershipId, version, JobRole.Teacher, null, permissions ?? member.Permissions, day), by.Actor, CancellationToken.None);
    }
}
