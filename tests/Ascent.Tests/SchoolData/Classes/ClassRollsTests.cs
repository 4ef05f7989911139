using System.Data.Common;
using System.Text.Json;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.SchoolData.Classes;

/// <summary>A thousand pupils put in classes at once, and back.</summary>
public sealed class ClassRollsTests
{
    private static readonly AcademicYear ThisYear = AcademicYear.StartingIn(2026);

    [Theory, BothDatabases]
    public async Task Place_AThousandPupils_AsksAFixedNumberOfQuestionsAndCanBeTakenBack(DatabaseKind kind)
    {
        var questions = new Questions();
        await using var host = await AscentHost.StartAsync(kind, configure: services => services
            .ConfigureDbContext<SqliteAppDb>(options => options.AddInterceptors(questions)).ConfigureDbContext<PostgresAppDb>(options => options.AddInterceptors(questions)));
        var manager = await ManagerAsync(host);
        var pupils = await host.Data.AddPupilsAsync(manager, 1_000, new(7));
        var old = await host.Data.AddClassAsync(manager, "7Old");
        await host.Data.PutInClassAsync(manager, old, [.. pupils.Take(600)]);
        var before = await RowsAsync(host);
        questions.Asked.Clear();

        var placement = await PlaceAsync(host, manager, pupils.Index().ToDictionary(p => p.Item, p => $"7{(char)('A' + p.Index % 30)}"));

        Assert.True(questions.Asked.Count <= 5, $"{questions.Asked.Count} questions:\n{string.Join('\n', questions.Asked)}");
        Assert.Equal((30, 1_000, 600), (placement.Made.Count, placement.Moves.Count, placement.Moves.Count(m => m.Before == old)));
        Assert.All((await host.Get<ListClasses>().ExecuteAsync(manager.Actor, new(), default)).Rows.Where(r => r.Id != old), r => Assert.Equal((new NcYear(7), true), (r.Year!.Value, r.Pupils is 33 or 34)));
        Assert.Empty(await Invariants.BrokenAsync(host));

        // Kept as text meanwhile, as an import would.
        var kept = JsonSerializer.Deserialize<ClassPlacement>(JsonSerializer.Serialize(placement))!;
        var stayed = await host.Get<Database>().ChangeAsync(OrganisationScope.Of(manager.School.Id), async db =>
        {
            var result = await ClassRolls.TakeBackAsync(db, manager.School.Id, ThisYear, kept, manager.Actor, host.Clock, default);
            await db.SaveChangesAsync();
            return result;
        }, default);

        Assert.Empty(stayed);
        Assert.Equal(before, await RowsAsync(host));
        Assert.Equal(1, await host.CountAsync<SchoolClass>());
    }

    [Theory, BothDatabases]
    public async Task Place_NamesOfAllKinds_TakesWhatCanBeAndTellsTheRest(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var pupils = await host.Data.AddPupilsAsync(manager, 5, new(7));
        var (a, set) = (await host.Data.AddClassAsync(manager, "7A"), await host.Data.AddClassAsync(manager, "7/Ma1", ClassKind.Teaching));

        var placement = await PlaceAsync(host, manager, new Dictionary<Guid, string> { [pupils[0]] = "7a ", [pupils[1]] = "7A", [pupils[2]] = "7/MA1", [pupils[3]] = "", [pupils[4]] = new string('x', 99) });

        Assert.Equal([new ClassMove(pupils[0], null, a), new(pupils[1], null, a)], placement.Moves);
        Assert.Equal(["7/Ma1 is a teaching class", "Enter the name of the class, such as 7B", "The name must be 40 characters or fewer"], placement.NotPlaced.Select(n => n.Why));
        Assert.Empty((await host.Get<FindClass>().ExecuteAsync(set, manager.Actor, default))!.Pupils);
    }

    // What others have done since is theirs: it stays.
    [Theory, BothDatabases]
    public async Task TakeBack_SomebodyMovedAPupilSince_LeavesThatPupilAndTheClass(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var pupils = await host.Data.AddPupilsAsync(manager, 3, new(7));
        var placement = await PlaceAsync(host, manager, pupils.ToDictionary(p => p, _ => "7N"));
        var b = await host.Data.AddClassAsync(manager, "7B");
        await host.Data.PutInClassAsync(manager, b, pupils[0]);
        var late = (await host.Data.AddPupilsAsync(manager, 1, new(7)))[0];
        await host.Data.PutInClassAsync(manager, placement.Made[0], late);

        var stayed = await host.Get<Database>().ChangeAsync(OrganisationScope.Of(manager.School.Id), async db =>
        {
            var result = await ClassRolls.TakeBackAsync(db, manager.School.Id, ThisYear, placement, manager.Actor, host.Clock, default);
            await db.SaveChangesAsync();
            return result;
        }, default);

        Assert.Equal([pupils[0]], stayed);
        Assert.Equal([late], (await host.Get<FindClass>().ExecuteAsync(placement.Made[0], manager.Actor, default))!.Pupils.Select(p => p.PupilId));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    private static Task<ClassPlacement> PlaceAsync(AscentHost host, TestMember manager, IReadOnlyDictionary<Guid, string> names) =>
        host.Get<Database>().ChangeAsync(OrganisationScope.Of(manager.School.Id), async db =>
        {
            var placement = await ClassRolls.PlaceAsync(db, manager.School.Id, ThisYear, names, manager.Actor, host.Clock, default);
            await db.SaveChangesAsync();
            return placement;
        }, default);

    private static Task<List<string>> RowsAsync(AscentHost host) =>
        host.ReadAsync(async db => (await db.Set<ClassPupil>().Select(c => new { c.ClassId, c.PupilId, c.RegistrationYear }).ToListAsync()).Select(c => $"{c}").Order(StringComparer.Ordinal).ToList());

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync(), Permission.ManageData);

    /// <summary>Counts what is read; writing is the save's.</summary>
    private sealed class Questions : DbCommandInterceptor
    {
        public List<string> Asked { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
                lock (Asked)
                    Asked.Add(command.CommandText);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
