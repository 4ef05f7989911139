using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.SchoolData.Pupils;

/// <summary>Two data managers at the same moment: one UPN is one pupil's, and nobody writes over what the other has just saved.</summary>
public sealed class PupilRaceTests
{
    private const int Rounds = 20;

    [Theory, BothDatabases]
    public async Task AddPupil_OneUpnByTwo_IsOnePupils(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        Assert.All(await AddAsync(host), added => Assert.Equal(1, added));
    }

    [Theory, BothDatabases]
    public async Task AddPupil_TheSameWithoutTheIndex_IsGivenTwice(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await host.ChangeTablesAsync("DROP INDEX \"IX_pupils_organisation_id_upn\"");

        Assert.Contains(await AddAsync(host), added => added > 1);
    }

    [Theory, BothDatabases]
    public async Task ChangePupil_ByTwo_OneIsShownWhatTheOtherSaved(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        Assert.All(await ChangeAsync(host), changed => Assert.Equal(1, changed));
    }

    [Theory, BothDatabases]
    public async Task ChangePupil_TheSameWithoutTheVersion_WritesOverTheOther(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind, configure: services => services.AddSingleton(provider => UnguardedDatabase.Open<WithoutVersion>(provider.GetRequiredService<ServerSettings>())));

        Assert.Contains(await ChangeAsync(host), changed => changed > 1);
    }

    /// <summary>How many of two add a pupil with one UPN, in each round.</summary>
    private static async Task<List<int>> AddAsync(AscentHost host)
    {
        var manager = await ManagerAsync(host);
        var succeeded = new List<int>();
        for (var round = 0; round < Rounds; round++)
        {
            var typed = TestData.PupilText((PupilField.Upn, host.Data.NextUpn()));
            succeeded.Add(await AtOnceAsync(_ => host.Get<AddPupil>().ExecuteAsync(new(typed, AcceptsNamesake: true), manager.Actor, CancellationToken.None)));
        }
        return succeeded;
    }

    /// <summary>How many of two change a pupil whom both have seen as it was, in each round.</summary>
    private static async Task<List<int>> ChangeAsync(AscentHost host)
    {
        var manager = await ManagerAsync(host);
        var succeeded = new List<int>();
        for (var round = 0; round < Rounds; round++)
        {
            var id = await host.Data.AddPupilAsync(manager);
            succeeded.Add(await AtOnceAsync(who => host.Get<ChangePupil>().ExecuteAsync(
                new(id, TestData.PupilText((PupilField.Forename, $"Ada{who}")), Version: 1, AcceptsNamesake: true), manager.Actor, CancellationToken.None)));
        }
        return succeeded;
    }

    private static async Task<int> AtOnceAsync<T>(Func<int, Task<Result<T>>> deed)
    {
        using var gate = new Barrier(2);
        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(who => Task.Factory.StartNew(() =>
        {
            gate.SignalAndWait();
            return deed(who);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        return results.Count(r => r.Succeeded);
    }

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);

    private sealed class WithoutVersion(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder.Entity<Pupil>().Property(p => p.Version).IsConcurrencyToken(false);
        }
    }
}
