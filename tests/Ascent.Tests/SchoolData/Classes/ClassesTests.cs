using Ascent.Accounts;
using Ascent.Audit;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SchoolData.Classes;

public sealed class ClassesTests
{
    private static readonly AcademicYear ThisYear = AcademicYear.StartingIn(2026);

    [Theory, BothDatabases]
    public async Task AddClass_NameThatIsThere_IsRefusedInTheYearAndSchoolOnly(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, elsewhere) = (await ManagerAsync(host), await ManagerAsync(host));
        await host.Data.AddClassAsync(manager, "7É");

        Task<Result<Guid>> AddAsync(TestMember by, string name, AcademicYear year) => host.Get<AddClass>().ExecuteAsync(new(year, new(name, ClassKind.Teaching, null)), by.Actor, default);

        Assert.Equal(new ClassNameTaken("7É", ThisYear), (await AddAsync(manager, " 7é ", ThisYear)).Refusals[0]);
        Assert.True((await AddAsync(manager, "7É", ThisYear.Next)).Succeeded);
        Assert.True((await AddAsync(elsewhere, "7É", ThisYear)).Succeeded);
        Assert.IsType<ClassOfThePast>((await AddAsync(manager, "8A", ThisYear.Previous)).Refusals[0]);
        Assert.IsType<ClassFieldRefusal>((await AddAsync(manager, "8A", ThisYear.Next.Next)).Refusals[0]);
    }

    [Theory]
    [InlineData("", "Enter the name of the class, such as 7B")]
    [InlineData("7\u202eB", "The name has a hidden or control character in it: type it again by hand")]
    [InlineData("01234567890123456789012345678901234567890", "The name must be 40 characters or fewer")]
    [InlineData("\u0301", "The name needs a letter or a number")]
    public void ReadName_NoName_SaysWhy(string typed, string why) => Assert.Equal(why, ClassRules.ReadName(typed).Refusals[0].Message);

    [Theory, BothDatabases]
    public async Task AnyDeed_WithoutManageDataOrElsewhere_ChangesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (id, pupil) = (await host.Data.AddClassAsync(manager), await host.Data.AddPupilAsync(manager));
        await host.Data.PutInClassAsync(manager, id, pupil);
        var (teacher, other) = ((await host.Data.AddMemberAsync(manager.School, Permission.SchoolReports, Permission.PupilReports)).Actor, (await ManagerAsync(host)).Actor);

        async Task<Refusal[]> TryAllAsync(Actor actor) =>
        [
            (await host.Get<ChangeClass>().ExecuteAsync(new(id, new("X", ClassKind.Teaching, null), 2), actor, default)).Refusals[0],
            (await host.Get<PutInClass>().ExecuteAsync(id, [pupil], actor, default)).Refusals[0],
            (await host.Get<PutInClass>().WholeYearAsync(id, new(4), actor, default)).Refusals[0],
            (await host.Get<TakeOutOfClass>().ExecuteAsync(id, [pupil], actor, default)).Refusals[0],
            (await host.Get<ChooseTeachers>().ExecuteAsync(new(id, [manager.MembershipId], 2), actor, default)).Refusals[0],
            (await host.Get<DeleteClass>().ExecuteAsync(new(id, "7B"), actor, default)).Refusals[0],
        ];

        Assert.All(await TryAllAsync(teacher), r => Assert.IsType<NotAllowed>(r));
        Assert.All(await TryAllAsync(other), r => Assert.IsType<NoSuchClass>(r));
        Assert.IsType<NotAllowed>((await host.Get<AddClass>().ExecuteAsync(new(ThisYear, new("X", ClassKind.Teaching, null)), teacher, default)).Refusals[0]);
        Assert.Null(await host.Get<FindClass>().ExecuteAsync(id, other, default));
        Assert.Null(await host.Get<ListClassCandidates>().ExecuteAsync(id, other, new(), default));
        Assert.Empty((await host.Get<ListClasses>().ExecuteAsync(other, new(), default)).Rows);
        Assert.Equal((1, 1, 0), (await host.CountAsync<SchoolClass>(), await host.CountAsync<ClassPupil>(), await host.CountAsync<ClassTeacher>()));
    }

    // One class of registration a year: who was chosen moves; a whole year group leaves those who have one where they are.
    [Theory, BothDatabases]
    public async Task PutInClass_Registration_MovesTheChosenAndLeavesTheYearGroup(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var pupils = await host.Data.AddPupilsAsync(manager, 4, new(7));
        var (a, b, set) = (await host.Data.AddClassAsync(manager, "7A"), await host.Data.AddClassAsync(manager, "7B"), await host.Data.AddClassAsync(manager, "7/Ma1", ClassKind.Teaching));
        await host.Data.PutInClassAsync(manager, a, pupils[0], pupils[1]);

        var moved = (await host.Get<PutInClass>().ExecuteAsync(b, [pupils[1]], manager.Actor, default)).Value;
        var whole = (await host.Get<PutInClass>().WholeYearAsync(b, new(7), manager.Actor, default)).Value;
        var taught = (await host.Get<PutInClass>().WholeYearAsync(set, new(7), manager.Actor, default)).Value;
        var again = (await host.Get<PutInClass>().ExecuteAsync(b, [pupils[1]], manager.Actor, default)).Value;

        Assert.Equal((new PutInClassResult(1, 1, 0), new PutInClassResult(2, 0, 1), new PutInClassResult(4, 0, 0), new PutInClassResult(0, 0, 0)), (moved, whole, taught, again));
        Assert.Equal([1, 3, 4], (await host.Get<ListClasses>().ExecuteAsync(manager.Actor, new(), default)).Rows.Select(r => r.Pupils));
        Assert.Equal(["7B", "7/Ma1"], (await host.Get<ListClassesOfPupil>().ExecuteAsync(pupils[1], manager.Actor, default)).Select(c => c.Name));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task PutInClass_AnotherSchoolsOrLeftPupil_FindsNoneAndPutsNobody(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, elsewhere) = (await ManagerAsync(host), await ManagerAsync(host));
        var (id, own, foreign, left) = (await host.Data.AddClassAsync(manager), await host.Data.AddPupilAsync(manager), await host.Data.AddPupilAsync(elsewhere), await host.Data.AddPupilAsync(manager));
        await host.Get<LeavePupil>().ExecuteAsync(left, "1/10/2026", manager.Actor, default);

        foreach (var wrong in (Guid[])[foreign, left, Guid.Empty])
            Assert.IsType<NoSuchPupil>((await host.Get<PutInClass>().ExecuteAsync(id, [own, wrong], manager.Actor, default)).Refusals[0]);
        Assert.IsType<NobodyTicked>((await host.Get<PutInClass>().ExecuteAsync(id, [], manager.Actor, default)).Refusals[0]);
        Assert.Equal(0, await host.CountAsync<ClassPupil>());
    }

    [Theory, BothDatabases]
    public async Task ChangeClass_ToRegistration_IsRefusedWhileAPupilHasAnother(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var pupils = await host.Data.AddPupilsAsync(manager, 2, new(7));
        var (a, set) = (await host.Data.AddClassAsync(manager, "7A"), await host.Data.AddClassAsync(manager, "7/Ma1", ClassKind.Teaching));
        await host.Data.PutInClassAsync(manager, a, pupils[0]);
        await host.Data.PutInClassAsync(manager, set, pupils[0], pupils[1]);
        Task<Result<bool>> ChangeAsync(int version) => host.Get<ChangeClass>().ExecuteAsync(new(set, new("7M", ClassKind.Registration, "7"), version), manager.Actor, default);

        Assert.Equal("1 pupil of it has another registration class: Ada Abara0000. Take them out there or here first", (await ChangeAsync(2)).Refusals[0].Message);
        await host.Get<TakeOutOfClass>().ExecuteAsync(set, [pupils[0]], manager.Actor, default);
        Assert.IsType<ClassChangedMeanwhile>((await ChangeAsync(2)).Refusals[0]);
        Assert.True((await ChangeAsync(3)).Value);

        Assert.Equal([2026, 2026], await host.ReadAsync(db => db.Set<ClassPupil>().Select(c => c.RegistrationYear).ToListAsync()));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task ChooseTeachers_MembersWhoAreOpenOrWait_TeachAndOthersCannot(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var id = await host.Data.AddClassAsync(setup);
        var (ann, closed, stranger) = (await host.Data.AddMemberAsync(setup.School, PermissionSet.None, "Ann", "Teach"), await host.Data.AddMemberAsync(setup.School), await ManagerAsync(host));
        var waiting = await host.Data.InviteAsync(setup, PermissionSet.None, "Wim", "Waits", "wim@school.example");
        await host.Get<DeactivateUser>().ExecuteAsync(closed.MembershipId, setup.Actor, default);
        Task<Result<bool>> ChooseAsync(int version, params Guid[] ids) => host.Get<ChooseTeachers>().ExecuteAsync(new(id, ids, version), setup.Actor, default);

        foreach (var wrong in (Guid[])[closed.MembershipId, stranger.MembershipId, ann.AccountId])
            Assert.IsType<NoSuchTeacher>((await ChooseAsync(1, ann.MembershipId, wrong)).Refusals[0]);
        Assert.True((await ChooseAsync(1, ann.MembershipId, waiting.MembershipId)).Value);
        Assert.IsType<ClassChangedMeanwhile>((await ChooseAsync(1)).Refusals[0]);

        var page = (await host.Get<FindClass>().ExecuteAsync(id, setup.Actor, default))!;
        Assert.Equal([("Ann Teach", false), ("Wim Waits", true)], page.Teachers.Select(t => (t.Name, t.IsPending)));
        // A place that closes hides the teacher, and saving the others keeps the row for when it opens again.
        await host.Get<DeactivateUser>().ExecuteAsync(ann.MembershipId, setup.Actor, default);
        Assert.Equal(["Wim Waits"], (await host.Get<FindClass>().ExecuteAsync(id, setup.Actor, default))!.Teachers.Select(t => t.Name));
        Assert.True((await ChooseAsync(2)).Value);
        Assert.Equal(ann.AccountId, await host.ReadAsync(db => db.Set<ClassTeacher>().Select(t => t.AccountId).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task DeleteClass_NameTyped_TakesRowsAndLeavesPupils(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (id, pupil) = (await host.Data.AddClassAsync(manager), await host.Data.AddPupilAsync(manager));
        await host.Data.PutInClassAsync(manager, id, pupil);
        await host.Get<ChooseTeachers>().ExecuteAsync(new(id, [manager.MembershipId], 2), manager.Actor, default);

        Assert.IsType<ClassNameNotTyped>((await host.Get<DeleteClass>().ExecuteAsync(new(id, "7A"), manager.Actor, default)).Refusals[0]);
        Assert.Equal("7B", (await host.Get<DeleteClass>().ExecuteAsync(new(id, "7b"), manager.Actor, default)).Value);

        Assert.Equal((0, 0, 0, 1), (await host.CountAsync<SchoolClass>(), await host.CountAsync<ClassPupil>(), await host.CountAsync<ClassTeacher>(), await host.CountAsync<Pupil>()));
        var facts = await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Kind.StartsWith("class-")).Select(e => e.Facts).ToListAsync());
        Assert.Equal(4, facts.Count);
        Assert.All(facts, f => Assert.DoesNotContain("7B", f, StringComparison.Ordinal));
    }

    // When the year is over, its classes are read and nothing of them is changed.
    [Theory, BothDatabases]
    public async Task AnyDeed_NextSeptember_IsRefusedAndTheClassStillRead(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (id, pupil) = (await host.Data.AddClassAsync(manager), await host.Data.AddPupilAsync(manager));
        await host.Data.PutInClassAsync(manager, id, pupil);
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 9, 1, 9, 0, 0, TimeSpan.Zero));

        Refusal[] refusals =
        [
            (await host.Get<ChangeClass>().ExecuteAsync(new(id, new("X", ClassKind.Teaching, null), 2), manager.Actor, default)).Refusals[0],
            (await host.Get<PutInClass>().ExecuteAsync(id, [pupil], manager.Actor, default)).Refusals[0],
            (await host.Get<TakeOutOfClass>().ExecuteAsync(id, [pupil], manager.Actor, default)).Refusals[0],
            (await host.Get<ChooseTeachers>().ExecuteAsync(new(id, [manager.MembershipId], 2), manager.Actor, default)).Refusals[0],
            (await host.Get<DeleteClass>().ExecuteAsync(new(id, "7B"), manager.Actor, default)).Refusals[0],
        ];

        Assert.All(refusals, r => Assert.Equal(new ClassOfThePast(ThisYear), r));
        var now = await host.Get<ListClasses>().ExecuteAsync(manager.Actor, new(), default);
        Assert.Equal((0, 1), (now.Rows.Count, now.WithoutRegistration));
        Assert.Equal([ThisYear.Next, ThisYear], now.AcademicYears);
        var before = await host.Get<ListClasses>().ExecuteAsync(manager.Actor, new(ThisYear), default);
        Assert.Equal(("7B", 1, true), (before.Rows[0].Name, before.Rows[0].Pupils, before.IsOver));
    }

    [Theory, BothDatabases]
    public async Task ListClassCandidates_SearchYearAndUnregistered_ShowsWhoCouldCome(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var pupils = await host.Data.AddPupilsAsync(manager, ListClassCandidates.PageSize + 4, new(7));
        await host.Data.AddPupilAsync(manager, (PupilField.Surname, "Zed"), (PupilField.Year, "8"));
        var (a, b) = (await host.Data.AddClassAsync(manager, "7A"), await host.Data.AddClassAsync(manager, "7B"));
        await host.Data.PutInClassAsync(manager, a, pupils[0]);
        await host.Data.PutInClassAsync(manager, b, pupils[1]);
        async Task<CandidatesPage> ListAsync(CandidatesQuery query) => (await host.Get<ListClassCandidates>().ExecuteAsync(b, manager.Actor, query, default))!;

        var first = await ListAsync(new(Year: new NcYear(7)));
        var second = await ListAsync(new(Year: new NcYear(7), After: first.Next));

        Assert.Equal((ListClassCandidates.PageSize, 3, ListClassCandidates.PageSize + 3, null), (first.Rows.Count, second.Rows.Count, second.Total, second.Next));
        Assert.Equal(("7A", null), (first.Rows[0].Registered, first.Rows[1].Registered));
        Assert.Equal(new YearCandidates(ListClassCandidates.PageSize + 3, ListClassCandidates.PageSize + 2), first.ByYear[new NcYear(7)]);
        Assert.Equal(["Zed"], (await ListAsync(new(Search: "zed"))).Rows.Select(r => r.Surname));
        Assert.DoesNotContain((await ListAsync(new(Unregistered: true))).Rows, r => r.Registered is not null);
    }

    [Fact]
    public void Compare_NamesWithNumbers_PutsTwoBeforeTen() =>
        Assert.Equal(["2a", "10a", "10b", "willow"], ((string[])["10b", "willow", "2a", "10a"]).Order(NaturalOrder.Instance));

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
}
