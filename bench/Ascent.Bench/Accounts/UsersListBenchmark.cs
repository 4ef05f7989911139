using Ascent.Accounts;
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

namespace Ascent.Bench.Accounts;

/// <summary>
/// B4: Manage users in one school with a thousand and with a hundred thousand people, on both databases. One call of the use case is one
/// measurement, so that the percentiles are those of requests. To show: p95 at most 50 ms, the last page at most 1.5 times the first.
/// </summary>
[Config(typeof(PerRequest))]
public class UsersListBenchmark
{
    private static readonly Dictionary<(DatabaseKind, int), (AscentHost Host, TestMember Setup, string Last)> Made = [];

    private AscentHost host = null!;
    private TestMember setup = null!;
    private string second = "";
    private string last = "";

    [ParamsSource(nameof(Kinds))]
    public DatabaseKind Kind { get; set; }

    [Params(1_000, 100_000)]
    public int People { get; set; }

    public static IEnumerable<DatabaseKind> Kinds => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ASCENT_TEST_POSTGRES")) ? [DatabaseKind.Sqlite] : [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        // The same school serves every measurement: making it takes longer than all of them.
        if (!Made.ContainsKey((Kind, People)))
            Made[(Kind, People)] = await MakeAsync(Kind, People);
        (host, setup, last) = Made[(Kind, People)];
        second = (await ListAsync(new())).Next ?? "";
    }

    [Benchmark(Baseline = true)]
    public Task<UsersPage> FirstPage() => ListAsync(new());

    [Benchmark]
    public Task<UsersPage> SecondPage() => ListAsync(new(After: second));

    [Benchmark]
    public Task<UsersPage> LastPage() => ListAsync(new(After: last));

    [Benchmark]
    public Task<UsersPage> SearchForename() => ListAsync(new(Search: "an"));

    [Benchmark]
    public Task<UsersPage> SearchSurname() => ListAsync(new(Search: "qason77"));

    [Benchmark]
    public Task<UsersPage> SearchEmail() => ListAsync(new(Search: "hln1.yfson1@"));

    [Benchmark]
    public Task<UsersPage> SearchNobody() => ListAsync(new(Search: "zzzz"));

    [Benchmark]
    public Task<UsersPage> StatusActive() => ListAsync(new(Status: UserStatus.Active));

    [Benchmark]
    public Task<UsersPage> StatusDeactivated() => ListAsync(new(Status: UserStatus.Deactivated));

    [Benchmark]
    public Task<UsersPage> AccessSchoolSetup() => ListAsync(new(Access: UsersAccess.SchoolSetup));

    [Benchmark]
    public Task<UsersPage> AccessPupilNames() => ListAsync(new(Access: UsersAccess.PupilNames));

    [Benchmark]
    public Task<UsersPage> Role() => ListAsync(new(Role: JobRole.Governor));

    [Benchmark]
    public Task<UsersPage> EndsSoon() => ListAsync(new(Attention: UsersAttention.EndsSoon));

    [Benchmark]
    public Task<UsersPage> Dormant() => ListAsync(new(Attention: UsersAttention.Dormant));

    [Benchmark]
    public Task<UsersPage> OpenedLongestAgo() => ListAsync(new(Sort: UsersSort.OpenedLongestAgo));

    private Task<UsersPage> ListAsync(UsersQuery query) => host.Get<ListUsers>().ExecuteAsync(setup.Actor, query, CancellationToken.None);

    private static async Task<(AscentHost Host, TestMember Setup, string Last)> MakeAsync(DatabaseKind kind, int people)
    {
        var made = await AscentHost.StartAsync(kind);
        var school = await made.Data.AddPrimaryAsync();
        var setup = await made.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var now = made.Clock.GetUtcNow().UtcDateTime;
        await made.Data.AddManyMembersAsync(school, people, i => (
            i % 11 == 0 ? JobRole.Governor : JobRole.Teacher,
            i % 3 == 0 ? PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports) : PermissionSet.Of(Permission.SchoolReports),
            i % 200 == 0 ? DateOnly.FromDateTime(now).AddDays(20) : null,
            now.AddDays(-(i % 400))));
        await made.AnalyseAsync();
        // The place before the last fifty, where a reader arrives who has gone through all pages.
        var place = await made.ReadAsync(db => db.Set<Membership>().OrderByDescending(m => m.SurnameKey).ThenByDescending(m => m.Id).Skip(ListUsers.PageSize).Select(m => new { m.SurnameKey, m.Id }).FirstAsync());
        return (made, setup, new TextPageKey(place.SurnameKey, place.Id).ToString());
    }
}
