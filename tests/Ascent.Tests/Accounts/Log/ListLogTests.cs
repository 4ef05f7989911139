using System.Runtime.CompilerServices;
using Ascent.Accounts;
using Ascent.Accounts.Log;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Log;

public sealed class ListLogTests
{
    [Theory, BothDatabases]
    [Asvs("16.2.1", "Every deed is an entry with who, when, about whom and what changed.")]
    public async Task ExecuteAsync_DeedsOfUseCases_AreSentencesWithTheNamesOfThen(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.SchoolSetup), "Amara", "Okafor");
        var pending = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData), "Hannah", "Brooks");
        await AgainAsync(host, () => host.Get<ShowActivationCode>().ExecuteAsync(new(pending.MembershipId, ForSlip: false), setup.Actor, default));
        var colleague = await host.Data.AddMemberAsync(setup.School, PermissionSet.Of(Permission.SchoolReports), "Owen", "Griffiths");
        var version = await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == colleague.MembershipId).Select(m => m.Version).SingleAsync());
        await AgainAsync(host, () => host.Get<ChangeAccess>().ExecuteAsync(new(colleague.MembershipId, version, JobRole.AssessmentLead, null, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), null), setup.Actor, default));
        await AgainAsync(host, () => host.Get<DeleteUser>().ExecuteAsync(new(colleague.MembershipId, "Owen Griffiths"), setup.Actor, default));

        var rows = (await ListAsync(host, setup, new())).Rows;

        Assert.Equal(["Owen Griffiths deleted", "Access of Owen Griffiths changed", "Activation code of Hannah Brooks shown", "Hannah Brooks created"], rows.Select(r => r.What.Sentence));
        Assert.All(rows, row => Assert.Equal(("Amara Okafor", "Teacher"), (row.By.Name, row.By.Line)));
        Assert.Contains(new LogLine("Job role", "Teacher", "Assessment lead"), rows[1].What.Lines);
        Assert.Contains(rows[1].What.Lines, line => line is { Before: "no", After: "whole school" });
        Assert.Contains(new LogLine("Access", null, "Manage data"), rows[3].What.Lines);
    }

    // Somebody of two schools does something in the other, and is called otherwise there: nothing of it is here.
    [Theory, BothDatabases]
    [Asvs("15.3.1", "The log of a school holds nothing of another’s.")]
    public async Task ExecuteAsync_PersonOfTwoSchools_ShowsThisSchoolOnly(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var here = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var there = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(here, forename: "Typed", surname: "Here", email: "both@school.example");
        await host.Data.InviteAsync(there, forename: "Typed", surname: "Elsewhere", email: "both@school.example");

        var rows = (await ListAsync(host, here, new())).Rows;

        Assert.Equal(["Typed Here created"], rows.Select(r => r.What.Sentence));
        Assert.Equal([here.FullName], rows.Select(r => r.By.Name));
        Assert.Empty((await ListAsync(host, here, new(Search: "Elsewhere"))).Rows);
        Assert.Empty((await ListAsync(host, here, new(Search: there.Surname))).Rows);
    }

    // Who has left is called what this school called them, whatever they call themselves elsewhere by now.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_NameChangedAfterLeaving_KeepsTheNameOfThen(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var second = await host.Data.AddMemberAsync(setup.School, PermissionSet.Of(Permission.SchoolSetup), "Old", "Name");
        await host.Data.InviteAsync(second, forename: "New", surname: "Colleague");
        await AgainAsync(host, () => host.Get<DeleteUser>().ExecuteAsync(new(second.MembershipId, "Old Name"), setup.Actor, default));
        await host.ChangeAsync(async db => (await db.Set<Account>().SingleAsync(a => a.Id == second.AccountId)).Surname = "Secret");

        var rows = (await ListAsync(host, setup, new())).Rows;

        Assert.Equal(["Old Name deleted", "New Colleague created"], rows.Select(r => r.What.Sentence));
        Assert.Equal(("Old Name", "not here any more"), (rows[1].By.Name, rows[1].By.Line));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Filters_FindByWhomAboutWhomKindAndDay(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.SchoolSetup), "Amara", "Okafor");
        var other = await host.Data.AddMemberAsync(setup.School, PermissionSet.Of(Permission.SchoolSetup), "Graham", "Ellis");
        await host.Data.InviteAsync(setup, forename: "Hannah", surname: "Brooks");
        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.Get<EndUserSessions>().ExecuteAsync(setup.MembershipId, other.Actor, default);
        await host.Get<ExportUsers>().BeginAsync(new(), setup.Actor, default);

        async Task<string> FoundAsync(LogQuery query) => string.Join(" | ", (await ListAsync(host, setup, query)).Rows.Select(r => r.What.Sentence).Order(StringComparer.Ordinal));

        Assert.Equal("Amara Okafor’s sessions ended | Hannah Brooks created | List of users exported: 2 people", await FoundAsync(new(Search: "amara")));
        Assert.Equal("Hannah Brooks created | List of users exported: 2 people", await FoundAsync(new(Search: "Okafor", Part: LogPart.DidIt)));
        Assert.Equal("Amara Okafor’s sessions ended", await FoundAsync(new(Search: "okafor", Part: LogPart.AboutThem)));
        Assert.Equal("Hannah Brooks created", await FoundAsync(new(Search: "hannah")));
        Assert.Equal("List of users exported: 2 people", await FoundAsync(new(Group: LogGroup.Exports)));
        Assert.Equal("Amara Okafor’s sessions ended", await FoundAsync(new(Search: "amara", Group: LogGroup.Access)));
        Assert.Equal("Hannah Brooks created", await FoundAsync(new(To: new DateOnly(2026, 11, 24))));
        Assert.Equal("Amara Okafor’s sessions ended | List of users exported: 2 people", await FoundAsync(new(From: new DateOnly(2026, 11, 25), To: new DateOnly(2026, 11, 25))));
        Assert.Equal("", await FoundAsync(new(Search: "nobody")));
    }

    // Moments that are the same to the microsecond, and entries that more than one reading finds.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_PageAfterPage_ShowsEachEntryOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.ChangeAsync(db =>
        {
            for (var i = 0; i < 230; i++)
            {
                if (i % 20 == 0)
                    host.Clock.Advance(TimeSpan.FromSeconds(1));
                db.AddAudit(host.Clock.Now(), setup.Actor, setup.School.Id, new UserSessionsEnded(setup.MembershipId), new AuditPerson(setup.AccountId, new Dictionary<string, string> { [AuditPerson.Name] = setup.FullName }));
            }
            return Task.CompletedTask;
        });

        foreach (var query in (LogQuery[])[new(), new(Search: setup.Surname), new(Group: LogGroup.Access)])
        {
            var seen = new List<LogRow>();
            for (var (after, pages) = ((string?)null, 0); pages == 0 || after is not null; pages++)
            {
                var page = await ListAsync(host, setup, query with { After = after });
                seen.AddRange(page.Rows);
                after = page.Next;
            }
            Assert.Equal(230, seen.Select(r => r.Id).Distinct().Count());
            Assert.Equal(230, seen.Count);
            Assert.Equal(seen.OrderByDescending(r => r.At).Select(r => r.At), seen.Select(r => r.At));
        }
    }

    [Theory, BothDatabases]
    public async Task ReadState_SealedThenMore_TellsUntilWhenAndHowManyWait(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(setup);
        Assert.Equal(new LogState(0, null, null, 1, EndFits: true), await host.Get<ReadLogState>().ExecuteAsync(setup.Actor, default));
        await host.Get<SealAudit>().ExecuteAsync(default);
        var at = host.Clock.Now();
        await AgainAsync(host, () => host.Data.InviteAsync(setup));

        Assert.Equal(new LogState(1, at, at, 1, EndFits: true), await host.Get<ReadLogState>().ExecuteAsync(setup.Actor, default));
        await host.ChangeAsync(db => db.Set<AuditEntry>().Where(e => e.Sequence == 1 && e.OrganisationId == setup.School.Id).ExecuteDeleteAsync());
        Assert.False((await host.Get<ReadLogState>().ExecuteAsync(setup.Actor, default)).EndFits);
        Assert.False((await host.Get<CheckLog>().ExecuteAsync(setup.Actor, default)).Value.Report.Holds);
    }

    [Fact]
    public async Task CheckLog_AnotherSchoolsChainBroken_HoldsHere()
    {
        await using var host = await AscentHost.StartAsync();
        var (setup, other) = (await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup), await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup));
        await host.Data.InviteAsync(setup);
        await host.Data.InviteAsync(other);
        await host.Get<SealAudit>().ExecuteAsync(default);
        await host.ChangeAsync(db => db.Set<AuditEntry>().Where(e => e.OrganisationId == other.School.Id).ExecuteDeleteAsync());

        var report = (await host.Get<CheckLog>().ExecuteAsync(setup.Actor, default)).Value.Report;

        Assert.Equal((true, 1, 1L), (report.Holds, report.Chains, report.Entries));
        Assert.IsType<NotAllowed>(Assert.Single((await host.Get<CheckLog>().ExecuteAsync((await host.Data.AddMemberAsync(setup.School)).Actor, default)).Refusals));
    }

    /// <summary>Does it a second later, so that entries have an order.</summary>
    private static Task AgainAsync(AscentHost host, Func<Task> deed)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        return deed();
    }

    private static Task<LogPage> ListAsync(AscentHost host, TestMember by, LogQuery query) => host.Get<ListLog>().ExecuteAsync(by.Actor, query, default);
}
