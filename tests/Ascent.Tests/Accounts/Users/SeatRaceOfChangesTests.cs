using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Users;

/// <summary>Two hundred edits and reactivations at once for one free seat of each kind: what holds for creating holds for these too.</summary>
public sealed class SeatRaceOfChangesTests
{
    private const int Tries = 200;

    [Theory, BothDatabases]
    public async Task EditsAndReactivations_TwoHundredAtOnceForTheLastSeats_EndAtExactlyFourAndSix(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var racers = new List<(TestMember Member, Permission Wanted, bool IsClosed)>();
        for (var i = 0; i < Tries; i++)
        {
            var wanted = i % 2 == 0 ? Permission.SchoolSetup : Permission.ManageData;
            // Every second one asks by coming back. Closed memberships hold no seat, so their rights may be more than the limit.
            racers.Add((await host.Data.AddMemberAsync(school), wanted, i % 4 < 2));
        }
        await CloseAsync(host, racers);
        for (var i = 0; i < 2; i++)
            await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        for (var i = 0; i < 5; i++)
            await host.Data.AddMemberAsync(school, Permission.ManageData);
        host.Get<Secrets>().Protect("warm", "up");

        var won = await RaceAsync(host, racers, setup);

        Assert.Equal((1, 1), (won.Count(w => w == Permission.SchoolSetup), won.Count(w => w == Permission.ManageData)));
        Assert.Equal((4, 6), (await TakenAsync(host, Permission.SchoolSetup), await TakenAsync(host, Permission.ManageData)));
        Assert.Equal((4, 6), (await HoldersAsync(host, Permission.SchoolSetup), await HoldersAsync(host, Permission.ManageData)));
    }

    private static Task CloseAsync(AscentHost host, List<(TestMember Member, Permission Wanted, bool IsClosed)> racers) => host.ChangeAsync(async db =>
    {
        foreach (var (member, wanted, _) in racers.Where(r => r.IsClosed))
        {
            var membership = await db.Set<Membership>().SingleAsync(m => m.Id == member.MembershipId);
            membership.Permissions = PermissionSet.Of(wanted);
            membership.Deactivate(null, AscentHost.Start.UtcDateTime);
        }
    });

    private static async Task<List<Permission>> RaceAsync(AscentHost host, List<(TestMember Member, Permission Wanted, bool IsClosed)> racers, TestMember setup)
    {
        using var gate = new ManualResetEventSlim();
        var all = racers.Select(racer => Task.Factory.StartNew(async () =>
        {
            gate.Wait();
            var done = racer.IsClosed
                ? (await host.Get<ReactivateUser>().ExecuteAsync(new(racer.Member.MembershipId, null), setup.Actor, CancellationToken.None)).Refusals
                : (await host.Get<ChangeAccess>().ExecuteAsync(new(racer.Member.MembershipId, 1, JobRole.Teacher, null, PermissionSet.Of(racer.Wanted), null), setup.Actor, CancellationToken.None)).Refusals;
            if (done.Count > 0)
                Assert.Equal(racer.Wanted, Assert.IsType<SeatsFull>(Assert.Single(done)).Count.Permission);
            return (racer.Wanted, Won: done.Count == 0);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
        gate.Set();
        return [.. (await Task.WhenAll(all)).Where(r => r.Won).Select(r => r.Wanted)];
    }

    private static Task<int> TakenAsync(AscentHost host, Permission permission) => host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.Permission == permission && s.HolderId != null));

    private static async Task<int> HoldersAsync(AscentHost host, Permission permission) =>
        (await host.ReadAsync(db => db.Set<Membership>().Where(m => m.State == MembershipState.Active || m.State == MembershipState.Pending).ToListAsync())).Count(m => m.Permissions.Has(permission));
}
