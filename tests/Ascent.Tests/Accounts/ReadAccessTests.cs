using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class ReadAccessTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_ActiveMember_HasTheEffectivePermissions(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var secondary = await host.Data.AddSecondaryAsync("Oak School");
        var member = await host.Data.AddMemberAsync(secondary, PermissionSet.Of(Permission.SchoolSetup, Permission.TrackingMarks), role: JobRole.Headteacher);

        var access = await host.Get<ReadAccess>().ExecuteAsync(member.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), secondary.Code, CancellationToken.None);

        Assert.Equal((secondary.Id, "Oak School", false, member.MembershipId, "Headteacher"), (access!.OrganisationId, access.Name, access.HasTracking, access.MembershipId, access.JobRole));
        // Manage data comes with School setup; tracking is kept but inert where there is none.
        Assert.Equal([Permission.SchoolSetup, Permission.ManageData], access.Permissions.Held());
        // Whether the password was given lately is the session's to say.
        Assert.Equal(member.Actor with { IsFresh = false }, access.Actor);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_EndDate_IsTheLastDayInEngland(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 6, 30, 12, 0, 0, TimeSpan.Zero));
        var school = await host.Data.AddPrimaryAsync();
        var member = await host.Data.AddMemberAsync(school, default, endsOn: new DateOnly(2027, 7, 1));
        var read = host.Get<ReadAccess>();

        // Summer time: the day ends at 23:00 UTC.
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 7, 1, 22, 59, 59, TimeSpan.Zero));
        Assert.NotNull(await read.ExecuteAsync(member.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None));
        Assert.Single(await host.Get<ListOwnOrganisations>().ExecuteAsync(member.AccountId, CancellationToken.None));
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 7, 1, 23, 0, 0, TimeSpan.Zero));
        Assert.Null(await read.ExecuteAsync(member.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None));
        Assert.Empty(await host.Get<ListOwnOrganisations>().ExecuteAsync(member.AccountId, CancellationToken.None));
    }

    [Theory]
    [BothDatabases(MembershipState.Pending)]
    [BothDatabases(MembershipState.Deactivated)]
    [BothDatabases(MembershipState.Ended)]
    [BothDatabases(MembershipState.Deleted)]
    public async Task ExecuteAsync_NotActive_IsNoAccess(DatabaseKind kind, MembershipState state)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var member = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        await host.ChangeAsync(db => db.Set<Membership>().Where(m => m.Id == member.MembershipId).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, state)));

        Assert.Null(await host.Get<ReadAccess>().ExecuteAsync(member.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None));
        Assert.Empty(await host.Get<ListOwnOrganisations>().ExecuteAsync(member.AccountId, CancellationToken.None));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OtherSchoolUnknownSchoolOrStranger_AreTheSameNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, other) = (await host.Data.AddPrimaryAsync(), await host.Data.AddPrimaryAsync());
        var member = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var read = host.Get<ReadAccess>();

        Assert.Null(await read.ExecuteAsync(member.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), other.Code, CancellationToken.None));
        Assert.Null(await read.ExecuteAsync(member.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), "000000", CancellationToken.None));
        Assert.Null(await read.ExecuteAsync(Guid.Empty, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_ChangedPermissions_ActOnTheNextRead(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var member = await host.Data.AddMemberAsync(school, Permission.SchoolReports);
        await host.Get<ReadAccess>().ExecuteAsync(member.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None);

        await host.ChangeAsync(async db => (await db.Set<Membership>().SingleAsync()).Permissions = PermissionSet.None);

        Assert.True((await host.Get<ReadAccess>().ExecuteAsync(member.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None))!.Permissions.IsEmpty);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Opened_IsNotedAtMostOnceAnHour(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var member = await host.Data.AddMemberAsync(school);
        var start = AscentHost.Start.UtcDateTime;

        Assert.Equal(start, await OpenAsync());
        host.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(start, await OpenAsync());
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(start.AddHours(1), await OpenAsync());

        async Task<DateTime?> OpenAsync()
        {
            await host.Get<ReadAccess>().ExecuteAsync(member.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None);
            return await host.ReadAsync(db => db.Set<Membership>().Select(m => m.LastOpenedAt).SingleAsync());
        }
    }
}
