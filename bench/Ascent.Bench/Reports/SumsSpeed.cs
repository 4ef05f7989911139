using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ascent.Measures;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Bench.Reports;

/// <summary>
/// The figures of an authority from the stored sums of its schools: 100 schools of 1,000 pupils, five years. Cold is the first call of a process that has
/// answered one small question before, a process of its own for each; warm are those that follow in it. To show: cold at most 300 ms, warm at most 30 ms.
/// </summary>
internal static class SumsSpeed
{
    public const string Command = "sums-speed";

    private const int Schools = 100;
    private const int Pupils = 1_000;
    private const int Years = 5;
    private const int Processes = 5;
    private const int WarmCalls = 100;

    private static readonly (string Name, string What)[] Questions =
    [
        ("headlines", "the headlines of key stage 4, all pupils"),
        ("disadvantage", "the same, all pupils and by disadvantage"),
        ("groups", "Attainment 8, all pupils and by every group"),
    ];

    public static async Task RunAsync(string[] child)
    {
        if (child is [var question, var folder, .. var address])
        {
            await AskAsync(question, folder, address.FirstOrDefault());
            return;
        }
        var table = new StringBuilder($"Sums of {Schools} schools of {Pupils:N0} pupils, {Years} years, read and added up, by {Environment.Version} on {Environment.ProcessorCount} processors; {Processes} processes, each with one cold call and {WarmCalls} warm ones.\n\n| database | question | sums read | cold median ms | cold highest ms | warm median ms | warm p95 ms |\n|---|---|---|---|---|---|---|\n");
        var raw = new StringBuilder("database,question,process,call,ms\n");
        foreach (var kind in Accounts.UsersListBenchmark.Kinds)
        {
            await using var host = await MakeAsync(kind);
            foreach (var (name, what) in Questions)
                table.Append(await MeasureAsync(host, name, what, raw));
        }
        var results = Path.Combine(Environment.GetEnvironmentVariable("ASCENT_BENCH_RESULTS") ?? "bench", "results");
        Directory.CreateDirectory(results);
        await File.WriteAllTextAsync(Path.Combine(results, $"{typeof(SumsSpeed).FullName}.md"), table.ToString());
        await File.WriteAllTextAsync(Path.Combine(results, $"{typeof(SumsSpeed).FullName}-measurements.csv"), raw.ToString());
        Console.Write(table);
    }

    private static async Task<AscentHost> MakeAsync(DatabaseKind kind)
    {
        var host = await AscentHost.StartAsync(kind);
        var schools = new List<School>();
        for (var n = 0; n < Schools; n++)
            schools.Add(await host.Data.AddSchoolAsync(SchoolPhase.Secondary, 11, 16, withSeats: false));
        await InventedCohorts.StoreAsync(host, schools[0], InventedCohorts.Of(Pupils, Years));
        return host;
    }

    private static async Task<string> MeasureAsync(AscentHost host, string name, string what, StringBuilder raw)
    {
        var (cold, warm, sums) = (new List<double>(), new List<double>(), "");
        for (var process = 1; process <= Processes; process++)
        {
            string[] arguments = [typeof(SumsSpeed).Assembly.Location, Command, name, host.DataFolder, .. host.DatabaseAddress is { } address ? new[] { address } : []];
            using var child = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            var lines = (await child.StandardOutput.ReadToEndAsync()).Trim().Split('\n');
            await child.WaitForExitAsync();
            sums = lines[0];
            var times = lines.Skip(1).Select(l => double.Parse(l, CultureInfo.InvariantCulture)).ToList();
            cold.Add(times[0]);
            warm.AddRange(times.Skip(1));
            foreach (var (call, time) in times.Index())
                raw.Append(CultureInfo.InvariantCulture, $"{host.Kind},{name},{process},{call + 1},{time:F3}\n");
        }
        return string.Create(CultureInfo.InvariantCulture, $"| {host.Kind} | {what} | {sums} | {At(cold, 0.5):F1} | {cold.Max():F1} | {At(warm, 0.5):F1} | {At(warm, 0.95):F1} |\n");
    }

    private static double At(List<double> times, double part) => times.Order().ElementAt((int)Math.Ceiling(part * times.Count) - 1);

    private static async Task AskAsync(string question, string folder, string? address)
    {
        var settings = new ServerSettings { DataFolder = folder, PublicAddress = new Uri("https://localhost"), Database = address };
        await using var services = new ServiceCollection().AddLogging().AddAscent(settings).BuildServiceProvider();
        var schools = await services.GetRequiredService<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<School>().Select(s => s.Id).ToListAsync());
        var measures = question == "groups" ? [ReportMeasures.Find("ks4-attainment8")!] : ReportMeasures.Of(CohortStage.Ks4).Where(m => m.IsHeadline).ToList();
        IReadOnlyList<PupilGroup> groups = question switch { "groups" => PupilGroups.All, "disadvantage" => [PupilGroup.Disadvantaged], _ => [] };
        var query = new SumsQuery(CohortStage.Ks4, schools, measures, [.. Enumerable.Range(0, Years).Select(back => AcademicYear.EndingIn(2026 - back))], groups);
        var reader = services.GetRequiredService<ReadSums>();
        var times = new List<double>();
        var read = 0;
        for (var call = 0; call <= WarmCalls; call++)
        {
            var clock = Stopwatch.StartNew();
            var sums = await reader.ExecuteAsync(query, CancellationToken.None);
            times.Add(clock.Elapsed.TotalMilliseconds);
            read = sums.Sum(s => s.Schools);
        }
        Console.WriteLine(read.ToString("N0", CultureInfo.InvariantCulture));
        foreach (var time in times)
            Console.WriteLine(time.ToString("F3", CultureInfo.InvariantCulture));
    }
}
