using System.Text.Json;
using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Templates;

/// <summary>A template given to several people with its change: all of them by the rules of a single change, or nobody.</summary>
public sealed class GiveTemplateTests
{
    private static readonly PermissionSet Teacher = PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses);

    [Theory, BothDatabases]
    public async Task Execute_SomeTicked_ChangesThemAloneInOneEntryAndTellsThem(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var id = await host.Data.AddTemplateAsync(setup, "Class teacher", Teacher);
        var (ticked, left) = (await host.Data.AddMemberAsync(school, Teacher, "Tom", "Reed"), await host.Data.AddMemberAsync(school, Teacher, "Una", "Lee"));
        var pending = await host.Data.InviteAsync(setup, Teacher);
        var closed = await host.Data.AddMemberAsync(school, Teacher);
        await host.Data.BringAsync(closed, MembershipState.Deactivated, setup);
        var wider = Teacher.With(Permission.TrackingMarks);

        var saved = await GiveAsync(host, setup, id, wider, (ticked, 1), (pending, 0), (closed, 2));

        Assert.Equal(3, saved.Value.People);
        var rows = await host.ReadAsync(db => db.Set<Membership>().ToDictionaryAsync(m => m.Id));
        Assert.All([ticked, pending, closed], m => Assert.Equal((wider, id, setup.AccountId), (rows[m.MembershipId].Permissions, rows[m.MembershipId].TemplateId!.Value, rows[m.MembershipId].ChangedById!.Value)));
        Assert.Equal((Teacher, (Guid?)null, 1), (rows[left.MembershipId].Permissions, rows[left.MembershipId].TemplateId, rows[left.MembershipId].Version));
        // Only whoever can open the school is told of what they can open.
        Assert.Equal([("access-changed", ticked.Email)], (await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == "access-changed").ToListAsync())).Select(m => (m.Template, m.Recipient)));
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "template-given"));
        var people = JsonSerializer.Deserialize<TemplateGiven>(entry.Facts)!.People;
        Assert.Equal(new[] { ticked, pending, closed }.Select(m => m.MembershipId).Order(), people.Select(p => p.MembershipId).Order());
        Assert.All(people, p => Assert.Equal((Teacher.Bits, wider.Bits), (p.PermissionsBefore, p.Permissions)));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "template-changed")));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Execute_OneOfThemCannotBe_ChangesNobodyAndNamesTheReasons(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Amara", "Okafor");
        var id = await host.Data.AddTemplateAsync(setup, "Class teacher", Teacher);
        var good = await host.Data.AddMemberAsync(school);
        var stale = await host.Data.AddMemberAsync(school, PermissionSet.None, "Una", "Lee");
        var gone = await host.Data.InviteAsync(setup);
        await host.Get<DeletePendingUser>().ExecuteAsync(gone.MembershipId, setup.Actor, CancellationToken.None);
        var elsewhere = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync());

        Assert.Equal(["own-account", "person-changed", "person-left"], Codes(await GiveAsync(host, setup, id, Teacher, (good, 1), (setup, 1), (stale, 0), (gone, 1))).Order());
        Assert.Equal(["not-found"], Codes(await GiveAsync(host, setup, id, Teacher, (good, 1), (elsewhere, 1))));
        // A change of the template in the same save is not saved either.
        Assert.Equal(["own-account"], Codes(await GiveAsync(host, setup, id, Teacher.With(Permission.TrackingMarks), (good, 1), (setup, 1))));

        Assert.Equal(Teacher, await host.ReadAsync(db => db.Set<AccessTemplate>().Select(t => new PermissionSet(t.PermissionBits)).SingleAsync()));
        Assert.Equal(PermissionSet.None, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == good.MembershipId).Select(m => new PermissionSet(m.PermissionBits)).SingleAsync()));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "template-given")));
    }

    [Theory, BothDatabases]
    public async Task Execute_MakingHolders_AsksForThePasswordTellsTheOthersAndSeatsThem(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var (setup, other) = (await host.Data.AddMemberAsync(school, Permission.SchoolSetup), await host.Data.AddMemberAsync(school, Permission.SchoolSetup));
        var id = await host.Data.AddTemplateAsync(setup, "Office", PermissionSet.Of(Permission.SchoolSetup));
        var (a, b) = (await host.Data.AddMemberAsync(school, Permission.ManageData), await host.Data.AddMemberAsync(school));
        ChangeTemplateRequest request = new(id, 0, "Office", PermissionSet.Of(Permission.SchoolSetup), [new(a.MembershipId, 1), new(b.MembershipId, 1)]);

        Assert.Equal(["confirm"], Codes(await host.Get<ChangeTemplate>().ExecuteAsync(request, setup.Actor with { IsFresh = false }, CancellationToken.None)).Select(c => c.Split('-')[0]));
        Assert.True((await host.Get<ChangeTemplate>().ExecuteAsync(request, setup.Actor, CancellationToken.None)).Succeeded);

        Assert.Equal(4, await SeatsAsync(host, Permission.SchoolSetup));
        Assert.Equal(0, await SeatsAsync(host, Permission.ManageData));
        Assert.Equal(2, await host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == "holder-made" && m.Recipient == other.Email)));
    }

    [Theory, BothDatabases]
    public async Task Execute_MoreThanThereAreSeats_ChangesNobodyAndNamesWhoHasNone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        for (var i = 0; i < 5; i++)
            await host.Data.AddMemberAsync(school, Permission.ManageData);
        var id = await host.Data.AddTemplateAsync(setup, "Office", PermissionSet.Of(Permission.ManageData));
        var (a, b) = (await host.Data.AddMemberAsync(school, PermissionSet.None, "Ann", "Able"), await host.Data.AddMemberAsync(school, PermissionSet.None, "Bob", "Baker"));

        var refused = Assert.IsType<NoSeatsForAll>(Assert.Single((await GiveAsync(host, setup, id, PermissionSet.Of(Permission.ManageData), (a, 1), (b, 1))).Refusals));

        Assert.Equal(["people", "Bob Baker"], [refused.Field, .. refused.Without]);
        Assert.StartsWith("There is no Manage data seat for Bob Baker: 5 of 6 used", refused.Message, StringComparison.Ordinal);
        Assert.Equal(5, await SeatsAsync(host, Permission.ManageData));
        Assert.True((await GiveAsync(host, setup, id, PermissionSet.Of(Permission.ManageData), (a, 1))).Succeeded);
        Assert.Equal(6, await SeatsAsync(host, Permission.ManageData));
    }

    [Theory, BothDatabases]
    public async Task Execute_TakingTheLastHoldersAway_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var ending = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), endsOn: new DateOnly(2027, 1, 1));
        var (a, b) = (await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ann", "Able"), await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Bob", "Baker"));
        var id = await host.Data.AddTemplateAsync(ending, "Class teacher", Teacher);

        // One could go, both could not.
        Assert.Equal(["last-holder", "last-holder"], Codes(await GiveAsync(host, ending, id, Teacher, (a, 1), (b, 1))));
        Assert.True((await GiveAsync(host, ending, id, Teacher, (a, 1))).Succeeded);
        Assert.Equal(["last-holder"], Codes(await GiveAsync(host, ending, id, Teacher, (b, 1))));
        var preview = await host.Get<PreviewTemplate>().ExecuteAsync(id, PermissionSet.Of(Permission.SchoolReports), ending.Actor, CancellationToken.None);
        Assert.Equal([("Ann Able", true)], preview.People.Select(p => (p.Person.FullName, p.CannotBe is null)));
    }

    [Theory, BothDatabases]
    public async Task Execute_PressedTwiceAndByTwentyAtOnce_IsOneDeed(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var id = await host.Data.AddTemplateAsync(setup, "Class teacher", Teacher);
        var member = await host.Data.AddMemberAsync(school);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => GiveAsync(host, setup, id, Teacher.With(Permission.TrackingMarks), (member, 1)))));

        Assert.All(results, r => Assert.True(r.Succeeded));
        Assert.Equal(1, results.Sum(r => r.Value.People));
        Assert.Equal((1, 1), (await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "template-given")), await host.ReadAsync(db => db.Set<AccessTemplate>().Select(t => t.Version).SingleAsync())));
    }

    [Theory, BothDatabases]
    public async Task Execute_TwentyGiveToTwoEachForThreeFreeSeats_EndsAtTheLimitAndNobodyIsHalfDone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        for (var i = 0; i < 3; i++)
            await host.Data.AddMemberAsync(school, Permission.ManageData);
        var office = PermissionSet.Of(Permission.ManageData);
        var id = await host.Data.AddTemplateAsync(setup, "Office", office);
        var pairs = new List<(TestMember A, TestMember B)>();
        for (var i = 0; i < 20; i++)
            pairs.Add((await host.Data.AddMemberAsync(school), await host.Data.AddMemberAsync(school)));
        using var gate = new ManualResetEventSlim();

        var racing = pairs.Select(pair => Task.Factory.StartNew(async () =>
        {
            gate.Wait();
            return await GiveAsync(host, setup, id, office, (pair.A, 1), (pair.B, 1));
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
        gate.Set();
        var results = await Task.WhenAll(racing);

        // Three seats are free, and each asks for two: one pair gets them, and the third stays free.
        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.IsType<NoSeatsForAll>(Assert.Single(r.Refusals)));
        Assert.Equal(5, await SeatsAsync(host, Permission.ManageData));
        var given = (await host.ReadAsync(db => db.Set<Membership>().Where(m => m.TemplateId == id).ToListAsync())).Select(m => m.Id).Order();
        Assert.Contains(pairs, p => given.SequenceEqual(new[] { p.A.MembershipId, p.B.MembershipId }.Order()));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Preview_PeopleOfTheTemplate_SaysTheTieAndTheSeatsOfEach(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var id = await host.Data.AddTemplateAsync(setup, "Class teacher", Teacher);
        var (holds, differs, same) = (await host.Data.AddMemberAsync(school, PermissionSet.None, "Hal", "A"), await host.Data.AddMemberAsync(school, PermissionSet.None, "Dee", "B"), await host.Data.AddMemberAsync(school, Teacher, "Sam", "C"));
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolReports));
        Assert.True((await GiveAsync(host, setup, id, Teacher, (holds, 1), (differs, 1))).Succeeded);
        await host.Get<ChangeAccess>().ExecuteAsync(new(differs.MembershipId, 2, JobRole.Teacher, null, PermissionSet.Of(Permission.ManageData), null), setup.Actor, CancellationToken.None);

        Assert.Equal(new TemplateCounts(1, 1, 1), Assert.Single(await host.Get<ListTemplates>().ExecuteAsync(setup.Actor, CancellationToken.None)).Counts);
        var holders = await host.Get<FindTemplate>().HoldersAsync(id, null, setup.Actor, CancellationToken.None);
        Assert.Equal([("Hal A", TemplateTie.Holds), ("Dee B", TemplateTie.Differs), ("Sam C", TemplateTie.SameAccess)], holders.People.Select(p => (p.FullName, p.Tie)));
        var again = await host.Get<PreviewTemplate>().ExecuteAsync(id, Teacher, setup.Actor, CancellationToken.None);
        Assert.Equal(1, again.Unchanged);
        Assert.Equal(["Dee B", "Sam C"], again.People.Select(p => p.Person.FullName));
        Assert.Empty(again.People[1].Changes);
        var office = await host.Get<PreviewTemplate>().ExecuteAsync(id, PermissionSet.Of(Permission.ManageData), setup.Actor, CancellationToken.None);
        Assert.Equal(["Hal A", "Sam C"], office.People.Where(p => p.TakesSeats.Contains(Permission.ManageData)).Select(p => p.Person.FullName));
    }

    private static Task<Result<TemplateSaved>> GiveAsync(AscentHost host, TestMember by, Guid id, PermissionSet permissions, params (TestMember Member, int Version)[] people) =>
        host.Get<ChangeTemplate>().ExecuteAsync(
            new(id, 0, host.ReadAsync(db => db.Set<AccessTemplate>().Where(t => t.Id == id).Select(t => t.Name).SingleAsync()).Result, permissions, [.. people.Select(p => new TickedPerson(p.Member.MembershipId, p.Version))]), by.Actor, CancellationToken.None);

    private static IEnumerable<string> Codes<T>(Result<T> result) => result.Refusals.Select(r => r.Code);

    private static Task<int> SeatsAsync(AscentHost host, Permission permission) => host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.Permission == permission && s.HolderId != null));
}
