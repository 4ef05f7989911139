using Ascent.Persistence;
using Ascent.Reference.National;
using Ascent.Reports.Cohorts;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Reports.Cohorts;

public sealed class BuildCohortsTests
{
    [Theory, BothDatabases]
    public async Task Execute_AfterAPupilCame_BuildsTheSchoolOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        await host.Data.AddPupilAsync(manager);

        Assert.Equal(1, await Build(host).ExecuteAsync(CancellationToken.None));
        Assert.Equal(0, await Build(host).ExecuteAsync(CancellationToken.None));

        Assert.Equal(0, await host.CountAsync<ReportDue>());
        Assert.Contains(await host.ReadAllAsync<CohortRow>(), c => c is { Stage: CohortStage.School, Pupils: 1 });
    }

    [Theory, BothDatabases]
    public async Task EveryChangeOfRecords_LeavesWord(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        var pupil = await Leaves(() => host.Data.AddPupilAsync(manager));
        var version = (await host.ReadAllAsync<Pupil>())[0].Version;
        await Leaves(() => host.Get<ChangePupil>().ExecuteAsync(new(pupil, TestData.PupilText((PupilField.SenProvision, "K")), version), manager.Actor, CancellationToken.None));
        await Leaves(() => host.Data.AddRecordsAsync(manager.School.Id, (pupil, TestData.InFile([TestData.TablesCheck("17")]))));
        await Leaves(() => host.Get<LeavePupil>().ExecuteAsync(pupil, $"{host.Clock.Today():d/M/yyyy}", manager.Actor, CancellationToken.None));
        await Leaves(() => host.Get<DeletePupils>().ExecuteAsync(new([pupil]), 1, manager.Actor, CancellationToken.None));
        await Leaves(() => host.Get<RestorePupils>().ExecuteAsync([pupil], manager.Actor, CancellationToken.None));
        var import = await host.Data.ImportAsync(manager, $"{TestData.RollHeading}\n{host.Data.NextUpn()},Moss,Ivy,04/03/2018,F,3\n");
        await Leaves(() => host.Data.ConfirmAsync(manager, import));
        await Leaves(() => host.Get<UndoImport>().ExecuteAsync(import.Id, manager.Actor, CancellationToken.None));

        async Task<T> Leaves<T>(Func<Task<T>> change)
        {
            await Build(host).ExecuteAsync(CancellationToken.None);
            Assert.Equal(0, await host.CountAsync<ReportDue>());
            var result = await change();
            Assert.True(result is not Result<int> { Succeeded: false });
            Assert.Equal(1, await host.CountAsync<ReportDue>());
            return result;
        }
    }

    [Theory, BothDatabases]
    public async Task Execute_WhenACensusHasCome_BuildsAnew(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        await host.Data.AddPupilAsync(manager);
        await Build(host).ExecuteAsync(CancellationToken.None);

        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await Build(host).ExecuteAsync(CancellationToken.None));
        host.Clock.Advance(TimeSpan.FromDays(250));
        Assert.Equal(1, await Build(host).ExecuteAsync(CancellationToken.None));
    }

    // Two servers, or a worker that was slow: whoever began from older records must not have the last word.
    [Theory, BothDatabases]
    public async Task Build_ManyAtOnceWhileRecordsChange_EndsWithTheLatest(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        await host.Data.AddPupilAsync(manager);

        var adding = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
                await host.Data.AddPupilAsync(manager);
        });
        while (!adding.IsCompleted)
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Build(host).BuildAsync(manager.School.Id, CancellationToken.None)));
        await adding;
        await Build(host).ExecuteAsync(CancellationToken.None);

        Assert.Equal(0, await host.CountAsync<ReportDue>());
        Assert.Equal(21, (await host.ReadAllAsync<CohortRow>()).Where(c => c.Stage == CohortStage.School).MaxBy(c => c.AcademicYear)!.Pupils);
    }

    // The same, one after the other: between the reading and the writing of the slow one a pupil comes and another builds.
    [Theory, BothDatabases]
    public async Task Build_ByOneThatBeganFromOlderRecords_LeavesWhatWasBuiltSince(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        await host.Data.AddPupilAsync(manager);
        await Build(host).ExecuteAsync(CancellationToken.None);
        await host.Data.AddPupilAsync(manager);
        var slow = new BuildCohorts(
            BeforeSecondUse(host, async () =>
            {
                await host.Data.AddPupilAsync(manager);
                Assert.True(await Build(host).BuildAsync(manager.School.Id, CancellationToken.None));
            }),
            host.Get<ReadNationalFigures>(), host.Clock);

        Assert.False(await slow.BuildAsync(manager.School.Id, CancellationToken.None));

        Assert.Equal(0, await host.CountAsync<ReportDue>());
        Assert.Equal(3, (await host.ReadAllAsync<CohortRow>()).Where(c => c.Stage == CohortStage.School).MaxBy(c => c.AcademicYear)!.Pupils);
    }

    // A build reads first and then writes; something happens before the writing.
    private static Database BeforeSecondUse(AscentHost host, Func<Task> between)
    {
        var uses = 0;
        return new(() =>
        {
            if (++uses == 2)
                Task.Run(between).GetAwaiter().GetResult();
            return host.Get<Database>().Open(OrganisationScope.Server);
        });
    }

    private static BuildCohorts Build(AscentHost host) => host.Get<BuildCohorts>();
}
