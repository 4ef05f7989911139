using Ascent.Measures;
using Ascent.Organisations;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using BenchmarkDotNet.Attributes;

namespace Ascent.Bench.Reports;

/// <summary>
/// Everything that the overview of key stage 4 asks (headlines, three years, all groups), for the demonstration's secondary school, one call a measurement, warm;
/// for readers of school-level reports, of own classes and of the whole school. To show: p95 at most 30 ms. And the building of all cohorts of a school.
/// </summary>
[Config(typeof(PerRequest))]
public class DashboardBenchmark
{
    private AscentHost host = null!;
    private Guid school;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        host = await AscentHost.StartAsync(DatabaseKind.Sqlite);
        await host.Data.SeedDemonstrationAsync();
        while (await host.Get<BuildCohorts>().ExecuteAsync(CancellationToken.None) > 0)
        {
        }
        school = (await host.ReadAllAsync<School>()).Single(s => s.Code == "900002").Id;
    }

    [Benchmark(Baseline = true)]
    public Task<int> SchoolLevel() => OverviewAsync(PermissionSet.Of(Permission.SchoolReports));

    [Benchmark]
    public Task<int> OwnClasses() => OverviewAsync(PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses));

    [Benchmark]
    public Task<int> WholeSchool() => OverviewAsync(PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports));

    [Benchmark]
    public Task<bool> BuildAllCohorts() => host.Get<BuildCohorts>().BuildAsync(school, CancellationToken.None);

    private async Task<int> OverviewAsync(PermissionSet permissions)
    {
        var report = (await host.Get<ReadReport>().ExecuteAsync(CohortStage.Ks4, new(ActorKind.Person, Guid.Empty, Guid.Empty, school, permissions), CancellationToken.None)).Value!;
        var (period, shown) = (ReportPeriod.Year(report.Latest), 0);
        var headlines = ReportMeasures.Of(CohortStage.Ks4).Where(m => m.IsHeadline).ToList();
        foreach (var measure in headlines)
            shown += report.Judge(measure, period).School.TryValue(out _) ? 1 : 0;
        foreach (var (place, _) in report.Years.Index())
            shown += report.Judge(headlines[0], ReportPeriod.Year(place)).School.TryValue(out _) ? 1 : 0;
        foreach (var group in PupilGroups.All)
            for (byte value = 0; value < group.Values().Count; value++)
                shown += report.Judge(headlines[0], period, group, value).School.TryValue(out _) ? 1 : 0;
        return shown;
    }
}
