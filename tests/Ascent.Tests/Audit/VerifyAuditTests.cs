using Ascent.Audit;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Audit;

/// <summary>Somebody with the database in hand, and without the master key, cannot change the log unseen; the place is named.</summary>
[Asvs("16.4.2", "Changed, removed, added or exchanged entries of the log are found and named, also by whoever has the database in hand.")]
public sealed class VerifyAuditTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_OneByteChanged_NamesTheEntry(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);

        await audit.TamperAsync(4, entry => entry.ExecuteUpdateAsync(e => e.SetProperty(x => x.Facts, "{\"Number\":5}")));

        var finding = await audit.FindingAsync();
        Assert.Equal((audit.Chain, "entry 4"), (finding.OrganisationId, finding.Place));
        Assert.StartsWith("was changed", finding.Problem, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_ActorOrTimeOrKindChanged_NamesTheEntry(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);

        await audit.TamperAsync(2, entry => entry.ExecuteUpdateAsync(e => e.SetProperty(x => x.ActorId, Guid.CreateVersion7(AscentHost.Start))));
        await audit.TamperAsync(5, entry => entry.ExecuteUpdateAsync(e => e.SetProperty(x => x.At, AscentHost.Start.UtcDateTime.AddDays(-1))));
        await audit.TamperAsync(9, entry => entry.ExecuteUpdateAsync(e => e.SetProperty(x => x.Kind, "nothing-happened")));

        Assert.Equal(["entry 2", "entry 5", "entry 9"], (await audit.VerifyAsync()).Findings.Select(f => f.Place));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OneRemoved_NamesIt(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        await audit.TamperAsync(7, entry => entry.ExecuteDeleteAsync());

        var finding = await audit.FindingAsync();
        Assert.Equal(("entry 7", "is missing"), (finding.Place, finding.Problem));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SeveralRemoved_NamesFirstAndLast(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        for (var sequence = 3; sequence <= 5; sequence++)
            await audit.TamperAsync(sequence, entry => entry.ExecuteDeleteAsync());

        var finding = await audit.FindingAsync();
        Assert.Equal(("entry 3", "to entry 5 are missing"), (finding.Place, finding.Problem));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TheLastRemoved_NamesIt(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        await audit.TamperAsync(10, entry => entry.ExecuteDeleteAsync());

        Assert.Equal("entry 10", (await audit.FindingAsync()).Place);
    }

    // Shortening the chain and putting the head back to match takes the key.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_TheLastRemovedAndTheHeadPutBack_IsFound(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        var ninth = (await audit.EntriesAsync()).Single(e => e.Sequence == 9);
        await audit.TamperAsync(10, entry => entry.ExecuteDeleteAsync());
        await audit.Host.ChangeAsync(db => db.Set<AuditChain>().ExecuteUpdateAsync(c => c.SetProperty(x => x.Sequence, 9).SetProperty(x => x.Hash, ninth.Hash!)));

        Assert.Equal("entry 9", (await audit.FindingAsync()).Place);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_EverythingRemoved_IsFound(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        await audit.Host.ChangeAsync(db => db.Set<AuditEntry>().ExecuteDeleteAsync());

        Assert.Equal("entry 10", (await audit.FindingAsync()).Place);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TheHeadRemoved_IsFound(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        await audit.Host.ChangeAsync(db => db.Set<AuditChain>().ExecuteDeleteAsync());

        Assert.False((await audit.VerifyAsync()).Holds);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TwoSwapped_NamesBoth(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        await audit.TamperAsync(3, entry => entry.ExecuteUpdateAsync(e => e.SetProperty(x => x.Sequence, 99)));
        await audit.TamperAsync(8, entry => entry.ExecuteUpdateAsync(e => e.SetProperty(x => x.Sequence, 3)));
        await audit.TamperAsync(99, entry => entry.ExecuteUpdateAsync(e => e.SetProperty(x => x.Sequence, 8)));

        var places = (await audit.VerifyAsync()).Findings.Select(f => f.Place).ToArray();
        Assert.Contains("entry 3", places);
        Assert.Contains("entry 8", places);
    }

    // The hash can be worked out by anybody; the HMAC cannot.
    [Theory, BothDatabases]
    [Asvs("11.4.3", "The log is bound by SHA-256 and HMAC-SHA256.")]
    public async Task ExecuteAsync_EntrySealedWithAnotherKey_IsFound(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        await audit.TamperAsync(10, entry => entry.ExecuteUpdateAsync(e => e.SetProperty(x => x.Mac, new byte[32])));

        var finding = await audit.FindingAsync();
        Assert.Equal(("entry 10", "was not sealed by this server's key"), (finding.Place, finding.Problem));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_DetailsChanged_NamesTheEntry(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        var id = await audit.IdAsync(6);
        await audit.Host.ChangeAsync(db => db.Set<AuditDetail>().Where(d => d.EntryId == id).ExecuteUpdateAsync(d => d.SetProperty(x => x.Text, "{\"name\":\"Somebody else\"}")));

        var finding = await audit.FindingAsync();
        Assert.Equal(("entry 6", "has details that were changed or removed"), (finding.Place, finding.Problem));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_DetailsRemoved_NamesTheEntry(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        var id = await audit.IdAsync(6);
        await audit.Host.ChangeAsync(db => db.Set<AuditDetail>().Where(d => d.EntryId == id).ExecuteDeleteAsync());

        Assert.Equal("entry 6", (await audit.FindingAsync()).Place);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_DetailsAdded_NamesTheEntry(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 10);
        var id = await audit.IdAsync(6);
        await audit.Host.ChangeAsync(db =>
        {
            db.Add(new AuditDetail { OrganisationId = audit.Chain, EntryId = id, PersonId = Guid.CreateVersion7(AscentHost.Start), Salt = new byte[16], Text = "{\"name\":\"Somebody else\"}" });
            return Task.CompletedTask;
        });

        var finding = await audit.FindingAsync();
        Assert.Equal(("entry 6", "has details that were added"), (finding.Place, finding.Problem));
    }

    // The sealer works every few seconds on a server in use, and verifying takes longer than that.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_WhileEntriesAreSealed_RaisesNoFalseAlarm(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 50);
        using var stop = new CancellationTokenSource();
        var sealing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await audit.AddAsync(3);
                await audit.SealAsync();
            }
        });

        var findings = new List<AuditFinding>();
        for (var i = 0; i < 40; i++)
            findings.AddRange((await audit.VerifyAsync()).Findings);
        await stop.CancelAsync();
        await sealing;

        Assert.Empty(findings);
    }
}
