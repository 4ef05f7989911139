using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class ChangeAccessTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_EverythingChanged_SavesItWithSeatsAndOneEntry(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData), "Sam", "Roe");
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        var wanted = PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses);

        var saved = await SaveAsync(host, setup, new(pending.MembershipId, 0, JobRole.Other, " School  librarian ", wanted, new DateOnly(2027, 7, 31)));

        var membership = await MembershipAsync(host, pending);
        Assert.Equal((JobRole.Other, "School librarian", wanted, new DateOnly(2027, 7, 31)), (membership.JobRole, membership.OtherRole, membership.Permissions, membership.EndsOn!.Value));
        Assert.Equal((setup.AccountId, host.Clock.GetUtcNow().UtcDateTime, MembershipState.Pending), (membership.ChangedById!.Value, membership.ChangedAt!.Value, membership.State));
        Assert.Equal([Permission.SchoolSetup], await SeatsOfAsync(host, pending));
        Assert.Equal(["Job role", "School setup & Pupil Tracking", "View school-level reports", "View pupil-level data & suppressed and sensitive items", "End date"], saved.Value.Changes.Select(c => c.Label));

        var (entry, detail) = await host.ReadAsync(async db =>
        {
            var made = await db.Set<AuditEntry>().SingleAsync(e => e.Kind == "access-changed");
            return (made, await db.Set<AuditDetail>().SingleAsync(d => d.EntryId == made.Id));
        });
        Assert.Contains($"\"Permissions\":{wanted.Bits}", entry.Facts, StringComparison.Ordinal);
        Assert.Contains($"\"PermissionsBefore\":{pending.Permissions.Bits}", entry.Facts, StringComparison.Ordinal);
        Assert.DoesNotContain("librarian", entry.Facts, StringComparison.Ordinal); // words stand in the details, which can be erased
        Assert.Equal((pending.AccountId, true), (detail.PersonId, detail.Text.Contains("School librarian", StringComparison.Ordinal)));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AsItIsAlready_ChangesNothingWhateverTheVersion(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup));

        // Manage data comes with School setup: ticking it as well is no change.
        var saved = await SaveAsync(host, setup, new(pending.MembershipId, 99, JobRole.Teacher, null, PermissionSet.Of(Permission.SchoolSetup, Permission.ManageData), null));

        Assert.Empty(saved.Value.Changes);
        Assert.Equal(0, (await MembershipAsync(host, pending)).Version);
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "access-changed")));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_StaleForm_IsRefusedWithWhatItIsNowAndByWhom(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var first = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        var second = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(first);
        await SaveAsync(host, first, new(pending.MembershipId, 0, JobRole.Governor, null, PermissionSet.Of(Permission.SchoolReports), null));

        var refused = await SaveAsync(host, second, new(pending.MembershipId, 0, JobRole.Senco, null, PermissionSet.None, null));

        var stale = Assert.IsType<StaleAccess>(Assert.Single(refused.Refusals));
        Assert.Equal((new AccessChoice(JobRole.Governor, null, PermissionSet.Of(Permission.SchoolReports), null), 1, "Ruth Bell"), (stale.Now, stale.Version, stale.ChangedBy));
        Assert.StartsWith("Ruth Bell changed this access", stale.Message, StringComparison.Ordinal);
        Assert.Equal(JobRole.Governor, (await MembershipAsync(host, pending)).JobRole);
        Assert.True((await SaveAsync(host, second, new(pending.MembershipId, stale.Version, JobRole.Senco, null, PermissionSet.None, null))).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SchoolSetupTakenAway_TakesManageDataTooUnlessTicked(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var (without, with) = (await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup)), await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup)));

        await SaveAsync(host, setup, new(without.MembershipId, 0, JobRole.Teacher, null, PermissionSet.None, null));
        await SaveAsync(host, setup, new(with.MembershipId, 0, JobRole.Teacher, null, PermissionSet.Of(Permission.ManageData), null));

        Assert.Empty(await SeatsOfAsync(host, without));
        Assert.Equal([Permission.ManageData], await SeatsOfAsync(host, with));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SeatsFull_IsRefusedWithTheNamesAndNothingIsSaved(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        for (var i = 0; i < 3; i++)
            await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup), "Gus", $"Hill{i}");
        var pending = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData));

        var refused = await SaveAsync(host, setup, new(pending.MembershipId, 0, JobRole.Headteacher, null, PermissionSet.Of(Permission.SchoolSetup), null));

        var full = Assert.IsType<SeatsFull>(Assert.Single(refused.Refusals));
        Assert.Equal("SchoolSetup", full.Field);
        Assert.All(["Ruth Bell", "Gus Hill0 (pending)"], name => Assert.Contains(name, full.Message, StringComparison.Ordinal));
        Assert.Equal(JobRole.Teacher, (await MembershipAsync(host, pending)).JobRole);
        Assert.Equal([Permission.ManageData], await SeatsOfAsync(host, pending));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OneFreeSeatAndFiftyAtOnce_GivesItToExactlyOne(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        for (var i = 0; i < 5; i++)
            await host.Data.AddMemberAsync(school, Permission.ManageData);
        var people = new List<TestMember>();
        for (var i = 0; i < 50; i++)
            people.Add(await host.Data.InviteAsync(setup));

        var results = await Task.WhenAll(people.Select(p => Task.Run(() => SaveAsync(host, setup, new(p.MembershipId, 0, JobRole.Teacher, null, PermissionSet.Of(Permission.ManageData), null)))));

        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.IsType<SeatsFull>(Assert.Single(r.Refusals)));
        Assert.Equal(6, await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.Permission == Permission.ManageData && s.HolderId != null)));
        var bit = PermissionSet.Of(Permission.ManageData).Bits;
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending && (m.PermissionBits & bit) != 0)));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "access-changed")));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SameFormTwentyTimesAtOnce_IsOneChange(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        var request = new ChangeAccessRequest(pending.MembershipId, 0, JobRole.Senco, null, PermissionSet.Of(Permission.ManageData), null);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => SaveAsync(host, setup, request))));

        Assert.All(results, r => Assert.True(r.Succeeded));
        Assert.Equal(1, (await MembershipAsync(host, pending)).Version);
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "access-changed")));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SeveralThingsWrong_AreAllTold(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);

        var refused = await SaveAsync(host, setup, new(pending.MembershipId, 0, JobRole.Other, "", PermissionSet.Of(Permission.PupilReports, Permission.TrackingMarks), new DateOnly(2026, 11, 22)));

        Assert.Equal([("other-role", "OtherRole"), ("access", "PupilReports"), ("access", "TrackingMarks"), ("end-date", "EndsOn")], refused.Refusals.Select(r => (r.Code, r.Field!)));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_PupilTrackingWentOff_KeepsWhatLiesStill(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.TrackingMarks).With(Permission.TrackingPupilReports, PupilScope.OwnClasses));
        await host.ChangeAsync(async db =>
        {
            var changed = await db.Set<School>().SingleAsync(s => s.Id == school.Id);
            (changed.Phase, changed.LowAge) = (SchoolPhase.Secondary, 11);
            changed.WorkOutPrimary();
        });

        var saved = await SaveAsync(host, setup, new(pending.MembershipId, 0, JobRole.Teacher, null, PermissionSet.Of(Permission.SchoolReports), null));

        Assert.Equal("View school-level reports", Assert.Single(saved.Value.Changes).Label);
        Assert.Equal(pending.Permissions.With(Permission.SchoolReports), (await MembershipAsync(host, pending)).Permissions);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_NotTheirsToChange_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var active = await host.Data.AddMemberAsync(school, PermissionSet.None, "Ann", "Active");
        var pending = await host.Data.InviteAsync(setup);
        var deleted = await host.Data.InviteAsync(setup);
        await host.Get<DeletePendingUser>().ExecuteAsync(deleted.MembershipId, setup.Actor, CancellationToken.None);
        var elsewhere = await host.Data.InviteAsync(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup));
        ChangeAccessRequest Of(TestMember who) => new(who.MembershipId, 0, JobRole.Senco, null, PermissionSet.None, null);

        Assert.Equal("own-access", Code(await SaveAsync(host, setup with { AccountId = pending.AccountId }, Of(pending) with { Permissions = PermissionSet.Of(Permission.SchoolReports) })));
        Assert.Equal("not-allowed", Code(await SaveAsync(host, active, Of(pending))));
        Assert.Equal("not-found", Code(await SaveAsync(host, setup, Of(elsewhere))));
        Assert.Equal("user-gone", Code(await SaveAsync(host, setup, Of(deleted))));
        // The form was opened while the person was pending, and signing up is a change.
        Assert.Equal("access-stale", Code(await SaveAsync(host, setup, Of(active))));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "access-changed")));
    }

    private static string Code<T>(Result<T> result) => Assert.Single(result.Refusals).Code;

    private static Task<Result<AccessSaved>> SaveAsync(AscentHost host, TestMember by, ChangeAccessRequest request) =>
        host.Get<ChangeAccess>().ExecuteAsync(request, by.Actor, CancellationToken.None);

    private static Task<Membership> MembershipAsync(AscentHost host, TestMember of) => host.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.Id == of.MembershipId));

    private static Task<List<Permission>> SeatsOfAsync(AscentHost host, TestMember of) =>
        host.ReadAsync(db => db.Set<Seat>().Where(s => s.HolderId == of.MembershipId).Select(s => s.Permission).ToListAsync());
}
