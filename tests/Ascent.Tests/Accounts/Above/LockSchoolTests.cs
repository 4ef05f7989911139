using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Above;

public sealed class LockSchoolTests
{
    private const string Reason = "Safeguarding: Jo Bloggs";

    [Theory, BothDatabases]
    public async Task Lock_LinkedSchool_ClosesItToItsOwnAndFromAboveUntilUnlock(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Pupil);
        var partner = await host.Data.AddBodyMemberAsync(officer.Body, PermissionSet.None.With(SchoolScope.SelectedSchools), [school], endsOn: new(2026, 12, 24), role: JobRole.SchoolImprovementPartner);
        Assert.Null((await ReadAsync(host, setup.AccountId, school))!.Lock);

        Assert.Equal(new LockChanged(school.Name, true), (await LockAsync(host, school, officer.Actor)).Value);
        Assert.False((await LockAsync(host, school, officer.Actor)).Value.Changed);

        foreach (var who in (Guid[])[setup.AccountId, partner.AccountId])
            Assert.Equal(new SeenLock(officer.Body.Name, AscentHost.Start.UtcDateTime), (await ReadAsync(host, who, school))!.Lock);
        // The body's own pages stay open, and say nothing of the school's people.
        Assert.NotNull(await host.Get<ReadBodyAccess>().ExecuteAsync(officer.AccountId, new(host.Clock.GetUtcNow().UtcDateTime), officer.Address, CancellationToken.None));
        Assert.IsType<SchoolIsLocked>(Refused(await host.Get<EnterFromAbove>().ExecuteAsync(school.Code, officer.Actor, CancellationToken.None)));
        Assert.Equal([setup.Email], await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == SchoolLockMail.TemplateName).Select(m => m.Recipient).ToListAsync()));
        // Why is told nowhere but beside the body's own entry.
        Assert.DoesNotContain(await host.ReadAllAsync<OutboxMail>(), m => m.Values.Contains("Bloggs", StringComparison.Ordinal));
        Assert.Equal([officer.Body.Id], (await host.ReadAllAsync<AuditDetail>()).Where(d => d.Text.Contains("Bloggs", StringComparison.Ordinal)).Select(d => d.OrganisationId));

        Assert.True((await UnlockAsync(host, school, officer.Actor)).Value.Changed);
        Assert.False((await UnlockAsync(host, school, officer.Actor)).Value.Changed);
        Assert.Null((await ReadAsync(host, setup.AccountId, school))!.Lock);
        Assert.Null((await ReadAsync(host, partner.AccountId, school))!.Lock);
        Assert.Equal(["school-locked", "school-unlocked"], await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.OrganisationId == school.Id && e.Kind.StartsWith("school-")).OrderBy(e => e.Kind).Select(e => e.Kind).ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task Lock_ByWhoeverMayNot_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        var trust = await host.Data.AddBodyMemberAsync(await host.Data.AddTrustAsync(), PermissionSet.Of(Permission.LaSetup));
        await host.Data.LinkAsync(school, trust.Body, ReachLevel.Administration);
        var reader = await host.Data.AddBodyMemberAsync(trust.Body, PermissionSet.Of(Permission.LaReports, Permission.SchoolReports));

        // An academy without a link: for its authority it is not there.
        Assert.IsType<NotFound>(Refused(await LockAsync(host, school, officer.Actor)));
        Assert.IsType<NotAllowed>(Refused(await LockAsync(host, school, reader.Actor)));
        Assert.IsType<NotAllowed>(Refused(await LockAsync(host, school, setup.Actor)));
        Assert.IsType<LockReasonRefusal>(Refused(await host.Get<LockSchool>().ExecuteAsync(new(school.Code, " "), trust.Actor, CancellationToken.None)));
        Assert.Empty(await host.ReadAllAsync<SchoolLock>());

        await LockAsync(host, school, trust.Actor);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);
        Assert.IsType<LockedByOther>(Refused(await LockAsync(host, school, officer.Actor)));
        Assert.IsType<LockedByOther>(Refused(await UnlockAsync(host, school, officer.Actor)));
        Assert.IsType<NotAllowed>(Refused(await UnlockAsync(host, school, setup.Actor)));
        // A link that ended meanwhile does not keep the key from whoever locked.
        await host.Data.LinkAsync(school, trust.Body, null);
        Assert.True((await UnlockAsync(host, school, trust.Actor)).Value.Changed);
    }

    [Theory, BothDatabases]
    public async Task Lock_ByTheOperator_IsTheirsAndTheyOpenEveryOne(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);

        Assert.True((await LockAsync(host, school, Actor.Operator)).Value.Changed);
        Assert.Equal("Whoever runs the server", (await ReadAsync(host, setup.AccountId, school))!.Lock!.By);
        Assert.IsType<LockedByOther>(Refused(await UnlockAsync(host, school, officer.Actor)));
        Assert.True((await UnlockAsync(host, school, Actor.Operator)).Value.Changed);
        await LockAsync(host, school, officer.Actor);
        Assert.True((await UnlockAsync(host, school, Actor.Operator)).Value.Changed);
    }

    [Theory, BothDatabases]
    public async Task Lock_ManyAtOnce_IsOneLock(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);

        var locks = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => LockAsync(host, school, officer.Actor))));

        Assert.Single(locks, l => l.Value.Changed);
        Assert.Equal(1, await host.CountAsync<SchoolLock>());
        Assert.Equal(1, await host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == SchoolLockMail.TemplateName)));
    }

    [Theory, BothDatabases]
    public async Task Activate_WhileLocked_SaysSoOnlyAfterTheRightCodeAndUsesNeitherUp(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);
        var pending = await host.Data.InviteAsync(setup);
        var (token, code) = (await host.Data.TokenOfAsync(pending.MembershipId), await host.Data.CodeOfAsync(pending.MembershipId));
        await LockAsync(host, school, officer.Actor);
        Task<Result<Activated>> ActivateAsync(string typed) => host.Get<ActivateMembership>().ExecuteAsync(new(token, typed, "seven brass kettles", null), CancellationToken.None);

        Assert.IsType<WrongCode>(Refused(await ActivateAsync("00000-00000")));
        Assert.Equal(InvitationStatus.NeedsPassword, (await host.Get<OpenInvitation>().ExecuteAsync(token, null, CancellationToken.None)).Status);
        Assert.IsType<SchoolIsLocked>(Refused(await ActivateAsync(code)));
        await UnlockAsync(host, school, officer.Actor);

        Assert.True((await ActivateAsync(code)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task Imports_WhileLocked_Wait(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);
        var file = $"{TestData.RollHeading}\n{host.Data.NextUpn()},Waits,Wanda,04/03/2017,F,5";
        var import = await host.Data.ReceiveAsync(setup, file);
        await LockAsync(host, school, officer.Actor);
        Task<ImportState> StateAsync() => host.ReadAsync(db => db.Set<Import>().Where(i => i.Id == import).Select(i => i.State).SingleAsync());

        await host.Get<CheckDueImports>().ExecuteAsync(CancellationToken.None);
        Assert.Equal(ImportState.Received, await StateAsync());
        await UnlockAsync(host, school, officer.Actor);
        await host.Get<CheckDueImports>().ExecuteAsync(CancellationToken.None);

        Assert.Equal(ImportState.Ready, await StateAsync());
    }

    private static Refusal Refused<T>(Result<T> result) => Assert.Single(result.Refusals);

    private static Task<Result<LockChanged>> LockAsync(AscentHost host, School school, Actor actor) => host.Get<LockSchool>().ExecuteAsync(new(school.Code, Reason), actor, CancellationToken.None);

    private static Task<Result<LockChanged>> UnlockAsync(AscentHost host, School school, Actor actor) => host.Get<UnlockSchool>().ExecuteAsync(school.Code, actor, CancellationToken.None);

    private static Task<SchoolAccess?> ReadAsync(AscentHost host, Guid accountId, School school) =>
        host.Get<ReadAccess>().ExecuteAsync(accountId, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None);
}
