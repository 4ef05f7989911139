using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Privacy;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Reports.WhatIfs;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;

namespace Ascent.Tests.Reports.WhatIfs;

/// <summary>Views of a school of three pupils who took the tables check last summer: Ash has 17, Birch 25, Cedar 9.</summary>
public sealed class WhatIfTests
{
    private static readonly AcademicYear Year = AcademicYear.StartingIn(2025);
    private static readonly PermissionSet OwnClasses = PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses);

    [Theory, BothDatabases]
    public async Task Save_ThenFindAndChange_KeepsWhatWasChosenAndCountsInItsName(DatabaseKind kind)
    {
        await using var at = await StartAsync(kind);

        var id = await at.SaveAsync(at.Reader, " ", at.Ash, at.Cedar, at.Ash);
        var saved = (await at.FindAsync(at.Reader, id))!;
        Assert.Equal(("Without 2 pupils", Year, 0), (saved.Name, saved.Year, saved.Missing));
        Assert.Equal(new HashSet<Guid> { at.Ash, at.Cedar }, saved.PupilIds.ToHashSet());

        // The name by default counts anew, a given one stays.
        Assert.Equal(id, (await at.ChangeAsync(at.Reader, id, "Without 2 pupils", at.Ash)).Value);
        Assert.Equal(("Without 1 pupil", 1), ((await at.FindAsync(at.Reader, id))!.Name, (await at.FindAsync(at.Reader, id))!.PupilIds.Count));
        _ = (await at.ChangeAsync(at.Reader, id, "  Spring   leavers ")).Value;
        saved = (await at.FindAsync(at.Reader, id))!;
        Assert.Equal(("Spring leavers", 0, 0), (saved.Name, saved.PupilIds.Count, saved.Missing));
        Assert.Equal("Spring leavers", (await at.Host.Get<DeleteWhatIf>().ExecuteAsync(id, at.Reader.Actor, default)).Value);
        Assert.Equal((0, 0), (await at.Host.CountAsync<WhatIf>(), await at.Host.CountAsync<WhatIfPupil>()));
    }

    [Theory, BothDatabases]
    public async Task Save_WhatCannotBe_IsRefusedAndKeepsNothing(DatabaseKind kind)
    {
        await using var at = await StartAsync(kind);
        var governor = await at.Host.Data.AddMemberAsync(at.Reader.School, Permission.SchoolReports);
        var save = at.Host.Get<SaveWhatIf>();

        Assert.Equal([new NobodyLeftOut()], (await save.ExecuteAsync(new(null, CohortStage.TablesCheck, Year, "None", []), at.Reader.Actor, default)).Refusals);
        Assert.IsType<WhatIfNameRefusal>(Assert.Single((await save.ExecuteAsync(new(null, CohortStage.TablesCheck, Year, new string('x', 61), [at.Ash]), at.Reader.Actor, default)).Refusals));
        Assert.IsType<WhatIfNameRefusal>(Assert.Single((await save.ExecuteAsync(new(null, CohortStage.TablesCheck, Year, "a\u200Bb\u0007", [at.Ash]), at.Reader.Actor, default)).Refusals));
        Assert.Equal([new NotFound("year")], (await save.ExecuteAsync(new(null, CohortStage.TablesCheck, Year.Previous, null, [at.Ash]), at.Reader.Actor, default)).Refusals);
        Assert.Equal([new NotFound("year")], (await save.ExecuteAsync(new(null, CohortStage.Ks2, Year, null, [at.Ash]), at.Reader.Actor, default)).Refusals);
        Assert.Equal([new NotAllowed(Permission.PupilReports)], (await save.ExecuteAsync(new(null, CohortStage.TablesCheck, Year, null, [at.Ash]), governor.Actor, default)).Refusals);
        Assert.Equal([new NotAllowed(Permission.PupilReports)], (await at.Host.Get<FindWhatIfs>().ListAsync(CohortStage.TablesCheck, governor.Actor, default)).Refusals);
        Assert.Equal(0, await at.Host.CountAsync<WhatIf>());
    }

    [Theory, BothDatabases]
    public async Task Save_PupilsOfOthers_ArePassedOver(DatabaseKind kind)
    {
        await using var at = await StartAsync(kind);
        var elsewhere = await at.Host.Data.AddMemberAsync(await at.Host.Data.AddPrimaryAsync(), Permission.ManageData);
        var foreign = await at.Host.Data.AddPupilAsync(elsewhere);
        var notInCohort = await at.Host.Data.AddPupilAsync(at.Manager, (PupilField.Year, "2"));
        var teacher = await at.Host.Data.AddMemberAsync(at.Reader.School, OwnClasses);
        await at.TeachAsync(teacher, "5A", at.Birch);

        Assert.Equal([at.Ash], (await at.FindAsync(at.Reader, await at.SaveAsync(at.Reader, null, at.Ash, foreign, notInCohort)))!.PupilIds);
        Assert.Equal([at.Birch], (await at.FindAsync(teacher, await at.SaveAsync(teacher, null, at.Ash, at.Birch)))!.PupilIds);
        Assert.Equal([new NobodyLeftOut()], (await at.Host.Get<SaveWhatIf>().ExecuteAsync(new(null, CohortStage.TablesCheck, Year, null, [at.Ash, foreign]), teacher.Actor, default)).Refusals);
    }

    [Theory, BothDatabases]
    public async Task View_OfSomebodyElse_IsNotThere(DatabaseKind kind)
    {
        await using var at = await StartAsync(kind);
        var colleague = await at.Host.Data.AddMemberAsync(at.Reader.School, Permission.SchoolReports, Permission.PupilReports);
        var stranger = await at.Host.Data.AddMemberAsync(await at.Host.Data.AddPrimaryAsync(), Permission.SchoolReports, Permission.PupilReports);
        var id = await at.SaveAsync(at.Reader, null, at.Ash);

        foreach (var other in (TestMember[])[colleague, stranger])
        {
            Assert.Null(await at.FindAsync(other, id));
            Assert.Empty((await at.Host.Get<FindWhatIfs>().ListAsync(CohortStage.TablesCheck, other.Actor, default)).Value);
            Assert.Equal([new NotFound("view")], (await at.Host.Get<DeleteWhatIf>().ExecuteAsync(id, other.Actor, default)).Refusals);
        }
        Assert.Equal([new NotFound("view")], (await at.ChangeAsync(colleague, id, "Mine now", at.Birch)).Refusals);
        Assert.Null((await at.Host.Get<FindWhatIfs>().ExecuteAsync(id, CohortStage.Ks2, at.Reader.Actor, default)).Value);
        Assert.Equal("Without 1 pupil", (await at.FindAsync(at.Reader, id))!.Name);
    }

    [Theory, BothDatabases]
    public async Task Pupil_DeletedOrErased_FallsOutAndIsCounted(DatabaseKind kind)
    {
        await using var at = await StartAsync(kind);
        var id = await at.SaveAsync(at.Reader, "Two of them", at.Ash, at.Cedar);

        await at.Host.Get<DeletePupils>().ExecuteAsync(new([at.Ash]), 1, at.Manager.Actor, default);
        var saved = (await at.FindAsync(at.Reader, id))!;
        Assert.Equal((1, 1), (saved.PupilIds.Count, saved.Missing));
        Assert.True((await at.Host.Get<ErasePupil>().ExecuteAsync(at.Ash, at.Manager.Actor, default)).Succeeded);

        Assert.Equal([at.Cedar], (await at.Host.ReadAllAsync<WhatIfPupil>()).Select(p => p.PupilId));
        saved = (await at.FindAsync(at.Reader, id))!;
        Assert.Equal((at.Cedar, 1), (saved.PupilIds.Single(), saved.Missing));
    }

    [Theory, BothDatabases]
    public async Task Right_NarrowedToOwnClasses_LeavesOnlyOwnPupilsInTheView(DatabaseKind kind)
    {
        await using var at = await StartAsync(kind);
        var id = await at.SaveAsync(at.Reader, "All of them", at.Ash, at.Birch, at.Cedar);
        await at.TeachAsync(at.Reader, "5A", at.Birch);

        var saved = (await at.Host.Get<FindWhatIfs>().ExecuteAsync(id, CohortStage.TablesCheck, at.Reader.Actor with { Permissions = OwnClasses }, default)).Value!;

        Assert.Equal((at.Birch, 2), (saved.PupilIds.Single(), saved.Missing));
        Assert.Equal([new NotAllowed(Permission.PupilReports)],
            (await at.Host.Get<FindWhatIfs>().ExecuteAsync(id, CohortStage.TablesCheck, at.Reader.Actor with { Permissions = PermissionSet.Of(Permission.SchoolReports) }, default)).Refusals);
    }

    [Theory, BothDatabases]
    public async Task Save_SeveralAtOnceForTheLastPlaces_NeverMakesMoreThanTwenty(DatabaseKind kind)
    {
        await using var at = await StartAsync(kind);
        for (var i = 0; i < WhatIf.Most - 2; i++)
            await at.SaveAsync(at.Reader, $"View {i}", at.Ash);

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(() =>
            at.Host.Get<SaveWhatIf>().ExecuteAsync(new(null, CohortStage.TablesCheck, Year, $"Race {i}", [at.Birch]), at.Reader.Actor, default))));

        Assert.Equal((2, 3), (results.Count(r => r.Succeeded), results.Count(r => r.Refusals is [TooManyWhatIfs])));
        Assert.Equal(Enumerable.Range(1, WhatIf.Most), (await at.Host.ReadAllAsync<WhatIf>()).Select(w => w.Number).Order());
    }

    [Theory, BothDatabases]
    public async Task Place_Deleted_TakesTheViewsAlongAndTheCopyOfOwnDataNamesThem(DatabaseKind kind)
    {
        await using var at = await StartAsync(kind);
        await at.SaveAsync(at.Reader, "Spring leavers", at.Ash);
        var session = await at.Host.Get<Sessions>().OpenAsync(at.Reader.AccountId, "Firefox on Linux", null, endOthers: false, default);
        var person = (await at.Host.Get<Sessions>().ReadAsync(session.Token, counts: true, default))!;

        var copy = (await at.Host.Get<ExportOwnData>().ExecuteAsync(person, default)).Value;
        Assert.Equal((at.Reader.School.Name, "Spring leavers"), (Assert.Single(copy.Kept).Organisation, copy.Kept[0].Name));
        var setup = await at.Host.Data.AddMemberAsync(at.Reader.School, Permission.SchoolSetup);
        Assert.True((await at.Host.Get<DeleteUser>().ExecuteAsync(new(at.Reader.MembershipId, at.Reader.FullName), setup.Actor, default)).Succeeded);

        Assert.Equal((0, 0), (await at.Host.CountAsync<WhatIf>(), await at.Host.CountAsync<WhatIfPupil>()));
    }

    [Theory, BothDatabases]
    public async Task Figures_WithPupilsLeftOut_AreThoseOfTheOthers(DatabaseKind kind)
    {
        await using var at = await StartAsync(kind);
        var (mark, full) = (ReportMeasures.Find("mtc-mark")!, ReportMeasures.Find("mtc-full")!);

        // (17 + 25 + 9) / 3 = 17, one of three has all; without Cedar (17 + 25) / 2 = 21, one of two.
        var whole = new WhatIfFigures(await at.OpenAsync(at.Reader.Actor), 0, new HashSet<Guid> { at.Cedar });
        Assert.Equal((3, 2), (whole.All, whole.Left));
        Assert.Equal([17d, 21d, 33d, 50d], (double[])[Value(whole.Of(mark).AsItIs), Value(whole.Of(mark).Without), Value(whole.Of(full).AsItIs), Value(whole.Of(full).Without)]);

        // Who has Birch and Cedar in the own class never meets Ash: (25 + 9) / 2 = 17, without Cedar 25.
        var teacher = await at.Host.Data.AddMemberAsync(at.Reader.School, OwnClasses);
        await at.TeachAsync(teacher, "5A", at.Birch, at.Cedar);
        var own = new WhatIfFigures(await at.OpenAsync(teacher.Actor), 0, new HashSet<Guid> { at.Cedar });
        Assert.Equal((2, 1, 17d, 25d), (own.All, own.Left, Value(own.Of(mark).AsItIs), Value(own.Of(mark).Without)));

        var nobody = new WhatIfFigures(await at.OpenAsync(at.Reader.Actor), 0, new HashSet<Guid> { at.Ash, at.Birch, at.Cedar });
        Assert.Equal(Ascent.Measures.NotApplicableReason.NoPupils, Assert.IsType<Ascent.Measures.Measure.NotApplicable>(nobody.Of(mark).Without).Reason);
        var governor = await at.OpenAsync(at.Reader.Actor with { Permissions = PermissionSet.Of(Permission.SchoolReports) });
        Assert.Throws<InvalidOperationException>(() => new WhatIfFigures(governor, 0, new HashSet<Guid>()));
    }

    private static double Value(Ascent.Measures.Measure measure) => measure.TryValue(out var value) ? value : throw new InvalidOperationException(measure.ToString());

    private static async Task<School3> StartAsync(DatabaseKind kind)
    {
        var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var manager = await host.Data.AddMemberAsync(school, Permission.ManageData);
        var ash = await AddAsync("Ash", "17");
        var birch = await AddAsync("Birch", "25");
        var cedar = await AddAsync("Cedar", "9");
        await host.Get<BuildCohorts>().BuildAsync(school.Id, default);
        return new(host, manager, await host.Data.AddMemberAsync(school, Permission.SchoolReports, Permission.PupilReports), ash, birch, cedar);

        async Task<Guid> AddAsync(string surname, string mark)
        {
            var id = await host.Data.AddPupilAsync(manager, (PupilField.Surname, surname), (PupilField.Year, "5"));
            await host.Data.AddRecordsAsync(school.Id, (id, TestData.InFile([TestData.TablesCheck(mark)], [])));
            return id;
        }
    }

    private sealed record School3(AscentHost Host, TestMember Manager, TestMember Reader, Guid Ash, Guid Birch, Guid Cedar) : IAsyncDisposable
    {
        public async Task<Guid> SaveAsync(TestMember by, string? name, params Guid[] pupils) => (await Host.Get<SaveWhatIf>().ExecuteAsync(new(null, CohortStage.TablesCheck, Year, name, pupils), by.Actor, default)).Value;

        public Task<Result<Guid>> ChangeAsync(TestMember by, Guid id, string? name, params Guid[] pupils) => Host.Get<SaveWhatIf>().ExecuteAsync(new(id, CohortStage.TablesCheck, Year, name, pupils), by.Actor, default);

        public async Task<SavedWhatIf?> FindAsync(TestMember by, Guid id) => (await Host.Get<FindWhatIfs>().ExecuteAsync(id, CohortStage.TablesCheck, by.Actor, default)).Value;

        public async Task<Report> OpenAsync(Actor actor) => (await Host.Get<ReadReport>().ExecuteAsync(CohortStage.TablesCheck, actor, default)).Value!;

        public async Task TeachAsync(TestMember person, string name, params Guid[] pupils)
        {
            var its = await Host.Data.AddClassAsync(Manager, name, year: "5");
            await Host.Data.PutInClassAsync(Manager, its, pupils);
            _ = (await Host.Get<ChooseTeachers>().ExecuteAsync(new(its, [person.MembershipId], 2), Manager.Actor, default)).Value;
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
