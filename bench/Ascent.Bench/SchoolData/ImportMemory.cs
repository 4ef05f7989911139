using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ascent.SchoolData.Imports;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Bench.SchoolData;

/// <summary>
/// How much memory a table of pupils wants, from the upload to the confirmed roll: the highest working set of a process of its own for each
/// size. To show: a million rows want at most 1.5 times what ten thousand want, and at most 400 MiB.
/// </summary>
internal static class ImportMemory
{
    public const string Command = "import-memory";

    private static readonly int[] Sizes = [10_000, 1_000_000];

    public static async Task RunAsync(string[] sizes)
    {
        if (sizes.Length > 0)
        {
            await ImportAsync(int.Parse(sizes[0], CultureInfo.InvariantCulture));
            return;
        }
        var table = new StringBuilder($"Rows of a table of pupils, received, checked and confirmed on SQLite by {Environment.Version} on {Environment.ProcessorCount} processors; the highest working set of the process.\n\n| rows | MiB | ratio | seconds |\n|---|---|---|---|\n");
        long first = 0;
        foreach (var size in Sizes)
        {
            var clock = Stopwatch.StartNew();
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(ImportMemory).Assembly.Location, Command, $"{size}"]) { RedirectStandardOutput = true })!;
            var peak = long.Parse((await child.StandardOutput.ReadToEndAsync()).Trim().Split('\n')[^1], CultureInfo.InvariantCulture);
            await child.WaitForExitAsync();
            first = first == 0 ? peak : first;
            table.Append(CultureInfo.InvariantCulture, $"| {size:N0} | {peak / 1024.0 / 1024:N0} | {(double)peak / first:N2} | {clock.Elapsed.TotalSeconds:N0} |\n");
        }
        var folder = Path.Combine(Environment.GetEnvironmentVariable("ASCENT_BENCH_RESULTS") ?? "bench", "results");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{typeof(ImportMemory).FullName}.md"), table.ToString());
        Console.Write(table);
    }

    private static async Task ImportAsync(int rows)
    {
        await using var host = await AscentHost.StartAsync();
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        var path = Path.Combine(host.DataFolder, "bench.csv");
        await File.WriteAllLinesAsync(path, Enumerable.Range(0, rows).Select(Roll.Line).Prepend(TestData.RollHeading));
        await using var file = File.OpenRead(path);
        var importId = (await host.Get<ReceiveImport>().ExecuteAsync(new("bench.csv", file, IsWholeRoll: false), manager.Actor, CancellationToken.None)).Value.ImportId;
        await host.Get<CheckImport>().ExecuteAsync(manager.School.Id, importId, CancellationToken.None);
        var import = (await host.Get<ReadImports>().FindAsync(importId, manager.Actor, CancellationToken.None))!.Value.Import;
        var done = (await host.Get<ConfirmImport>().ExecuteAsync(importId, import.Version, manager.Actor, CancellationToken.None)).Value;
        if (done.Added != rows)
            throw new InvalidOperationException($"{done.Added} pupils were added.");
        Console.WriteLine(Process.GetCurrentProcess().PeakWorkingSet64);
    }
}
