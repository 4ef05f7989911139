using System.Globalization;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Nightly;

/// <summary>
/// The work of one night, a day in England. The node that makes the row does it, however many there are; when that node dies on the way,
/// its lease runs out and another goes on. Every part of the work can be begun again without doing anything twice.
/// </summary>
public sealed class NightlyRun
{
    public DateOnly Day { get; init; }

    public DateTime StartedAt { get; init; }

    /// <summary>Until then the node that has it is trusted to be at it.</summary>
    public DateTime LeasedUntil { get; set; }

    public DateTime? FinishedAt { get; set; }

    public int Version { get; set; }
}

internal sealed class NightlyRunMap : IEntityTypeConfiguration<NightlyRun>
{
    public void Configure(EntityTypeBuilder<NightlyRun> builder)
    {
        builder.ToTable("nightly_runs");
        builder.HasKey(r => r.Day);
        builder.Property(r => r.Version).IsConcurrencyToken();
    }
}

/// <param name="Ended">Memberships whose end date had passed.</param>
/// <param name="Warned">Mails to people who have not opened the organisation for long.</param>
/// <param name="ReviewsFlagged">Access reviews of which all holders were told that people are not confirmed.</param>
/// <param name="Tasks">What the modules above this one did, in words and numbers.</param>
public sealed record NightlyResult(int Ended, int Warned, int Deactivated, int SchoolsWithOneHolder, int ReviewsOpened, int ReviewsFlagged, IReadOnlyList<string> Tasks);

/// <summary>Does the work of the night once a day, after one in the morning in England.</summary>
public sealed class RunNightly(
    Database database, RecordEnds recordEnds, CloseDormant closeDormant, WarnSingleHolders warnSingleHolders, OpenDueReviews openDueReviews, FollowReviews followReviews,
    IEnumerable<NightlyTask> tasks, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);
    private static readonly TimeOnly Begin = new(1, 0);

    /// <returns>Null when there is nothing to do: too early, done already, or another node is at it.</returns>
    public async Task<NightlyResult?> ExecuteAsync(CancellationToken cancellationToken)
    {
        var local = LondonTime.ToLocal(clock.Now());
        var day = DateOnly.FromDateTime(local);
        if (TimeOnly.FromDateTime(local) < Begin || !await TryTakeAsync(day, cancellationToken))
            return null;
        var ended = await recordEnds.ExecuteAsync(cancellationToken);
        var (warned, deactivated) = await closeDormant.ExecuteAsync(cancellationToken);
        var single = await warnSingleHolders.ExecuteAsync(cancellationToken);
        // Reviews after those who leave in this night have left.
        var (opened, flagged) = (await openDueReviews.ExecuteAsync(cancellationToken), await followReviews.ExecuteAsync(cancellationToken));
        var others = new List<string>();
        foreach (var task in tasks)
        {
            var count = await task.ExecuteAsync(cancellationToken);
            others.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {task.Counts}"));
        }
        var now = clock.Now();
        await database.WriteAsync(OrganisationScope.Server, db =>
            db.Set<NightlyRun>().Where(r => r.Day == day).ExecuteUpdateAsync(r => r.SetProperty(x => x.FinishedAt, now), cancellationToken), cancellationToken);
        return new(ended, warned, deactivated, single, opened, flagged, others);
    }

    private Task<bool> TryTakeAsync(DateOnly day, CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            var run = await db.Set<NightlyRun>().SingleOrDefaultAsync(r => r.Day == day, cancellationToken);
            if (run is { FinishedAt: not null } || run?.LeasedUntil > now)
                return false;
            if (run is null)
                db.Add(run = new NightlyRun { Day = day, StartedAt = now });
            run.LeasedUntil = now + Lease;
            run.Version++;
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
}
