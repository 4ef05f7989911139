using Ascent.Accounts.Reviews;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Accounts.Reviews;

/// <summary>Two holders at the same moment: each person is confirmed once, and whoever is last finishes the review.</summary>
public sealed class ReviewRaceTests
{
    private const int Rounds = 30;

    [Theory, BothDatabases]
    public async Task Confirm_TwoHoldersTheSameRows_EachIsConfirmedOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await RaceAsync(host, split: false);

        Assert.Equal(Rounds, await Reviewing.EntriesAsync(host, "review-finished"));
        // Both confirm the other and the teachers; one of them is there first with the teachers.
        Assert.All(await ConfirmationsAsync(host), times => Assert.Equal(4, times));
    }

    [Theory, BothDatabases]
    public async Task Confirm_TwoHoldersTheLastOnes_TheReviewIsFinished(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await RaceAsync(host, split: true);

        Assert.Equal((Rounds, 0), (await Reviewing.EntriesAsync(host, "review-finished"), await host.ReadAsync(db => db.Set<AccessReview>().CountAsync(r => r.FinishedAt == null))));
    }

    [Theory, BothDatabases]
    public async Task Confirm_TheSameWithoutTheGuards_IsDoneTwiceAndFinishedByNobody(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind, configure: services => services.AddSingleton(provider => UnguardedDatabase.Open<WithoutGuards>(provider.GetRequiredService<ServerSettings>())));
        await RaceAsync(host, split: false);
        Assert.Contains(await ConfirmationsAsync(host), times => times > 4);
        await RaceAsync(host, split: true);
        Assert.True(await host.ReadAsync(db => db.Set<AccessReview>().AnyAsync(r => r.FinishedAt == null)), "Without its guard every review was finished: it does not race.");
    }

    /// <param name="split">Each confirms the other only, who are the last two; otherwise both confirm all.</param>
    private static async Task RaceAsync(AscentHost host, bool split)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (ann, bob) = await Reviewing.SchoolAsync(host);
            TestMember[] teachers = split ? [] : [await host.Data.AddMemberAsync(ann.School), await host.Data.AddMemberAsync(ann.School)];
            await Reviewing.OpenAsync(host);
            var seen = new[] { (By: ann, What: await Reviewing.SeenAsync(host, ann, [bob, .. teachers])), (By: bob, What: await Reviewing.SeenAsync(host, bob, [ann, .. teachers])) };
            using var gate = new Barrier(2);
            await Task.WhenAll(seen.Select(one => Task.Factory.StartNew(() =>
            {
                gate.SignalAndWait();
                return host.Get<ConfirmMemberships>().ExecuteAsync(one.What, one.By.Actor, CancellationToken.None);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        }
    }

    /// <summary>How often a confirmation of somebody was written down, in each school.</summary>
    private static Task<List<int>> ConfirmationsAsync(AscentHost host) => host.ReadAsync(async db =>
        (await db.Set<AuditEntry>().Where(e => e.Kind == "memberships-confirmed").Select(e => new { e.OrganisationId, e.DetailHashes }).ToListAsync())
            .GroupBy(e => e.OrganisationId, e => e.DetailHashes.Split(' ').Length).Select(g => g.Sum()).ToList());

    // Each looks at what is there, and nothing holds two who look at once apart.
    private sealed class WithoutGuards(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder.Entity<AccessReview>().Property(r => r.Version).IsConcurrencyToken(false);
            modelBuilder.Entity<AccessReviewItem>().Property(i => i.Version).IsConcurrencyToken(false);
        }
    }
}
