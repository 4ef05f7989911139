using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Accounts.Log;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Above;

/// <summary>What somebody with a body's setup may do in a school: to its holders of School setup a few things, to everybody else nothing.</summary>
public sealed class HoldersFromAboveTests
{
    [Theory, BothDatabases]
    public async Task Deeds_OnAHolder_AreDoneAndTheOtherHoldersAreTold(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        var holder = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.School);
        var there = await EnterAsync(host, officer, school);
        async Task<int> MailsAsync() => await host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Recipient == setup.Email && (m.Template == HolderTouchedMail.TemplateName || m.Template == HolderMadeMail.TemplateName)));

        Assert.Equal(holder.FullName, (await host.Get<DeactivateUser>().ExecuteAsync(holder.MembershipId, there, CancellationToken.None)).Value);
        Assert.Equal(1, await MailsAsync());
        Assert.Equal(holder.FullName, (await host.Get<ReactivateUser>().ExecuteAsync(new(holder.MembershipId, null), there, CancellationToken.None)).Value);
        Assert.Equal(2, await MailsAsync());
        Assert.Equal(await host.Data.CodeOfAsync(holder.MembershipId), (await host.Get<ShowActivationCode>().ExecuteAsync(new(holder.MembershipId, false), there, CancellationToken.None)).Value.Code);
        Assert.True((await host.Get<NewCode>().ExecuteAsync(holder.MembershipId, there, CancellationToken.None)).Succeeded);
        Assert.True((await host.Get<ResendInvitation>().ExecuteAsync(holder.MembershipId, there, CancellationToken.None)).Succeeded);
        var third = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        Assert.Equal(third.FullName, (await host.Get<ResetSignUp>().ExecuteAsync(third.MembershipId, there, CancellationToken.None)).Value);
        Assert.Equal(3, await MailsAsync());

        // The school's log names whoever it was, and of which body; whom it is about stands first.
        var rows = (await host.Get<ListLog>().ExecuteAsync(setup.Actor, new(), CancellationToken.None)).Rows;
        var deactivated = Assert.Single(rows, r => r.Kind == "user-deactivated");
        Assert.Equal((officer.FullName, $"{holder.FullName} deactivated"), (deactivated.By.Name, deactivated.What.Sentence));
    }

    [Theory, BothDatabases]
    public async Task Deeds_OnAnybodyElse_AreRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        var teacher = await host.Data.AddMemberAsync(school, Permission.SchoolReports);
        var pending = await host.Data.InviteAsync(setup);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Pupil);
        var there = await EnterAsync(host, officer, school);

        foreach (var refused in (Refusal[])[
            Refused(await host.Get<DeactivateUser>().ExecuteAsync(teacher.MembershipId, there, CancellationToken.None)),
            Refused(await host.Get<ResetSignUp>().ExecuteAsync(teacher.MembershipId, there, CancellationToken.None)),
            Refused(await host.Get<ShowActivationCode>().ExecuteAsync(new(pending.MembershipId, false), there, CancellationToken.None)),
            Refused(await host.Get<NewCode>().ExecuteAsync(pending.MembershipId, there, CancellationToken.None)),
            Refused(await host.Get<ResendInvitation>().ExecuteAsync(pending.MembershipId, there, CancellationToken.None)),
            Refused(await ChangeAsync(host, there, teacher, PermissionSet.Of(Permission.SchoolReports, Permission.SchoolSetup))),
            Refused(await ChangeAsync(host, there, teacher, PermissionSet.None))])
            Assert.IsType<HoldersOnly>(refused);
        // What is no deed from above is closed, to holders too.
        foreach (var refused in (Refusal[])[
            Refused(await host.Get<EndUserSessions>().ExecuteAsync(setup.MembershipId, there, CancellationToken.None)),
            Refused(await host.Get<DeletePendingUser>().ExecuteAsync(pending.MembershipId, there, CancellationToken.None)),
            Refused(await host.Get<EndReach>().ExecuteAsync(Guid.Empty, 0, there, CancellationToken.None)),
            Refused(await host.Get<Ascent.Accounts.Factors.SetFactorRule>().ExecuteAsync(FactorRule.Everybody, there, CancellationToken.None)),
            Refused(await host.Get<DeactivateUsers>().ExecuteAsync([setup.MembershipId], there, CancellationToken.None))])
            Assert.IsType<NotAllowed>(refused);
        // Everybody can be seen.
        Assert.Equal(2, (await host.Get<ListUsers>().ExecuteAsync(there, new(), CancellationToken.None)).Rows.Count);
    }

    [Theory, BothDatabases]
    public async Task ChangeAccess_OfAHolder_TouchesOnlyWhatTheLevelCovers(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        var holder = await host.Data.AddMemberAsync(school, Permission.SchoolSetup, Permission.TrackingMarks);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.School);
        var there = await EnterAsync(host, officer, school);
        var held = holder.Permissions;

        Assert.IsType<NotFromAbove>(Refused(await ChangeAsync(host, there, holder, held.Without(Permission.TrackingMarks))));
        Assert.IsType<NotFromAbove>(Refused(await ChangeAsync(host, there, holder, held.With(Permission.SchoolReports).With(Permission.PupilReports))));
        Assert.IsType<NotFromAbove>(Refused(await ChangeAsync(host, there, holder, held.With(Permission.SchoolReports).With(Permission.AllCollaborateGroups))));
        Assert.IsType<HoldersOnly>(Refused(await ChangeAsync(host, there, holder, held.Without(Permission.SchoolSetup))));
        Assert.True((await ChangeAsync(host, there, holder, held.With(Permission.SchoolReports))).Succeeded);

        Assert.Equal(held.With(Permission.SchoolReports).Bits, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == holder.MembershipId).Select(m => m.PermissionBits).SingleAsync()));
        Assert.Equal([setup.Email], await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == HolderTouchedMail.TemplateName).Select(m => m.Recipient).ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task Deeds_AfterTheLinkEndedOrTheSchoolWasLocked_AreRefusedThoughTheActorWasReadBefore(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _, officer) = await ReachTests.StartAsync(host);
        var holder = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Pupil);
        var there = await EnterAsync(host, officer, school);

        await host.Get<LockSchool>().ExecuteAsync(new(school.Code, "x"), officer.Actor, CancellationToken.None);
        Assert.IsType<ReachOver>(Refused(await host.Get<DeactivateUser>().ExecuteAsync(holder.MembershipId, there, CancellationToken.None)));
        await host.Get<UnlockSchool>().ExecuteAsync(school.Code, officer.Actor, CancellationToken.None);
        await host.Data.LinkAsync(school, officer.Body, null);
        Assert.IsType<ReachOver>(Refused(await host.Get<DeactivateUser>().ExecuteAsync(holder.MembershipId, there, CancellationToken.None)));

        Assert.Equal(2, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.OrganisationId == school.Id && m.State == MembershipState.Active)));
    }

    [Theory, BothDatabases]
    public async Task Deeds_OnTheOwnAccountOrTheLastHolder_AreRefusedAsForEverybody(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Pupil);
        var both = await host.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaSetup), account: setup);

        Assert.IsType<OwnAccount>(Refused(await host.Get<DeactivateUser>().ExecuteAsync(setup.MembershipId, await EnterAsync(host, both, school), CancellationToken.None)));
        Assert.IsType<LastHolder>(Refused(await host.Get<DeactivateUser>().ExecuteAsync(setup.MembershipId, await EnterAsync(host, officer, school), CancellationToken.None)));
    }

    [Theory, BothDatabases]
    public async Task BodyUsers_AreManagedLikeASchools(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.School);
        var adviser = await host.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaReports));
        Task<Result<AccessSaved>> ChangeBodyAsync(TestBodyMember who, PermissionSet set, Guid[]? schools = null) => ChangeInBodyAsync(host, officer.Actor, who, set, schools);

        // The last holder of the setup stays; nobody raises themselves.
        Assert.IsType<LastHolder>(Refused(await host.Get<DeactivateUser>().ExecuteAsync(officer.MembershipId, officer.Actor with { AccountId = adviser.AccountId, MembershipId = adviser.MembershipId }, CancellationToken.None)));
        Assert.IsType<OwnAccess>(Refused(await ChangeBodyAsync(officer, officer.Permissions.Without(Permission.LaSetup))));
        Assert.IsType<AccessRefusal>(Refused(await ChangeBodyAsync(adviser, PermissionSet.Of(Permission.SchoolSetup))));
        Assert.IsType<SchoolsRefusal>(Refused(await ChangeBodyAsync(adviser, PermissionSet.None.With(SchoolScope.SelectedSchools))));

        var saved = (await ChangeBodyAsync(adviser, PermissionSet.None.With(SchoolScope.SelectedSchools), [school.Id])).Value;
        Assert.Equal([("View school-level reports", "no", "selected schools"), ("View LA-level reports", "yes", "no"), ("Schools", "none chosen", school.Name)],
            saved.Changes.Select(c => (c.Label, c.Before, c.After)).OrderBy(c => c.Label != "View school-level reports").ThenBy(c => c.Label == "Schools"));
        Assert.NotNull(await host.Get<ReadAccess>().ExecuteAsync(adviser.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None));
        // All schools: the choice is gone.
        Assert.True((await ChangeBodyAsync(adviser, PermissionSet.Of(Permission.SchoolReports))).Succeeded);
        Assert.Empty(await host.ReadAllAsync<MembershipSchool>());
        Assert.Equal(adviser.FullName, (await host.Get<DeactivateUser>().ExecuteAsync(adviser.MembershipId, officer.Actor, CancellationToken.None)).Value);
        Assert.Equal(adviser.FullName, (await host.Get<ReactivateUser>().ExecuteAsync(new(adviser.MembershipId, null), officer.Actor, CancellationToken.None)).Value);
    }

    private static Refusal Refused<T>(Result<T> result) => Assert.Single(result.Refusals);

    private static async Task<Actor> EnterAsync(AscentHost host, TestBodyMember officer, School school) =>
        (await host.Get<EnterFromAbove>().ExecuteAsync(school.Code, officer.Actor, CancellationToken.None)).Value.Actor;

    private static async Task<Result<AccessSaved>> ChangeAsync(AscentHost host, Actor there, TestMember who, PermissionSet set)
    {
        var membership = await host.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.Id == who.MembershipId));
        return await host.Get<ChangeAccess>().ExecuteAsync(new(who.MembershipId, membership.Version, membership.JobRole, null, set, null), there, CancellationToken.None);
    }

    private static async Task<Result<AccessSaved>> ChangeInBodyAsync(AscentHost host, Actor actor, TestBodyMember who, PermissionSet set, Guid[]? schools)
    {
        var membership = await host.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.Id == who.MembershipId));
        return await host.Get<ChangeAccess>().ExecuteAsync(new(who.MembershipId, membership.Version, membership.JobRole, null, set, null, schools), actor, CancellationToken.None);
    }
}
