using Ascent.Audit;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Audit;

public sealed class RetireDetailsTests
{
    private static readonly DateOnly FirstDay = new(2026, 11, 23);

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SixYearsLater_WholeDaysGoAndTheLogHoldsAndNamesIt(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 450);
        await NextDayAsync(audit, 5);
        await AtAsync(audit, FirstDay.AddYears(6));
        Assert.Equal(0, await RetireAsync(audit));

        // The first moment at which every moment of the first day is six years ago.
        await AtAsync(audit, FirstDay.AddYears(6).AddDays(1));
        Assert.Equal(450, await RetireAsync(audit));
        Assert.Equal(0, await RetireAsync(audit));
        await audit.SealAsync();

        var report = await audit.VerifyAsync();
        Assert.True(report.Holds, string.Join('\n', report.Findings));
        Assert.Equal(new AuditRetirement(audit.Chain, "entry 456", FirstDay.AddDays(1), 450), Assert.Single(report.Retirements));
        Assert.Equal((456, 5), (await audit.Host.CountAsync<AuditEntry>(), await audit.Host.CountAsync<AuditDetail>()));
    }

    // Killed between two batches the chain holds: it said so before the first row went.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_StoppedOnTheWay_HoldsAndGoesOnTheNextNight(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 250);
        await AtAsync(audit, FirstDay.AddYears(6).AddDays(1));
        await audit.Host.ChangeAsync(async db =>
        {
            db.AddAudit(audit.Host.Clock.Now(), Actor.System, audit.Chain, new DetailsRetired(FirstDay.AddDays(1)));
            await db.Set<AuditDetail>().OrderBy(d => d.EntryId).Take(200).ExecuteDeleteAsync();
        });
        Assert.True((await audit.VerifyAsync()).Holds);

        await AtAsync(audit, FirstDay.AddYears(6).AddDays(2));
        Assert.Equal(50, await RetireAsync(audit));
        Assert.Equal(0, await audit.Host.CountAsync<AuditDetail>());
    }

    // Somebody takes one person's texts out and leaves the rest to the night: old enough or not, that is no retirement.
    [Theory, BothDatabases]
    public async Task Verify_OneOfTheOldTakenOutByHand_IsMissed(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        await NextDayAsync(audit, 10);
        await AtAsync(audit, FirstDay.AddYears(6).AddDays(1));
        await RetireAsync(audit);

        var young = await audit.IdAsync(15);
        await audit.Host.ChangeAsync(db => db.Set<AuditDetail>().Where(d => d.EntryId == young).ExecuteDeleteAsync());

        var finding = await audit.FindingAsync();
        Assert.Equal(("entry 15", "has details that were changed or removed"), (finding.Place, finding.Problem));
    }

    // An entry that the server itself sealed, put in by hand to cover what is missing: the dates give it away.
    [Theory, BothDatabases(0)]
    [BothDatabases(7)]
    public async Task Verify_EntryThatClaimsTooMuch_ExplainsNothingAndIsNamed(DatabaseKind kind, int yearsAhead)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        await audit.Host.ChangeAsync(async db =>
        {
            await db.Set<AuditDetail>().ExecuteDeleteAsync();
            db.AddAudit(audit.Host.Clock.Now().AddYears(yearsAhead), Actor.System, audit.Chain, new DetailsRetired(FirstDay.AddDays(1)));
        });
        await audit.SealAsync();

        var findings = (await audit.VerifyAsync()).Findings;

        Assert.Equal(11, findings.Count);
        Assert.Contains(findings, f => f.Place == "entry 11" && f.Problem == "says that details before 24 November 2026 were removed by their age, and six years had not passed");
    }

    // What is there although it should be gone has to be what it was.
    [Fact]
    public async Task Verify_OldDetailsChanged_IsMissedAlsoAfterTheirDay()
    {
        await using var audit = await AuditHost.StartAsync(DatabaseKind.Sqlite, 3);
        await AtAsync(audit, FirstDay.AddYears(6).AddDays(1));
        await audit.Host.ChangeAsync(async db =>
        {
            db.AddAudit(audit.Host.Clock.Now(), Actor.System, audit.Chain, new DetailsRetired(FirstDay.AddDays(1)));
            await db.Set<AuditDetail>().ExecuteUpdateAsync(d => d.SetProperty(x => x.Text, "{}"));
        });

        Assert.Equal(3, (await audit.VerifyAsync()).Findings.Count);
    }

    private static Task<int> RetireAsync(AuditHost audit) => audit.Host.Get<RetireDetails>().ExecuteAsync(default);

    private static async Task NextDayAsync(AuditHost audit, int entries)
    {
        await AtAsync(audit, FirstDay.AddDays(1));
        await audit.AddAsync(entries);
        await audit.SealAsync();
    }

    private static Task AtAsync(AuditHost audit, DateOnly day)
    {
        audit.Host.Clock.SetUtcNow(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
        return Task.CompletedTask;
    }
}
