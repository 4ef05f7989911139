using System.Globalization;
using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using BenchmarkDotNet.Attributes;

namespace Ascent.Bench.Accounts;

/// <summary>
/// The suggestions below a field, of an authority with 300 linked schools on a server of 20,000, and the search for a school to ask, which goes through
/// all of them. One call of the use case is one measurement. To show: p95 of the suggestions at most 50 ms.
/// </summary>
[Config(typeof(PerRequest))]
public class SchoolPickerBenchmark
{
    private const int Linked = 300;
    private const int OnTheServer = 20_000;

    private AscentHost host = null!;
    private TestBodyMember officer = null!;

    [ParamsSource(nameof(Kinds))]
    public DatabaseKind Kind { get; set; }

    public static IEnumerable<DatabaseKind> Kinds => UsersListBenchmark.Kinds;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        host = await AscentHost.StartAsync(Kind);
        officer = await host.Data.AddBodyMemberAsync(await host.Data.AddAuthorityAsync(), PermissionSet.Of(Permission.LaSetup));
        var now = host.Clock.GetUtcNow().UtcDateTime;
        foreach (var part in Enumerable.Range(0, OnTheServer).Chunk(2_000))
            await host.ChangeAsync(db =>
            {
                foreach (var i in part)
                {
                    var school = new School { Id = host.Clock.NewId(), Code = (200_000 + i).ToString(CultureInfo.InvariantCulture), DfeNumber = string.Create(CultureInfo.InvariantCulture, $"{400 + (i / 2_000)}/{2_000 + (i % 2_000)}") };
                    school.Rename($"{(i % 3 == 0 ? "St Mary’s" : "Elm")} Primary School {i}");
                    db.Add(school);
                    if (i >= Linked)
                        continue;
                    var id = host.Clock.NewId();
                    db.Add(new ReachLink { OrganisationId = school.Id, Id = id, BodyId = officer.Body.Id, Level = ReachLevel.Administration, SeriesId = id, StartedAt = now });
                }
                return Task.CompletedTask;
            });
        await host.AnalyseAsync();
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await host.DisposeAsync();

    [Benchmark]
    public Task<IReadOnlyList<PickedSchool>> FirstLetters() => FindAsync("st");

    [Benchmark]
    public Task<IReadOnlyList<PickedSchool>> OneSchool() => FindAsync("school 299");

    [Benchmark]
    public Task<IReadOnlyList<PickedSchool>> Number() => FindAsync("400/2150");

    [Benchmark]
    public Task<IReadOnlyList<PickedSchool>> Nobody() => FindAsync("zzzz");

    [Benchmark]
    public Task<Result<IReadOnlyList<SchoolToAsk>>> AskNobody() => host.Get<FindSchoolsToAsk>().ExecuteAsync(officer.Actor, "zzzz", 21, CancellationToken.None);

    private Task<IReadOnlyList<PickedSchool>> FindAsync(string typed) => host.Get<ListBodySchools>().FindAsync(officer.Actor, typed, 20, CancellationToken.None);
}
