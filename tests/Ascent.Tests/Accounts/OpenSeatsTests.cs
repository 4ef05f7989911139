using System.Text.Json;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class OpenSeatsTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_NewSchools_GetFourAndSixAndASecondRunDoesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddSchoolAsync(SchoolPhase.Primary, 5, 11, withSeats: false);

        Assert.Empty(await host.Get<OpenSeats>().ExecuteAsync(Actor.Operator, CancellationToken.None));
        Assert.Empty(await host.Get<OpenSeats>().ExecuteAsync(Actor.Operator, CancellationToken.None));

        var seats = await host.ReadAsync(db => db.Set<Seat>().OrderBy(s => s.Number).ToListAsync());
        Assert.All(seats, s => Assert.Equal((school.Id, null), (s.OrganisationId, s.HolderId)));
        Assert.Equal([1, 2, 3, 4], seats.Where(s => s.Permission == Permission.SchoolSetup).Select(s => s.Number));
        Assert.Equal([1, 2, 3, 4, 5, 6], seats.Where(s => s.Permission == Permission.ManageData).Select(s => s.Number));
        // One line for many schools, in the server's chain: none of them has anybody yet whose log it would be.
        var entries = await host.ReadAsync(db => db.Set<AuditEntry>().ToListAsync());
        Assert.All(entries, e => Assert.Equal((AuditTrail.Server, "empty-seats-opened", ActorKind.Operator), (e.OrganisationId, e.Kind, e.ActorKind)));
        Assert.Equal(2, entries.Count);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_MoreSchoolsThanABatch_ReachesEveryOne(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await host.ChangeAsync(db =>
        {
            for (var i = 0; i < 1010; i++)
            {
                var school = new School { Id = host.Clock.NewId(), Code = $"8{i:D5}" };
                school.Rename($"School {i}");
                db.Add(school);
            }
            return Task.CompletedTask;
        });

        await host.Get<OpenSeats>().ExecuteAsync(Actor.System, CancellationToken.None);

        Assert.Equal(10_100, await host.CountAsync<Seat>());
    }

    // A limit that is new to a school: as if Manage data had had none so far.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_NewLimit_SeatsThoseWhoHoldThePermission(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var active = await host.Data.AddMemberAsync(school, Permission.ManageData);
        var pending = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData));
        var gone = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData));
        await host.Get<DeletePendingUser>().ExecuteAsync(gone.MembershipId, setup.Actor, CancellationToken.None);
        await ForgetLimitAsync(host);

        Assert.Empty(await host.Get<OpenSeats>().ExecuteAsync(Actor.System, CancellationToken.None));

        var seats = await host.ReadAsync(db => db.Set<Seat>().Where(s => s.Permission == Permission.ManageData).ToListAsync());
        Assert.Equal(6, seats.Count);
        Assert.Equal([school.Id], await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Kind == "seats-opened").Select(e => e.OrganisationId).ToListAsync()));
        // School setup brings Manage data and takes none of its seats.
        Assert.Equal(new[] { active.MembershipId, pending.MembershipId }.Order(), seats.Where(s => s.HolderId != null).Select(s => s.HolderId!.Value).Order());
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_MoreHoldersThanTheNewLimit_OpensNoneThereAndNamesThem(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var full = await host.Data.AddPrimaryAsync("Full School");
        var other = await host.Data.AddPrimaryAsync("Other School");
        for (var i = 1; i <= 6; i++)
            await host.Data.AddMemberAsync(full, PermissionSet.Of(Permission.ManageData), "Data", $"Holder{i}");
        await ForgetLimitAsync(host);
        var seventh = await host.Data.AddMemberAsync(full, PermissionSet.None, "Data", "Holder7");
        await host.ChangeAsync(async db => (await db.Set<Membership>().SingleAsync(m => m.Id == seventh.MembershipId)).Permissions = PermissionSet.Of(Permission.ManageData));

        var refused = Assert.Single(await host.Get<OpenSeats>().ExecuteAsync(Actor.System, CancellationToken.None));

        Assert.Equal(("Full School", full.Code, "Manage data", 6), (refused.School, refused.Urn, refused.Label, refused.Limit));
        Assert.Equal(Enumerable.Range(1, 7).Select(i => $"Data Holder{i}"), refused.Holders);
        Assert.Contains("7 people hold Manage data, the limit is 6: Data Holder1, ", refused.InWords, StringComparison.Ordinal);
        Assert.Equal([other.Id], await host.ReadAsync(db => db.Set<Seat>().Where(s => s.Permission == Permission.ManageData).Select(s => s.OrganisationId).Distinct().ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_EightTimesAtOnce_OpensEachSeatOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        for (var i = 0; i < 5; i++)
            await host.Data.AddSchoolAsync(SchoolPhase.Primary, 5, 11, withSeats: false);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => host.Get<OpenSeats>().ExecuteAsync(Actor.System, CancellationToken.None))));

        Assert.Equal(50, await host.CountAsync<Seat>());
        var facts = await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Kind == "empty-seats-opened").Select(e => e.Facts).ToListAsync());
        Assert.Equal(10, facts.Sum(f => JsonDocument.Parse(f).RootElement.GetProperty("Schools").GetInt32()));
    }

    private static Task ForgetLimitAsync(AscentHost host) =>
        host.ChangeAsync(db => db.Set<Seat>().Where(s => s.Permission == Permission.ManageData).ExecuteDeleteAsync());
}
