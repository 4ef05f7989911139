using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.SchoolData.Classes;

/// <summary>Two data managers at the same moment: a pupil has one class of registration, and a class that becomes one takes its pupils along.</summary>
public sealed class ClassRaceTests
{
    private const int Rounds = 20;

    [Theory, BothDatabases]
    public async Task PutInClass_OnePupilInTwoRegistrationClasses_IsInOne(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        Assert.All(await PutAsync(host), classes => Assert.Equal(1, classes));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task PutInClass_TheSameWithoutTheIndex_IsInTwo(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await host.ChangeTablesAsync("DROP INDEX \"IX_class_pupils_organisation_id_pupil_id_registration_year\"");

        Assert.Contains(await PutAsync(host), classes => classes > 1);
        Assert.Contains(await Invariants.BrokenAsync(host), rule => rule.StartsWith("A pupil is in one registration class a year", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task AddClass_OneNameByTwo_IsOneClass(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        Assert.All(await AddAsync(host), made => Assert.Equal(1, made));
    }

    [Theory, BothDatabases]
    public async Task AddClass_TheSameWithoutTheIndex_IsMadeTwice(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await host.ChangeTablesAsync("DROP INDEX \"IX_classes_organisation_id_academic_year_name_key\"");

        Assert.Contains(await AddAsync(host), made => made > 1);
    }

    // A pupil comes while the class becomes one of registration: the row has to say so.
    [Theory, BothDatabases]
    public async Task ChangeClass_WhileAPupilComes_TheRowFollowsTheKind(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        Assert.All(await TurnAsync(host), wrong => Assert.Equal(0, wrong));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task ChangeClass_TheSameWithoutTheVersion_LeavesARowBehind(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind, configure: services => services.AddSingleton(provider => UnguardedDatabase.Open<WithoutVersion>(provider.GetRequiredService<ServerSettings>())));

        Assert.Contains(await TurnAsync(host), wrong => wrong > 0);
        Assert.Contains(await Invariants.BrokenAsync(host), rule => rule.StartsWith("A pupil's row says what the class is", StringComparison.Ordinal));
    }

    /// <summary>In how many classes of registration a pupil is, whom two put in one each, in each round.</summary>
    private static async Task<List<int>> PutAsync(AscentHost host)
    {
        var manager = await ManagerAsync(host);
        Guid[] classes = [await host.Data.AddClassAsync(manager, "7A"), await host.Data.AddClassAsync(manager, "7B")];
        var counts = new List<int>();
        foreach (var pupil in await host.Data.AddPupilsAsync(manager, Rounds, new(7)))
        {
            await AtOnceAsync(who => host.Get<PutInClass>().ExecuteAsync(classes[who], [pupil], manager.Actor, CancellationToken.None));
            counts.Add(await host.ReadAsync(db => db.Set<ClassPupil>().CountAsync(c => c.PupilId == pupil)));
        }
        return counts;
    }

    private static async Task<List<int>> AddAsync(AscentHost host)
    {
        var manager = await ManagerAsync(host);
        var counts = new List<int>();
        for (var round = 0; round < Rounds; round++)
            counts.Add((await AtOnceAsync(_ => host.Get<AddClass>().ExecuteAsync(new(AcademicYear.StartingIn(2026), new($"7x{round}", ClassKind.Teaching, null)), manager.Actor, CancellationToken.None))).Count(r => r.Succeeded));
        return counts;
    }

    /// <summary>How many rows of the class do not say that it is one of registration now, in each round.</summary>
    private static async Task<List<int>> TurnAsync(AscentHost host)
    {
        var manager = await ManagerAsync(host);
        var counts = new List<int>();
        foreach (var (round, pupil) in (await host.Data.AddPupilsAsync(manager, Rounds, new(7))).Index())
        {
            var id = await host.Data.AddClassAsync(manager, $"7x{round}", ClassKind.Teaching);
            await AtOnceAsync(async who => who == 0
                ? (await host.Get<PutInClass>().ExecuteAsync(id, [pupil], manager.Actor, CancellationToken.None)).Succeeded
                : (await host.Get<ChangeClass>().ExecuteAsync(new(id, new($"7x{round}", ClassKind.Registration, "7"), Version: 1), manager.Actor, CancellationToken.None)).Succeeded);
            counts.Add(await host.ReadAsync(async db => await db.Set<SchoolClass>().Where(c => c.Id == id).Select(c => c.Kind).SingleAsync() == ClassKind.Registration
                ? await db.Set<ClassPupil>().CountAsync(c => c.ClassId == id && c.RegistrationYear == null) : 0));
        }
        return counts;
    }

    private static async Task<T[]> AtOnceAsync<T>(Func<int, Task<T>> deed)
    {
        using var gate = new Barrier(2);
        return await Task.WhenAll(Enumerable.Range(0, 2).Select(who => Task.Factory.StartNew(() =>
        {
            gate.SignalAndWait();
            return deed(who);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync(), Permission.ManageData);

    private sealed class WithoutVersion(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder.Entity<SchoolClass>().Property(c => c.Version).IsConcurrencyToken(false);
        }
    }
}
