using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Audit;

/// <summary>The heads outside the database: what was the end of a chain on a day cannot be cut off unseen afterwards.</summary>
[Asvs("16.4.2", "What was cut off the end of the log is found by the heads that are kept elsewhere.")]
public sealed class HeadsTests
{
    // Whoever has an older copy of the database can put an older head back, HMAC and all. Only the file knows more.
    [Theory, BothDatabases]
    public async Task Verify_TheLastRemovedWithItsHead_IsNamedByTheFileOnly(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 9);
        var before = await audit.Host.ReadAsync(db => db.Set<AuditChain>().SingleAsync());
        await audit.AddAsync(1);
        await audit.SealAsync();
        var heads = await HeadsAsync(audit);

        await audit.TamperAsync(10, entry => entry.ExecuteDeleteAsync());
        await PutBackAsync(audit, before);

        Assert.True((await audit.VerifyAsync()).Holds);
        var finding = Assert.Single((await audit.Host.Get<VerifyAudit>().ExecuteAsync(default, heads)).Findings);
        Assert.Equal((audit.Chain, "entry 10", "is missing: the chain ended with entry 10 on 23 November 2026"), (finding.OrganisationId, finding.Place, finding.Problem));
    }

    // … and entries that came afterwards do not hide it.
    [Theory, BothDatabases]
    public async Task Verify_TheLastReplacedByOthers_NamesThePlace(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 9);
        var before = await audit.Host.ReadAsync(db => db.Set<AuditChain>().SingleAsync());
        await audit.AddAsync(1);
        await audit.SealAsync();
        var heads = await HeadsAsync(audit);
        await audit.TamperAsync(10, entry => entry.ExecuteDeleteAsync());
        await PutBackAsync(audit, before);

        await audit.AddAsync(3);
        await audit.SealAsync();

        Assert.True((await audit.VerifyAsync()).Holds);
        var finding = Assert.Single((await audit.Host.Get<VerifyAudit>().ExecuteAsync(default, heads)).Findings);
        Assert.Equal(("entry 10", "is not the one that the chain ended with on 23 November 2026"), (finding.Place, finding.Problem));
    }

    [Theory, BothDatabases]
    public async Task Verify_AWholeChainRemovedWithItsHead_IsNamed(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 4);
        var heads = await HeadsAsync(audit);
        await audit.Host.ChangeAsync(async db =>
        {
            await db.Set<AuditEntry>().ExecuteDeleteAsync();
            await db.Set<AuditDetail>().ExecuteDeleteAsync();
            await db.Set<AuditChain>().ExecuteDeleteAsync();
        });

        Assert.True((await audit.VerifyAsync()).Holds);
        Assert.Equal("entry 1", Assert.Single((await audit.Host.Get<VerifyAudit>().ExecuteAsync(default, heads)).Findings).Place);
    }

    [Theory, BothDatabases]
    public async Task Verify_ChainThatHasGrown_Holds(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 4);
        var heads = await HeadsAsync(audit);
        await audit.AddAsync(5);
        await audit.SealAsync();

        Assert.True((await audit.Host.Get<VerifyAudit>().ExecuteAsync(default, heads)).Holds);
    }

    [Theory, BothDatabases]
    public async Task Write_ManyNodesAtOnce_OneWritesTheDaysFile(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 4);

        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteAsync(audit))));
        var again = await WriteAsync(audit);
        audit.Host.Clock.Advance(TimeSpan.FromDays(1));
        var tomorrow = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteAsync(audit))));

        Assert.Single(written, path => path is not null);
        Assert.Null(again);
        Assert.Single(tomorrow, path => path is not null);
        Assert.Equal(["2026-11-23.jsonl", "2026-11-24.jsonl"], Directory.GetFiles(Path.Combine(audit.Host.DataFolder, "heads")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    // Whoever took the day and died before the file was there is followed by another.
    [Theory, BothDatabases]
    public async Task Write_NodeThatTookTheDayDied_AnotherWritesAfterAWhile(DatabaseKind kind)
    {
        await using var audit = await AuditHost.StartAsync(kind, 4);
        await audit.Host.ChangeAsync(db =>
        {
            db.Add(new ServerFact { Name = ServerFact.Heads, Value = $"2026-11-23 taken {audit.Host.Clock.Now().Ticks}" });
            return Task.CompletedTask;
        });

        Assert.Null(await WriteAsync(audit));
        audit.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.NotNull(await WriteAsync(audit));
        Assert.Null(await WriteAsync(audit));
    }

    [Fact]
    public async Task Write_NothingSealedYet_KeepsTheDayForLater()
    {
        await using var audit = await AuditHost.StartAsync(DatabaseKind.Sqlite, 4, isSealed: false);
        Assert.Null(await WriteAsync(audit));
        await audit.SealAsync();
        Assert.NotNull(await WriteAsync(audit));
    }

    [Fact]
    public async Task Write_FileIsThereAlready_IsLeftAsItIs()
    {
        await using var audit = await AuditHost.StartAsync(DatabaseKind.Sqlite, 4);
        var path = (await WriteAsync(audit))!;
        var first = await File.ReadAllTextAsync(path);
        await audit.AddAsync(1);
        await audit.SealAsync();
        await audit.Host.ChangeAsync(db => db.Set<ServerFact>().Where(f => f.Name == ServerFact.Heads).ExecuteDeleteAsync());

        Assert.Null(await WriteAsync(audit));
        Assert.Equal(first, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Read_AnyByteChangedOrLineTakenOut_IsRefused()
    {
        await using var audit = await AuditHost.StartAsync(DatabaseKind.Sqlite, 4);
        var text = await File.ReadAllTextAsync((await WriteAsync(audit))!);
        var file = audit.Host.Get<HeadsFile>();
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(file.Read(text).Succeeded);
        for (var i = 0; i < text.Length - 1; i++)
            Assert.IsType<NoHeads>(Assert.Single(file.Read(text[..i] + (char)(text[i] ^ 1) + text[(i + 1)..]).Refusals));
        for (var i = 0; i < lines.Length; i++)
            Assert.False(file.Read(string.Join('\n', lines.Where((_, n) => n != i)) + "\n").Succeeded);
        foreach (var nothing in (string[])["", "\n", "{}", "[]\n[]\n", "null\nnull\n", "{\"mac\":null}\n{\"mac\":null}"])
            Assert.False(file.Read(nothing).Succeeded);
        Assert.False(new HeadsFile(MasterKey.Of(new byte[32])).Read(text).Succeeded);
    }

    private static Task<string?> WriteAsync(AuditHost audit) => audit.Host.Get<WriteHeads>().ExecuteAsync(default);

    private static async Task<AuditHeads> HeadsAsync(AuditHost audit) =>
        audit.Host.Get<HeadsFile>().Read(await File.ReadAllTextAsync((await WriteAsync(audit))!)).Value;

    private static Task PutBackAsync(AuditHost audit, AuditChain head) => audit.Host.ChangeAsync(db =>
        db.Set<AuditChain>().ExecuteUpdateAsync(c => c.SetProperty(x => x.Sequence, head.Sequence).SetProperty(x => x.Hash, head.Hash).SetProperty(x => x.Mac, head.Mac).SetProperty(x => x.Version, head.Version)));
}
