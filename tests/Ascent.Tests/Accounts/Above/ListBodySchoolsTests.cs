using System.Diagnostics;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Above;

public sealed class ListBodySchoolsTests
{
    [Theory, BothDatabases]
    public async Task List_LinkedSchools_TellsNumbersAndLocksAndNothingOfTheOthers(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        var other = await host.Data.AddPrimaryAsync("Another School");
        var strange = await host.Data.AddPrimaryAsync("Strange School");
        foreach (var linked in (School[])[school, other])
            await host.Data.LinkAsync(linked, officer.Body, ReachLevel.Administration);
        await host.Data.LinkAsync(strange, await host.Data.AddTrustAsync(), ReachLevel.Administration);
        await host.Data.AddMemberAsync(school, Permission.ManageData);
        await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup));
        await host.Get<LockSchool>().ExecuteAsync(new(other.Code, "No contract"), officer.Actor, CancellationToken.None);

        var page = await ListAsync(host, officer, new());

        Assert.Equal((2, 1, true, null), (page.All, page.Locked, page.IsFirst, page.Next));
        Assert.Equal([other.Id, school.Id], page.Rows.Select(r => r.SchoolId));
        var row = page.Rows[1];
        Assert.Equal((2, 1, (2, 4), (1, 6), AscentHost.Start.UtcDateTime, null), (row.Users, row.Pending, row.SetupUsed, row.DataUsed, row.LastOpenedAt, row.Lock));
        Assert.Equal((0, (0, 4), null, new BodySchoolLock(AscentHost.Start.UtcDateTime, officer.Body.Name, "No contract", true)), (page.Rows[0].Users, page.Rows[0].SetupUsed, page.Rows[0].LastOpenedAt, page.Rows[0].Lock));
        Assert.Equal([other.Id], (await ListAsync(host, officer, new(OnlyLocked: true))).Rows.Select(r => r.SchoolId));
        foreach (var search in (string[])["NOTHER", other.Code, other.DfeNumber!])
            Assert.Equal([other.Id], (await ListAsync(host, officer, new(search))).Rows.Select(r => r.SchoolId));
        Assert.Empty((await ListAsync(host, officer, new("Strange"))).Rows);
        Assert.Equal([other.Id], (await host.Get<ListBodySchools>().FindAsync(officer.Actor, "another", 10, CancellationToken.None)).Select(s => s.Id));
    }

    [Theory, BothDatabases]
    public async Task List_WithoutTheSetup_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, setup, officer) = await ReachTests.StartAsync(host);
        var reader = await host.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.SchoolReports, Permission.LaReports));

        foreach (var actor in (Actor[])[setup.Actor, reader.Actor])
        {
            Assert.IsType<NotAllowed>(Assert.Single((await host.Get<ListBodySchools>().ExecuteAsync(actor, new(), CancellationToken.None)).Refusals));
            Assert.Empty(await host.Get<ListBodySchools>().FindAsync(actor, "", 10, CancellationToken.None));
        }
    }

    [Theory, BothDatabases]
    public async Task List_ThreeHundredSchoolsWithTenThousandUsers_IsPagedAndQuick(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var officer = await FillAsync(host, schools: 300, people: 10_000);
        await host.AnalyseAsync();

        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await ListAsync(host, officer, new(After: after));
            seen.AddRange(page.Rows.Select(r => r.SchoolId));
            after = page.Next;
            Assert.Equal(300, page.All);
        }
        while (after is not null);
        Assert.Equal(300, seen.Distinct().Count());
        Assert.Equal(300, seen.Count);

        var times = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            var watch = Stopwatch.StartNew();
            await ListAsync(host, officer, i % 2 == 0 ? new() : new("school 2"));
            await host.Get<ListBodySchools>().FindAsync(officer.Actor, "school 1", 10, CancellationToken.None);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        var p95 = times.Order().ElementAt(37);
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: list and picker together p95 {p95:N1} ms");
        // Both together, on a machine that is busy with other tests: far from this with a plan that reads every membership.
        Assert.True(p95 < 400, $"p95 was {p95:N1} ms.");
    }

    private static async Task<BodySchoolsPage> ListAsync(AscentHost host, TestBodyMember officer, BodySchoolsQuery query) =>
        (await host.Get<ListBodySchools>().ExecuteAsync(officer.Actor, query, CancellationToken.None)).Value;

    private static async Task<TestBodyMember> FillAsync(AscentHost host, int schools, int people)
    {
        var officer = await host.Data.AddBodyMemberAsync(await host.Data.AddAuthorityAsync(), PermissionSet.Of(Permission.LaSetup));
        var now = host.Clock.GetUtcNow().UtcDateTime;
        var made = new List<School>();
        Guid NewId() => Guid.CreateVersion7(host.Clock.GetUtcNow());
        await host.ChangeAsync(db =>
        {
            for (var i = 0; i < schools; i++)
            {
                var school = new School { Id = NewId(), Code = $"{950_000 + i}", DfeNumber = $"997/{2000 + i}", Phase = SchoolPhase.Primary, LowAge = 5, HighAge = 11 };
                school.Rename($"School {i % 7} of many {i}");
                school.WorkOutPrimary();
                made.Add(school);
                db.Add(school);
                var id = NewId();
                db.Add(new ReachLink { OrganisationId = school.Id, Id = id, SeriesId = id, BodyId = officer.Body.Id, StartedAt = now, Origin = ReachOrigin.Register, IsRegistered = true });
            }
            return Task.CompletedTask;
        });
        await host.Get<OpenSeats>().ExecuteAsync(Actor.System, CancellationToken.None);
        await host.ChangeAsync(db =>
        {
            for (var i = 0; i < people; i++)
            {
                var account = new Account { Id = NewId(), Email = $"p{i}@many.example", EmailKey = $"p{i}@many.example", Forename = "Pat", Surname = $"Many{i}", CreatedAt = now, PasswordHash = "x" };
                var membership = new Membership { OrganisationId = made[i % schools].Id, Id = NewId(), AccountId = account.Id, JobRole = JobRole.Teacher, CreatedAt = now };
                membership.Activate(now);
                membership.FindAs(account.Forename, account.Surname, account.Email);
                db.Add(account);
                db.Add(membership);
            }
            return Task.CompletedTask;
        });
        return officer;
    }
}
