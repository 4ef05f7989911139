using Ascent.Accounts.Nightly;
using Ascent.Privacy;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SchoolData.Pupils;

/// <summary>Deleting, bringing back, the night and an import at the same moment: a pupil is here as a whole, or gone as a whole.</summary>
public sealed class DeleteRaceTests
{
    private const int Rounds = 12;

    [Theory, BothDatabases]
    public async Task Delete_ByTwo_IsDoneAndWrittenDownOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        for (var round = 0; round < Rounds; round++)
        {
            var id = await host.Data.AddPupilAsync(manager);
            var done = await AtOnceAsync(
                async () => (await host.Get<DeletePupils>().ExecuteAsync(new([id]), 1, manager.Actor, default)).Succeeded,
                async () => (await host.Get<DeletePupils>().ExecuteAsync(new([id]), 1, manager.Actor, default)).Succeeded);
            Assert.Equal(1, done.Count(d => d));
        }
        Assert.Equal(Rounds, await host.ReadAsync(db => db.Set<Ascent.Audit.AuditEntry>().CountAsync(e => e.Kind == "pupils-deleted")));
    }

    [Theory, BothDatabases]
    public async Task BringBack_AtOnceWithTheNight_IsHereWholeOrGoneWhole(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        Assert.Empty(await HalfPupilsAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Delete_AtOnceWithAConfirm_NeverFails(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        for (var round = 0; round < Rounds; round++)
        {
            var upn = host.Data.NextUpn();
            var id = await host.Data.AddPupilAsync(manager, (PupilField.Upn, upn));
            var import = await host.Data.ImportAsync(manager, $"{TestData.RollHeading}\r\n{upn},Benson,Ada,04/03/2018,F,5\r\n");
            await AtOnceAsync(
                async () => (await host.Get<DeletePupils>().ExecuteAsync(new([id]), 1, manager.Actor, default)).Succeeded,
                async () => (await host.Get<ConfirmImport>().ExecuteAsync(import.Id, import.Version, manager.Actor, default)).Succeeded);
            Assert.NotNull((await host.ReadAsync(db => db.Set<Pupil>().SingleAsync(p => p.Id == id))).DeletedAt);
        }
    }

    /// <summary>Pupils who were said to be back and are gone, or are here without what hung on them.</summary>
    private static async Task<List<Guid>> HalfPupilsAsync(AscentHost host)
    {
        var (manager, half) = (await ManagerAsync(host), new List<Guid>());
        for (var round = 0; round < Rounds; round++)
        {
            var id = await host.Data.AddPupilAsync(manager);
            await host.Get<ChangePupil>().ExecuteAsync(new(id, TestData.PupilText((PupilField.Forename, "Adah")), Version: 1, AcceptsNamesake: true), manager.Actor, default);
            await host.Get<DeletePupils>().ExecuteAsync(new([id]), 1, manager.Actor, default);
            host.Clock.Advance(DeletePupils.Kept + TimeSpan.FromDays(1));
            var told = await AtOnceAsync(
                async () => (await host.Get<RestorePupils>().ExecuteAsync([id], manager.Actor, default)).Value.Count == 1,
                async () => await host.Get<IEnumerable<NightlyTask>>().OfType<RemoveDeletedPupils>().Single().ExecuteAsync(default) == 1);
            var (isHere, history) = await host.ReadAsync(async db => (await db.Set<Pupil>().AnyAsync(p => p.Id == id && p.DeletedAt == null), await db.Set<PupilChange>().CountAsync(c => c.PupilId == id)));
            if (told[0] != isHere || told[1] == isHere || history != (isHere ? 1 : 0))
                half.Add(id);
        }
        return half;
    }

    private static async Task<bool[]> AtOnceAsync(Func<Task<bool>> one, Func<Task<bool>> other)
    {
        using var gate = new Barrier(2);
        return await Task.WhenAll(new[] { one, other }.Select(deed => Task.Factory.StartNew(() =>
        {
            gate.SignalAndWait();
            return deed();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
}
