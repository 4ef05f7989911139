using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Reference.National;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.TestSupport;
using BenchmarkDotNet.Attributes;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Bench.Reports;

/// <summary>
/// The overview of a school of 2,000 pupils with three years, alone on the server and with a thousand such schools beside it, on both databases; one call a
/// measurement. Warm, for each sort of reader; and cold, when the server has nothing of the school in memory. To show: warm p95 at most 30 ms, and a
/// request with a thousand schools at most 1.3 times one with one. The stage is the whole school, 2,000 pupils a year, or key stage 4, 400 a year.
/// </summary>
[Config(typeof(PerRequest))]
public class ManySchoolsBenchmark
{
    private const int Pupils = 2_000;
    private const int Years = 3;

    private static readonly Dictionary<(DatabaseKind, int), (AscentHost Host, Guid School)> Made = [];

    private AscentHost host = null!;
    private Guid school;

    [ParamsSource(nameof(Kinds))]
    public DatabaseKind Kind { get; set; }

    [Params(CohortStage.School, CohortStage.Ks4)]
    public CohortStage Stage { get; set; }

    [Params(1, 1_000)]
    public int Schools { get; set; }

    public static IEnumerable<DatabaseKind> Kinds => Accounts.UsersListBenchmark.Kinds;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        if (!Made.ContainsKey((Kind, Schools)))
            Made[(Kind, Schools)] = await MakeAsync(Kind, Schools);
        (host, school) = Made[(Kind, Schools)];
    }

    [Benchmark(Baseline = true)]
    public Task<int> SchoolLevel() => Overview.AskAsync(host.Get<ReadReport>(), school, Stage, Overview.SchoolLevel);

    [Benchmark]
    public Task<int> OwnClasses() => Overview.AskAsync(host.Get<ReadReport>(), school, Stage, Overview.OwnClasses);

    [Benchmark]
    public Task<int> WholeSchool() => Overview.AskAsync(host.Get<ReadReport>(), school, Stage, Overview.WholeSchool);

    [Benchmark]
    public Task<int> SchoolLevelCold() => Overview.AskAsync(new(host.Get<Database>(), new CohortMemory(), host.Get<ReadNationalFigures>()), school, Stage, Overview.SchoolLevel);

    private static async Task<(AscentHost, Guid)> MakeAsync(DatabaseKind kind, int schools)
    {
        var host = await AscentHost.StartAsync(kind);
        var all = new List<School>();
        for (var n = 0; n < schools; n++)
            all.Add(await host.Data.AddSchoolAsync(SchoolPhase.Secondary, 11, 16, withSeats: false));
        // The one in the middle, with as many before it as after it.
        var asked = all[schools / 2];
        await InventedCohorts.StoreAsync(host, asked, InventedCohorts.Of(Pupils, Years));
        if (await host.ReadAsync(db => db.Set<CohortBuild>().CountAsync()) != schools)
            throw new InvalidOperationException("Not every school has its cohorts.");
        return (host, asked.Id);
    }
}
