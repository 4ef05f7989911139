using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Running;

if (args is [Ascent.Bench.SchoolData.ImportMemory.Command, .. var sizes])
{
    await Ascent.Bench.SchoolData.ImportMemory.RunAsync(sizes);
    return;
}

if (args is [Ascent.Bench.Reports.SumsSpeed.Command, .. var child])
{
    await Ascent.Bench.Reports.SumsSpeed.RunAsync(child);
    return;
}

// `./dev bench [FILTER]`: measures, and leaves tables and raw numbers in bench/results/.
var config = DefaultConfig.Instance
    .WithArtifactsPath(Environment.GetEnvironmentVariable("ASCENT_BENCH_RESULTS") ?? "bench")
    .AddExporter(MarkdownExporter.GitHub)
    .AddExporter(CsvMeasurementsExporter.Default)
    .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableLogFile);
BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
