using Ascent.Organisations;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using BenchmarkDotNet.Attributes;

namespace Ascent.Bench.Reports;

/// <summary>
/// Everything that the overview of key stage 4 asks (headlines, three years, all groups), for the demonstration's secondary school, one call a measurement, warm;
/// for readers of school-level reports, of own classes and of the whole school. To show: p95 at most 30 ms. And the building of all cohorts and sums of a school.
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
    public Task<int> SchoolLevel() => OverviewAsync(Overview.SchoolLevel);

    [Benchmark]
    public Task<int> OwnClasses() => OverviewAsync(Overview.OwnClasses);

    [Benchmark]
    public Task<int> WholeSchool() => OverviewAsync(Overview.WholeSchool);

    [Benchmark]
    public Task<bool> BuildAllCohorts() => host.Get<BuildCohorts>().BuildAsync(school, CancellationToken.None);

    private Task<int> OverviewAsync(PermissionSet permissions) => Overview.AskAsync(host.Get<ReadReport>(), school, CohortStage.Ks4, permissions);
}
