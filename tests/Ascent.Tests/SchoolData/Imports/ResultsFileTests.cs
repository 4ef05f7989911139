using System.Text;
using Ascent.Reference;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SchoolData.Imports;

public sealed class ResultsFileTests
{
    private static readonly AcademicYear Summer = AcademicYear.EndingIn(2026);

    [Theory, BothDatabases]
    public async Task Confirm_ColumnForEachSubject_BringsResultsAndChangesNoPupil(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (ada, bo) = (host.Data.NextUpn(), host.Data.NextUpn());
        await AddAsync(host, manager, ("Ada", ada), ("Bo", bo));
        var roll = await ImportTests.SnapshotAsync(host);

        var import = await ImportAsync(host, manager, $"UPN,Sex,GCSE Maths,GCSE Combined Science,English Lit GCSE,KS2 reading score\n{ada},M,7,65,,104\n{bo},M,U,5-4,X,B");
        Assert.Equal((ImportFormat.Results, ImportState.Ready, Summer), (import.Format, import.State, import.YearOfResults));
        Assert.Equal((2, 7, 0, 0), await CountsAsync(host, manager, import));
        Assert.Equal(0, await host.CountAsync<PupilResult>());
        var done = await host.Data.ConfirmAsync(manager, import);

        Assert.Equal(new ConfirmedImport(0, 2, 0, 0, 7), done);
        Assert.Equal(
        [
            "Ada KS2/ENG/REA/TT/ 2026 104 = 104", "Ada KS4/CSC/GCSE/EX/ 2026 65 = 6-5", "Ada KS4/MAT/GCSE/EX/ 2026 7 = 7",
            "Bo KS2/ENG/REA/TT/ 2026 B = B", "Bo KS4/CSC/GCSE/EX/ 2026 5-4 = 5-4", "Bo KS4/ENT/GCSE/EX/ 2026 X = X", "Bo KS4/MAT/GCSE/EX/ 2026 U = U",
        ], await ResultsAsync(host));
        Assert.Equal(roll, await ImportTests.SnapshotAsync(host)); // the sex of the file is nobody's business
    }

    [Theory, BothDatabases]
    public async Task Confirm_RowForEachResult_IsTheSameAndTellsOldAndNew(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var ada = host.Data.NextUpn();
        await AddAsync(host, manager, ("Ada", ada));
        await host.Data.ConfirmAsync(manager, await ImportAsync(host, manager, $"UPN,GCSE Maths,GCSE French\n{ada},6,5"));

        var import = await ImportAsync(host, manager, Long($"{ada},GCSE,Maths,2025/26,7", $"{ada},GCSE,French,summer 2026,5", $"{ada},A level,Further Maths,2025/26 (summer 2026),A*"), year: null);
        Assert.Equal((2, 1, 1, 0), await CountsAsync(host, manager, import));
        var rows = await RowsAsync(host, manager, import, ImportRowKind.Change);
        Assert.Equal([("Mathematics, GCSE, 2025/26", "6", "7"), ("Further Mathematics, A level, 2025/26", null, "A*")],
            rows.SelectMany(r => r.Results).Select(r => (ResultWords.Of(r.File), r.Before, r.File.Value)));
        await host.Data.ConfirmAsync(manager, import);

        Assert.Equal(["Ada KS4/FRE/GCSE/EX/ 2026 5 = 5", "Ada KS4/MAT/GCSE/EX/ 2026 7 = 7", "Ada KS5/FMA/AL/EX/ 2026 A* = A*"], await ResultsAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Undo_NewAndOtherResults_GivesThemBackRowByRow(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (ada, bo) = (host.Data.NextUpn(), host.Data.NextUpn());
        await AddAsync(host, manager, ("Ada", ada), ("Bo", bo));
        await host.Data.ConfirmAsync(manager, await ImportAsync(host, manager, $"UPN,GCSE Maths\n{ada},6\n{bo},5"));
        var before = await EverythingAsync(host);
        var import = await ImportAsync(host, manager, Long($"{ada},GCSE,Maths,2025/26,7", $"{ada},GCSE,French,2025/26,5", $"{bo},GCSE,Maths,2025/26,4", $"{bo},GCSE,Physics,2025/26,9-9"), year: null);
        await host.Data.ConfirmAsync(manager, import);
        Assert.NotEqual(before, await EverythingAsync(host));
        // A pupil may be edited meanwhile: that has nothing to do with the results.
        await host.Get<LeavePupil>().ExecuteAsync((await ImportTests.PupilsAsync(host))[0].Id, "20/11/2026", manager.Actor, CancellationToken.None);

        Assert.Equal(2, (await host.Get<UndoImport>().ExecuteAsync(import.Id, manager.Actor, CancellationToken.None)).Value);
        Assert.Equal(before, await EverythingAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Check_PupilsWhoLeftOrHadAnotherNumber_AreFound(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (left, old, now) = (host.Data.NextUpn(), host.Data.NextUpn(), host.Data.NextUpn());
        await AddAsync(host, manager, ("Ada", left), ("Bo", now));
        var pupils = (await ImportTests.PupilsAsync(host)).ToDictionary(p => p.Upn!, p => p.Id);
        await host.Get<LeavePupil>().ExecuteAsync(pupils[left], "31/08/2024", manager.Actor, CancellationToken.None);
        await host.ChangeAsync(db =>
        {
            db.Add(new FormerUpn { OrganisationId = manager.School.Id, PupilId = pupils[now], Upn = old, ReplacedAt = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc) });
            return Task.CompletedTask;
        });

        await host.Data.ConfirmAsync(manager, await ImportAsync(host, manager, $"UPN,GCSE Maths\n{left},6\n{old},5", AcademicYear.EndingIn(2024)));

        Assert.Equal(["Ada KS4/MAT/GCSE/EX/ 2024 6 = 6", "Bo KS4/MAT/GCSE/EX/ 2024 5 = 5"], await ResultsAsync(host));
        Assert.Equal(new DateOnly(2024, 8, 31), (await ImportTests.PupilsAsync(host)).Single(p => p.Upn == left).LeftOn);
    }

    [Theory, BothDatabases]
    public async Task Check_NobodyOfTheRoll_IsAnErrorAndNobodyIsAdded(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        await AddAsync(host, manager, ("Ada", null));
        var import = await ImportAsync(host, manager, $"UPN,Surname,Forename,DOB,GCSE Maths\n{host.Data.NextUpn()},Price,Llew,04/03/2010,5\nX,Price,Llew,04/03/2010,5\n,Price,Llew,04/03/2010,5\n{host.Data.NextUpn()},Benson,Ada,04/03/2018,6");

        var errors = await RowsAsync(host, manager, import, ImportRowKind.Error);
        Assert.Equal([" is not on the roll, and nobody who left fits", "UPN “X” is no UPN", "Nobody of this name and birthday is not on the roll, and nobody who left fits"],
            errors.Select(e => e.Remarks.Single().What).Select((w, i) => i == 0 ? w[17..] : w));
        Assert.All(errors, e => Assert.True(e.Remarks.Single().Mend.Length > 20));

        // The child of that name and birthday waits for somebody, who says that it is another.
        Assert.Equal(5, (await RowsAsync(host, manager, import, ImportRowKind.Decide)).Single().Number);
        await host.Get<ReviewImport>().ExecuteAsync(import.Id, [new(5, true, [], false)], manager.Actor, CancellationToken.None);
        Assert.Equal(0, (await host.Data.ConfirmAsync(manager, await FindAsync(host, manager, import.Id))).Results);
        Assert.Equal((1, 0), (await host.CountAsync<Pupil>(), await host.CountAsync<PupilResult>()));
    }

    // Ten results of one child are one decision.
    [Theory, BothDatabases]
    public async Task Decide_ChildWithoutUpnInManyRows_IsAskedOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        await AddAsync(host, manager, ("Ada", host.Data.NextUpn()), ("Bo", host.Data.NextUpn()));
        var import = await ImportAsync(host, manager, "Surname,Forename,DOB,Qualification,Subject,Year,Grade\n" + string.Join('\n', ((string[])["Maths", "French", "History"]).SelectMany(s => (string[])[$"BENSON,ada,04/03/2018,GCSE,{s},2025/26,5", $"Benson,Bo,04/03/2018,GCSE,{s},2025/26,4"])), year: null);
        Assert.Equal(6, (await RowsAsync(host, manager, import, ImportRowKind.Decide)).Count);

        await host.Get<ReviewImport>().ExecuteAsync(import.Id, [new(2, true, [], true)], manager.Actor, CancellationToken.None);

        Assert.Equal((3, 3, 0, 0), await CountsAsync(host, manager, import));
        Assert.Equal(3, (await host.Data.ConfirmAsync(manager, await FindAsync(host, manager, import.Id))).Results);
        Assert.All(await ResultsAsync(host), r => Assert.StartsWith("Ada", r, StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Check_ValueThatIsNotUnderstood_IsKeptAsItCameAndToldWithWhatWouldBe(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var ada = host.Data.NextUpn();
        await AddAsync(host, manager, ("Ada", ada));
        var import = await ImportAsync(host, manager, $"UPN,GCSE Maths,KS2 maths score,GCSE Combined Science\n{ada},7.5,121,46");

        var row = Assert.Single(await RowsAsync(host, manager, import, ImportRowKind.Change));
        Assert.Equal(
        [
            ("Mathematics, GCSE, 2025/26: “7.5” is not understood", "It is kept as it came, and counts as nothing. Understood are 9, 8, 7, 6, 5, 4, 3, 2, 1, U and X."),
            ("Maths, test, 2025/26: “121” is not understood", "It is kept as it came, and counts as nothing. Understood are 80 to 120, A, B, T, M, H, Q and N."),
        ], row.Remarks.Take(2).Select(r => (r.What, r.Mend)));
        Assert.Equal("Combined Science, GCSE, 2025/26: “46” is not understood", row.Remarks[2].What);
        await host.Data.ConfirmAsync(manager, import);
        Assert.All(await host.ReadAllAsync<PupilResult>(), r => Assert.Equal((ResultKind.NotUnderstood, null, null), (r.Kind, r.Number, r.Code)));
        Assert.Equal(["121", "46", "7.5"], (await host.ReadAllAsync<PupilResult>()).Select(r => r.Value).Order(StringComparer.Ordinal));
    }

    // Grades under the heading of a scaled score: three hundred rows, and one thing to tell.
    [Theory, BothDatabases]
    public async Task Check_WholeColumnOfSomethingElse_IsToldOnceAndCanBeMended(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var upns = Enumerable.Range(0, 12).Select(_ => host.Data.NextUpn()).ToArray();
        await AddAsync(host, manager, [.. upns.Select((u, i) => ($"Ada{(char)('a' + i)}", (string?)u))]);
        var import = await ImportAsync(host, manager, "UPN,KS2 maths score,GCSE French\n" + string.Join('\n', upns.Select((u, i) => $"{u},{(i == 3 ? "104" : "EXS")},{(i == 5 ? "Z" : "6")}")));

        var fault = Assert.Single(import.ColumnFaults);
        Assert.Equal("Maths, test, 2025/26: 11 of 12 values are not understood, such as “EXS”", fault.What);
        Assert.Equal("Understood are 80 to 120, A, B, T, M, H, Q and N.", fault.Mend);
        // The one in the other column is told at its row, and nothing else is.
        Assert.Equal("French, GCSE, 2025/26: “Z” is not understood", (await RowsAsync(host, manager, import, ImportRowKind.Change)).SelectMany(r => r.Remarks).Single().What);

        Assert.True((await host.Get<MapColumns>().AskAgainAsync(import.Id, manager.Actor, CancellationToken.None)).Succeeded);
        var asked = (await host.Get<MapColumns>().ReadAsync(import.Id, manager.Actor, CancellationToken.None))!;
        Assert.Equal(["Upn", "KS2/MAT/MAT/TT/", "KS4/FRE/GCSE/EX/"], asked.Headings.Select(h => h.Column));
        await SaveAsync(host, manager, import.Id, asked, "2025/26", (1, "KS2/ENG/WRI/TA/"));
        await host.Get<CheckImport>().ExecuteAsync(manager.School.Id, import.Id, CancellationToken.None);
        import = await FindAsync(host, manager, import.Id);
        Assert.Equal((ImportState.Ready, 0), (import.State, import.ColumnFaults.Count));
        Assert.Equal((12, 24, 0, 0), await CountsAsync(host, manager, import));
    }

    [Theory, BothDatabases]
    public async Task Receive_HeadingOfTheSchoolsOwn_IsAskedOnceAndMeansNothingInAFileOfPupils(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var ada = host.Data.NextUpn();
        await AddAsync(host, manager, ("Ada", ada));
        var received = await ReceiveAsync(host, manager, $"UPN,Ma final,Photo\n{ada},7,6", Summer, holdsResults: true);
        Assert.True(received.NeedsColumns);
        var asked = (await host.Get<MapColumns>().ReadAsync(received.ImportId, manager.Actor, CancellationToken.None))!;
        Assert.True(asked.NeedsYear);
        Assert.Equal([false, true, true], asked.Headings.Select(h => h.IsUnknown));

        var refused = await SaveAsync(host, manager, received.ImportId, asked, null, (1, "KS4/MAT/GCSE/EX/"), (2, "KS4/*/GCSE/EX/"));
        Assert.IsType<YearRefused>(Assert.Single(refused.Refusals));
        Assert.True((await SaveAsync(host, manager, received.ImportId, asked, "2025/26", (1, "KS4/MAT/GCSE/EX/"), (2, "KS4/*/GCSE/EX/"))).Succeeded);
        await host.Get<CheckImport>().ExecuteAsync(manager.School.Id, received.ImportId, CancellationToken.None);
        await host.Data.ConfirmAsync(manager, await FindAsync(host, manager, received.ImportId));
        Assert.Equal(["Ada KS4/MAT/GCSE/EX/ 2026 7 = 7", "Ada KS4/Photo/GCSE/EX/ 2026 6 = 6"], await ResultsAsync(host));

        // The next one is known by its headings alone, and of no other sort of file are they.
        Assert.Equal(ImportFormat.Results, (await ImportAsync(host, manager, $"UPN,Ma final,Photo\n{ada},8,6")).Format);
        var roll = await host.Data.ReceiveAsync(manager, $"{TestData.RollHeading},Photo\n{ada},Benson,Ada,04/03/2018,F,4,6");
        Assert.True((await FindAsync(host, manager, roll)).NeedsColumns);
    }

    // "2025" is two school years: nobody guesses which.
    [Theory, BothDatabases]
    public async Task Receive_YearThatMayBeTwo_IsAskedAndThenTaken(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var ada = host.Data.NextUpn();
        await AddAsync(host, manager, ("Ada", ada));
        var received = await ReceiveAsync(host, manager, Long($"{ada},GCSE,Maths,2025,7"), null);
        Assert.True(received.NeedsColumns);
        var asked = (await host.Get<MapColumns>().ReadAsync(received.ImportId, manager.Actor, CancellationToken.None))!;
        Assert.Equal("Year", Assert.Single(asked.Headings, h => h.IsUnknown).Heading);

        Assert.True((await SaveAsync(host, manager, received.ImportId, asked, null, (3, ResultsColumns.YearItEnds))).Succeeded);
        await host.Get<CheckImport>().ExecuteAsync(manager.School.Id, received.ImportId, CancellationToken.None);
        await host.Data.ConfirmAsync(manager, await FindAsync(host, manager, received.ImportId));

        Assert.Equal(["Ada KS4/MAT/GCSE/EX/ 2025 7 = 7"], await ResultsAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Check_OneResultTwice_IsAnErrorWhereTheValuesDiffer(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (ada, bo) = (host.Data.NextUpn(), host.Data.NextUpn());
        await AddAsync(host, manager, ("Ada", ada), ("Bo", bo));
        // Far enough apart that they are compared in two parts.
        var between = Enumerable.Range(0, 600).Select(_ => $"{bo},GCSE,Maths,2025/26,4");
        var import = await ImportAsync(host, manager, Long([$"{ada},GCSE,Maths,2025/26,7", .. between, $"{ada},GCSE,Mathematics,2025/26,8", $"{ada},GCSE,Maths,2025/26,7"]), year: null);

        var errors = await AllAsync(host, manager, import, ImportRowKind.Error);
        Assert.Contains(errors, e => e.Number == 603 && e.Remarks[0].What == "Mathematics, GCSE, 2025/26 is “8” here, and “7” in row 2");
        Assert.Contains(errors, e => e.Number == 600 && e.Remarks[0].What == "The pupil stands in more than 200 rows");
        Assert.Equal("It is taken once.", (await AllAsync(host, manager, import, ImportRowKind.Same)).Single(r => r.Number == 604).Remarks.Single().Mend);
        Assert.Equal(2, (await host.Data.ConfirmAsync(manager, import)).Results);
    }

    // Two files that overlap: what the second would do is not what was reviewed.
    [Theory, BothDatabases]
    public async Task Confirm_ResultsChangedSinceTheReview_ShowsThemAgain(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (ada, bo) = (host.Data.NextUpn(), host.Data.NextUpn());
        await AddAsync(host, manager, ("Ada", ada), ("Bo", bo));
        var first = await ImportAsync(host, manager, $"UPN,GCSE Maths\n{ada},6\n{bo},5");
        var second = await ImportAsync(host, manager, $"UPN,GCSE Maths\n{ada},7\n{bo},5");
        await host.Data.ConfirmAsync(manager, first);

        var refused = await host.Get<ConfirmImport>().ExecuteAsync(second.Id, second.Version, manager.Actor, CancellationToken.None);
        Assert.Equal(new RollChanged(2), Assert.Single(refused.Refusals));
        Assert.Equal((1, 0, 1, 0), await CountsAsync(host, manager, second));
        await host.Data.ConfirmAsync(manager, await FindAsync(host, manager, second.Id));

        Assert.Equal(["Ada KS4/MAT/GCSE/EX/ 2026 7 = 7", "Bo KS4/MAT/GCSE/EX/ 2026 5 = 5"], await ResultsAsync(host));
        Assert.IsType<RecordsSince>(Assert.Single((await host.Get<UndoImport>().ExecuteAsync(first.Id, manager.Actor, CancellationToken.None)).Refusals));
    }

    [Theory, BothDatabases]
    public async Task Check_CellsThatCannotBeKept_AreErrorsOfTheirRows(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var ada = host.Data.NextUpn();
        await AddAsync(host, manager, ("Ada", ada));
        var import = await ImportAsync(host, manager, Long($"{ada},GCSE,Maths,2025/26,{new string('7', 61)}", $"{ada},GCSE,Maths,2025/26,7\u202e", $"{ada},GCSE,{new string('M', 61)},2025/26,7", $"{ada},GCSE,Maths,2030/31,7", $"{ada},KS2,Reading,2018/19,104",
            $"{ada},KS9,Reading,2018/19,104", $"{ada},KS4,Maths,2018/19,4", $"{ada},GCSE,,2018/19,4", $"{ada},GCSE,Maths,2018/19,", $"{ada},GCSE,Maths,2018,4", $"{ada},GCSE,Maths,2018/19,4,5"), year: null);

        ReviewedRow[] rows = [.. (await RowsAsync(host, manager, import, ImportRowKind.Error)).Concat(await RowsAsync(host, manager, import, ImportRowKind.Same)).OrderBy(r => r.Number)];
        Assert.Equal(
        [
            (ImportRowKind.Error, $"Result: “{new string('7', 60)}…” is no result"), (ImportRowKind.Error, "Result: holds characters that are no writing"), (ImportRowKind.Error, $"Subject: “{new string('M', 60)}…” is no result"),
            (ImportRowKind.Error, "School year 2030/31 has not begun"), (ImportRowKind.Error, "KS2 Reading may be a test or teacher assessment"), (ImportRowKind.Error, "Qualification “KS9” is not understood"),
            (ImportRowKind.Error, "KS4 has several qualifications"), (ImportRowKind.Error, "No subject in the row"), (ImportRowKind.Same, null), (ImportRowKind.Error, "School year “2018” is not understood"),
            (ImportRowKind.Error, "The row cannot be read: it has more cells than the heading: perhaps a cell with a comma in it is not in quotation marks"),
        ], rows.Select(r => (r.Kind, r.Remarks.Count > 0 ? r.Remarks[0].What : null)));
        Assert.Equal("“2018” can be two years. Write 2017/18 if its results are of the summer 2018, or 2018/19 if it begins then.", rows[9].Remarks[0].Mend);
    }

    // What a spreadsheet makes of the template, numbers and days as it keeps them.
    [Theory, BothDatabases]
    public async Task Check_OurTemplatesAsWorkbooks_AreRead(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        foreach (var template in (IReadOnlyList<IReadOnlyList<string>>[])[ResultsTemplates.ByPupil, ResultsTemplates.ByResult])
        {
            using var file = new MemoryStream(Ascent.Shared.Sheets.XlsxFile.Write("Results", template));
            var received = (await host.Get<ReceiveImport>().ExecuteAsync(new("results.xlsx", file, false) { YearOfResults = Summer }, manager.Actor, CancellationToken.None)).Value;
            Assert.False(received.NeedsColumns);
            await host.Get<CheckImport>().ExecuteAsync(manager.School.Id, received.ImportId, CancellationToken.None);
            var row = (await RowsAsync(host, manager, await FindAsync(host, manager, received.ImportId), ImportRowKind.Error))[0];
            // The pupil of the template is nobody's; her values are read and understood.
            Assert.Equal("UPN E999200119001 is not on the roll, and nobody who left fits", row.Remarks.Single().What);
            Assert.All(row.Given!.Results, r => Assert.NotEqual(ResultKind.NotUnderstood, ResultCodes.Read(r.Assessment, r.Year, r.Value).Kind));
            Assert.NotEmpty(row.Given.Results);
        }
    }

    // Cells sorted without their row: the name says that this is another pupil.
    [Theory, BothDatabases]
    public async Task Check_NameOfSomebodyElseBesideTheUpn_IsAWarning(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (ada, bo) = (host.Data.NextUpn(), host.Data.NextUpn());
        await AddAsync(host, manager, ("Ada", ada), ("Bo", bo));
        var import = await ImportAsync(host, manager, $"UPN,Surname,Forename,GCSE Maths\n{ada},Haq,Yusuf,7\n{bo},Married,Bo,7");

        Assert.Equal("The pupil with this UPN is Benson, Ada on the roll", (await RowsAsync(host, manager, import, ImportRowKind.Change)).SelectMany(r => r.Remarks).Single().What);
    }

    private static string Long(params string[] rows) => string.Join('\n', (string[])["UPN,Qualification,Subject,Year,Result", .. rows]);

    private static async Task<ImportSummary> ImportAsync(AscentHost host, TestMember manager, string text) => await ImportAsync(host, manager, text, Summer);

    private static async Task<ImportSummary> ImportAsync(AscentHost host, TestMember manager, string text, AcademicYear? year)
    {
        var received = await ReceiveAsync(host, manager, text, year);
        Assert.False(received.NeedsColumns);
        await host.Get<CheckImport>().ExecuteAsync(manager.School.Id, received.ImportId, CancellationToken.None);
        return await FindAsync(host, manager, received.ImportId);
    }

    private static async Task<ReceivedImport> ReceiveAsync(AscentHost host, TestMember manager, string text, AcademicYear? year, bool holdsResults = false)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (await host.Get<ReceiveImport>().ExecuteAsync(new("results.csv", file, false) { YearOfResults = year, HoldsResults = holdsResults }, manager.Actor, CancellationToken.None)).Value;
    }

    private static Task<Result<bool>> SaveAsync(AscentHost host, TestMember manager, Guid import, ColumnsToMap asked, string? year, params (int Place, string Name)[] changes)
    {
        var chosen = asked.Headings.ToDictionary(h => h.Place, h => h.Column ?? "");
        foreach (var (place, name) in changes)
            chosen[place] = name;
        return host.Get<MapColumns>().SaveAsync(import, chosen, manager.Actor, CancellationToken.None, year);
    }

    private static async Task AddAsync(AscentHost host, TestMember manager, params (string Forename, string? Upn)[] pupils)
    {
        foreach (var (forename, upn) in pupils)
            await host.Data.AddPupilAsync(manager, (PupilField.Forename, forename), (PupilField.Upn, upn));
    }

    /// <summary>Who, what, in which summer, as it came = as it is understood.</summary>
    private static async Task<List<string>> ResultsAsync(AscentHost host)
    {
        var names = (await host.ReadAllAsync<Pupil>()).ToDictionary(p => p.Id, p => p.Forename);
        return
        [
            .. (await host.ReadAllAsync<PupilResult>()).Where(r => r.ReplacedById == Guid.Empty)
                .Select(r => $"{names[r.PupilId]} {r.Stage}/{r.Subject}/{r.Component}/{r.Method}/{r.Qualifier} {r.Year.EndYear} {r.Value} = {r.Code ?? $"{r.Number}"}").Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<string> EverythingAsync(AscentHost host) =>
        string.Join('\n', (await host.ReadAllAsync<PupilResult>()).Select(r => $"{r.PupilId} {r.Assessment} {r.Qualifier} {r.Year} {r.ReplacedById} {r.ChangeId} {r.Value} {r.Kind} {r.Number} {r.Code}").Order(StringComparer.Ordinal));

    /// <summary>Rows that bring results and how many they bring, rows without a change, and errors.</summary>
    private static async Task<(int Rows, int Results, int Same, int Errors)> CountsAsync(AscentHost host, TestMember manager, ImportSummary import)
    {
        var counts = (await host.Get<ReadImports>().FindAsync(import.Id, manager.Actor, CancellationToken.None))!.Value.Counts;
        Assert.Equal((0, 0), (counts.Added, counts.Removed));
        return (counts.Changed, counts.NewResults, counts.Same, counts.Errors);
    }

    private static async Task<IReadOnlyList<ReviewedRow>> RowsAsync(AscentHost host, TestMember manager, ImportSummary import, ImportRowKind kind) =>
        (await host.Get<ListImportRows>().ExecuteAsync(import.Id, new(kind), manager.Actor, CancellationToken.None)).Rows;

    private static async Task<List<ReviewedRow>> AllAsync(AscentHost host, TestMember manager, ImportSummary import, ImportRowKind kind)
    {
        var rows = new List<ReviewedRow>();
        await foreach (var row in host.Get<ListImportRows>().AllAsync(import.Id, kind, manager.Actor, CancellationToken.None))
            rows.Add(row);
        return rows;
    }

    private static async Task<ImportSummary> FindAsync(AscentHost host, TestMember manager, Guid id) => (await host.Get<ReadImports>().FindAsync(id, manager.Actor, CancellationToken.None))!.Value.Import;

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
}
