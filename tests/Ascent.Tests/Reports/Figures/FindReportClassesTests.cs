using Ascent.Reports.Figures;
using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.Reports.Figures;

public sealed class FindReportClassesTests
{
    private static readonly AcademicYear Year = AcademicYear.StartingIn(2025);

    [Theory, BothDatabases]
    public async Task Execute_WholeSchool_OffersTheClassesOfThePupilsAndFindsAnyThatIsHere(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var manager = await host.Data.AddMemberAsync(school, Permission.ManageData);
        var reader = await host.Data.AddMemberAsync(school, Permission.SchoolReports, Permission.PupilReports);
        var (one, two, other) = (await host.Data.AddPupilAsync(manager), await host.Data.AddPupilAsync(manager), await host.Data.AddPupilAsync(manager));
        var set = await host.Data.AddClassAsync(manager, "4/Ma10", ClassKind.Teaching, "4");
        var small = await host.Data.AddClassAsync(manager, "4/Ma2", ClassKind.Teaching, "4");
        var home = await host.Data.AddClassAsync(manager, "4A", year: "4");
        var strange = await host.Data.AddClassAsync(manager, "4B", year: "4");
        var next = await host.Data.AddClassAsync(manager, "5A", year: "5", academicYear: AcademicYear.StartingIn(2027));
        await host.Data.PutInClassAsync(manager, set, one, two, other);
        await host.Data.PutInClassAsync(manager, small, one);
        await host.Data.PutInClassAsync(manager, home, one);
        await host.Data.PutInClassAsync(manager, strange, other);
        await host.Data.PutInClassAsync(manager, next, one);

        var found = await AskAsync(host, reader, strange, one, two);

        // Registration first, sets in natural order, each with how many of those who were asked for; not the class of the others, and none of next year.
        Assert.Equal([("4A", 1), ("4/Ma2", 1), ("4/Ma10", 2)], found.Classes.Select(c => (c.Name, c.Count)));
        Assert.Equal("4B", found.Chosen!.Name);
        Assert.Equal([other], found.Chosen.Pupils);
        Assert.Null((await AskAsync(host, reader, new Guid("0192f3a0-0000-7000-8000-000000000001"), one)).Chosen);
    }

    [Theory, BothDatabases]
    public async Task Execute_OwnClasses_TellsOfOwnPupilsAlone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var manager = await host.Data.AddMemberAsync(school, Permission.ManageData);
        var teacher = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses));
        var (own, strange) = (await host.Data.AddPupilAsync(manager), await host.Data.AddPupilAsync(manager));
        var taught = await host.Data.AddClassAsync(manager, "4A", year: "4");
        var set = await host.Data.AddClassAsync(manager, "4/Ma1", ClassKind.Teaching, "4");
        var others = await host.Data.AddClassAsync(manager, "4B", year: "4");
        var empty = await host.Data.AddClassAsync(manager, "4C", year: "4");
        await host.Data.PutInClassAsync(manager, taught, own);
        await host.Data.PutInClassAsync(manager, set, own, strange);
        await host.Data.PutInClassAsync(manager, others, strange);
        _ = (await host.Get<ChooseTeachers>().ExecuteAsync(new(taught, [teacher.MembershipId], 2), manager.Actor, CancellationToken.None)).Value;

        var found = await AskAsync(host, teacher, set, own, strange);

        Assert.Equal([("4A", 1), ("4/Ma1", 1)], found.Classes.Select(c => (c.Name, c.Count)));
        Assert.Equal([own], found.Chosen!.Pupils);
        foreach (var unknown in (Guid[])[others, empty])
            Assert.Null((await AskAsync(host, teacher, unknown, own)).Chosen);
    }

    [Theory, BothDatabases]
    public async Task Execute_WithoutPupilReportsOrOfAnotherSchool_TellsNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var manager = await host.Data.AddMemberAsync(school, Permission.ManageData, Permission.SchoolReports);
        var elsewhere = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolReports, Permission.PupilReports);
        var pupil = await host.Data.AddPupilAsync(manager);
        var its = await host.Data.AddClassAsync(manager, "4A", year: "4");
        await host.Data.PutInClassAsync(manager, its, pupil);

        Assert.Equal([new NotAllowed(Permission.PupilReports)], (await host.Get<FindReportClasses>().ExecuteAsync(new([pupil], [Year], its), manager.Actor, CancellationToken.None)).Refusals);
        var found = await AskAsync(host, elsewhere, its, pupil);
        Assert.Equal((0, null), (found.Classes.Count, found.Chosen));
    }

    private static async Task<ReportClasses> AskAsync(AscentHost host, TestMember reader, Guid? chosen, params Guid[] pupils) =>
        (await host.Get<FindReportClasses>().ExecuteAsync(new(pupils, [Year], chosen), reader.Actor, CancellationToken.None)).Value;
}
