using Ascent.Accounts.Many;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.Accounts.Many;

/// <summary>Lists of people as schools and attackers give them.</summary>
internal static class Lists
{
    public const string Heading = "Forename,Surname,Email,Job role,School setup,Manage data,Reports,Pupil names,End date";

    public static string Csv(params IEnumerable<string> rows) => string.Join('\n', rows.Prepend(Heading));

    public static StaffList Read(params IEnumerable<string> rows) => ReadStaffList.FromPasted(Csv(rows)).Value;

    public static IEnumerable<string> Teachers(int count, int from = 0) => Enumerable.Range(from, count).Select(i => $"Ann{i},Bell{i},ann{i}.bell@school.example,Teacher,N,N,Y,own classes,");

    public static async Task<Guid> GiveAsync(AscentHost host, TestMember by, params IEnumerable<string> rows) =>
        await host.Get<StaffListJourney>().BeginAsync(Read(rows), "list.csv", by.Actor, CancellationToken.None);

    /// <summary>Gives the list as the whole staff.</summary>
    public static async Task<Guid> GiveStaffAsync(AscentHost host, TestMember by, params IEnumerable<string> rows) =>
        await host.Get<StaffListJourney>().BeginAsync(Read(rows), "staff.csv", by.Actor, CancellationToken.None, isWholeStaff: true);

    public static async Task<CheckedList> CheckAsync(AscentHost host, TestMember by, Guid list)
    {
        var journey = await host.Get<StaffListJourney>().FindAsync(list, by.Actor, CancellationToken.None);
        return await host.Get<StaffListJourney>().CheckAsync(journey!.Answers<CreateUsersAnswers>(), by.Actor, CancellationToken.None);
    }

    /// <summary>Ticks exactly these leavers.</summary>
    public static Task<bool> TickLeaversAsync(AscentHost host, TestMember by, Guid list, params IEnumerable<TestMember> leavers)
    {
        var ids = leavers.Select(l => l.MembershipId).ToHashSet();
        return host.Get<StaffListJourney>().ChangeAsync(list, by.Actor, a => a with { Leavers = ids }, CancellationToken.None);
    }

    /// <summary>The row that says what the member has.</summary>
    public static string Row(TestMember member, string role = "Teacher", string? email = null, PermissionSet? permissions = null, string end = "")
    {
        var set = permissions ?? member.Permissions;
        string Cell(Permission permission) => set.Has(permission) ? "Y" : "N";
        var pupils = !set.Has(Permission.PupilReports) ? "N" : set.ScopeOf(Permission.PupilReports) == PupilScope.OwnClasses ? "own classes" : "Y";
        return $"{member.Forename},{member.Surname},{email ?? member.Email},{role},{Cell(Permission.SchoolSetup)},{Cell(Permission.ManageData)},{Cell(Permission.SchoolReports)},{pupils},{end}";
    }

    /// <summary>Confirms and goes on as the worker does, to the end.</summary>
    public static async Task<CreateUsersOutcome> CreateAsync(AscentHost host, TestMember by, Guid list)
    {
        var confirmed = await host.Get<CreateUsers>().ConfirmAsync(list, by.Actor, CancellationToken.None);
        Assert.Empty(confirmed.Refusals);
        await host.Get<ContinueConfirmedLists>().ExecuteAsync(CancellationToken.None);
        return (await host.Get<CreateUsers>().ContinueAsync(by.School.Id, list, CancellationToken.None)).Value.Outcome!;
    }
}
