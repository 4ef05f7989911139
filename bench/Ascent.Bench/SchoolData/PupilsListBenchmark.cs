using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Bench.SchoolData;

/// <summary>
/// The list of pupils in one school with a thousand and with a hundred thousand, put there by an import. To show: the first page, the second
/// and the last within 1.5 times of each other.
/// </summary>
[Config(typeof(PerRequest))]
public class PupilsListBenchmark
{
    private static readonly Dictionary<(DatabaseKind, int), (AscentHost Host, TestMember Manager, string Last)> Made = [];

    private AscentHost host = null!;
    private TestMember manager = null!;
    private string second = "";
    private string last = "";

    [ParamsSource(nameof(Kinds))]
    public DatabaseKind Kind { get; set; }

    [Params(1_000, 100_000)]
    public int Pupils { get; set; }

    public static IEnumerable<DatabaseKind> Kinds => Accounts.UsersListBenchmark.Kinds;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        if (!Made.ContainsKey((Kind, Pupils)))
            Made[(Kind, Pupils)] = await MakeAsync(Kind, Pupils);
        (host, manager, last) = Made[(Kind, Pupils)];
        second = (await ListAsync(new())).Next ?? "";
    }

    [Benchmark(Baseline = true)]
    public Task<PupilsPage> FirstPage() => ListAsync(new());

    [Benchmark]
    public Task<PupilsPage> SecondPage() => ListAsync(new(After: second));

    [Benchmark]
    public Task<PupilsPage> LastPage() => ListAsync(new(After: last));

    [Benchmark]
    public Task<PupilsPage> SearchSurname() => ListAsync(new(Search: "bq"));

    [Benchmark]
    public Task<PupilsPage> OneYear() => ListAsync(new(Year: new NcYear(4)));

    [Benchmark]
    public Task<PupilsPage> NoUpn() => ListAsync(new(Attention: PupilAttention.NoUpn));

    private Task<PupilsPage> ListAsync(PupilsQuery query) => host.Get<ListPupils>().ExecuteAsync(manager.Actor, query, CancellationToken.None);

    private static async Task<(AscentHost Host, TestMember Manager, string Last)> MakeAsync(DatabaseKind kind, int pupils)
    {
        var made = await AscentHost.StartAsync(kind);
        var manager = await made.Data.AddMemberAsync(await made.Data.AddPrimaryAsync(), Permission.ManageData);
        await made.Data.ConfirmAsync(manager, await made.Data.ImportAsync(manager, Roll.Csv(pupils)));
        await made.AnalyseAsync();
        // The place before the last fifty, where a reader arrives who has gone through all pages.
        var place = await made.ReadAsync(db => db.Set<Pupil>().OrderByDescending(p => p.SurnameKey).ThenByDescending(p => p.Id).Skip(ListPupils.PageSize).Select(p => new { p.SurnameKey, p.Id }).FirstAsync());
        return (made, manager, new TextPageKey(place.SurnameKey, place.Id).ToString());
    }
}
