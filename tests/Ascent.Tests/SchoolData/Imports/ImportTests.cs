using System.Text;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SchoolData.Imports;

public sealed class ImportTests
{
    [Theory, BothDatabases]
    public async Task Confirm_PupilsToAddChangeAndRemove_DoesThatAndNothingElse(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (stays, changes, leaves) = (host.Data.NextUpn(), host.Data.NextUpn(), host.Data.NextUpn());
        await AddAsync(host, manager, ("Ada", stays), ("Bo", changes), ("Cy", leaves));
        var text = Rows($"{stays},Benson,Ada,04/03/2018,F,4", $"{changes},Benson-Clarke,Bo,04/03/2018,F,4", $"{host.Data.NextUpn()},Mirza,Aisha,2022-03-04,F,R");

        var import = await host.Data.ImportAsync(manager, text, isWholeRoll: true);

        Assert.Equal(ImportState.Ready, import.State);
        Assert.Equal((1, 1, 1, 1, 0), await CountsAsync(host, manager, import));
        Assert.Equal(3, await host.CountAsync<Pupil>()); // nothing has changed yet
        var change = Assert.Single((await RowsAsync(host, manager, import, ImportRowKind.Change)).Single().Changes);
        Assert.Equal((PupilField.Surname, "Benson", "Benson-Clarke", true), (change.Field, change.Before, change.After, change.ByHand));
    }

    [Theory, BothDatabases]
    public async Task Confirm_WholeRoll_LeavesTheRollAsTheFileSays(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (first, second, third) = (host.Data.NextUpn(), host.Data.NextUpn(), host.Data.NextUpn());
        await host.Data.ConfirmAsync(manager, await host.Data.ImportAsync(manager, Rows($"{first},Benson,Ada,04/03/2018,F,4", $"{second},Haq,Yusuf,04/03/2018,M,4"), isWholeRoll: true));

        var import = await host.Data.ImportAsync(manager, Rows($"{first},Benson-Clarke,Ada,04/03/2018,F,5", $"{third},Mirza,Aisha,2022-03-04,F,R"), isWholeRoll: true);
        var done = await host.Data.ConfirmAsync(manager, import);

        Assert.Equal(new ConfirmedImport(1, 1, 1, 0), done);
        var pupils = await PupilsAsync(host);
        // Nobody leaves before the first day: he came with the file of the same day.
        Assert.Equal(["Benson-Clarke Ada 5 on", "Haq Yusuf 4 left 23 November 2026", "Mirza Aisha R on"], pupils.Select(Line));
        var history = (await host.Get<FindPupil>().ExecuteAsync(pupils[0].Id, manager.Actor, CancellationToken.None))!.History;
        Assert.Equal([(PupilField.Surname, "Benson", "Benson-Clarke"), (PupilField.Year, "4", "5")], Assert.Single(history).Fields.Select(f => (f.Field, f.Before, f.After)));
    }

    [Theory, BothDatabases]
    public async Task Confirm_FieldTypedByHand_IsKeptUnlessItIsTicked(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var upns = (string[])[host.Data.NextUpn(), host.Data.NextUpn()];
        await AddAsync(host, manager, ("Ada", upns[0]), ("Bo", upns[1]));
        var import = await host.Data.ImportAsync(manager, Rows($"{upns[0]},Clarke,Ada,04/03/2018,F,4", $"{upns[1]},Clarke,Bo,04/03/2018,F,4"));
        var rows = await RowsAsync(host, manager, import, ImportRowKind.Change);

        await host.Get<ReviewImport>().ExecuteAsync(import.Id, [new(rows[1].Number, true, [PupilField.Surname, PupilField.Year], null)], manager.Actor, CancellationToken.None);
        var done = await host.Data.ConfirmAsync(manager, await AnewAsync(host, manager, import));

        Assert.Equal(new ConfirmedImport(0, 1, 0, 0), done);
        var pupils = await PupilsAsync(host);
        Assert.Equal(["Benson Ada 4 on", "Clarke Bo 4 on"], pupils.Select(Line));
        Assert.True(pupils[0].IsTypedByHand(PupilField.Surname));
        Assert.False(pupils[1].IsTypedByHand(PupilField.Surname)); // it is the file's now
    }

    [Theory, BothDatabases]
    public async Task Confirm_RowLeftOut_IsNotDone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var import = await host.Data.ImportAsync(manager, Rows($"{host.Data.NextUpn()},Mirza,Aisha,2018-03-04,F,4", $"{host.Data.NextUpn()},Price,Llew,2018-03-04,M,4"));

        await host.Get<ReviewImport>().ExecuteAsync(import.Id, [new(2, false, [], null)], manager.Actor, CancellationToken.None);
        var stale = await host.Get<ConfirmImport>().ExecuteAsync(import.Id, import.Version, manager.Actor, CancellationToken.None);
        await host.Data.ConfirmAsync(manager, await AnewAsync(host, manager, import));

        Assert.IsType<ReviewChanged>(Assert.Single(stale.Refusals));
        Assert.Equal(["Price Llew 4 on"], (await PupilsAsync(host)).Select(Line));
    }

    [Theory, BothDatabases]
    public async Task Confirm_ChildWhoMayBeSomebody_WaitsForAPersonAndIsThenWhoTheySay(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        await AddAsync(host, manager, ("Léna", null), ("Ada", null));
        var import = await host.Data.ImportAsync(manager, Rows($"{host.Data.NextUpn()},BENSON,Lena,04/03/2018,F,4", $"{host.Data.NextUpn()},Benson,Ada,04/03/2018,F,4", $"{host.Data.NextUpn()},Price,Llew,04/03/2018,M,4"), isWholeRoll: true);

        Assert.Equal((1, 0, 0, 0, 0), await CountsAsync(host, manager, import)); // whom they may be is not taken for a leaver
        Assert.Equal(new ConfirmedImport(1, 0, 0, 2), await host.Data.ConfirmAsync(manager, import));
        Assert.Equal(ImportState.PartlyProcessed, (await AnewAsync(host, manager, import)).State);
        await host.Get<ReviewImport>().ExecuteAsync(import.Id, [new(2, true, [], true), new(3, true, [], false)], manager.Actor, CancellationToken.None);
        await host.Data.ConfirmAsync(manager, await AnewAsync(host, manager, import));

        Assert.Equal(ImportState.Confirmed, (await AnewAsync(host, manager, import)).State);
        Assert.Equal(["Benson Ada 4 on", "Benson Ada 4 on", "Benson Léna 4 on", "Price Llew 4 on"], (await PupilsAsync(host)).Select(Line));
        Assert.Equal(3, (await PupilsAsync(host)).Count(p => p.Upn is not null));
    }

    [Theory, BothDatabases]
    public async Task Confirm_PupilWhoHadLeft_ComesBack(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var upn = host.Data.NextUpn();
        await AddAsync(host, manager, ("Ada", upn));
        await host.Get<LeavePupil>().ExecuteAsync((await PupilsAsync(host))[0].Id, "20/07/2026", manager.Actor, CancellationToken.None);

        var import = await host.Data.ImportAsync(manager, Rows($"{upn},Benson,Ada,04/03/2018,F,4"));
        Assert.True((await RowsAsync(host, manager, import, ImportRowKind.Change)).Single().Readmits);
        await host.Data.ConfirmAsync(manager, import);

        Assert.Equal(new DateOnly(2026, 11, 23), (await PupilsAsync(host)).Single().EnrolledOn);
        Assert.Null((await PupilsAsync(host)).Single().LeftOn);
    }

    // Two numbers that were on the wrong pupils: neither may stand in the other's way, and undoing changes them back.
    [Theory, BothDatabases]
    public async Task Confirm_TwoUpnsThatChangePlaces_ChangePlaces(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (one, other) = (host.Data.NextUpn(), host.Data.NextUpn());
        await host.Data.ConfirmAsync(manager, await host.Data.ImportAsync(manager, Rows($"{one},Haq,Yusuf,04/03/2018,M,4", $"{other},Price,Llew,05/03/2018,M,4")));
        var ids = (await PupilsAsync(host)).Select(p => p.Id).ToArray();
        var import = await host.Data.ImportAsync(manager, Rows($"{other},Haq,Yusuf,04/03/2018,M,4", $"{one},Price,Llew,05/03/2018,M,4"));
        // The numbers beat the names, so the file renames two pupils; that is what a person sees and confirms.
        await host.Data.ConfirmAsync(manager, import);
        Assert.Equal([("Price", one), ("Haq", other)], (await PupilsAsync(host)).OrderBy(p => Array.IndexOf(ids, p.Id)).Select(p => (p.Surname, p.Upn!)));
    }

    [Theory, BothDatabases]
    public async Task Undo_AddedChangedRemovedReadmitted_GivesTheRollBackRowByRow(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        string[] upns = [.. Enumerable.Range(0, 5).Select(_ => host.Data.NextUpn())];
        await AddAsync(host, manager, ("Ada", upns[0]), ("Bo", upns[1]), ("Cy", upns[2]), ("Di", upns[3]));
        await host.Get<LeavePupil>().ExecuteAsync((await PupilsAsync(host)).Single(p => p.Forename == "Di").Id, "20/07/2026", manager.Actor, CancellationToken.None);
        var before = await SnapshotAsync(host);
        var import = await host.Data.ImportAsync(manager, Rows($"{upns[0]},Clarke,Ada,05/03/2018,F,5", $"{upns[3]},Benson,Di,04/03/2018,F,4", $"{upns[4]},New,Eve,04/03/2018,F,4",
            $"{host.Data.NextUpn()},Benson,Bo,04/03/2018,F,4"), isWholeRoll: true);
        await host.Get<ReviewImport>().ExecuteAsync(import.Id,
            [new(2, true, [PupilField.Surname, PupilField.BornOn, PupilField.Year], null), new(5, true, [PupilField.Upn], true)], manager.Actor, CancellationToken.None);
        await host.Data.ConfirmAsync(manager, await AnewAsync(host, manager, import));
        Assert.NotEqual(before, await SnapshotAsync(host));

        var undone = await host.Get<UndoImport>().ExecuteAsync(import.Id, manager.Actor, CancellationToken.None);

        Assert.Equal(5, undone.Value);
        Assert.Equal(before, await SnapshotAsync(host));
        Assert.Equal(ImportState.Undone, (await AnewAsync(host, manager, import)).State);
    }

    [Theory, BothDatabases]
    public async Task Undo_SomethingLaterHangsOnIt_IsRefusedAndSaysWhat(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var upn = host.Data.NextUpn();
        var first = await host.Data.ImportAsync(manager, Rows($"{upn},Haq,Yusuf,04/03/2018,M,4"));
        await host.Data.ConfirmAsync(manager, first);
        var second = await host.Data.ImportAsync(manager, Rows($"{host.Data.NextUpn()},Price,Llew,04/03/2018,M,4"));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Data.ConfirmAsync(manager, second);
        Assert.IsType<LaterImport>(Assert.Single((await UndoAsync(first)).Refusals));

        await host.Get<ChangePupil>().ExecuteAsync(new((await PupilsAsync(host)).Single(p => p.Surname == "Price").Id,
            TestData.PupilText((PupilField.Surname, "Pryce"), (PupilField.Forename, "Llew"), (PupilField.Sex, "M")), 1), manager.Actor, CancellationToken.None);
        Assert.Equal("Price, Llew", Assert.Single(Assert.IsType<ChangedSince>(Assert.Single((await UndoAsync(second)).Refusals)).Names));
        Assert.Equal(2, await host.CountAsync<Pupil>());

        Task<Result<int>> UndoAsync(ImportSummary import) => host.Get<UndoImport>().ExecuteAsync(import.Id, manager.Actor, CancellationToken.None);
    }

    // Checked on an earlier roll: only the rows that are touched are shown again, and nothing was done.
    [Theory, BothDatabases]
    public async Task Confirm_RollChangedSinceTheReview_ShowsThoseRowsAnewAndDoesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (one, two, third) = (host.Data.NextUpn(), host.Data.NextUpn(), host.Data.NextUpn());
        await host.Data.ConfirmAsync(manager, await host.Data.ImportAsync(manager, Rows($"{one},Haq,Yusuf,04/03/2018,M,4", $"{two},Price,Llew,04/03/2018,M,4")));
        var first = await host.Data.ImportAsync(manager, Rows($"{one},Haq,Yusuf,04/03/2018,M,5", $"{third},Mirza,Aisha,04/03/2018,F,4", ",Okoye,Chidi,04/03/2018,M,4"));
        var second = await host.Data.ImportAsync(manager, Rows($"{one},Haq-Ali,Yusuf,04/03/2018,M,6", $"{two},Price,Llew,04/03/2018,M,5", $"{third},Mirza,Aisha,04/03/2018,F,5", ",Okoye,Chidi,04/03/2018,M,4"));
        await host.Data.ConfirmAsync(manager, first);
        var roll = await SnapshotAsync(host);

        var refused = await host.Get<ConfirmImport>().ExecuteAsync(second.Id, second.Version, manager.Actor, CancellationToken.None);

        Assert.Equal(3, Assert.IsType<RollChanged>(Assert.Single(refused.Refusals)).Rows);
        Assert.Equal(roll, await SnapshotAsync(host));
        var rows = await RowsAsync(host, manager, second, ImportRowKind.Change);
        Assert.Equal([(2, true), (3, false), (4, true)], rows.Select(r => (r.Number, r.IsAnew)));
        Assert.Equal(["Surname Haq Haq-Ali", "Year 5 6"], rows[0].Changes.Select(c => $"{c.Field} {c.Before} {c.After}"));
        Assert.True(Assert.Single(await RowsAsync(host, manager, second, ImportRowKind.Decide)).IsAnew); // the child without a number was added by the other
        Assert.Equal(new ConfirmedImport(0, 3, 0, 1), await host.Data.ConfirmAsync(manager, await AnewAsync(host, manager, second)));
    }

    [Theory, BothDatabases]
    public async Task Receive_SameFileAgain_IsRecognised(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var text = Rows($"{host.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4");
        var id = await host.Data.ReceiveAsync(manager, text);

        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var again = await host.Get<ReceiveImport>().ExecuteAsync(new("other name.csv", file, false), manager.Actor, CancellationToken.None);

        Assert.Equal(id, Assert.IsType<SameFile>(Assert.Single(again.Refusals)).ImportId);
    }

    [Theory, BothDatabases]
    public async Task Check_HeadingsOfTheSchoolsOwn_AreAskedOnceAndRemembered(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        string Text() => $"Candidate;Family;legal_forename;d.o.b.;GENDER;House\r\n{host.Data.NextUpn()};Haq;Yusuf;4.3.2018;m;Red\r\n";
        var id = await host.Data.ReceiveAsync(manager, Text());

        var asked = (await host.Get<MapColumns>().ReadAsync(id, manager.Actor, CancellationToken.None))!;
        Assert.Equal(["?", "?", "Forename", "BornOn", "Sex", "?"], asked.Headings.Select(h => h.IsUnknown ? "?" : h.Column!));
        Assert.Equal("Red", Assert.Single(asked.Headings[5].Examples));
        var incomplete = await host.Get<MapColumns>().SaveAsync(id, new Dictionary<int, string> { [2] = "Forename", [3] = "BornOn", [4] = "Sex" }, manager.Actor, CancellationToken.None);
        Assert.Contains("surname", Assert.Single(incomplete.Refusals).Message, StringComparison.Ordinal);
        await host.Get<MapColumns>().SaveAsync(id, new Dictionary<int, string> { [0] = "Upn", [1] = "Surname", [2] = "Forename", [3] = "BornOn", [4] = "Sex", [5] = "" }, manager.Actor, CancellationToken.None);
        await host.Get<CheckDueImports>().ExecuteAsync(CancellationToken.None);

        Assert.Equal(ImportState.Ready, (await FindAsync(host, manager, id)).State);
        var next = await host.Data.ReceiveAsync(manager, Text());
        Assert.False((await FindAsync(host, manager, next)).NeedsColumns);
    }

    [Theory, BothDatabases]
    public async Task Confirm_ClassesInTheFile_PutsThemInTheirClassesAndUndoTakesThemOut(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (stays, moves) = (host.Data.NextUpn(), host.Data.NextUpn());
        string Text(params string[] rows) => string.Join("\n", [$"{TestData.RollHeading},Class", .. rows]);
        await host.Data.ConfirmAsync(manager, await host.Data.ImportAsync(manager, Text($"{stays},Haq,Yusuf,04/03/2018,M,4,4 Oak", $"{moves},Price,Llew,04/03/2018,M,4,4 Oak")));
        var before = await ClassesAsync(host);
        Assert.Equal(["4 Oak: Haq, Price"], before);

        var import = await host.Data.ImportAsync(manager, Text($"{stays},Haq,Yusuf,04/03/2018,M,4,4 oak", $"{moves},Price,Llew,04/03/2018,M,4,4 Elm", $"{host.Data.NextUpn()},Mirza,Aisha,04/03/2018,F,4,4 Elm"));
        Assert.Equal((1, 1, 0, 1, 0), await CountsAsync(host, manager, import));
        Assert.Equal("Class 4 Elm, was 4 Oak", (await RowsAsync(host, manager, import, ImportRowKind.Change)).Single().More);
        await host.Data.ConfirmAsync(manager, import);
        Assert.Equal(["4 Elm: Mirza, Price", "4 Oak: Haq"], await ClassesAsync(host));

        Assert.Equal(2, (await host.Get<UndoImport>().ExecuteAsync(import.Id, manager.Actor, CancellationToken.None)).Value);
        Assert.Equal(before, await ClassesAsync(host));
        Assert.Equal(2, await host.CountAsync<Pupil>());
    }

    [Theory, BothDatabases]
    public async Task Check_TransferFile_BringsPupilsWithTheirResultsAndUndoTakesThemOut(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var import = await host.Data.ImportAsync(manager, await CtfAsync(12), name: "9991234_CTF_9994321_001.xml");

        Assert.Equal((ImportFormat.Ctf, ImportState.Ready), (import.Format, import.State));
        Assert.Equal((12, 0, 0, 0, 0), await CountsAsync(host, manager, import));
        await host.Data.ConfirmAsync(manager, import);
        Assert.True(await host.CountAsync<PupilResult>() > 0);
        var again = await host.Data.ImportAsync(manager, await CtfAsync(12));
        Assert.Equal((0, 0, 0, 12, 0), await CountsAsync(host, manager, again));

        Assert.Equal(12, (await host.Get<UndoImport>().ExecuteAsync(import.Id, manager.Actor, CancellationToken.None)).Value);
        Assert.Equal((0, 0), (await host.CountAsync<Pupil>(), await host.CountAsync<PupilResult>()));
    }

    [Theory, BothDatabases]
    public async Task Receive_TransferFileOfAnotherSchool_IsRefusedUnlessSaidAnyway(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        await host.ChangeAsync(async db => (await db.Set<Ascent.Organisations.School>().SingleAsync(s => s.Id == manager.School.Id)).DfeNumber = "999/0001");
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(await CtfAsync(2)));

        var refused = await host.Get<ReceiveImport>().ExecuteAsync(new("roll.xml", file, false), manager.Actor, CancellationToken.None);
        var taken = await host.Get<ReceiveImport>().ExecuteAsync(new("roll.xml", file, false, TakesAnyDestination: true), manager.Actor, CancellationToken.None);

        Assert.IsType<OtherDestination>(Assert.Single(refused.Refusals));
        Assert.True(taken.Succeeded);
    }

    // A local ethnicity code and a ULN with a slip cost the field and not the pupil.
    [Theory, BothDatabases]
    public async Task Check_CodeThatIsNotUnderstood_IsAWarningAndThePupilIsTaken(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var import = await host.Data.ImportAsync(manager, $"{TestData.RollHeading},Ethnicity,ULN\n{host.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4,WXYZ,123");

        var row = Assert.Single(await RowsAsync(host, manager, import, ImportRowKind.Add));
        Assert.Equal(["ULN: “123” is not understood", "Ethnicity: “WXYZ” is not understood"], row.Remarks.Select(r => r.What));
        await host.Data.ConfirmAsync(manager, import);
        Assert.Null((await PupilsAsync(host)).Single().Ethnicity);
    }

    [Theory, BothDatabases]
    public async Task Check_OneUpnTwice_IsAnErrorAtTheSecondRow(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var upn = host.Data.NextUpn();
        // Far enough apart that they are compared in two parts.
        var between = Enumerable.Range(0, 1_200).Select(i => $",Between{i},Bo,04/03/2018,F,4");
        var import = await host.Data.ImportAsync(manager, Rows([$"{upn},Haq,Yusuf,04/03/2018,M,4", .. between, $"{upn},Price,Llew,04/03/2018,M,4"]));

        Assert.Equal((1_201, 0, 0, 0, 1), await CountsAsync(host, manager, import));
        Assert.Equal($"UPN {upn} stands in row 2 too", (await RowsAsync(host, manager, import, ImportRowKind.Error)).Single().Remarks.Single().What);
    }

    private static async Task<List<string>> ClassesAsync(AscentHost host) => [.. await host.ReadAsync(async db =>
        (await (from its in db.Set<ClassPupil>() join c in db.Set<SchoolClass>() on its.ClassId equals c.Id join p in db.Set<Pupil>() on its.PupilId equals p.Id select new { c.Name, p.Surname }).ToListAsync())
        .GroupBy(x => x.Name).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}: {string.Join(", ", g.Select(x => x.Surname).Order(StringComparer.Ordinal))}"))];

    private static Task<string> CtfAsync(int pupils) => Task.FromResult(CtfWriter.Text(pupils));

    private static string Rows(params string[] rows) => string.Join("\r\n", (string[])[TestData.RollHeading, .. rows]);

    private static async Task AddAsync(AscentHost host, TestMember manager, params (string Forename, string? Upn)[] pupils)
    {
        foreach (var (forename, upn) in pupils)
            await host.Data.AddPupilAsync(manager, (PupilField.Forename, forename), (PupilField.Upn, upn));
    }

    internal static async Task<List<Pupil>> PupilsAsync(AscentHost host) => [.. (await host.ReadAllAsync<Pupil>()).OrderBy(p => p.SurnameKey, StringComparer.Ordinal).ThenBy(p => p.Id)];

    private static string Line(Pupil p) => $"{p.Surname} {p.Forename} {p.Year.Code} {(p.LeftOn is { } left ? $"left {Ascent.Shared.Text.InWords.Date(left)}" : "on")}";

    /// <summary>Everything of the roll but the versions, which go on.</summary>
    internal static async Task<string> SnapshotAsync(AscentHost host)
    {
        var pupils = (await host.ReadAllAsync<Pupil>()).OrderBy(p => p.Id).Select(p => $"{p.Id} {p.Details} {p.LeftOn} {p.TypedByHandBits} {p.SurnameKey} {p.NameKey} {p.CreatedAt:O} {p.DeletedAt}");
        var former = (await host.ReadAllAsync<FormerUpn>()).OrderBy(f => f.PupilId).ThenBy(f => f.Upn, StringComparer.Ordinal).Select(f => $"{f.PupilId} {f.Upn}");
        var changes = (await host.ReadAllAsync<PupilChange>()).OrderBy(c => c.PupilId).ThenBy(c => c.ChangeId).ThenBy(c => c.Field).Select(c => $"{c.PupilId} {c.ChangeId} {c.Field} {c.Before} {c.After}");
        return string.Join('\n', pupils.Concat(former).Concat(changes));
    }

    private static async Task<(int Added, int Changed, int Removed, int Same, int Errors)> CountsAsync(AscentHost host, TestMember manager, ImportSummary import)
    {
        var counts = (await host.Get<ReadImports>().FindAsync(import.Id, manager.Actor, CancellationToken.None))!.Value.Counts;
        return (counts.Added, counts.Changed + counts.WithoutEffect, counts.Removed, counts.Same, counts.Errors);
    }

    private static async Task<IReadOnlyList<ReviewedRow>> RowsAsync(AscentHost host, TestMember manager, ImportSummary import, ImportRowKind kind) =>
        (await host.Get<ListImportRows>().ExecuteAsync(import.Id, new(kind), manager.Actor, CancellationToken.None)).Rows;

    private static Task<ImportSummary> AnewAsync(AscentHost host, TestMember manager, ImportSummary import) => FindAsync(host, manager, import.Id);

    private static async Task<ImportSummary> FindAsync(AscentHost host, TestMember manager, Guid id) => (await host.Get<ReadImports>().FindAsync(id, manager.Actor, CancellationToken.None))!.Value.Import;

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
}
