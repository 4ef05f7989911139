using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Accounts;

/// <summary>
/// Two hundred creations at once for the last seat of each kind. The same race is run with the guard off, to see that it would be lost:
/// a race that nobody can lose proves nothing.
/// </summary>
public sealed class SeatRaceTests
{
    private const int Creations = 200;

    [Theory, BothDatabases]
    [Asvs("2.3.2", "Four and six seats hold exactly, two hundred asking at once.")]
    [Asvs("2.3.4", "A seat is a row that is taken once, two hundred asking at once.")]
    public async Task ExecuteAsync_TwoHundredAtOnceForTheLastSeats_EndAtExactlyFourAndSix(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        var (setups, datas) = await RaceAsync(host);

        Assert.Equal((4, 6), await CountMembersAsync(host));
        Assert.Equal((4, 6), (await CountTakenAsync(host, Permission.SchoolSetup), await CountTakenAsync(host, Permission.ManageData)));
        await EachRefusedIsToldWhyAsync(host, setups, Permission.SchoolSetup, "School setup & Pupil Tracking");
        await EachRefusedIsToldWhyAsync(host, datas, Permission.ManageData, "Manage data");
        // Nothing is left of those who were refused.
        Assert.Equal((2, 10), (await host.CountAsync<Invitation>(), await host.CountAsync<Account>()));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TheSameWithoutTheGuard_ExceedsTheLimits(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind, configure: services => services.AddSingleton(provider => UnguardedDatabase.Open<WithoutGuard>(provider.GetRequiredService<ServerSettings>())));
        await host.ChangeTablesAsync("DROP INDEX \"IX_seats_organisation_id_permission_holder_id\"");

        await RaceAsync(host);

        var (setups, datas) = await CountMembersAsync(host);
        Assert.True(setups > 4 && datas > 6, $"Without its guard the race ended at {setups} and {datas}: it does not race.");
    }

    private static async Task<(Result<Guid>[] Setups, Result<Guid>[] Datas)> RaceAsync(AscentHost host)
    {
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        for (var i = 0; i < 2; i++)
            await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        for (var i = 0; i < 5; i++)
            await host.Data.AddMemberAsync(school, Permission.ManageData);
        // The key ring is loaded when a server starts; two hundred threads waiting for its first key would be another race.
        host.Get<Secrets>().Protect("warm", "up");
        using var gate = new ManualResetEventSlim();
        // A thread each: SQLite works synchronously, and a pool of two threads would let two race and the others queue.
        var all = Enumerable.Range(0, Creations).Select(i => Task.Factory.StartNew(() =>
        {
            gate.Wait();
            var wanted = PermissionSet.Of(i % 2 == 0 ? Permission.SchoolSetup : Permission.ManageData);
            return host.Get<CreateUser>().ExecuteAsync(
                new(null, "Racer", $"Number{i}", $"racer{i}@school.example", false, JobRole.Teacher, null, wanted, null), setup.Actor, CancellationToken.None);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
        gate.Set();
        var results = await Task.WhenAll(all);
        return ([.. results.Where((_, i) => i % 2 == 0)], [.. results.Where((_, i) => i % 2 == 1)]);
    }

    private static async Task EachRefusedIsToldWhyAsync(AscentHost host, Result<Guid>[] results, Permission permission, string label)
    {
        var won = Assert.Single(results, r => r.Succeeded).Value;
        var names = await host.ReadAsync(async db => (await (from seat in db.Set<Seat>()
                                                             where seat.Permission == permission && seat.HolderId != null
                                                             join membership in db.Set<Membership>() on seat.HolderId equals membership.Id
                                                             join account in db.Set<Account>() on membership.AccountId equals account.Id
                                                             select new { membership.Id, Name = account.Forename + " " + account.Surname }).ToListAsync())
            .ConvertAll(h => h.Id == won ? $"{h.Name} (pending)" : h.Name));
        foreach (var refused in results.Where(r => !r.Succeeded))
        {
            var full = Assert.IsType<SeatsFull>(Assert.Single(refused.Refusals));
            Assert.Equal((permission, label), (full.Count.Permission, full.Label));
            Assert.All(names, name => Assert.Contains(name, full.Message, StringComparison.Ordinal));
        }
    }

    private static async Task<(int Setups, int Datas)> CountMembersAsync(AscentHost host)
    {
        var sets = await host.ReadAsync(db => db.Set<Membership>().Select(m => m.PermissionBits).ToListAsync());
        return (sets.Count(bits => new PermissionSet(bits).Has(Permission.SchoolSetup)), sets.Count(bits => new PermissionSet(bits).Has(Permission.ManageData)));
    }

    private static Task<int> CountTakenAsync(AscentHost host, Permission permission) =>
        host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.Permission == permission && s.HolderId != null));

    // Look whether a seat is free, then write: what a seat would be without "WHERE holder_id IS NULL".
    private sealed class WithoutGuard(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            var seat = modelBuilder.Entity<Seat>();
            seat.Property(s => s.HolderId).IsConcurrencyToken(false);
            seat.Metadata.RemoveIndex(seat.Metadata.GetIndexes().Single(i => i.IsUnique));
        }
    }
}
