using Ascent.Accounts;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Reviews;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Tests.Accounts.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Nightly;

/// <summary>What the night does about access reviews.</summary>
public sealed class ReviewNightTests
{
    [Theory, BothDatabases]
    public async Task Execute_TwoNodesAtOnce_OpensEachOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        for (var i = 0; i < 5; i++)
            await Reviewing.SchoolAsync(host);
        await Reviewing.AgeAsync(host, 100);

        // Past the lease of the night: the work itself does nothing twice.
        var opened = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(() =>
            host.Get<OpenDueReviews>().ExecuteAsync(CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        Assert.Equal((5, 5, 10), (opened.Sum(), await Reviewing.EntriesAsync(host, "review-opened"), await host.CountAsync<AccessReviewItem>()));
        Assert.Equal(0, (await RunAsync(host))!.ReviewsOpened);
    }

    [Fact]
    public async Task Execute_EveningBeforeInUtc_IsTheFirstOfOctoberInLondon()
    {
        await using var host = await AscentHost.StartAsync();
        var (ann, _) = await Reviewing.SchoolAsync(host);
        await Reviewing.AgeAsync(host, 400);
        await OpenedTermAsync(host, new DateOnly(2026, 10, 1));

        host.Clock.SetUtcNow(new DateTimeOffset(2027, 5, 31, 22, 59, 59, TimeSpan.Zero)); // 23:59:59 of 31 May in London
        await OpenedTermAsync(host, new DateOnly(2027, 2, 1));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await OpenedTermAsync(host, new DateOnly(2027, 6, 1));

        async Task OpenedTermAsync(AscentHost on, DateOnly expected)
        {
            await on.Get<OpenDueReviews>().ExecuteAsync(default);
            Assert.Equal(expected, (await Reviewing.ReadAsync(on, ann)).Open!.DueOn);
        }
    }

    [Fact]
    public async Task Execute_AfterTheServerStoodStillForTwoYears_OpensThePresentOneOnly()
    {
        await using var host = await AscentHost.StartAsync();
        var (ann, _) = await Reviewing.SchoolAsync(host);
        await Reviewing.OpenAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(730)); // 22 November 2028

        Assert.Equal(1, (await RunAsync(host))!.ReviewsOpened);

        var page = await Reviewing.ReadAsync(host, ann);
        Assert.Equal(new DateOnly(2028, 10, 1), page.Open!.DueOn);
        // The one that was open ended as it stood, and who was left out is marked, and flagged at once.
        var former = Assert.Single(page.Former);
        Assert.Equal((new DateOnly(2026, 10, 1), 0, 2), (former.DueOn, former.Confirmed, former.NotConfirmed));
        Assert.All(page.Rows, row => Assert.True(row.WasMissed));
        Assert.Equal(2, (await host.Get<ListUsers>().ExecuteAsync(ann.Actor, new(Attention: UsersAttention.Unconfirmed), default)).Rows.Count);
    }

    [Theory]
    [InlineData(ReviewRhythm.Off, 0)]
    [InlineData(ReviewRhythm.OnceAYear, 1)]
    [InlineData(ReviewRhythm.EachTerm, 3)]
    public async Task Execute_AYearOfNights_OpensAsOftenAsTheSchoolDecided(ReviewRhythm rhythm, int reviews)
    {
        await using var host = await AscentHost.StartAsync();
        var (ann, _) = await Reviewing.SchoolAsync(host);
        await host.Get<SetReviewRhythm>().ExecuteAsync(rhythm, ann.Actor, default);
        // Nobody was there before 1 October, so that the first is that of February, or the October after it.
        var opened = 0;
        for (var day = 0; day < 365; day += 5)
        {
            host.Clock.Advance(TimeSpan.FromDays(5));
            opened += await host.Get<OpenDueReviews>().ExecuteAsync(default);
        }

        Assert.Equal(reviews, opened);
        Assert.Equal(rhythm == ReviewRhythm.EachTerm ? 0 : 1, await Reviewing.EntriesAsync(host, "review-setting-changed"));
    }

    [Theory, BothDatabases]
    public async Task Execute_ThirtyDaysUnconfirmed_AllHoldersAreMailedOnceAndNothingIsTakenAway(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (ann, bob) = await Reviewing.SchoolAsync(host);
        var teacher = await host.Data.AddMemberAsync(ann.School, Permission.SchoolReports);
        await Reviewing.OpenAsync(host);
        await Reviewing.ConfirmAsync(host, ann, bob);
        await Reviewing.ConfirmAsync(host, bob, ann);

        host.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 22, 23, 59, 59, TimeSpan.Zero)); // 29 days in London
        Assert.Equal(0, await host.Get<FollowReviews>().ExecuteAsync(default));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var night = 0; night < 3; night++)
            await host.Get<FollowReviews>().ExecuteAsync(default);

        Assert.Equal((2, 1), (await Reviewing.MailsAsync(host), await Reviewing.EntriesAsync(host, "review-flagged")));
        var list = await host.Get<ListUsers>().ExecuteAsync(ann.Actor, new(Attention: UsersAttention.Unconfirmed), default);
        Assert.Equal((teacher.MembershipId, true, 1), (Assert.Single(list.Rows).MembershipId, list.Rows[0].IsUnconfirmed, list.Counts!.ByAttention[UsersAttention.Unconfirmed]));
        Assert.Equal(UserStatus.Active, list.Rows[0].Status);
        await Reviewing.ConfirmAsync(host, ann, teacher);
        Assert.Empty((await host.Get<ListUsers>().ExecuteAsync(ann.Actor, new(Attention: UsersAttention.Unconfirmed), default)).Rows);
    }

    [Theory, BothDatabases]
    public async Task Execute_EverybodyLeftHasGone_IsFinishedByTheNight(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (ann, bob) = await Reviewing.SchoolAsync(host);
        var teacher = await host.Data.AddMemberAsync(ann.School, Permission.SchoolReports);
        await Reviewing.OpenAsync(host);
        await Reviewing.ConfirmAsync(host, ann, bob);
        await Reviewing.ConfirmAsync(host, bob, ann);
        await host.Get<DeleteUser>().ExecuteAsync(new(teacher.MembershipId, teacher.FullName), ann.Actor, default);

        await host.Get<FollowReviews>().ExecuteAsync(default);

        var page = await Reviewing.ReadAsync(host, ann);
        Assert.Null(page.Open);
        var former = Assert.Single(page.Former);
        Assert.Equal((3, 2, 0, 0), (former.People, former.Confirmed, former.NotConfirmed, await Reviewing.MailsAsync(host)));
    }

    [Fact]
    public async Task Mail_Flagged_LeadsToTheReviewAndNamesNobody()
    {
        await using var host = await AscentHost.StartAsync();
        var (ann, _) = await Reviewing.SchoolAsync(host);
        await host.Data.AddMemberAsync(ann.School, PermissionSet.Of(Permission.SchoolReports), "Zelda", "Quibble");
        await Reviewing.OpenAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(30));
        await host.Get<FollowReviews>().ExecuteAsync(default);
        await host.Get<SendDueMail>().ExecuteAsync(default);

        var mail = (await host.Data.ReadMailAsync()).First(m => m.To.Mailboxes.Any(to => to.Address == ann.Email));

        Assert.Equal($"3 people are not confirmed in the access review of {ann.School.Name}", mail.Subject);
        Assert.Contains($"https://ascent.example/schools/{ann.School.Code}/users/review", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Quibble", mail.TextBody, StringComparison.Ordinal);
    }

    private static Task<NightlyResult?> RunAsync(AscentHost host) => host.Get<RunNightly>().ExecuteAsync(CancellationToken.None);
}
