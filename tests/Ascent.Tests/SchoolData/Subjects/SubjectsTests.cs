using System.Data.Common;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Reference;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.SchoolData.Subjects;

public sealed class SubjectsTests
{
    private static readonly NcYear Ten = new(10);

    [Theory, BothDatabases]
    public async Task SaveSubjects_TwoPeopleFromOnePage_KeepEachOthersTicks(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var pupils = await host.Data.AddPupilsAsync(manager, 3, Ten);
        await host.Data.OfferAsync(manager, Ten, "MAT", "FRE");
        await host.Data.AssignAsync(manager, pupils[0], "FRE");
        Task<Result<SavedSubjects>> SaveAsync(params SubjectCell[] cells) => host.Get<SaveSubjects>().ExecuteAsync(new(pupils, cells), manager.Actor, default);

        // Both have seen: only the first pupil takes French.
        Assert.Equal(new SavedSubjects(2, 1), (await SaveAsync(new(pupils[0], "MAT", true), new(pupils[1], "MAT", true), new(pupils[0], "FRE", false))).Value);
        Assert.Equal(new SavedSubjects(1, 0), (await SaveAsync(new(pupils[0], "MAT", true), new(pupils[2], "FRE", true), new(pupils[0], "FRE", false))).Value);

        var grid = await host.Get<ReadSubjectGrid>().ExecuteAsync(new(Ten), manager.Actor, default);
        Assert.Equal(["MAT", "MAT", "FRE"], grid.Rows.Select(r => string.Join(" ", r.Taken.Order())));
        Assert.Equal([("MAT", 2), ("FRE", 1)], grid.Columns.Select(c => (c.Code, c.Pupils)));
        Assert.Equal(new SavedSubjects(0, 0), (await SaveAsync()).Value);
        Assert.Equal(3, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "subjects-assigned")));
    }

    [Theory, BothDatabases]
    public async Task SaveSubjects_StrangersAndStrangeCodes_AreRefusedAndNothingIsSaved(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, elsewhere) = (await ManagerAsync(host), await ManagerAsync(host));
        var (own, foreign, foreignClass) = ((await host.Data.AddPupilsAsync(manager, 1, Ten))[0], (await host.Data.AddPupilsAsync(elsewhere, 1, Ten))[0], await host.Data.AddClassAsync(elsewhere));
        var teacher = await host.Data.AddMemberAsync(manager.School, Permission.SchoolReports, Permission.PupilReports);
        async Task<Refusal> WhyAsync(SaveSubjectsRequest request, TestMember? by = null) => (await host.Get<SaveSubjects>().ExecuteAsync(request, (by ?? manager).Actor, default)).Refusals[0];
        SubjectCell[] sound = [new(own, "MAT", true)];

        Assert.IsType<NotAllowed>(await WhyAsync(new([own], sound), teacher));
        Assert.IsType<NoSuchPupil>(await WhyAsync(new([own, foreign], sound)));
        Assert.IsType<NoSuchPupil>(await WhyAsync(new([own], [.. sound, new(foreign, "MAT", true)])));
        Assert.IsType<NoSuchSubject>(await WhyAsync(new([own], [.. sound, new(own, "mat", true)])));
        Assert.IsType<NoSuchClass>(await WhyAsync(new([own], sound, new([foreignClass], "MAT"))));
        Assert.IsType<NoClassTicked>(await WhyAsync(new([own], sound, new([], "MAT"))));
        Assert.IsType<SubjectNotChosen>(await WhyAsync(new([own], sound, new([foreignClass], ""))));
        Assert.IsType<NotAllowed>((await host.Get<OfferSubjects>().ExecuteAsync(new(Ten, ["MAT"], []), teacher.Actor, default)).Refusals[0]);
        Assert.IsType<NoSuchSubject>((await host.Get<OfferSubjects>().ExecuteAsync(new(Ten, ["XXX"], []), manager.Actor, default)).Refusals[0]);
        Assert.Equal((0, 0), (await host.CountAsync<SubjectEnrolment>(), await host.CountAsync<OfferedSubject>()));
        Assert.Empty((await host.Get<ReadSubjectGrid>().ExecuteAsync(new(Ten), elsewhere.Actor, default)).Columns);
    }

    [Theory, BothDatabases]
    public async Task SaveSubjects_WholeClasses_GetTheSubjectWithTheRestOfTheSave(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var pupils = await host.Data.AddPupilsAsync(manager, 4, Ten);
        var (a, b) = (await host.Data.AddClassAsync(manager, "10A", year: "10"), await host.Data.AddClassAsync(manager, "10/Fr", ClassKind.Teaching, "10"));
        await host.Data.PutInClassAsync(manager, a, pupils[0], pupils[1]);
        await host.Data.PutInClassAsync(manager, b, pupils[1], pupils[2]);
        await host.Get<LeavePupil>().ExecuteAsync(pupils[2], "1/10/2026", manager.Actor, default);

        var saved = await host.Get<SaveSubjects>().ExecuteAsync(new(pupils, [new(pupils[3], "MAT", true)], new([a, b], "FRE")), manager.Actor, default);

        Assert.Equal(new SavedSubjects(3, 0), saved.Value);
        Assert.Equal(["FRE", "FRE", "MAT"], (await host.Get<ReadSubjectGrid>().ExecuteAsync(new(Ten), manager.Actor, default)).Rows.Select(r => string.Join(" ", r.Taken.Order())));
    }

    // Four races in one: the same cells by two at once come to the same end, whoever is first.
    [Theory, BothDatabases]
    public async Task SaveSubjects_TheSameCellsByTwoAtOnce_EndAsBothMeant(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var pupils = await host.Data.AddPupilsAsync(manager, 30, Ten);
        for (var round = 0; round < 10; round++)
        {
            var assign = round % 2 == 0;
            var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(who => Task.Run(() => host.Get<SaveSubjects>().ExecuteAsync(
                new(pupils, [.. pupils.Select(p => new SubjectCell(p, "MAT", assign)), new SubjectCell(pupils[who], "FRE", assign)]), manager.Actor, default))));

            Assert.All(results, r => Assert.True(r.Succeeded));
            Assert.Equal(34, results.Sum(r => assign ? r.Value.Assigned : r.Value.TakenAway));
            Assert.Equal(assign ? 34 : 0, await host.CountAsync<SubjectEnrolment>());
        }
    }

    [Theory, BothDatabases]
    public async Task OfferSubjects_OrderAndTakingAway_HoldsWhatPupilsTake(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var pupil = (await host.Data.AddPupilsAsync(manager, 1, Ten))[0];
        await host.Data.OfferAsync(manager, Ten, "MAT", "FRE", "ART");
        await host.Data.AssignAsync(manager, pupil, "FRE", "SPA");
        Task<Result<bool>> OfferAsync(string[] codes, params string[] seen) => host.Get<OfferSubjects>().ExecuteAsync(new(Ten, codes, seen), manager.Actor, default);

        Assert.Equal([new SubjectTaken("FRE", 1)], (await OfferAsync(["ART", "MAT"], "MAT", "FRE", "ART")).Refusals);
        Assert.IsType<OfferedMeanwhile>((await OfferAsync(["ART"], "MAT", "FRE")).Refusals[0]);
        Assert.True((await OfferAsync(["ART", "FRE"], "MAT", "FRE", "ART")).Value);
        Assert.False((await OfferAsync(["ART", "FRE"], "anything")).Value);
        Assert.IsType<TooManySubjects>((await OfferAsync([.. Ascent.Reference.Subjects.All.Take(41).Select(s => s.Code)], "ART", "FRE")).Refusals[0]);

        // What a pupil brought along stands at the end, so that it can be seen and taken away.
        Assert.Equal([("ART", true, 0), ("FRE", true, 1), ("SPA", false, 1)], (await host.Get<ReadSubjectGrid>().ExecuteAsync(new(Ten), manager.Actor, default)).Columns.Select(c => (c.Code, c.IsOffered, c.Pupils)));
        Assert.Equal([new SubjectYear(Ten, 1, 2, 0)], (await host.Get<ListSubjects>().YearsAsync(manager.Actor, default)).Years);
        Assert.Equal(["French", "Spanish"], await host.Get<ListSubjects>().OfPupilAsync(pupil, manager.Actor, default));
    }

    // As many questions for 240 pupils with 14 subjects as for three with one.
    [Theory, BothDatabases]
    public async Task ReadSubjectGrid_AWholeYearGroup_AsksOncePerKindOfRow(DatabaseKind kind)
    {
        var questions = new Questions();
        await using var host = await AscentHost.StartAsync(kind, configure: services => services
            .ConfigureDbContext<SqliteAppDb>(options => options.AddInterceptors(questions)).ConfigureDbContext<PostgresAppDb>(options => options.AddInterceptors(questions)));
        var manager = await ManagerAsync(host);
        var pupils = await host.Data.AddPupilsAsync(manager, 240, Ten);
        string[] codes = [.. Ascent.Reference.Subjects.For(Ten).Take(14).Select(s => s.Code)];
        await host.Data.OfferAsync(manager, Ten, codes);
        Assert.True((await host.Get<SaveSubjects>().ExecuteAsync(new(pupils, [.. from p in pupils from c in codes select new SubjectCell(p, c, true)]), manager.Actor, default)).Succeeded);
        var id = await host.Data.AddClassAsync(manager, "10A", year: "10");
        await host.Data.PutInClassAsync(manager, id, [.. pupils.Take(30)]);
        questions.Count = 0;

        var grid = await host.Get<ReadSubjectGrid>().ExecuteAsync(new(Ten), manager.Actor, default);

        Assert.Equal((240, 14, 240 * 14), (grid.Rows.Count, grid.Columns.Count, grid.Rows.Sum(r => r.Taken.Count)));
        Assert.True(questions.Count <= 5, $"{questions.Count} questions");
        Assert.Equal(30, (await host.Get<ReadSubjectGrid>().ExecuteAsync(new(Ten, ClassId: id), manager.Actor, default)).Rows.Count);
        Assert.Equal((30, 0), (grid.Classes[0].Pupils, grid.Rows[0].Classes[0]));
    }

    [Theory, BothDatabases]
    public async Task ReadSubjectGrid_MoreThanAPage_GoesOnWhereItEnded(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        await host.Data.AddPupilsAsync(manager, ReadSubjectGrid.MostRows + 2, Ten);

        var first = await host.Get<ReadSubjectGrid>().ExecuteAsync(new(Ten), manager.Actor, default);
        var second = await host.Get<ReadSubjectGrid>().ExecuteAsync(new(Ten, After: first.Next), manager.Actor, default);

        Assert.Equal((ReadSubjectGrid.MostRows, 2, null, ReadSubjectGrid.MostRows + 2), (first.Rows.Count, second.Rows.Count, second.Next, second.Total));
    }

    [Fact]
    public void Doubts_PairsThatAreSeldomTakenTogether_AreToldAndOthersNot()
    {
        static IEnumerable<string> Of(int year, params string[] codes) => SubjectDoubts.Of(codes.ToHashSet(), new NcYear(year)).Select(d => d.Words);

        Assert.Equal(["Combined Science together with Biology and Physics"], Of(10, "CSC", "BIO", "PHY"));
        Assert.Equal(["Biology without Chemistry and Physics"], Of(11, "BIO"));
        Assert.Equal(["English Language and Literature together with English Literature"], Of(12, "ELL", "ENT", "BIO"));
        Assert.Equal(["Further Mathematics without Mathematics"], Of(13, "FMA"));
        Assert.Empty(Of(10, "BIO", "CHE", "PHY", "ENL", "ENT", "MAT"));
        Assert.Empty(Of(13, "FMA", "MAT", "BIO"));
    }

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync(), Permission.ManageData);

    private sealed class Questions : DbCommandInterceptor
    {
        public int Count { get; set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count++;
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
