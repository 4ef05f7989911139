using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Accounts.Above;

public sealed class CreateBodyUserTests
{
    private static readonly PermissionSet Selected = PermissionSet.None.With(SchoolScope.SelectedSchools);
    private static readonly DateOnly LastDay = new(2027, 7, 31);

    [Theory, BothDatabases]
    public async Task Create_OwnUser_IsPendingAndSignsUpLikeEverybody(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.School);
        var second = await host.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaSetup));

        var made = (await CreateAsync(host, officer, PermissionSet.Of(Permission.LaSetup, Permission.LaReports, Permission.SchoolReports), JobRole.Director)).Value;

        var pending = Assert.Single((await host.Get<ListPendingUsers>().ExecuteAsync(officer.Actor, null, CancellationToken.None)).Rows);
        Assert.Equal((made, JobRole.Director, "new@above.example"), (pending.MembershipId, pending.Access.JobRole, pending.Email));
        // The other holder is told; the code is shown to them.
        Assert.Equal([second.Email], await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == HolderMadeMail.TemplateName).Select(m => m.Recipient).ToListAsync()));
        var shown = (await host.Get<ShowActivationCode>().ExecuteAsync(new(made, false), officer.Actor, CancellationToken.None)).Value;
        var activated = await host.Get<ActivateMembership>().ExecuteAsync(new(await host.Data.TokenOfAsync(made), shown.Code, "seven brass kettles", null), CancellationToken.None);
        Assert.True(activated.Succeeded);
        Assert.Equal([officer.Address], (await host.Get<ListOwnOrganisations>().ExecuteAsync(activated.Value.AccountId, CancellationToken.None)).Select(o => o.Place));
        Assert.NotNull(await host.Get<ReadAccess>().ExecuteAsync(activated.Value.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.OrganisationId == officer.Body.Id)));
    }

    [Theory, BothDatabases]
    public async Task Create_WithoutTheRightOrFreshness_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, setup, officer) = await ReachTests.StartAsync(host);
        var reader = await host.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaReports));

        Assert.IsType<NotAllowed>(Refused(await CreateAsync(host, reader, PermissionSet.None)));
        Assert.IsType<NotAllowed>(Refused(await host.Get<CreateBodyUser>().ExecuteAsync(Request(PermissionSet.None, JobRole.Adviser, null), setup.Actor, CancellationToken.None)));
        Assert.IsType<ConfirmItIsYou>(Refused(await host.Get<CreateBodyUser>().ExecuteAsync(Request(PermissionSet.Of(Permission.LaSetup), JobRole.Adviser, null), officer.Actor with { IsFresh = false }, CancellationToken.None)));
        // What is a school's is none of a body's, and the other way round.
        Assert.IsType<AccessRefusal>(Refused(await CreateAsync(host, officer, PermissionSet.Of(Permission.SchoolSetup))));
        Assert.IsType<AccessRefusal>(Refused(await CreateAsync(host, officer, PermissionSet.Of(Permission.PupilReports))));
        Assert.IsType<RoleMissing>(Refused(await CreateAsync(host, officer, PermissionSet.None, JobRole.Headteacher)));
        Assert.IsType<AccessRefusal>(Refused(await host.Get<CreateUser>().ExecuteAsync(
            new(null, "New", "Person", "new@above.example", false, JobRole.Teacher, null, PermissionSet.Of(Permission.LaSetup), null), setup.Actor, CancellationToken.None)));
    }

    [Theory, BothDatabases]
    public async Task Create_Partner_NeedsSchoolsAndAnEndAndNoMore(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _, officer) = await ReachTests.StartAsync(host);
        var unlinked = await host.Data.AddPrimaryAsync();
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Pupil);
        const JobRole Partner = JobRole.SchoolImprovementPartner;

        Assert.Equal(["Schools", "EndsOn"], (await CreateAsync(host, officer, PermissionSet.Of(Permission.SchoolReports), Partner)).Refusals.Select(r => r.Field));
        Assert.Equal(["Schools"], (await CreateAsync(host, officer, Selected, Partner, LastDay)).Refusals.Select(r => r.Field));
        Assert.Equal(["Permissions"], (await CreateAsync(host, officer, Selected.With(Permission.LaSetup), Partner, LastDay, [school.Id])).Refusals.Select(r => r.Field));
        Assert.Equal(["Schools"], (await CreateAsync(host, officer, Selected, Partner, LastDay, [school.Id, unlinked.Id])).Refusals.Select(r => r.Field));
        Assert.Equal(["EndsOn"], (await CreateAsync(host, officer, Selected, Partner, null, [school.Id])).Refusals.Select(r => r.Field));
        Assert.Empty(await host.ReadAllAsync<MembershipSchool>());

        var made = (await CreateAsync(host, officer, Selected.With(Permission.PupilReports), Partner, LastDay, [school.Id])).Value;

        Assert.Equal([(made, school.Id)], (await host.ReadAllAsync<MembershipSchool>()).Select(s => (s.MembershipId, s.SchoolId)));
    }

    [Theory, BothDatabases]
    public async Task Create_SelectedWithoutSchools_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, _, officer) = await ReachTests.StartAsync(host);

        Assert.IsType<SchoolsRefusal>(Refused(await CreateAsync(host, officer, Selected)));
    }

    [Theory]
    [BothDatabases(ReachLevel.Administration, new Permission[0], new[] { Permission.SchoolReports })]
    [BothDatabases(ReachLevel.School, new[] { Permission.SchoolReports }, new[] { Permission.SchoolReports, Permission.PupilReports })]
    [BothDatabases(ReachLevel.Pupil, new[] { Permission.SchoolReports, Permission.PupilReports }, new[] { Permission.SchoolReports, Permission.AllCollaborateGroups })]
    [BothDatabases(ReachLevel.Pupil, new Permission[0], new[] { Permission.TrackingMarks })]
    public async Task Create_AdministratorAtASchool_TakesASeatAndGetsNoMoreThanTheLevel(DatabaseKind kind, ReachLevel level, Permission[] lets, Permission[] refuses)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, level);

        Assert.IsType<NotFromAbove>(Refused(await ThereAsync(host, officer, school, PermissionSet.Of([Permission.SchoolSetup, .. refuses]))));
        var made = (await ThereAsync(host, officer, school, PermissionSet.Of([Permission.SchoolSetup, .. lets]))).Value;

        var membership = await host.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.Id == made));
        Assert.Equal((school.Id, MembershipState.Pending, officer.AccountId), (membership.OrganisationId, membership.State, membership.CreatedById));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.HolderId == made)));
        // The school's own holders are told by whom, and the log knows it too.
        Assert.Contains($"{officer.FullName} of {officer.Body.Name}", Assert.Single(await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Recipient == setup.Email && m.Template == HolderMadeMail.TemplateName).Select(m => m.Values).ToListAsync())), StringComparison.Ordinal);
        Assert.Contains(await host.ReadAsync(db => db.Set<AuditDetail>().Where(d => d.OrganisationId == school.Id && d.PersonId == officer.AccountId).Select(d => d.Text).ToListAsync()), t => t.Contains(officer.Body.Name, StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Create_AtASchool_OnlyHoldersOnlyWhereLinkedAndOnlyWhileSeatsAreFree(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _, officer) = await ReachTests.StartAsync(host);

        Assert.IsType<NotFound>(Refused(await ThereAsync(host, officer, school, PermissionSet.Of(Permission.SchoolSetup))));
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Pupil);
        Assert.IsType<HoldersOnly>(Refused(await ThereAsync(host, officer, school, PermissionSet.Of(Permission.SchoolReports))));
        Assert.IsType<ConfirmItIsYou>(Refused(await host.Get<CreateBodyUser>().ExecuteAsync(
            Request(PermissionSet.Of(Permission.SchoolSetup), JobRole.Headteacher, null) with { School = school.Code }, officer.Actor with { IsFresh = false }, CancellationToken.None)));
        for (var i = 0; i < 3; i++)
            Assert.True((await ThereAsync(host, officer, school, PermissionSet.Of(Permission.SchoolSetup), $"n{i}@school.example")).Succeeded);

        Assert.IsType<SeatsFull>(Refused(await ThereAsync(host, officer, school, PermissionSet.Of(Permission.SchoolSetup), "fifth@school.example")));
    }

    [Theory, BothDatabases]
    public async Task Create_AtASchoolWithACrashBetweenTheTwoSaves_LeadsToTheOneThatWasMadeWhenPressedAgain(DatabaseKind kind)
    {
        var crash = new CrashOnFinish();
        await using var host = await AscentHost.StartAsync(kind, configure: services => services
            .ConfigureDbContext<SqliteAppDb>(options => options.AddInterceptors(crash)).ConfigureDbContext<PostgresAppDb>(options => options.AddInterceptors(crash)));
        var (school, _, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);
        var journey = await host.Get<JourneyStore>().BeginAsync(officer.Actor, "test", 1, ["one"], new { }, CancellationToken.None);
        Task<Result<Guid>> PressAsync() => host.Get<CreateBodyUser>().ExecuteAsync(
            Request(PermissionSet.Of(Permission.SchoolSetup), JobRole.Headteacher, null) with { School = school.Code, JourneyId = journey }, officer.Actor, CancellationToken.None);

        crash.IsOn = true;
        await Assert.ThrowsAsync<IOException>(PressAsync);
        crash.IsOn = false;
        var made = Assert.Single(await host.ReadAsync(db => db.Set<Membership>().Where(m => m.State == MembershipState.Pending).Select(m => m.Id).ToListAsync()));
        Assert.Null((await host.ReadAllAsync<Journey>()).Single().ResultId);

        Assert.Equal(made, (await PressAsync()).Value);
        Assert.Equal(made, (await PressAsync()).Value);

        Assert.Equal(made, (await host.ReadAllAsync<Journey>()).Single().ResultId);
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending)));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Invitation>().CountAsync()));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "user-created")));
    }

    [Theory, BothDatabases]
    public async Task Create_AtASchoolPressedTenTimesAtOnce_MakesOne(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);
        var journey = await host.Get<JourneyStore>().BeginAsync(officer.Actor, "test", 1, ["one"], new { }, CancellationToken.None);

        var pressed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.Get<CreateBodyUser>().ExecuteAsync(
            Request(PermissionSet.Of(Permission.SchoolSetup), JobRole.Headteacher, null) with { School = school.Code, JourneyId = journey }, officer.Actor, CancellationToken.None)));

        Assert.Single(pressed.Select(p => p.Value).Distinct());
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending)));
    }

    [Theory, BothDatabases]
    public async Task Create_SomebodyWhoIsThere_SaysWhere(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);

        Assert.Contains($"is in {school.Name} already: active", Refused(await ThereAsync(host, officer, school, PermissionSet.Of(Permission.SchoolSetup), setup.Email)).Message, StringComparison.Ordinal);
        Assert.Contains("is in your organisation already: active", Refused(await host.Get<CreateBodyUser>().ExecuteAsync(
            Request(PermissionSet.None, JobRole.Adviser, null) with { Email = officer.Email }, officer.Actor, CancellationToken.None)).Message, StringComparison.Ordinal);
        // What somebody has in the other place says nothing about this one.
        var checks = host.Get<CreateBodyUser>();
        Assert.True((await checks.CheckPersonAsync(new("Lee", "Above", officer.Email, false, school.Code), officer.Actor, CancellationToken.None)).Succeeded);
        Assert.True((await checks.CheckPersonAsync(new("Amara", "Okafor", setup.Email, false), officer.Actor, CancellationToken.None)).Succeeded);
        Assert.IsType<NotAllowed>(Refused(await checks.CheckPersonAsync(new("Amara", "Okafor", setup.Email, false, school.Code), setup.Actor, CancellationToken.None)));
    }

    [Theory, BothDatabases]
    public async Task AddAdministrator_FirstOfABody_TellsTheCodeOnceAndAgainForALostMail(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var body = await host.Data.AddTrustAsync();
        Task<Result<BodyAdministratorAdded>> AddAsync(string email) => host.Get<AddBodyAdministrator>().ExecuteAsync(
            new(BodyAddress.Of(body.Kind, body.Code), "Ada", "First", email, false, JobRole.Administrator, PermissionSet.None), CancellationToken.None);

        var added = (await AddAsync("ada@trust.example")).Value;
        Assert.Equal((body.Name, false, await host.Data.CodeOfAsync(added.MembershipId)), (added.Body, added.WasWaiting, added.Code));
        var again = (await AddAsync("ada@trust.example")).Value;
        Assert.Equal((added.MembershipId, true), (again.MembershipId, again.WasWaiting));
        Assert.True((await host.Get<ActivateMembership>().ExecuteAsync(new(await host.Data.TokenOfAsync(added.MembershipId), again.Code, "seven brass kettles", null), CancellationToken.None)).Succeeded);

        // Now there is somebody who can show it.
        Assert.Null((await AddAsync("bob@trust.example")).Value.Code);
        Assert.IsType<NotFound>(Refused(await host.Get<AddBodyAdministrator>().ExecuteAsync(new("trust-none", "Ada", "First", "a@b.example", false, JobRole.Administrator, PermissionSet.None), CancellationToken.None)));
    }

    private static Refusal Refused<T>(Result<T> result) => Assert.Single(result.Refusals);

    private static CreateBodyUserRequest Request(PermissionSet permissions, JobRole role, DateOnly? endsOn) => new(null, "New", "Person", "new@above.example", false, role, null, permissions, endsOn);

    private static Task<Result<Guid>> CreateAsync(AscentHost host, TestBodyMember officer, PermissionSet permissions, JobRole role = JobRole.Adviser, DateOnly? endsOn = null, Guid[]? schools = null) =>
        host.Get<CreateBodyUser>().ExecuteAsync(Request(permissions, role, endsOn) with { Schools = schools }, officer.Actor, CancellationToken.None);

    private static Task<Result<Guid>> ThereAsync(AscentHost host, TestBodyMember officer, School school, PermissionSet permissions, string email = "new@school.example") =>
        host.Get<CreateBodyUser>().ExecuteAsync(Request(permissions, JobRole.Headteacher, null) with { School = school.Code, Email = email }, officer.Actor, CancellationToken.None);

    /// <summary>Fails the save that finishes a journey, as a server that goes down does.</summary>
    private sealed class CrashOnFinish : SaveChangesInterceptor
    {
        public bool IsOn { get; set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            IsOn && eventData.Context!.ChangeTracker.Entries<Journey>().Any(e => e.Entity.IsFinished) ? throw new IOException("Gone down") : ValueTask.FromResult(result);
    }
}
