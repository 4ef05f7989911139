using Ascent.Organisations;
using Ascent.Reference;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Demo;

/// <summary>The demonstration as the first start leaves it, once for each database and all tests that only look.</summary>
public sealed class SeededDemonstration : IAsyncDisposable
{
    public const string Name = "the seeded demonstration";

    private readonly Dictionary<DatabaseKind, Task<AscentHost>> hosts = [];
    private Task<IReadOnlyList<SeededPupil>>? pupils;

    public Task<AscentHost> OnAsync(DatabaseKind kind)
    {
        lock (hosts)
            return hosts.TryGetValue(kind, out var host) ? host : hosts[kind] = StartAsync(kind, kind == DatabaseKind.Sqlite ? TimeSpan.Zero : TimeSpan.FromDays(100));
    }

    /// <summary>Every pupil with the results, on SQLite.</summary>
    public Task<IReadOnlyList<SeededPupil>> PupilsAsync()
    {
        lock (hosts)
            return pupils ??= ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.Values)
            await (await host).DisposeAsync();
    }

    /// <param name="later">After the usual beginning of tests.</param>
    internal static async Task<AscentHost> StartAsync(DatabaseKind kind, TimeSpan later)
    {
        var host = await AscentHost.StartAsync(kind);
        host.Clock.Advance(later);
        await host.Data.SeedDemonstrationAsync();
        return host;
    }

    private async Task<IReadOnlyList<SeededPupil>> ReadAsync()
    {
        var host = await OnAsync(DatabaseKind.Sqlite);
        var schools = await host.ReadAsync(db => db.Set<School>().ToDictionaryAsync(s => s.Id, s => s.Code));
        var results = (await host.ReadAllAsync<PupilResult>()).ToLookup(r => r.PupilId);
        var attendance = (await host.ReadAllAsync<AttendanceTotal>()).ToLookup(a => a.PupilId);
        return [.. (await host.ReadAllAsync<Pupil>()).Select(p => new SeededPupil(schools[p.OrganisationId], p, [.. results[p.Id]], [.. attendance[p.Id]]))];
    }
}

public sealed record SeededPupil(string Urn, Pupil Pupil, IReadOnlyList<PupilResult> Results, IReadOnlyList<AttendanceTotal> Attendance)
{
    public bool IsMainstream => Urn != "900005";

    /// <summary>The value of one result; null where there is none.</summary>
    public string? Of(string stage, string subject, string component, int endYear, string method) =>
        Results.FirstOrDefault(r => r.Assessment == new Assessment(stage, subject, component, method) && r.Year.EndYear == endYear)?.Value;
}

[CollectionDefinition(SeededDemonstration.Name)]
public sealed class SeededDemonstrationTests : ICollectionFixture<SeededDemonstration>;
