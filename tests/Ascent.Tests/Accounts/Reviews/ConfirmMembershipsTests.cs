using Ascent.Accounts;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Reviews;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Reviews;

public sealed class ConfirmMembershipsTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_ManyAtOnce_AreConfirmedWithOneEntryAndTheLastFinishes(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (ann, bob) = await Reviewing.SchoolAsync(host);
        var teacher = await host.Data.AddMemberAsync(ann.School, Permission.SchoolReports, Permission.PupilReports);
        var pending = await host.Data.InviteAsync(ann);
        await Reviewing.OpenAsync(host);

        var first = await Reviewing.ConfirmAsync(host, ann, teacher, pending, bob);
        var page = await Reviewing.ReadAsync(host, ann);
        var row = Assert.Single(page.Rows);
        Assert.Equal((3, 0, 1), (first.Done, first.Already, first.Left));
        Assert.Equal((ann.MembershipId, true), (row.MembershipId, row.IsForAnother));
        Assert.Equal((4, 3), (page.Open!.People, page.Open.Confirmed));
        var last = await Reviewing.ConfirmAsync(host, bob, ann);

        Assert.Equal((1, 0), (last.Done, last.Left));
        Assert.Equal((2, 1), (await Reviewing.EntriesAsync(host, "memberships-confirmed"), await Reviewing.EntriesAsync(host, "review-finished")));
        page = await Reviewing.ReadAsync(host, ann);
        Assert.Null(page.Open);
        Assert.Equal(new DateOnly(2027, 2, 1), page.NextOn);
        var former = Assert.Single(page.Former);
        Assert.Equal((new DateOnly(2026, 10, 1), 4, 4, 0), (former.DueOn, former.People, former.Confirmed, former.NotConfirmed));
        Assert.Equal([("Ann Holder", 3), ("Bob Holder", 1)], former.Confirmers);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OwnMembership_IsForAnotherUnlessThereIsNone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (ann, bob) = await Reviewing.SchoolAsync(host);
        await Reviewing.OpenAsync(host);

        var refused = await Reviewing.ConfirmAsync(host, ann, ann);
        await host.Get<DeactivateUser>().ExecuteAsync(bob.MembershipId, ann.Actor, default);
        var alone = await Reviewing.ConfirmAsync(host, ann, ann);

        Assert.Equal((0, "own-confirmation"), (refused.Done, Assert.Single(refused.LeftOut).Code));
        Assert.Equal((1, 0), (alone.Done, alone.Left));
    }

    // What is confirmed is what was on the page: a change since then is named, and a new look confirms.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_AccessChangedSinceThePageWasShown_IsRefusedWithWhatChanged(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (ann, bob) = await Reviewing.SchoolAsync(host);
        var teacher = await host.Data.AddMemberAsync(ann.School, PermissionSet.Of(Permission.SchoolReports), "Tea", "Cher");
        await Reviewing.OpenAsync(host);
        var seen = await Reviewing.SeenAsync(host, ann, teacher, bob);
        // Past the holders, so that it does not count as looked at.
        await host.ChangeAsync(async db =>
        {
            var membership = await db.Set<Membership>().SingleAsync(m => m.Id == teacher.MembershipId);
            membership.Change(AccessChoice.Of(membership) with { Permissions = PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports) }, null, host.Clock.Now());
        });

        var stale = (await host.Get<ConfirmMemberships>().ExecuteAsync(seen, ann.Actor, default)).Value;

        Assert.Equal(1, stale.Done);
        var refusal = Assert.IsType<ChangedSinceShown>(Assert.Single(stale.LeftOut));
        Assert.StartsWith("The access of Tea Cher was changed after your page was shown (View pupil-level data & suppressed and sensitive items: no → whole school)", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await Reviewing.ConfirmAsync(host, ann, teacher)).Done);
    }

    [Fact]
    public async Task ExecuteAsync_SessionsEndedSinceThePageWasShown_IsConfirmedAllTheSame()
    {
        await using var host = await AscentHost.StartAsync();
        var (ann, bob) = await Reviewing.SchoolAsync(host);
        await Reviewing.OpenAsync(host);
        var seen = await Reviewing.SeenAsync(host, ann, bob);
        await host.Get<EndUserSessions>().ExecuteAsync(bob.MembershipId, ann.Actor, default);

        Assert.Equal(1, (await host.Get<ConfirmMemberships>().ExecuteAsync(seen, ann.Actor, default)).Value.Done);
    }

    [Theory, BothDatabases]
    public async Task Change_ByAHolder_CountsAsLookedAtAndByOneselfDoesNot(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (ann, bob) = await Reviewing.SchoolAsync(host);
        var teacher = await host.Data.AddMemberAsync(ann.School, Permission.SchoolReports);
        await Reviewing.OpenAsync(host);
        await Reviewing.ConfirmAsync(host, ann, bob);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        await ChangeAsync(host, ann, teacher, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports));
        await ChangeAsync(host, bob, bob, PermissionSet.Of(Permission.SchoolSetup), JobRole.Headteacher);

        var rows = (await Reviewing.ReadAsync(host, ann, new(Show: ReviewShow.Everybody))).Rows.ToDictionary(r => r.MembershipId);
        Assert.Equal((true, true, "Ann Holder"), (rows[teacher.MembershipId].IsDone, rows[teacher.MembershipId].IsChanged, rows[teacher.MembershipId].DoneBy));
        Assert.False(rows[bob.MembershipId].IsDone);
    }

    [Fact]
    public async Task ExecuteAsync_MadeDuringTheReviewOrGoneOrDoneBefore_IsLeftOut()
    {
        await using var host = await AscentHost.StartAsync();
        var (ann, bob) = await Reviewing.SchoolAsync(host);
        var gone = await host.Data.AddMemberAsync(ann.School, Permission.SchoolReports);
        await host.Data.AddMemberAsync(ann.School, Permission.SchoolReports);
        await Reviewing.OpenAsync(host);
        var seen = await Reviewing.SeenAsync(host, ann, gone, bob);
        await host.Get<DeactivateUser>().ExecuteAsync(gone.MembershipId, ann.Actor, default);
        var late = await host.Data.AddMemberAsync(ann.School, Permission.SchoolReports);
        await Reviewing.ConfirmAsync(host, ann, bob);

        var result = (await host.Get<ConfirmMemberships>().ExecuteAsync([.. seen, new(late.MembershipId, 1, JobRole.Teacher, 0, null)], ann.Actor, default)).Value;

        Assert.Equal((0, 1, 2), (result.Done, result.Already, result.Left));
        Assert.All(result.LeftOut, refusal => Assert.IsType<NotInReview>(refusal));
        Assert.Equal(2, result.LeftOut.Count);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_WithoutTheRightOrOfAnotherSchool_DoesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (ann, bob) = await Reviewing.SchoolAsync(host);
        var (eve, _) = await Reviewing.SchoolAsync(host);
        var teacher = await host.Data.AddMemberAsync(ann.School, Permission.SchoolReports);
        await Reviewing.OpenAsync(host);
        var seen = await Reviewing.SeenAsync(host, ann, bob);

        Assert.Equal(RefusalKind.NotAllowed, Assert.Single((await host.Get<ConfirmMemberships>().ExecuteAsync(seen, teacher.Actor, default)).Refusals).Kind);
        Assert.Equal(RefusalKind.NotFound, Assert.Single((await host.Get<ConfirmMemberships>().ExecuteAsync(seen, eve.Actor, default)).Refusals).Kind);
        Assert.Equal(RefusalKind.NotAllowed, Assert.Single((await host.Get<SetReviewRhythm>().ExecuteAsync(ReviewRhythm.Off, teacher.Actor, default)).Refusals).Kind);
        Assert.Equal((0, 2), (await Reviewing.EntriesAsync(host, "memberships-confirmed"), (await Reviewing.ReadAsync(host, eve)).Open!.People));
    }

    private static async Task ChangeAsync(AscentHost host, TestMember by, TestMember of, PermissionSet to, JobRole role = JobRole.Teacher)
    {
        var version = await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == of.MembershipId).Select(m => m.Version).SingleAsync());
        Assert.True((await host.Get<ChangeAccess>().ExecuteAsync(new(of.MembershipId, version, role, null, to, null), by.Actor, default)).Succeeded);
    }
}
