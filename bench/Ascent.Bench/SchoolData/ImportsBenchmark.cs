using System.Data.Common;
using System.Text;
using System.Xml;
using Ascent.Persistence;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Imports.Ctf;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Ascent.Bench.SchoolData;

/// <summary>One import is one measurement: each takes seconds.</summary>
internal sealed class PerImport : ManualConfig
{
    public PerImport() =>
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithStrategy(RunStrategy.Monitoring).WithWarmupCount(1).WithIterationCount(3).WithInvocationCount(1).WithUnrollFactor(1));
}

/// <summary>
/// A Common Transfer File of many pupils. To show: reading it at least half as fast as a bare pass of the framework's reader, and checking it,
/// with every row kept for the review, at most six times as long as that pass.
/// </summary>
[Config(typeof(PerImport))]
public class CtfBenchmark
{
    private AscentHost host = null!;
    private TestMember manager = null!;
    private string path = "";
    private Guid importId;

    [Params(100_000)]
    public int Pupils { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        host = await AscentHost.StartAsync();
        manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        path = Path.Combine(host.DataFolder, "bench.xml");
        await using var file = File.Create(path);
        await CtfWriter.Write(Pupils).CopyToAsync(file);
    }

    [IterationSetup(Target = nameof(CheckWithStaging))]
    public void Receive()
    {
        using var file = File.OpenRead(path);
        importId = host.Get<ReceiveImport>().ExecuteAsync(new("bench.xml", file, IsWholeRoll: true, Again: true, TakesAnyDestination: true), manager.Actor, CancellationToken.None).GetAwaiter().GetResult().Value.ImportId;
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await host.DisposeAsync();

    /// <summary>Every node of the file, with its text, and nothing done with it.</summary>
    [Benchmark(Baseline = true)]
    public int BareXmlReader()
    {
        using var file = File.OpenRead(path);
        using var reader = XmlReader.Create(file);
        var letters = 0;
        while (reader.Read())
            letters += reader.HasValue ? reader.Value.Length : 0;
        return letters;
    }

    [Benchmark]
    public int Parse()
    {
        using var file = File.OpenRead(path);
        using var reader = CtfReader.Open(file, DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime)).Value;
        return reader.Read().Sum(p => p.Fields.Count);
    }

    [Benchmark]
    public async Task CheckWithStaging()
    {
        if (!await host.Get<CheckImport>().ExecuteAsync(manager.School.Id, importId, CancellationToken.None))
            throw new InvalidOperationException("The file was not checked to its end.");
    }
}

/// <summary>
/// A table of many pupils into an empty roll. To show: checking and confirming it takes at most six times as long as writing the same rows to
/// the same tables, one prepared statement for each table, in one transaction.
/// </summary>
[Config(typeof(PerImport))]
public class RollTableBenchmark
{
    private static readonly string[] Tables = ["import_rows", "pupils"];

    private readonly Dictionary<string, (string Insert, object[][] Rows)> written = [];
    private AscentHost host = null!;
    private TestMember manager = null!;
    private Guid importId;

    [ParamsSource(nameof(Kinds))]
    public DatabaseKind Kind { get; set; }

    [Params(100_000)]
    public int Pupils { get; set; }

    public static IEnumerable<DatabaseKind> Kinds => Accounts.UsersListBenchmark.Kinds;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        host = await AscentHost.StartAsync(Kind);
        manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        // What one import writes is what the prepared statements write.
        Receive();
        await CheckAndConfirm();
        foreach (var table in Tables)
            await host.ChangeAsync(async db => written[table] = await ReadAsync(db, table));
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await host.DisposeAsync();

    [IterationSetup(Target = nameof(CheckAndConfirm))]
    public void Receive()
    {
        Empty(alsoImports: true);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Roll.Csv(Pupils)));
        importId = host.Get<ReceiveImport>().ExecuteAsync(new("bench.csv", file, IsWholeRoll: true, Again: true), manager.Actor, CancellationToken.None).GetAwaiter().GetResult().Value.ImportId;
    }

    [IterationSetup(Target = nameof(PreparedInsert))]
    public void EmptyRows() => Empty(alsoImports: false);

    [Benchmark]
    public async Task CheckAndConfirm()
    {
        await host.Get<CheckImport>().ExecuteAsync(manager.School.Id, importId, CancellationToken.None);
        var import = (await host.Get<ReadImports>().FindAsync(importId, manager.Actor, CancellationToken.None))!.Value.Import;
        var done = (await host.Get<ConfirmImport>().ExecuteAsync(importId, import.Version, manager.Actor, CancellationToken.None)).Value;
        if (done.Added != Pupils)
            throw new InvalidOperationException($"{done.Added} pupils were added.");
    }

    [Benchmark(Baseline = true)]
    public Task PreparedInsert() => host.ChangeAsync(async db =>
    {
        // The one database has a transaction already, to know whose rows they are.
        var begun = db.Database.CurrentTransaction ?? await db.Database.BeginTransactionAsync();
        foreach (var table in Tables)
            await InsertAsync(db.Database.GetDbConnection(), begun.GetDbTransaction(), written[table].Insert, written[table].Rows);
    });

    private void Empty(bool alsoImports) => host.ChangeAsync(async db =>
    {
        await (alsoImports ? db.Set<Import>().ExecuteDeleteAsync() : db.Set<ImportRow>().ExecuteDeleteAsync());
        await db.Set<Pupil>().ExecuteDeleteAsync();
    }).GetAwaiter().GetResult();

    private static async Task<(string Insert, object[][] Rows)> ReadAsync(AppDb db, string table)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction is { } t ? t.GetDbTransaction() : null;
        command.CommandText = "SELECT * FROM " + table;
        await using var reader = await command.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[columns.Length];
            reader.GetValues(row);
            rows.Add(row);
        }
        return ($"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})", [.. rows]);
    }

    private static async Task InsertAsync(DbConnection connection, DbTransaction? transaction, string insert, object[][] rows)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = insert;
        for (var i = 0; i < rows[0].Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            // A type is found out from a value.
            parameter.Value = rows.Select(r => r[i]).FirstOrDefault(v => v is not DBNull) ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        await command.PrepareAsync();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                command.Parameters[i].Value = row[i];
            await command.ExecuteNonQueryAsync();
        }
    }
}

/// <summary>Tables of invented pupils.</summary>
internal static class Roll
{
    public static string Csv(int pupils)
    {
        var text = new StringBuilder(TestData.RollHeading).Append('\n');
        for (var n = 0; n < pupils; n++)
            text.Append(Line(n)).Append('\n');
        return text.ToString();
    }

    public static string Line(int n)
    {
        var age = n % 7;
        var born = new DateOnly(2021 - age, 9, 1).AddDays(n * 31 % 365);
        return $"{CtfWriter.Upn(n)},{Letters(n)}son,{Letters(n * 7)}a,{born:dd/MM/yyyy},{(n % 2 == 0 ? "F" : "M")},{(age == 0 ? "R" : age)}";
    }

    private static string Letters(int n) => n < 26 ? $"{(char)('A' + n)}" : Letters((n / 26) - 1) + (char)('a' + (n % 26));
}
