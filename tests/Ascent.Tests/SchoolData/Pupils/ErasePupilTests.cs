using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Privacy;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SchoolData.Pupils;

public sealed class ErasePupilTests
{
    // Every table, every text: nothing of the name, the numbers or the birthday is left anywhere.
    [Theory, BothDatabases]
    public async Task Erase_PupilWhomImportsKnowInManyWays_LeavesNothingAnywhere(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (old, now, other) = (host.Data.NextUpn(), host.Data.NextUpn(), host.Data.NextUpn());
        await host.Data.ConfirmAsync(manager, await host.Data.ImportAsync(manager, File($"{old},Quibble,Zelda,11/12/2017,F,4", $"{other},Haq,Yusuf,04/03/2018,M,4"), isWholeRoll: true, name: "Quibble Zelda.csv"));
        var id = (await host.ReadAsync(db => db.Set<Pupil>().SingleAsync(p => p.Upn == old))).Id;
        await host.Get<ChangePupil>().ExecuteAsync(new(id, TestData.PupilText((PupilField.Surname, "Vexworth"), (PupilField.Forename, "Zelda"), (PupilField.BornOn, "11/12/2017"), (PupilField.Upn, now)), Version: 1), manager.Actor, default);
        await host.Data.ImportAsync(manager, File($"{old},QUIBBLE,Zelda,11/12/2017,F,5"));            // by a number of before
        await host.Data.ImportAsync(manager, File($",Quibble,zelda,2017-12-11,F,5", $"{now},Vexworth,Zelda,,F,5")); // by a name of before; by the number, broken
        await host.Data.ImportAsync(manager, File($"{host.Data.NextUpn()},Vexworth,Zelda,11/12/2017,F,5")); // somebody has to say
        await host.Data.ImportAsync(manager, File($"{other},Haq,Yusuf,04/03/2018,M,4"), isWholeRoll: true); // would leave
        var waiting = await host.Data.ReceiveAsync(manager, File($"{now},Vexworth,Zelda,11/12/2017,F,5"));
        await host.Data.ImportAsync(manager, File($"{host.Data.NextUpn()},Quibble,Zelda,01/01/2016,F,5"), name: "namesake.csv"); // a namesake, born on another day
        string[] traces = ["Vexworth", old, now, "2017-12-11", "11/12/2017", "Quibble Zelda.csv"];
        Assert.All(traces, trace => Assert.Contains(EverythingAsync(host).Result, t => t.Contains(trace, StringComparison.OrdinalIgnoreCase)));
        await host.Get<DeletePupils>().ExecuteAsync(new([id]), 1, manager.Actor, default);

        var receipt = (await host.Get<ErasePupil>().ExecuteAsync(id, manager.Actor, default)).Value;

        var left = await EverythingAsync(host);
        Assert.All(traces, trace => Assert.DoesNotContain(left, t => t.Contains(trace, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(left, t => t.Contains("QUIBBLE, ZELDA", StringComparison.OrdinalIgnoreCase)); // the namesake's
        Assert.Equal(new ForgottenInImports(6, 6, 1), receipt.Imports);
        Assert.Equal(["1 former UPN", "3 entries of their history"], receipt.Ties.Select(t => t.Words));
        Assert.Equal((1, 1), (await host.CountAsync<Pupil>(), await host.CountAsync<ImportChunk>()));
        var refused = (await host.Get<ReadImports>().FindAsync(waiting, manager.Actor, default))!.Value.Import;
        Assert.Equal(ImportState.Refused, refused.State);
        Assert.Contains("was erased while this file waited", refused.WhyRefused, StringComparison.Ordinal);
        Assert.Contains(receipt.Receipt, (await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == PupilErased.EventKind))).Facts, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Erase_PupilOfTheLatestImport_TheImportSaysThatItCannotBeUndone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (upn, other) = (host.Data.NextUpn(), host.Data.NextUpn());
        var import = await host.Data.ImportAsync(manager, File($"{upn},Quibble,Zelda,11/12/2017,F,4", $"{other},Haq,Yusuf,04/03/2018,M,4"));
        await host.Data.ConfirmAsync(manager, import);
        Assert.True((await FindAsync(host, manager, import.Id)).CanUndo);
        var id = (await host.Get<ErasePupil>().FindAsync(upn.ToLowerInvariant(), manager.Actor, default)).Value.Id;
        await host.Get<DeletePupils>().ExecuteAsync(new([id]), 1, manager.Actor, default);

        await host.Get<ErasePupil>().ExecuteAsync(id, manager.Actor, default);

        var found = await FindAsync(host, manager, import.Id);
        Assert.Equal((ImportState.Confirmed, false, host.Clock.Now()), (found.State, found.CanUndo, found.RowsGoneAt));
        Assert.IsType<RowsGone>(Assert.Single((await host.Get<UndoImport>().ExecuteAsync(import.Id, manager.Actor, default)).Refusals));
        Assert.Equal([other], await host.ReadAsync(db => db.Set<Pupil>().Select(p => p.Upn).ToListAsync()));
    }

    // The rest of a review goes on without the pupil.
    [Theory, BothDatabases]
    public async Task Erase_PupilInAReview_TheOthersCanBeConfirmed(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var upn = host.Data.NextUpn();
        var id = await host.Data.AddPupilAsync(manager, (PupilField.Upn, upn));
        var import = await host.Data.ImportAsync(manager, File($"{upn},Benson,Ada,04/03/2018,F,5", $"{host.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4"));
        await host.Get<DeletePupils>().ExecuteAsync(new([id]), 1, manager.Actor, default);

        await host.Get<ErasePupil>().ExecuteAsync(id, manager.Actor, default);
        var stale = await host.Get<ConfirmImport>().ExecuteAsync(import.Id, import.Version, manager.Actor, default);
        var done = await host.Data.ConfirmAsync(manager, await FindAsync(host, manager, import.Id));

        Assert.IsType<ReviewChanged>(Assert.Single(stale.Refusals));
        Assert.Equal(new ConfirmedImport(1, 0, 0, 0), done);
    }

    [Fact]
    public async Task Erase_OnThePageWithoutDeletingFirst_IsNotFound()
    {
        await using var host = await AscentHost.StartAsync();
        var manager = await ManagerAsync(host);
        var id = await host.Data.AddPupilAsync(manager);

        Assert.IsType<NoSuchPupil>(Assert.Single((await host.Get<ErasePupil>().ExecuteAsync(id, manager.Actor, default)).Refusals));
        Assert.Equal(1, await host.CountAsync<Pupil>());
    }

    [Theory, BothDatabases]
    public async Task Restore_CopyFromBeforeTheErasure_PupilIsErasedAgainUnderTheSameReceipt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        Func<Task> putBack;
        Guid id, stays;
        string receipt;
        await using (var host = AscentHost.On(database, AscentHost.Start))
        {
            var manager = await ManagerAsync(host);
            (id, stays) = (await host.Data.AddPupilAsync(manager), await host.Data.AddPupilAsync(manager, (PupilField.Forename, "Bo")));
            putBack = await database.BackUpAsync();
            await host.Get<DeletePupils>().ExecuteAsync(new([id]), 1, manager.Actor, default);
            receipt = (await host.Get<ErasePupil>().ExecuteAsync(id, manager.Actor, default)).Value.Receipt;
        }
        await putBack();
        await using var restored = AscentHost.On(database, AscentHost.Start.AddHours(1));
        Assert.Equal(2, await restored.CountAsync<Pupil>());

        Assert.Equal(1, (await restored.Get<MendRestore>().ExecuteAsync(default))!.Erased);

        Assert.Equal([stays], await restored.ReadAsync(db => db.Set<Pupil>().Select(p => p.Id).ToListAsync()));
        Assert.Equal(receipt, Assert.Single((await restored.Get<ErasureList>().ReadAsync(default)).Lines).Receipt);
        Assert.Contains(receipt, (await restored.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == PupilErased.EventKind))).Facts, StringComparison.Ordinal);
        Assert.Null(await restored.Get<MendRestore>().ExecuteAsync(default));
    }

    private static string File(params string[] rows) => $"{TestData.RollHeading}\r\n{string.Join("\r\n", rows)}\r\n";

    private static async Task<ImportSummary> FindAsync(AscentHost host, TestMember manager, Guid importId) => (await host.Get<ReadImports>().FindAsync(importId, manager.Actor, default))!.Value.Import;

    /// <summary>Every value of every column of every table, as text.</summary>
    private static Task<List<string>> EverythingAsync(AscentHost host) => host.ReadAsync(async db =>
    {
        var texts = new List<string>();
        foreach (var entity in db.Model.GetEntityTypes())
        {
            var all = typeof(ErasePupilTests).GetMethod(nameof(AllAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(entity.ClrType);
            foreach (var row in await (Task<List<object>>)all.Invoke(null, [db])!)
                foreach (var property in entity.GetProperties().Where(p => p.PropertyInfo is not null))
                    texts.Add(property.PropertyInfo!.GetValue(row) switch
                    {
                        byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
                        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                        var value => $"{value}",
                    });
        }
        return texts;
    });

    private static async Task<List<object>> AllAsync<T>(AppDb db) where T : class => [.. await db.Set<T>().AsNoTracking().ToListAsync()];

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
}
