using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Accounts.Operators;

public sealed class SetLimitsTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_Raised_OpensThePlaces(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup) = await FullAsync(host);
        Assert.False((await InviteAsync(host, setup)).Succeeded);

        var set = (await SetAsync(host, school, Permission.SchoolSetup, 6)).Value;

        Assert.Equal([new LimitChange(Permission.SchoolSetup, "School setup & Pupil Tracking", 4, 6)], set.Changes);
        Assert.Equal([1, 2, 3, 4, 5, 6], await NumbersAsync(host, school));
        Assert.True((await InviteAsync(host, setup)).Succeeded);
        Assert.True((await InviteAsync(host, setup)).Succeeded);
        Assert.False((await InviteAsync(host, setup)).Succeeded);
        // Opening seats again, as every load does, does not change what was decided.
        await host.Get<OpenSeats>().ExecuteAsync(Actor.Operator, CancellationToken.None);
        Assert.Equal(6, (await NumbersAsync(host, school)).Count);
        foreach (var chain in (Guid[])[school.Id, AuditTrail.Server])
            Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.OrganisationId == chain && e.Kind == "limit-changed" && e.ActorKind == ActorKind.Operator)));
        Assert.Equal(4, await host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == SchoolLimitsMail.TemplateName)));
        // The same again writes nothing.
        Assert.Empty((await SetAsync(host, school, Permission.SchoolSetup, 6)).Value.Changes);
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.OrganisationId == school.Id && e.Kind == "limit-changed")));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Lowered_TakesFreePlacesAndNoneThatIsHeld(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var waiting = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup), "Nora", "Nobodyshouldread");

        var refused = Assert.IsType<SeatsHeld>(Assert.Single((await SetAsync(host, school, Permission.SchoolSetup, 1)).Refusals));
        Assert.Equal((2, 1), (refused.Used, refused.Pending));
        Assert.Contains("2 people hold School setup & Pupil Tracking, 1 of them pending, so the limit cannot be lower than 2", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(setup.Surname, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(waiting.Surname, refused.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await NumbersAsync(host, school)).Count);

        Assert.True((await SetAsync(host, school, Permission.SchoolSetup, 2)).Succeeded);
        Assert.Equal(2, (await NumbersAsync(host, school)).Count);
        Assert.Equal(2, await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.OrganisationId == school.Id && s.HolderId != null)));
        // And up again: the numbers that went come back.
        Assert.True((await SetAsync(host, school, Permission.SchoolSetup, 3)).Succeeded);
        Assert.Equal(3, (await NumbersAsync(host, school)).Distinct().Count());
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_WhatMayNotBe_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup) = await FullAsync(host);

        foreach (var limit in (int[])[0, -1, 100])
            Assert.Equal("SchoolSetup", Assert.IsType<LimitRefusal>(Assert.Single((await SetAsync(host, school, Permission.SchoolSetup, limit)).Refusals)).Field);
        Assert.IsType<NotFound>(Assert.Single((await host.Get<SetLimits>().ExecuteAsync(new("100000", Wanted(Permission.SchoolSetup, 5)), Actor.Operator, CancellationToken.None)).Refusals));
        Assert.IsType<OperatorsOnly>(Assert.Single((await host.Get<SetLimits>().ExecuteAsync(new(school.Code, Wanted(Permission.SchoolSetup, 5)), setup.Actor, CancellationToken.None)).Refusals));
        // What a page shows that is old by now.
        Assert.True((await host.Get<SetLimits>().ExecuteAsync(new(school.Code, Wanted(Permission.SchoolSetup, 5), 0), Actor.Operator, CancellationToken.None)).Succeeded);
        Assert.IsType<SchoolChangedMeanwhile>(Assert.Single((await host.Get<SetLimits>().ExecuteAsync(new(school.Code, Wanted(Permission.SchoolSetup, 7), 0), Actor.Operator, CancellationToken.None)).Refusals));
        Assert.Equal(5, (await NumbersAsync(host, school)).Count);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_MoreHoldersThanTheFirstLimit_OpensPlacesForAllOfThem(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _) = await FullAsync(host);
        await host.ChangeAsync(db => db.Set<Seat>().Where(s => s.OrganisationId == school.Id && s.Permission == Permission.SchoolSetup).ExecuteDeleteAsync());

        Assert.IsType<SeatsHeld>(Assert.Single((await SetAsync(host, school, Permission.SchoolSetup, 3)).Refusals));
        Assert.True((await SetAsync(host, school, Permission.SchoolSetup, 5)).Succeeded);

        Assert.Equal((5, 4), (await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.OrganisationId == school.Id && s.Permission == Permission.SchoolSetup)),
            await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.OrganisationId == school.Id && s.Permission == Permission.SchoolSetup && s.HolderId != null))));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_LoweredWhilePlacesAreTaken_IsExact(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        foreach (var (limit, seats, holders, seated, lowered) in await RaceAsync(host))
            Assert.Equal((lowered ? limit : 4, lowered ? limit : 4, lowered ? limit : 4), (seats, holders, seated));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TheSameWithoutTheGuard_LeavesHoldersWithoutAPlace(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind, configure: services => services.AddSingleton(provider => UnguardedDatabase.Open<WithoutGuard>(provider.GetRequiredService<ServerSettings>())));
        await host.ChangeTablesAsync("DROP INDEX \"IX_seats_organisation_id_permission_holder_id\"");

        Assert.Contains(await RaceAsync(host), r => r.Holders > r.Seated);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TwoAtOnce_EndsAtOneOfTheTwo(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        for (var round = 0; round < 5; round++)
        {
            var school = await host.Data.AddPrimaryAsync();
            int[] wanted = [3, 6];
            var done = await AtOnceAsync([.. wanted.Select(limit => (Func<Task<Result<LimitsSet>>>)(() => SetAsync(host, school, Permission.SchoolSetup, limit)))]);
            Assert.All(done, d => Assert.True(d.Succeeded));
            // Whoever came second counted what the first had left: their chain of befores and afters has no break.
            var last = done.Single(d => d.Value.Changes[0].Before != 4).Value.Changes[0];
            Assert.Equal((wanted.Single(w => w != last.After), last.After), (last.Before, (await NumbersAsync(host, school)).Count));
        }
    }

    // Of four places two are held. While the limit goes down to three, six people ask for one.
    private static async Task<List<(int Limit, int Seats, int Holders, int Seated, bool Lowered)>> RaceAsync(AscentHost host)
    {
        host.Get<Secrets>().Protect("warm", "up");
        var rounds = new List<(int, int, int, int, bool)>();
        for (var round = 0; round < 8; round++)
        {
            var school = await host.Data.AddPrimaryAsync();
            var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
            await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
            var lowered = false;
            await AtOnceAsync([
                async () => { lowered = (await SetAsync(host, school, Permission.SchoolSetup, 3)).Succeeded; return true; },
                .. Enumerable.Range(0, 6).Select(i => (Func<Task<bool>>)(async () => (await InviteAsync(host, setup, $"racer{round}x{i}@school.example")).Succeeded))]);
            var bit = PermissionSet.Of(Permission.SchoolSetup).Bits;
            rounds.Add(await host.ReadAsync(async db => (3,
                await db.Set<Seat>().CountAsync(s => s.OrganisationId == school.Id && s.Permission == Permission.SchoolSetup),
                await db.Set<Membership>().CountAsync(m => m.OrganisationId == school.Id && (m.PermissionBits & bit) != 0),
                await db.Set<Seat>().Where(s => s.OrganisationId == school.Id && s.Permission == Permission.SchoolSetup && s.HolderId != null).Select(s => s.HolderId).Distinct().CountAsync(),
                lowered)));
        }
        return rounds;
    }

    // A thread each: SQLite works synchronously, and a pool of two threads would let two race and the others queue.
    private static async Task<T[]> AtOnceAsync<T>(IReadOnlyList<Func<Task<T>>> deeds)
    {
        using var gate = new ManualResetEventSlim();
        var all = deeds.Select(deed => Task.Factory.StartNew(() =>
        {
            gate.Wait();
            return deed();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
        gate.Set();
        return await Task.WhenAll(all);
    }

    private static async Task<(School School, TestMember Setup)> FullAsync(AscentHost host)
    {
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        for (var i = 0; i < 3; i++)
            await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        return (school, setup);
    }

    private static Dictionary<Permission, int> Wanted(Permission permission, int limit) => new() { [permission] = limit };

    private static Task<Result<LimitsSet>> SetAsync(AscentHost host, School school, Permission permission, int limit) =>
        host.Get<SetLimits>().ExecuteAsync(new(school.Code, Wanted(permission, limit)), Actor.Operator, CancellationToken.None);

    private static Task<List<int>> NumbersAsync(AscentHost host, School school) =>
        host.ReadAsync(db => db.Set<Seat>().Where(s => s.OrganisationId == school.Id && s.Permission == Permission.SchoolSetup).OrderBy(s => s.Number).Select(s => s.Number).ToListAsync());

    private static Task<Result<Guid>> InviteAsync(AscentHost host, TestMember setup, string? email = null) =>
        host.Get<CreateUser>().ExecuteAsync(new(null, "New", "Holder", email ?? $"holder{host.Clock.NewId():N}@school.example", false, JobRole.Teacher, null, PermissionSet.Of(Permission.SchoolSetup), null), setup.Actor, CancellationToken.None);

    // Look whether a seat is free, then delete: what lowering would be without "WHERE holder_id IS NULL".
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
