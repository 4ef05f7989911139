using System.Data.Common;
using Ascent.Persistence;
using Ascent.Reference;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.SchoolData.Results;

public sealed class PupilRecordsTests
{
    private static readonly AcademicYear LastYear = AcademicYear.StartingIn(2025);

    [Theory, BothDatabases]
    public async Task Apply_EverySortOfValue_IsKeptAsWhatItIs(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, pupil) = await StartAsync(host);
        var writing = new Assessment("KS2", "ENG", "WRI", "TA");

        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, TestData.InFile([
            TestData.TablesCheck("17"), TestData.TablesCheck("NAA", 2025), TestData.TablesCheck("26", 2024), new(writing, LastYear, "", "GDS"), new(new("KS9", "QQQ", "C1", ""), LastYear, "XX", "~7"),
        ])));

        var rows = await host.ReadAsync(db => db.Set<PupilResult>().OrderBy(r => r.Stage).ThenByDescending(r => r.AcademicYear).ThenByDescending(r => r.Subject).ToListAsync());
        Assert.Equal(
            [("17", ResultKind.Number, 17, null), ("GDS", ResultKind.Grade, null, "GDS"), ("NAA", ResultKind.Outcome, null, "NAA"), ("26", ResultKind.NotUnderstood, null, null), ("~7", ResultKind.NotUnderstood, null, null)],
            rows.Select(r => (r.Value, r.Kind, r.Number, r.Code)));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Apply_TheSameAgain_ChangesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, pupil) = await StartAsync(host);
        var change = await host.Data.AddRecordsAsync(manager.School.Id, (pupil, Some("12")));
        var before = await RowsAsync(host);

        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, Some("12")));

        Assert.Equal(before, await RowsAsync(host));
        Assert.All(before, row => Assert.EndsWith($" {change:N} {Guid.Empty:N}", row, StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Undo_WhatReplacedAndAdded_GivesBackTheFormerRowsToTheLetter(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, pupil) = await StartAsync(host);
        var other = await host.Data.AddPupilAsync(manager);
        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, Some("12")));
        var before = await RowsAsync(host);

        var change = await host.Data.AddRecordsAsync(manager.School.Id, (pupil, Some("A", "13")), (other, Some("25")));
        Assert.Equal(("A", 366), await HoldsAsync(host, manager, pupil));
        var between = await RowsAsync(host);
        Assert.True(await UndoAsync(host, manager, change));

        Assert.Equal(before, await RowsAsync(host));
        Assert.Equal(("12", 365), await HoldsAsync(host, manager, pupil));
        // 3 rows, the 3 that replaced them, a result of another year, and 3 of the other pupil.
        Assert.Equal((3, 10), (before.Count, between.Count));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Undo_WhatALaterChangeReplaced_IsRefusedAndDoesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, pupil) = await StartAsync(host);
        var first = await host.Data.AddRecordsAsync(manager.School.Id, (pupil, Some("12")));
        var second = await host.Data.AddRecordsAsync(manager.School.Id, (pupil, Some("13")));
        var before = await RowsAsync(host);

        Assert.False(await UndoAsync(host, manager, first));
        Assert.Equal(before, await RowsAsync(host));
        Assert.True(await UndoAsync(host, manager, second));
        Assert.True(await UndoAsync(host, manager, first));
        Assert.Empty(await RowsAsync(host));
    }

    // One import may come to a pupil twice; what was there before it is what undoing gives back.
    [Fact]
    public async Task Apply_TwiceUnderOneChange_RemembersTheRowBeforeTheFirst()
    {
        await using var host = await AscentHost.StartAsync();
        var (manager, pupil) = await StartAsync(host);
        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, Some("12")));
        var (before, change) = (await RowsAsync(host), host.Clock.NewId());

        foreach (var mark in (string[])["13", "14"])
            await host.ChangeAsync(db => PupilRecords.ApplyAsync(db, manager.School.Id, [(pupil, Some(mark))], change, CancellationToken.None));

        Assert.Equal("14", (await HoldsAsync(host, manager, pupil)).Mark);
        Assert.True(await UndoAsync(host, manager, change));
        Assert.Equal(before, await RowsAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Compare_BeforeApply_SaysWhatItWillDo(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, pupil) = await StartAsync(host);
        var (same, fresh) = (await host.Data.AddPupilAsync(manager), await host.Data.AddPupilAsync(manager));
        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, Some("12")), (same, Some("12")));
        (Guid, PupilInFile)[] pupils = [(pupil, Some("A", "13")), (same, Some("12")), (fresh, Some("3", "4"))];

        var found = await host.ReadAsync(db => PupilRecords.CompareAsync(db, manager.School.Id, pupils, CancellationToken.None));

        Assert.Equal(new(new(1, 1), new(0, 1), new(0, 1)), found[pupil]);
        Assert.Equal(PupilRecords.OfNewPupil(Some("3", "4")), found[fresh]);
        Assert.Equal(new(new(2, 0), new(1, 0), new(1, 0)), found[fresh]);
        Assert.Equal(2, found.Count);
    }

    // A file that has a thing twice means what it says last, and says it once.
    [Fact]
    public async Task Apply_TheSameThingTwiceInAFile_TakesTheLast()
    {
        await using var host = await AscentHost.StartAsync();
        var (manager, pupil) = await StartAsync(host);
        var twice = TestData.InFile([TestData.TablesCheck("1"), TestData.TablesCheck("2")]);

        Assert.Equal(1, PupilRecords.OfNewPupil(twice).Results.New);
        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, twice));

        Assert.Equal("2", (await host.ReadAsync(db => db.Set<PupilResult>().SingleAsync())).Value);
    }

    [Theory, BothDatabases]
    public async Task Apply_ManyPupils_AsksThreeTimes(DatabaseKind kind)
    {
        var asked = new Asked();
        await using var host = await AscentHost.StartAsync(kind, configure: services => services
            .ConfigureDbContext<SqliteAppDb>(options => options.AddInterceptors(asked)).ConfigureDbContext<PostgresAppDb>(options => options.AddInterceptors(asked)));
        var (manager, first) = await StartAsync(host);
        List<Guid> ids = [first];
        while (ids.Count < 40)
            ids.Add(await host.Data.AddPupilAsync(manager));

        foreach (var mark in (string[])["1", "2"])
            await host.ChangeAsync(async db =>
            {
                asked.Times = 0;
                await PupilRecords.ApplyAsync(db, manager.School.Id, [.. ids.Select(id => (id, Some(mark)))], host.Clock.NewId(), CancellationToken.None);
                Assert.Equal(3, asked.Times);
            });

        Assert.Equal((80, 80, 80), (await host.CountAsync<PupilResult>(), await host.CountAsync<AttendanceTotal>(), await host.CountAsync<FormerSchool>()));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task FindPupilRecords_OfTheSchool_GivesThemInWords(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, pupil) = await StartAsync(host);
        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, Some("12")));
        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, TestData.InFile(
            [TestData.TablesCheck("A"), new(new("KS2", "ENG", "REA", "TT"), LastYear, "", "104"), new(new("EYF", "MAT", "E11", "FA"), AcademicYear.StartingIn(2020), "FD", "2"), new(new("KS2", "ENG", "WRI", "TA"), LastYear, "", "?")])));

        var records = (await host.Get<FindPupilRecords>().ExecuteAsync(pupil, manager.Actor, CancellationToken.None))!;

        Assert.Equal(["Early years foundation stage", "Key stage 2"], records.Stages.Select(s => s.Stage));
        Assert.Equal([new("Maths (E11), final assessment", AcademicYear.StartingIn(2020), "2", ResultKind.Grade, "expected")], records.Stages[0].Results);
        Assert.Equal(
            [
                new("Reading, test", LastYear, "104", ResultKind.Number, "scaled score"), new("Writing, teacher assessment", LastYear, "?", ResultKind.NotUnderstood, ""),
                new("Multiplication tables check", LastYear, "A", ResultKind.Outcome, "absent"),
            ], records.Stages[1].Results);
        Assert.Equal((380, 365), (Assert.Single(records.Attendance).Possible, records.Attendance[0].Attended));
        Assert.Equal(new("9992999", "Elm Infants", new(2020, 9, 1), new(2024, 7, 12)), Assert.Single(records.FormerSchools));
    }

    [Theory, BothDatabases]
    public async Task FindPupilRecords_OfAnotherSchool_FindsNone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, pupil) = await StartAsync(host);
        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, Some("12")));
        var stranger = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);

        Assert.Null(await host.Get<FindPupilRecords>().ExecuteAsync(pupil, stranger.Actor, CancellationToken.None));
        Assert.True(await UndoAsync(host, stranger, (await host.ReadAsync(db => db.Set<PupilResult>().SingleAsync())).ChangeId));
        Assert.Equal(1, await host.CountAsync<PupilResult>());
    }

    /// <summary>One of each; the mark is also the last day of the former school, and in the attendance.</summary>
    private static PupilInFile Some(string mark, string? earlier = null)
    {
        var n = mark == "A" ? 13 : int.Parse(mark, System.Globalization.CultureInfo.InvariantCulture);
        ResultInFile[] results = earlier is null ? [TestData.TablesCheck(mark)] : [TestData.TablesCheck(mark), TestData.TablesCheck(earlier, 2025)];
        return TestData.InFile(results, [new(LastYear, 380, 353 + n, 2, 0)], [new("9992999", "Elm Infants", new(2020, 9, 1), new(2024, 7, n))]);
    }

    private static async Task<(TestMember Manager, Guid Pupil)> StartAsync(AscentHost host)
    {
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        return (manager, await host.Data.AddPupilAsync(manager));
    }

    private static Task<bool> UndoAsync(AscentHost host, TestMember manager, Guid changeId) =>
        host.Get<Database>().ChangeAsync(OrganisationScope.Of(manager.School.Id), db => PupilRecords.UndoAsync(db, manager.School.Id, changeId, CancellationToken.None), CancellationToken.None);

    private static async Task<(string Mark, int Attended)> HoldsAsync(AscentHost host, TestMember manager, Guid pupil)
    {
        var records = (await host.Get<FindPupilRecords>().ExecuteAsync(pupil, manager.Actor, CancellationToken.None))!;
        return (records.Stages[0].Results[0].Value, records.Attendance[0].Attended);
    }

    /// <summary>Every row of the three tables, with every column, as text.</summary>
    private static Task<List<string>> RowsAsync(AscentHost host) => host.ReadAsync(async db =>
    {
        var results = (await db.Set<PupilResult>().ToListAsync()).Select(r => $"{r.PupilId} {r.Assessment} {r.Qualifier} {r.AcademicYear} {r.Value} {r.Kind} {r.Number} {r.Code} {r.ChangeId:N} {r.ReplacedById:N}");
        var attendance = (await db.Set<AttendanceTotal>().ToListAsync()).Select(a => $"{a.PupilId} {a.AcademicYear} {a.Possible} {a.Attended} {a.Authorised} {a.Unauthorised} {a.ChangeId:N} {a.ReplacedById:N}");
        var schools = (await db.Set<FormerSchool>().ToListAsync()).Select(s => $"{s.PupilId} {s.StayKey} {s.Number} {s.Name} {s.FirstDay} {s.LastDay} {s.ChangeId:N} {s.ReplacedById:N}");
        return results.Concat(attendance).Concat(schools).Order(StringComparer.Ordinal).ToList();
    });

    private sealed class Asked : DbCommandInterceptor
    {
        public int Times { get; set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Times++;
            return ValueTask.FromResult(result);
        }
    }
}
