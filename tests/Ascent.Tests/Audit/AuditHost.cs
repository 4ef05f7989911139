using Ascent.Audit;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Audit;

public sealed record SomethingHappened(int Number) : AuditEvent("something-happened");

/// <summary>A host with entries in one organisation's chain, and ways to tamper with them behind the product's back.</summary>
internal sealed class AuditHost(AscentHost host, Guid chain) : IAsyncDisposable
{
    public AscentHost Host => host;

    public Guid Chain => chain;

    public static async Task<AuditHost> StartAsync(DatabaseKind kind, int entries, bool isSealed = true)
    {
        var host = await AscentHost.StartAsync(kind);
        var audit = new AuditHost(host, Guid.CreateVersion7(AscentHost.Start));
        await audit.AddAsync(entries);
        if (isSealed)
            await audit.SealAsync();
        return audit;
    }

    /// <summary>Entries a second apart, each with the details of one person.</summary>
    public Task AddAsync(int entries) => host.ChangeAsync(db =>
    {
        for (var i = 1; i <= entries; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            db.AddAudit(host.Clock.Now(), Actor.System, chain, new SomethingHappened(i), new AuditPerson(Guid.CreateVersion7(host.Clock.GetUtcNow()), new Dictionary<string, string> { ["name"] = $"Person {i}" }));
        }
        return Task.CompletedTask;
    });

    public Task<int> SealAsync() => host.Get<SealAudit>().ExecuteAsync(CancellationToken.None);

    public Task<AuditReport> VerifyAsync() => host.Get<VerifyAudit>().ExecuteAsync(CancellationToken.None);

    public async Task<AuditFinding> FindingAsync() => Assert.Single((await VerifyAsync()).Findings);

    public Task<List<AuditEntry>> EntriesAsync() => host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.OrganisationId == chain).OrderBy(e => e.Sequence).ToListAsync());

    public async Task<Guid> IdAsync(long sequence) => (await EntriesAsync()).Single(e => e.Sequence == sequence).Id;

    /// <summary>Runs one change by query on the entry with this number.</summary>
    public Task TamperAsync(long sequence, Func<IQueryable<AuditEntry>, Task<int>> change) =>
        host.ChangeAsync(async db => Assert.Equal(1, await change(db.Set<AuditEntry>().Where(e => e.OrganisationId == chain && e.Sequence == sequence))));

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
