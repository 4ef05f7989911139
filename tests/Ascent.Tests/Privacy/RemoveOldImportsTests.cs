using Ascent.Accounts.Nightly;
using Ascent.Privacy;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.Privacy;

public sealed class RemoveOldImportsTests
{
    [Theory, BothDatabases]
    public async Task Night_NinetyDaysAfter_FileAndRowsAreGoneAndTheImportSaysSo(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        string Row(string name) => $"{TestData.RollHeading}\r\n{host.Data.NextUpn()},Haq,{name},04/03/2018,M,4\r\n";
        var confirmed = await host.Data.ImportAsync(manager, Row("Yusuf"));
        await host.Data.ConfirmAsync(manager, confirmed);
        var (ready, waiting) = ((await host.Data.ImportAsync(manager, Row("Ali"))).Id, await host.Data.ReceiveAsync(manager, Row("Omar")));
        host.Clock.Advance(TimeSpan.FromDays(1));
        var young = await host.Data.ImportAsync(manager, Row("Sami"));
        var night = host.Get<IEnumerable<NightlyTask>>().OfType<RemoveOldImports>().Single();

        host.Clock.Advance(Retention.Uploads - TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await night.ExecuteAsync(default));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((3, 0), (await night.ExecuteAsync(default), await night.ExecuteAsync(default)));

        Assert.Equal((1, 1, 1), (await host.CountAsync<ImportChunk>(), await host.CountAsync<ImportRow>(), await host.CountAsync<Pupil>()));
        foreach (var (id, state) in ((Guid, ImportState)[])[(confirmed.Id, ImportState.Confirmed), (ready, ImportState.Refused), (waiting, ImportState.Refused), (young.Id, ImportState.Ready)])
        {
            var import = (await host.Get<ReadImports>().FindAsync(id, manager.Actor, default))!.Value.Import;
            Assert.Equal((state, false, id != young.Id), (import.State, import.CanUndo, import.RowsGoneAt is not null));
        }
        Assert.IsType<RowsGone>(Assert.Single((await host.Get<UndoImport>().ExecuteAsync(confirmed.Id, manager.Actor, default)).Refusals));
        Assert.Equal(new ConfirmedImport(1, 0, 0, 0), await host.Data.ConfirmAsync(manager, young));
    }
}
