using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Accounts.Users;

/// <summary>Somebody can always manage the users: also when two holders demote each other at the same moment.</summary>
public sealed class LastHolderTests
{
    private const int Rounds = 100;

    [Theory, BothDatabases]
    [Asvs("2.3.2", "The last administrator of a school remains, also when two take the right from each other.")]
    public async Task ChangeAccess_TwoDemoteEachOtherAtOnceAHundredTimes_OneAlwaysRemains(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        var left = await RaceAsync(host, withGuardRow: false);

        Assert.All(left, holders => Assert.Equal(1, holders));
    }

    [Theory, BothDatabases]
    public async Task ChangeAccess_TheSameWithoutTheGuard_LeavesSchoolsWithNobody(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind, configure: services => services.AddSingleton(provider => UnguardedDatabase.Open<WithoutGuard>(provider.GetRequiredService<ServerSettings>())));

        var left = await RaceAsync(host, withGuardRow: true);

        Assert.True(left.Contains(0), "Without its guard a holder remained in every round: it does not race.");
    }

    [Theory]
    [InlineData("Deactivate")]
    [InlineData("Reset")]
    [InlineData("Delete")]
    [InlineData("Demote")]
    [InlineData("EndDate")]
    public async Task Deed_OnTheLastHolderWithoutEnd_IsRefusedAndOnOneOfTwoIsDone(string deed)
    {
        await using var host = await AscentHost.StartAsync();
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), endsOn: new DateOnly(2027, 1, 31));
        var last = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ann", "Last");

        // The one who acts has an end date, and so does not count.
        var refused = await DoAsync(host, deed, last, setup);
        await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var done = await DoAsync(host, deed, last, setup);

        var refusal = Assert.IsType<LastHolder>(Assert.Single(refused));
        Assert.StartsWith("Ann Last is the last Active holder of School setup without an end date", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(deed switch { "Demote" => "SchoolSetup", "EndDate" => "EndsOn", _ => null }, refusal.Field);
        Assert.Empty(done);
    }

    [Fact]
    public async Task ChangeAccess_HolderWithEndDate_MayBeExtendedAlthoughNobodyElseIsThere()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await host.Data.AddPrimaryAsync();
        var only = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), endsOn: new DateOnly(2027, 1, 31));
        var operatorThere = Actor.Operator with { OrganisationId = school.Id, Permissions = PermissionSet.Of(Permission.SchoolSetup) };

        Task<Result<AccessSaved>> SetAsync(int version, DateOnly? day) =>
            host.Get<ChangeAccess>().ExecuteAsync(new(only.MembershipId, version, JobRole.Teacher, null, PermissionSet.Of(Permission.SchoolSetup), day), operatorThere, CancellationToken.None);

        Assert.IsType<LastHolder>(Assert.Single((await SetAsync(1, new DateOnly(2026, 12, 31))).Refusals));
        Assert.True((await SetAsync(1, new DateOnly(2027, 7, 31))).Succeeded);
        Assert.True((await SetAsync(2, null)).Succeeded);
    }

    private static async Task<IReadOnlyList<Refusal>> DoAsync(AscentHost host, string deed, TestMember to, TestMember by)
    {
        var version = await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == to.MembershipId).Select(m => m.Version).SingleAsync());
        Task<Result<AccessSaved>> ChangeAsync(PermissionSet permissions, DateOnly? day) =>
            host.Get<ChangeAccess>().ExecuteAsync(new(to.MembershipId, version, JobRole.Teacher, null, permissions, day), by.Actor, CancellationToken.None);
        return deed switch
        {
            "Deactivate" => (await host.Get<DeactivateUser>().ExecuteAsync(to.MembershipId, by.Actor, CancellationToken.None)).Refusals,
            "Reset" => (await host.Get<ResetSignUp>().ExecuteAsync(to.MembershipId, by.Actor, CancellationToken.None)).Refusals,
            "Delete" => (await host.Get<DeleteUser>().ExecuteAsync(new(to.MembershipId, to.FullName), by.Actor, CancellationToken.None)).Refusals,
            "Demote" => (await ChangeAsync(PermissionSet.None, null)).Refusals,
            _ => (await ChangeAsync(PermissionSet.Of(Permission.SchoolSetup), new DateOnly(2027, 7, 31))).Refusals,
        };
    }

    /// <param name="withGuardRow">The row is there already; otherwise the two meet in making it.</param>
    /// <returns>How many holders each school was left with.</returns>
    private static async Task<IReadOnlyList<int>> RaceAsync(AscentHost host, bool withGuardRow)
    {
        var left = new List<int>();
        for (var round = 0; round < Rounds; round++)
        {
            var school = await host.Data.AddPrimaryAsync();
            TestMember[] two = [await host.Data.AddMemberAsync(school, Permission.SchoolSetup), await host.Data.AddMemberAsync(school, Permission.SchoolSetup)];
            if (withGuardRow)
                await host.ChangeAsync(db => Task.FromResult(db.Add(new HolderGuard { OrganisationId = school.Id })));
            using var gate = new Barrier(2);
            var all = two.Select((me, i) => Task.Factory.StartNew(() =>
            {
                gate.SignalAndWait();
                return host.Get<ChangeAccess>().ExecuteAsync(new(two[1 - i].MembershipId, 1, JobRole.Teacher, null, PermissionSet.None, null), me.Actor, CancellationToken.None);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
            await Task.WhenAll(all);
            left.Add(await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.OrganisationId == school.Id && s.Permission == Permission.SchoolSetup && s.HolderId != null)));
        }
        return left;
    }

    // The rule is looked at, and nothing holds two who look at once apart.
    private sealed class WithoutGuard(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder.Entity<HolderGuard>().Property(g => g.Version).IsConcurrencyToken(false);
        }
    }
}
