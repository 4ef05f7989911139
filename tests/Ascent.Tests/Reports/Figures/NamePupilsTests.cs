using Ascent.Reports.Figures;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.Reports.Figures;

public sealed class NamePupilsTests
{
    private static readonly AcademicYear Year = AcademicYear.StartingIn(2025);

    [Theory, BothDatabases]
    public async Task Execute_WholeSchool_NamesThoseWhoAreHereAndNobodyElse(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var manager = await host.Data.AddMemberAsync(school, Permission.ManageData);
        var elsewhere = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        var called = await host.Data.AddPupilAsync(manager, (PupilField.Surname, "Fenwick"), (PupilField.Forename, "Penelope"), (PupilField.PreferredForename, "Poppy"));
        var deleted = await host.Data.AddPupilAsync(manager, (PupilField.Surname, "Gone"));
        await host.Get<DeletePupils>().ExecuteAsync(new([deleted]), 1, manager.Actor, CancellationToken.None);
        var other = await host.Data.AddPupilAsync(elsewhere, (PupilField.Surname, "Elsewhere"));
        var reader = await host.Data.AddMemberAsync(school, Permission.SchoolReports, Permission.PupilReports);

        var found = await AskAsync(host, reader, called, deleted, other, new Guid("0192f3a0-0000-7000-8000-000000000001"));

        Assert.Equal(["Fenwick, Poppy"], found.Pupils.Values.Select(p => p.InLists));
    }

    [Theory, BothDatabases]
    public async Task Execute_OwnClasses_NamesOwnPupilsAndShowsTheirClassesAlone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var manager = await host.Data.AddMemberAsync(school, Permission.ManageData);
        var teacher = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses));
        var (own, also, strange) = (await host.Data.AddPupilAsync(manager, (PupilField.Surname, "Own")), await host.Data.AddPupilAsync(manager, (PupilField.Surname, "Also")), await host.Data.AddPupilAsync(manager, (PupilField.Surname, "Strange")));
        var (theirs, others) = (await host.Data.AddClassAsync(manager, "4A", year: "4"), await host.Data.AddClassAsync(manager, "4B", year: "4"));
        await host.Data.PutInClassAsync(manager, theirs, own, also);
        await host.Data.PutInClassAsync(manager, others, strange);

        Assert.Empty((await AskAsync(host, teacher, own, also, strange)).Pupils);
        _ = (await host.Get<ChooseTeachers>().ExecuteAsync(new(theirs, [teacher.MembershipId], 2), manager.Actor, CancellationToken.None)).Value;
        var found = await AskAsync(host, teacher, own, strange);

        Assert.Equal([own], found.Pupils.Keys);
        var (name, pupils) = (Assert.Single(found.Classes).Name, found.Classes[0].Pupils);
        Assert.Equal("4A", name);
        // One of the class who was not asked for is not told of.
        Assert.Equal([own], pupils);
    }

    [Theory, BothDatabases]
    public async Task Execute_WithoutPupilReports_IsNotAllowed(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var manager = await host.Data.AddMemberAsync(school, Permission.ManageData, Permission.SchoolReports);
        var pupil = await host.Data.AddPupilAsync(manager);

        var result = await host.Get<NamePupils>().ExecuteAsync(new([pupil], Year), manager.Actor, CancellationToken.None);

        Assert.Equal([new NotAllowed(Permission.PupilReports)], result.Refusals);
    }

    [Theory, BothDatabases]
    public async Task Execute_SessionsAndClassesOfTheYear_AreThoseOfNoOtherYear(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData, Permission.SchoolReports, Permission.PupilReports);
        var (often, once) = (await host.Data.AddPupilAsync(manager), await host.Data.AddPupilAsync(manager));
        await host.Data.AddRecordsAsync(manager.School.Id,
            (often, TestData.InFile(attendance: [new AttendanceInFile(Year, 190, 171, 10, 9)])),
            (once, TestData.InFile(attendance: [new AttendanceInFile(Year, 190, 172, 18, 0), new AttendanceInFile(Year.Previous, 190, 0, 190, 0)])));
        var next = await host.Data.AddClassAsync(manager, "5A", year: "5", academicYear: AcademicYear.StartingIn(2027));
        await host.Data.PutInClassAsync(manager, next, often);

        var found = await AskAsync(host, manager, often, once);

        Assert.Equal((true, false), (found.Pupils[often].IsPersistentlyAbsent, found.Pupils[once].IsPersistentlyAbsent));
        Assert.Empty(found.Classes);
    }

    private static async Task<NamedPupils> AskAsync(AscentHost host, TestMember reader, params Guid[] ids) =>
        (await host.Get<NamePupils>().ExecuteAsync(new(ids, Year), reader.Actor, CancellationToken.None)).Value;
}
