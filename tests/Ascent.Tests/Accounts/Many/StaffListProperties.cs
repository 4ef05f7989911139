using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Many;

/// <summary>Any school and any list of its staff: everybody falls into one part, and doing all of it makes the school what the list says.</summary>
public sealed class StaffListProperties
{
    private const int Addresses = 8;

    private static readonly Gen<PermissionSet> Sets = OneOf.These(
        PermissionSet.None, PermissionSet.Of(Permission.SchoolReports), PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses),
        PermissionSet.Of(Permission.ManageData), PermissionSet.Of(Permission.SchoolSetup), PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports));

    private static readonly Gen<(PermissionSet Set, JobRole Role, bool Ends)> Access = Gen.Select(Sets, OneOf.These(JobRole.Teacher, JobRole.Governor), Gen.Bool);

    private static readonly Gen<(MembershipState? State, PermissionSet Set, JobRole Role, bool Ends)[]> Schools =
        Gen.Select(OneOf.These<MembershipState?>(null, MembershipState.Active, MembershipState.Active, MembershipState.Pending, MembershipState.Deactivated), Access, (state, access) => (state, access.Set, access.Role, access.Ends)).Array[Addresses];

    private static readonly Gen<(bool IsOn, PermissionSet Set, JobRole Role, bool Ends)[]> Sheets =
        Gen.Select(OneOf.These(true, true, false), Access, (isOn, access) => (isOn, access.Set, access.Role, access.Ends)).Array[Addresses];

    [Fact]
    public async Task Confirm_AnySchoolAndAnyList_MakesTheSchoolWhatTheListSays()
    {
        await using var host = await AscentHost.StartAsync();
        await Gen.Select(Schools, Sheets).SampleAsync((school, sheet) => HoldsAsync(host, school, sheet), iter: LongTests.AreOn ? 400 : 12, threads: 1);
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    private static async Task HoldsAsync(AscentHost host, (MembershipState? State, PermissionSet Set, JobRole Role, bool Ends)[] school, (bool IsOn, PermissionSet Set, JobRole Role, bool Ends)[] sheet)
    {
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var members = await FillAsync(host, setup, school);
        var rows = Enumerable.Range(0, Addresses).Where(i => sheet[i].IsOn).ToArray();
        string Email(int i) => members[i]?.Email ?? $"new{i}.{setup.School.Code}@school.example";
        var list = await Lists.GiveStaffAsync(host, setup, [Lists.Row(setup), .. rows.Select(i => Row(Email(i), sheet[i]))]);
        var check = await Lists.CheckAsync(host, setup, list);

        // Everybody who is here is met by a row or is missing, never both and never neither.
        var met = check.Rows.Select(r => r.Here?.MembershipId).OfType<Guid>().ToArray();
        var missing = check.Leavers.Select(l => l.Member.MembershipId).ToArray();
        Assert.Equal(members.Where((m, i) => m is not null && (sheet[i].IsOn || school[i].State != MembershipState.Deactivated)).Select(m => m!.MembershipId).Append(setup.MembershipId).Order(), met.Concat(missing).Order());
        Assert.Equal(rows.Count(i => members[i] is null), check.Rows.Count(r => r.Here is null));

        await host.Get<StaffListJourney>().ChangeAsync(list, setup.Actor, a => a with { Leavers = [.. missing], Chosen = [.. Enumerable.Range(1, rows.Length + 1)] }, CancellationToken.None);
        check = await Lists.CheckAsync(host, setup, list);
        await host.Get<StaffListJourney>().ChangeAsync(list, setup.Actor, a => a with { Chosen = [.. check.Chosen.Select(r => r.Number)] }, CancellationToken.None);
        if (check.Chosen.Any() || missing.Length > 0)
            await Lists.CreateAsync(host, setup, list);

        var now = await host.ReadAsync(db => db.Set<Membership>().Where(m => m.OrganisationId == setup.School.Id && m.State != MembershipState.Deleted).Join(db.Set<Account>(), m => m.AccountId, a => a.Id, (m, a) => new { a.Email, Membership = m }).ToDictionaryAsync(m => m.Email, m => m.Membership));
        foreach (var i in Enumerable.Range(0, Addresses))
            Assert.True(IsAsTold(now.GetValueOrDefault(Email(i)), school[i].State, sheet[i], check.Rows.FirstOrDefault(r => r.Row.Cell(StaffColumns.Email) == Email(i))), $"{Email(i)}: {school[i]} with {sheet[i]}");
        Assert.True(now[setup.Email].Permissions.Has(Permission.SchoolSetup));
    }

    private static bool IsAsTold(Membership? now, MembershipState? before, (bool IsOn, PermissionSet Set, JobRole Role, bool Ends) sheet, CheckedRow? row)
    {
        if (!sheet.IsOn)
            return before is null or MembershipState.Pending ? now is null : now!.State == MembershipState.Deactivated;
        if (before == MembershipState.Deactivated)
            return now!.State == MembershipState.Deactivated;
        // A row for which no seat was left is the only one that was not done.
        if (row!.Reasons is [NoSeatForRow, ..])
            return before is null ? now is null : now!.State == before;
        return now!.State == (before ?? MembershipState.Pending) && now.Permissions == sheet.Set.Normalised() && now.JobRole == sheet.Role && now.EndsOn == Day(sheet.Ends);
    }

    private static async Task<TestMember?[]> FillAsync(AscentHost host, TestMember setup, (MembershipState? State, PermissionSet Set, JobRole Role, bool Ends)[] school)
    {
        var members = new TestMember?[Addresses];
        var seats = new Dictionary<Permission, int> { [Permission.SchoolSetup] = 3, [Permission.ManageData] = 6 };
        for (var i = 0; i < Addresses; i++)
        {
            if (school[i].State is not { } state)
                continue;
            // As many as there are seats.
            var set = school[i].Set.SeatsNeeded().All(p => seats[p]-- > 0) ? school[i].Set : PermissionSet.None;
            members[i] = state == MembershipState.Pending ? await host.Data.InviteAsync(setup, set, endsOn: Day(school[i].Ends))
                : await host.Data.AddMemberAsync(setup.School, set, role: school[i].Role, endsOn: Day(school[i].Ends));
            await host.Data.BringAsync(members[i]!, state == MembershipState.Pending ? MembershipState.Active : state, setup);
        }
        return members;
    }

    private static string Row(string email, (bool IsOn, PermissionSet Set, JobRole Role, bool Ends) told)
    {
        string Cell(Permission permission) => told.Set.Has(permission) ? "Y" : "N";
        var pupils = !told.Set.Has(Permission.PupilReports) ? "N" : told.Set.ScopeOf(Permission.PupilReports) == PupilScope.OwnClasses ? "own classes" : "whole school";
        return $"Pat,Person,{email},{told.Role},{Cell(Permission.SchoolSetup)},{Cell(Permission.ManageData)},{Cell(Permission.SchoolReports)},{pupils},{(told.Ends ? "31/08/2027" : "")}";
    }

    private static DateOnly? Day(bool ends) => ends ? new DateOnly(2027, 8, 31) : null;
}
