using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Templates;

public sealed class TemplatesTests
{
    private static readonly PermissionSet Governor = PermissionSet.Of(Permission.SchoolReports);

    [Theory, BothDatabases]
    public async Task Add_NameAndSet_IsKeptTidyWithOneEntryAndNobodyChanged(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);

        // Manage data comes with School setup and is not kept beside it.
        var id = await host.Data.AddTemplateAsync(setup, "  Office   staff ", PermissionSet.Of(Permission.SchoolSetup, Permission.ManageData));

        var template = await host.ReadAsync(db => db.Set<AccessTemplate>().SingleAsync());
        Assert.Equal((id, "Office staff", PermissionSet.Of(Permission.SchoolSetup), 0, 1), (template.Id, template.Name, template.Permissions, template.Version, template.Number));
        var (entry, detail) = await host.ReadAsync(async db => (await db.Set<AuditEntry>().SingleAsync(e => e.Kind == "template-added"), await db.Set<AuditDetail>().SingleAsync()));
        Assert.Equal(id, detail.PersonId);
        // Words stand beside the entry: somebody may have put a name into them.
        Assert.DoesNotContain("Office", entry.Facts, StringComparison.Ordinal);
        Assert.Contains("Office staff", detail.Text, StringComparison.Ordinal);
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory]
    [InlineData("", "Name")]
    [InlineData("   ", "Name")]
    [InlineData("Gov\u202eernor", "Name")]
    [InlineData("Gov\nernor", "Name")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901", "Name")]
    public async Task AddAndChange_UnsoundName_IsRefused(string name, string field)
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var id = await host.Data.AddTemplateAsync(setup, "Governor", Governor);

        Assert.Equal(field, Assert.Single((await AddAsync(host, setup, name, Governor)).Refusals).Field);
        Assert.Equal(field, Assert.Single((await ChangeAsync(host, setup, id, 0, name, Governor)).Refusals).Field);
        Assert.Equal("Governor", await host.ReadAsync(db => db.Set<AccessTemplate>().Select(t => t.Name).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task AddAndChange_NameThatIsThere_IsRefusedHoweverItIsWritten(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.AddTemplateAsync(setup, "Café team", Governor);
        var other = await host.Data.AddTemplateAsync(setup, "Governor", Governor);
        var elsewhere = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);

        foreach (var same in (string[])["Café team", "CAFE TEAM", "cafe\u0301  team"])
        {
            Assert.StartsWith("There is a template “Café team” already", Assert.Single((await AddAsync(host, setup, same, Governor)).Refusals).Message, StringComparison.Ordinal);
            Assert.Equal("template-name", Assert.Single((await ChangeAsync(host, setup, other, 0, same, Governor)).Refusals).Code);
        }
        // Its own name in other letters, and another school's name, stand in nobody's way.
        Assert.True((await ChangeAsync(host, setup, other, 0, "GOVERNOR", Governor)).Succeeded);
        Assert.True((await AddAsync(host, elsewhere, "Café team", Governor)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task AddAndChange_SetThatCannotBeHeld_IsRefusedAtTheBoxes(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync(), Permission.SchoolSetup);
        var id = await host.Data.AddTemplateAsync(setup, "Governor", Governor);
        var wrong = PermissionSet.Of(Permission.PupilReports, Permission.TrackingMarks);

        Assert.Equal(["PupilReports", "TrackingMarks"], (await AddAsync(host, setup, "Other", wrong)).Refusals.Select(r => r.Field));
        Assert.Equal(["PupilReports", "TrackingMarks"], (await ChangeAsync(host, setup, id, 0, "Governor", wrong)).Refusals.Select(r => r.Field));
        Assert.Equal("template-empty", Assert.Single((await AddAsync(host, setup, "Other", default)).Refusals).Code);
        Assert.Equal(1, await host.CountAsync<AccessTemplate>());
    }

    [Theory, BothDatabases]
    public async Task Add_FortyAtOnceForTheLastTen_EndsAtExactlyFifty(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var i = 0; i < AccessTemplate.Most - 10; i++)
            await host.Data.AddTemplateAsync(setup, $"Template {i}", Governor);

        var added = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => AddAsync(host, setup, $"Late {i}", Governor))));

        Assert.Equal((10, AccessTemplate.Most), (added.Count(a => a.Succeeded), await host.CountAsync<AccessTemplate>()));
        Assert.All(added.Where(a => !a.Succeeded), a => Assert.IsType<TooManyTemplates>(Assert.Single(a.Refusals)));
    }

    [Theory, BothDatabases]
    public async Task Add_SameNameTwentyTimesAtOnce_IsOne(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);

        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => AddAsync(host, setup, "Governor", Governor))));

        Assert.Single(added, a => a.Succeeded);
        Assert.Equal((1, 1), (await host.CountAsync<AccessTemplate>(), await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "template-added"))));
    }

    [Theory, BothDatabases]
    public async Task Change_StaleForm_IsRefusedWithWhatItIsNowAndByWhom(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var first = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        var second = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var id = await host.Data.AddTemplateAsync(first, "Governor", Governor);
        var both = Governor.With(Permission.AllCollaborateGroups);
        Assert.True((await ChangeAsync(host, first, id, 0, "Governor", both)).Succeeded);

        var stale = Assert.IsType<StaleTemplate>(Assert.Single((await ChangeAsync(host, second, id, 0, "Governors", Governor)).Refusals));

        Assert.Equal(("Governor", both, 1, "Ruth Bell"), (stale.Name, stale.Permissions, stale.Version, stale.ChangedBy));
        // What it is already needs no version: pressed twice, or two who want the same.
        Assert.Empty((await ChangeAsync(host, second, id, 0, "Governor", both)).Value.Changes);
        Assert.True((await ChangeAsync(host, second, id, 1, "Governors", Governor)).Succeeded);
        Assert.Equal(2, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "template-changed")));
    }

    [Theory, BothDatabases]
    public async Task Change_TwentyAtOnce_IsOneChangeAndNineteenAreTold(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var id = await host.Data.AddTemplateAsync(setup, "Governor", Governor);

        var changed = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => ChangeAsync(host, setup, id, 0, $"Governor {i}", Governor))));

        Assert.Single(changed, c => c.Succeeded);
        Assert.All(changed.Where(c => !c.Succeeded), c => Assert.IsType<StaleTemplate>(Assert.Single(c.Refusals)));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AccessTemplate>().Select(t => t.Version).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task Delete_GivenToPeople_ChangesNobodyAndForgetsTheTie(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var id = await host.Data.AddTemplateAsync(setup, "Governor", Governor);
        var pending = await InviteAsync(host, setup, id, Governor);

        Assert.Equal("Governor", (await host.Get<DeleteTemplate>().ExecuteAsync(id, setup.Actor, CancellationToken.None)).Value);

        var membership = await host.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.Id == pending));
        Assert.Equal((Governor, (Guid?)null, 0), (membership.Permissions, membership.TemplateId, membership.Version));
        Assert.Equal("template-gone", Assert.Single((await host.Get<DeleteTemplate>().ExecuteAsync(id, setup.Actor, CancellationToken.None)).Refusals).Code);
        Assert.Equal("template-gone", Assert.Single((await ChangeAsync(host, setup, id, 0, "Governor", Governor)).Refusals).Code);
        Assert.Equal("template-gone", Assert.Single((await host.Get<FindTemplate>().ExecuteAsync(id, setup.Actor, CancellationToken.None)).Refusals).Code);
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Delete_WhileItIsGivenToNewPeople_LeavesNoTieToNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var round = 0; round < 5; round++)
        {
            var id = await host.Data.AddTemplateAsync(setup, "Governor", Governor);
            var making = Enumerable.Range(0, 8).Select(_ => Task.Run(() => InviteAsync(host, setup, id, Governor))).ToArray();
            var deleted = await Task.Run(() => host.Get<DeleteTemplate>().ExecuteAsync(id, setup.Actor, CancellationToken.None));
            await Task.WhenAll(making);

            Assert.True(deleted.Succeeded);
            Assert.Equal(0, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.TemplateId != null)));
        }
        Assert.Equal(40, await host.CountAsync<Invitation>());
    }

    [Theory, BothDatabases]
    public async Task Any_OtherSchoolOrNoRight_FindsNothingAndChangesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var id = await host.Data.AddTemplateAsync(setup, "Governor", Governor);
        var stranger = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var teacher = await host.Data.AddMemberAsync(school, Permission.ManageData);
        var deletedThere = await host.Data.AddTemplateAsync(setup, "Gone", Governor);
        await host.Get<DeleteTemplate>().ExecuteAsync(deletedThere, setup.Actor, CancellationToken.None);

        foreach (var there in (Guid[])[id, deletedThere])
        {
            Assert.Equal("not-found", Assert.Single((await ChangeAsync(host, stranger, there, 0, "Mine", Governor)).Refusals).Code);
            Assert.Equal("not-found", Assert.Single((await host.Get<DeleteTemplate>().ExecuteAsync(there, stranger.Actor, CancellationToken.None)).Refusals).Code);
            Assert.Equal("not-found", Assert.Single((await host.Get<FindTemplate>().ExecuteAsync(there, stranger.Actor, CancellationToken.None)).Refusals).Code);
            Assert.Null(await host.Get<ReadSuggestion>().OfTemplateAsync(there, stranger.Actor, CancellationToken.None));
        }
        Assert.Empty(await host.Get<ListTemplates>().ExecuteAsync(stranger.Actor, CancellationToken.None));
        Assert.Null(await host.Get<ReadSuggestion>().OfColleagueAsync(setup.MembershipId, stranger.Actor, CancellationToken.None));
        Assert.Equal("not-allowed", Assert.Single((await AddAsync(host, teacher, "Mine", Governor)).Refusals).Code);
        Assert.Equal("not-allowed", Assert.Single((await ChangeAsync(host, teacher, id, 0, "Mine", Governor)).Refusals).Code);
        Assert.Equal("not-allowed", Assert.Single((await host.Get<DeleteTemplate>().ExecuteAsync(id, teacher.Actor, CancellationToken.None)).Refusals).Code);
        // A template of another school is not noted on anybody here.
        var made = await InviteAsync(host, stranger, id, Governor);
        Assert.Null(await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == made).Select(m => m.TemplateId).SingleAsync()));
        Assert.Equal("Governor", await host.ReadAsync(db => db.Set<AccessTemplate>().Select(t => t.Name).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task Change_PupilTrackingWentOff_KeepsWhatLiesStillAndGivesNoneOfIt(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var set = Governor.With(Permission.TrackingPupilReports, PupilScope.OwnClasses);
        var id = await host.Data.AddTemplateAsync(setup, "Governor", set);
        var (held, plain) = (await host.Data.AddMemberAsync(school, set), await host.Data.AddMemberAsync(school, Governor));
        await host.ChangeAsync(async db =>
        {
            var changed = await db.Set<School>().SingleAsync(s => s.Id == school.Id);
            (changed.Phase, changed.LowAge) = (SchoolPhase.Secondary, 11);
            changed.WorkOutPrimary();
        });
        // What lies still does not make two sets different.
        Assert.Equal(new TemplateCounts(0, 0, 2), (await host.Get<FindTemplate>().ExecuteAsync(id, setup.Actor, CancellationToken.None)).Value.Counts);
        var wider = Governor.With(Permission.AllCollaborateGroups);

        var saved = await host.Get<ChangeTemplate>().ExecuteAsync(new(id, 0, "Governor", wider, [new(held.MembershipId, 1), new(plain.MembershipId, 1)]), setup.Actor, CancellationToken.None);

        Assert.Equal(("View any Collaborate groups", 2), (Assert.Single(saved.Value.Changes).Label, saved.Value.People));
        Assert.Equal(wider.And(set.Inert(false)), await host.ReadAsync(db => db.Set<AccessTemplate>().Select(t => new PermissionSet(t.PermissionBits)).SingleAsync()));
        var rows = await host.ReadAsync(db => db.Set<Membership>().ToDictionaryAsync(m => m.Id, m => m.Permissions));
        Assert.Equal((wider.And(set.Inert(false)), wider), (rows[held.MembershipId], rows[plain.MembershipId]));
    }

    private static async Task<Guid> InviteAsync(AscentHost host, TestMember by, Guid template, PermissionSet permissions)
    {
        var created = await host.Get<CreateUser>().ExecuteAsync(
            new(null, "Sam", "Roe", $"sam{Guid.CreateVersion7(AscentHost.Start):N}@school.example", false, JobRole.Governor, null, permissions, null, TemplateId: template), by.Actor, CancellationToken.None);
        return created.Value;
    }

    private static Task<Result<Guid>> AddAsync(AscentHost host, TestMember by, string name, PermissionSet permissions) =>
        host.Get<AddTemplate>().ExecuteAsync(new(name, permissions), by.Actor, CancellationToken.None);

    private static Task<Result<TemplateSaved>> ChangeAsync(AscentHost host, TestMember by, Guid id, int version, string name, PermissionSet permissions) =>
        host.Get<ChangeTemplate>().ExecuteAsync(new(id, version, name, permissions, []), by.Actor, CancellationToken.None);
}
