using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using BenchmarkDotNet.Attributes;

namespace Ascent.Bench.Accounts;

/// <summary>
/// An authority with 300 schools and 10,000 users in them, on both databases: its Manage organisations, and its search for a school. One call of the use
/// case is one measurement. To show: p95 at most 50 ms.
/// </summary>
[Config(typeof(PerRequest))]
public class BodySchoolsBenchmark
{
    private const int Schools = 300;
    private const int People = 10_000;

    private static readonly Dictionary<DatabaseKind, (AscentHost Host, TestBodyMember Setup)> Made = [];

    private AscentHost host = null!;
    private TestBodyMember setup = null!;
    private string last = "";

    [ParamsSource(nameof(Kinds))]
    public DatabaseKind Kind { get; set; }

    public static IEnumerable<DatabaseKind> Kinds => UsersListBenchmark.Kinds;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        if (!Made.ContainsKey(Kind))
            Made[Kind] = await MakeAsync(Kind);
        (host, setup) = Made[Kind];
        for (var next = (await ListAsync(new())).Next; next is not null; next = (await ListAsync(new(After: next))).Next)
            last = next;
    }

    [Benchmark(Baseline = true)]
    public Task<BodySchoolsPage> FirstPage() => ListAsync(new());

    [Benchmark]
    public Task<BodySchoolsPage> LastPage() => ListAsync(new(After: last));

    [Benchmark]
    public Task<BodySchoolsPage> SearchName() => ListAsync(new("school 1"));

    [Benchmark]
    public Task<BodySchoolsPage> OnlyLocked() => ListAsync(new(OnlyLocked: true));

    [Benchmark]
    public Task<IReadOnlyList<PickedSchool>> PickByName() => FindAsync("school 12");

    [Benchmark]
    public Task<IReadOnlyList<PickedSchool>> PickByNumber() => FindAsync("998/2150");

    [Benchmark]
    public Task<IReadOnlyList<PickedSchool>> PickNone() => FindAsync("zzzz");

    private Task<IReadOnlyList<PickedSchool>> FindAsync(string typed) => host.Get<ListBodySchools>().FindAsync(setup.Actor, typed, 20, CancellationToken.None);

    private async Task<BodySchoolsPage> ListAsync(BodySchoolsQuery query) => (await host.Get<ListBodySchools>().ExecuteAsync(setup.Actor, query, CancellationToken.None)).Value;

    private static async Task<(AscentHost, TestBodyMember)> MakeAsync(DatabaseKind kind)
    {
        var made = await AscentHost.StartAsync(kind);
        var authority = await made.Data.AddAuthorityAsync();
        for (var n = 0; n < Schools; n++)
        {
            var school = await made.Data.AddSchoolAsync(SchoolPhase.Primary, 5, 11, withSeats: n == Schools - 1);
            await made.Data.LinkAsync(school, authority, n % 3 == 0 ? ReachLevel.School : ReachLevel.Administration);
            await made.Data.AddManyMembersAsync(school, n == 0 ? People - ((People / Schools) * (Schools - 1)) : People / Schools);
        }
        var setup = await made.Data.AddBodyMemberAsync(authority, PermissionSet.Of(Permission.LaSetup));
        await made.AnalyseAsync();
        return (made, setup);
    }
}
