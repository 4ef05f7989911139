using Ascent.Accounts.Nightly;
using Ascent.Audit;
using Ascent.Privacy;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SchoolData.Pupils;

public sealed class DeletePupilsTests
{
    [Theory, BothDatabases]
    public async Task Delete_ThenBringBack_IsNowhereMeanwhileAndThenAsBefore(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (upn, later) = (host.Data.NextUpn(), host.Data.NextUpn());
        var id = await host.Data.AddPupilAsync(manager, (PupilField.Upn, upn));
        await host.Data.AddPupilAsync(manager, (PupilField.Forename, "Bo"));
        await host.Get<ChangePupil>().ExecuteAsync(new(id, TestData.PupilText((PupilField.Upn, later)), Version: 1, AcceptsNamesake: true), manager.Actor, default);
        var before = await FindAsync(host, manager, id);

        var preview = await host.Get<PreviewDeletion>().ExecuteAsync(new([id]), manager.Actor, default);
        Assert.Equal(1, await DeleteAsync(host, manager, id));

        Assert.Equal((1, 1, 0), (preview!.Count, preview.OnRoll, preview.DeletedAlready));
        Assert.Equal(["1 former UPN", "1 entry of their history"], preview.Ties.Select(t => t.Words));
        Assert.Null(await FindAsync(host, manager, id));
        Assert.Equal(["Bo"], (await host.Get<ListPupils>().ExecuteAsync(manager.Actor, new(Status: null), default)).Rows.Select(r => r.Forename));
        Assert.Equal(1, (await host.Get<CountPupils>().ExecuteAsync(manager.Actor, default)).OnRoll);
        var import = await host.Data.ImportAsync(manager, $"{TestData.RollHeading}\r\n{upn},Benson,Ada,04/03/2018,F,4\r\n");
        Assert.Equal(ImportRowKind.Add, Assert.Single((await host.Get<ListImportRows>().ExecuteAsync(import.Id, new(ImportRowKind.Add), manager.Actor, default)).Rows).Kind);

        Assert.Empty(Assert.Single(await RestoreAsync(host, manager, id)).Lost);
        var after = (await FindAsync(host, manager, id))!;
        Assert.Equal(before!.Details, after.Details);
        Assert.Equal((upn, 1), (Assert.Single(after.FormerUpns), after.History.Count));
        Assert.Empty(await RestoreAsync(host, manager, id)); // a second click
    }

    // Whoever has the number by now keeps it; nobody's page has two pupils of one number.
    [Theory, BothDatabases]
    public async Task BringBack_NumbersThatOthersHaveByNow_ComesBackWithoutThemAndSaysWhose(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (first, second) = (host.Data.NextUpn(), host.Data.NextUpn());
        var id = await host.Data.AddPupilAsync(manager, (PupilField.Upn, first));
        await host.Get<ChangePupil>().ExecuteAsync(new(id, TestData.PupilText((PupilField.Upn, second)), Version: 1), manager.Actor, default);
        await DeleteAsync(host, manager, id);
        await host.Data.AddPupilAsync(manager, (PupilField.Upn, first), (PupilField.Forename, "Bo"));
        var cy = await host.Data.AddPupilAsync(manager, (PupilField.Upn, second), (PupilField.Forename, "Cy"));
        await host.Data.AddPupilAsync(manager);

        var back = Assert.Single(await RestoreAsync(host, manager, id));

        Assert.Equal([new LostUpn(second, "Cy Benson"), new LostUpn(first, "Bo Benson")], back.Lost);
        Assert.Equal("Ada Benson", back.Namesake?.Name);
        var page = (await FindAsync(host, manager, id))!;
        Assert.Equal((null, 0), (page.Details.Upn, page.FormerUpns.Count));
        Assert.Contains(page.History, h => h.Fields.Any(f => f.Field == PupilField.Upn && f.Before == second && f.After == ""));
        Assert.Equal("{\"PupilIds\":[\"" + id + "\"],\"WithoutUpn\":1}", await FactsAsync(host, "pupils-restored"));
        // The other can still be edited.
        Assert.True((await host.Get<ChangePupil>().ExecuteAsync(new(cy, TestData.PupilText((PupilField.Upn, second), (PupilField.Forename, "Cyrus")), Version: 1), manager.Actor, default)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task Delete_EverybodyWhoLeftBefore_TakesThemAndNobodyElse(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        foreach (var (name, last) in ((string, string)[])[("Early", "20/07/2023"), ("OnTheDay", "01/09/2023"), ("Late", "20/07/2024")])
            await host.Get<LeavePupil>().ExecuteAsync(await host.Data.AddPupilAsync(manager, (PupilField.Forename, name)), last, manager.Actor, default);
        await host.Data.AddPupilAsync(manager, (PupilField.Forename, "Here"));
        var choice = new PupilChoice([], new DateOnly(2023, 9, 1));
        var preview = await host.Get<PreviewDeletion>().ExecuteAsync(choice, manager.Actor, default);

        var stale = await host.Get<DeletePupils>().ExecuteAsync(choice, seen: 2, manager.Actor, default);
        var deleted = await host.Get<DeletePupils>().ExecuteAsync(choice, preview!.Count, manager.Actor, default);

        Assert.Equal(new ChoiceChanged(2, 1), Assert.Single(stale.Refusals));
        Assert.Equal((1, 0, 1), (preview.Count, preview.OnRoll, deleted.Value));
        Assert.Equal(["Here", "Late", "OnTheDay"], (await host.Get<ListPupils>().ExecuteAsync(manager.Actor, new(Status: null), default)).Rows.Select(r => r.Forename));
        Assert.IsType<LeftBeforeRefused>(Assert.Single((await host.Get<DeletePupils>().ExecuteAsync(new([], new DateOnly(2026, 11, 24)), 3, manager.Actor, default)).Refusals));
    }

    [Fact]
    public async Task Delete_WithoutRightPasswordOrOwnPupil_IsRefused()
    {
        await using var host = await AscentHost.StartAsync();
        var manager = await ManagerAsync(host);
        var (id, elsewhere) = (await host.Data.AddPupilAsync(manager), await ManagerAsync(host));
        var reader = await host.Data.AddMemberAsync(manager.School, Permission.PupilReports);
        var (delete, restore, erase) = (host.Get<DeletePupils>(), host.Get<RestorePupils>(), host.Get<ErasePupil>());

        Assert.IsType<NotAllowed>(Assert.Single((await delete.ExecuteAsync(new([id]), 1, reader.Actor, default)).Refusals));
        Assert.IsType<NotAllowed>(Assert.Single((await restore.ExecuteAsync([id], reader.Actor, default)).Refusals));
        Assert.IsType<NotAllowed>(Assert.Single((await erase.ExecuteAsync(id, reader.Actor, default)).Refusals));
        Assert.IsType<ConfirmItIsYou>(Assert.Single((await delete.ExecuteAsync(new([id]), 1, manager.Actor with { IsFresh = false }, default)).Refusals));
        Assert.Null(await host.Get<PreviewDeletion>().ExecuteAsync(new([id]), elsewhere.Actor, default));
        Assert.Equal(new ChoiceChanged(1, 0), Assert.Single((await delete.ExecuteAsync(new([id]), 1, elsewhere.Actor, default)).Refusals));
        await DeleteAsync(host, manager, id);
        Assert.Empty(await RestoreAsync(host, elsewhere, id));
        Assert.IsType<NoSuchPupil>(Assert.Single((await erase.ExecuteAsync(id, elsewhere.Actor, default)).Refusals));
        Assert.IsType<ConfirmItIsYou>(Assert.Single((await erase.ExecuteAsync(id, manager.Actor with { IsFresh = false }, default)).Refusals));
        Assert.Equal(1, await host.CountAsync<Pupil>());
    }

    [Theory, BothDatabases]
    public async Task Night_ThirtyDaysAfter_PupilAndEverythingThatHangsOnItIsGone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (upn, later, other) = (host.Data.NextUpn(), host.Data.NextUpn(), host.Data.NextUpn());
        await host.Data.ConfirmAsync(manager, await host.Data.ImportAsync(manager, $"{TestData.RollHeading}\r\n{upn},Quibble,Zelda,04/03/2018,F,4\r\n{other},Haq,Yusuf,04/03/2018,M,4\r\n"));
        var id = (await host.ReadAsync(db => db.Set<Pupil>().SingleAsync(p => p.Upn == upn))).Id;
        await host.Get<ChangePupil>().ExecuteAsync(new(id, TestData.PupilText((PupilField.Surname, "Quibble"), (PupilField.Forename, "Zelda"), (PupilField.Upn, later)), Version: 1), manager.Actor, default);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await DeleteAsync(host, manager, id);

        host.Clock.Advance(DeletePupils.Kept);
        Assert.Equal(0, await NightAsync(host));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((1, 0), (await NightAsync(host), await NightAsync(host)));

        Assert.Equal((1, 0, 0, 1, 0), (await host.CountAsync<Pupil>(), await host.CountAsync<FormerUpn>(), await host.CountAsync<PupilChange>(), await host.CountAsync<ImportRow>(), await host.CountAsync<ImportChunk>()));
        Assert.Empty(await RestoreAsync(host, manager, id));
        Assert.Contains(id.ToString(), await FactsAsync(host, PupilErased.EventKind), StringComparison.Ordinal);
        Assert.DoesNotContain(await Invariants.BrokenAsync(host), b => b.Contains("upil", StringComparison.Ordinal));
    }

    // A file that came after the deletion means a child who is to be here again.
    [Theory, BothDatabases]
    public async Task Night_ChildInALaterFile_StaysInThatFile(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var upn = host.Data.NextUpn();
        await DeleteAsync(host, manager, await host.Data.AddPupilAsync(manager, (PupilField.Upn, upn)));
        host.Clock.Advance(DeletePupils.Kept + TimeSpan.FromDays(1));
        var import = await host.Data.ImportAsync(manager, $"{TestData.RollHeading}\r\n{upn},Benson,Ada,04/03/2018,F,4\r\n");
        var waiting = await host.Data.ReceiveAsync(manager, $"{TestData.RollHeading}\r\n{upn},Benson,Ada,04/03/2018,F,5\r\n");

        Assert.Equal(1, await NightAsync(host));

        Assert.Equal(new ConfirmedImport(1, 0, 0, 0), await host.Data.ConfirmAsync(manager, import));
        Assert.Equal(ImportState.Received, (await host.Get<ReadImports>().FindAsync(waiting, manager.Actor, default))!.Value.Import.State);
    }

    private static async Task<int> DeleteAsync(AscentHost host, TestMember manager, Guid id) => (await host.Get<DeletePupils>().ExecuteAsync(new([id]), 1, manager.Actor, default)).Value;

    private static async Task<IReadOnlyList<RestoredPupil>> RestoreAsync(AscentHost host, TestMember manager, Guid id) => (await host.Get<RestorePupils>().ExecuteAsync([id], manager.Actor, default)).Value;

    private static Task<PupilPage?> FindAsync(AscentHost host, TestMember manager, Guid id) => host.Get<FindPupil>().ExecuteAsync(id, manager.Actor, default);

    private static Task<int> NightAsync(AscentHost host) => host.Get<IEnumerable<NightlyTask>>().OfType<RemoveDeletedPupils>().Single().ExecuteAsync(default);

    private static async Task<string> FactsAsync(AscentHost host, string kind) => (await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == kind))).Facts;

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
}
