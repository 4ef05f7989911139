using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Audit;

public sealed class SealAuditTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_UnsealedEntries_GetTheirPlacesInOrderAndTheChainHolds(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10, isSealed: false);
        Assert.Equal(10, (await audit.VerifyAsync()).Unsealed);

        Assert.Equal(10, await audit.SealAsync());
        Assert.Equal(0, await audit.SealAsync());

        var entries = await audit.EntriesAsync();
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long?)i), entries.Select(e => e.Sequence));
        Assert.Equal(entries.OrderBy(e => e.At).Select(e => e.Id), entries.Select(e => e.Id));
        var report = await audit.VerifyAsync();
        Assert.Equal((true, 1, 10L, 0), (report.Holds, report.Chains, report.Entries, report.Unsealed));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_MoreThanABatchInSeveralChains_SealsAll(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 450, isSealed: false);
        await audit.Host.ChangeAsync(db =>
        {
            for (var i = 0; i < 3; i++)
                db.AddAudit(audit.Host.Clock.Now(), Actor.Operator, AuditTrail.Server, new SomethingHappened(i));
            return Task.CompletedTask;
        });

        Assert.Equal(453, await audit.SealAsync());

        var report = await audit.VerifyAsync();
        Assert.Equal((true, 2, 453L), (report.Holds, report.Chains, report.Entries));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_EightSealersAtOnceWhileEntriesCome_GiveEachPlaceOnce(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 300, isSealed: false);

        var coming = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
                await audit.AddAsync(5);
        });
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(audit.SealAsync)));
        await coming;
        var rest = await audit.SealAsync();

        Assert.Equal(400, counts.Sum() + rest);
        Assert.Equal(Enumerable.Range(1, 400).Select(i => (long?)i), (await audit.EntriesAsync()).Select(e => e.Sequence));
        Assert.True((await audit.VerifyAsync()).Holds);
    }

    // Moments later than what is sealed may come with an earlier time: they take the next place, and no place changes.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_EntryThatComesLate_TakesTheNextPlace(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 3);
        await audit.Host.ChangeAsync(db =>
        {
            db.AddAudit(AscentHost.Start.UtcDateTime, Actor.System, audit.Chain, new SomethingHappened(99));
            return Task.CompletedTask;
        });
        await audit.SealAsync();

        Assert.Contains("99", (await audit.EntriesAsync())[^1].Facts, StringComparison.Ordinal);
        Assert.True((await audit.VerifyAsync()).Holds);
    }

    // Every kind of entry that the use cases write, and one more time after sealing.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_EntriesOfUseCases_Hold(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        await host.Get<Ascent.Accounts.ResendInvitation>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None);
        await host.Get<SealAudit>().ExecuteAsync(CancellationToken.None);
        await host.Get<Ascent.Accounts.DeletePendingUser>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None);
        await host.Get<SealAudit>().ExecuteAsync(CancellationToken.None);

        var report = await host.Get<VerifyAudit>().ExecuteAsync(CancellationToken.None);
        Assert.Equal((true, 0), (report.Holds, report.Unsealed));
        Assert.Equal(2, report.Chains);
    }
}
