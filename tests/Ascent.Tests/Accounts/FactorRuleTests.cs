using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class FactorRuleTests
{
    // By hand from the specification.
    private static readonly Permission[] AskedByDefault = [Permission.SchoolSetup, Permission.ManageData, Permission.PupilReports, Permission.TrackingPupilReports, Permission.TrackingMarks, Permission.LaSetup];

    [Theory]
    [InlineData(FactorRule.Offered)]
    [InlineData(FactorRule.Default)]
    [InlineData(FactorRule.Everybody)]
    public void Requires_EachPermissionAlone_IsAskedAsTheRuleSays(FactorRule rule)
    {
        foreach (var permission in Enum.GetValues<Permission>())
            Assert.Equal((permission, rule == FactorRule.Everybody || (rule == FactorRule.Default && AskedByDefault.Contains(permission))), (permission, rule.Requires(PermissionSet.Of(permission))));
        Assert.Equal(rule == FactorRule.Everybody, rule.Requires(PermissionSet.None));
    }

    [Theory, BothDatabases]
    public async Task NewSchool_HoldsToTheDefault(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = (await host.Get<AddSchool>().ExecuteAsync(new("123456", "New School", SchoolPhase.Primary, 5, 11, null), Actor.Operator, CancellationToken.None));

        Assert.True(school.Succeeded);
        Assert.Equal(FactorRule.Default, await host.ReadAsync(db => db.Set<School>().Select(s => s.FactorRule).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task Set_BySchoolSetup_RaisesAndNeverLowersBelowTheDefault(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync(factorRule: FactorRule.Default);
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var other = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var reader = await host.Data.AddMemberAsync(school, Permission.SchoolReports);
        var inert = await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync(), Permission.TrackingMarks);
        Task<Result<FactorRuleSet>> SetAsync(FactorRule rule, Actor actor) => host.Get<SetFactorRule>().ExecuteAsync(rule, actor, CancellationToken.None);

        Assert.IsType<BelowDefault>(Assert.Single((await SetAsync(FactorRule.Offered, setup.Actor)).Refusals));
        Assert.IsType<NotAllowed>(Assert.Single((await SetAsync(FactorRule.Everybody, reader.Actor)).Refusals));
        Assert.IsType<ConfirmItIsYou>(Assert.Single((await SetAsync(FactorRule.Everybody, setup.Actor with { IsFresh = false })).Refusals));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "policy-changed")));
        Assert.False((await SetAsync(FactorRule.Default, setup.Actor)).Value.Changed);
        var everybody = (await SetAsync(FactorRule.Everybody, setup.Actor)).Value;
        Assert.Equal((true, 3), (everybody.Changed, everybody.WithoutFactor));
        Assert.Equal(2, (await SetAsync(FactorRule.Default, setup.Actor)).Value.WithoutFactor);

        Assert.Equal(2, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "policy-changed" && e.OrganisationId == school.Id)));
        Assert.Equal([other.Email], await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == FactorRuleMail.TemplateName).Select(m => m.Recipient).Distinct().ToListAsync()));
        Assert.False(FactorRule.Default.Requires(inert.Permissions.Effective(false)));
    }

    [Theory, BothDatabases]
    public async Task Set_ByTheOperator_AlsoLowersAndTellsTheHolders(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync(factorRule: FactorRule.Default);
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        Task<Result<FactorRuleSet>> SetAsync(string urn, Actor actor) => host.Get<SetFactorRule>().ExecuteAsync(urn, FactorRule.Offered, actor, CancellationToken.None);

        Assert.IsType<OperatorsOnly>(Assert.Single((await SetAsync(school.Code, setup.Actor)).Refusals));
        Assert.IsType<NotFound>(Assert.Single((await SetAsync("999999", Actor.Operator)).Refusals));
        Assert.Equal(0, (await SetAsync(school.Code, Actor.Operator)).Value.WithoutFactor);

        Assert.Equal(setup.Email, await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == FactorRuleMail.TemplateName).Select(m => m.Recipient).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task List_SecondFactor_IsKnownOfActivePeopleOnly(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var with = await host.Data.AddMemberAsync(school, PermissionSet.None, "With", "One");
        var closed = await host.Data.AddMemberAsync(school, PermissionSet.None, "Closed", "One");
        foreach (var person in (TestMember[])[with, closed])
            await host.Data.AddFactorAsync(person.AccountId);
        await host.Data.BringAsync(closed, MembershipState.Deactivated, setup);
        async Task<IEnumerable<(string, bool?)>> ListAsync(UsersFactor? factor) =>
            (await host.Get<ListUsers>().ExecuteAsync(setup.Actor, new UsersQuery(Factor: factor), CancellationToken.None)).Rows.Select(r => (r.Forename, r.HasFactor)).Order();

        Assert.Equal([("Closed", null), ("Pat", false), ("With", true)], await ListAsync(null));
        Assert.Equal([("With", true)], await ListAsync(UsersFactor.With));
        Assert.Equal([("Pat", false)], await ListAsync(UsersFactor.Without));
        var counts = (await host.Get<ListUsers>().ExecuteAsync(setup.Actor, new UsersQuery(), CancellationToken.None)).Counts!;
        Assert.Equal((1, 1), (counts.ByFactor[UsersFactor.With], counts.ByFactor[UsersFactor.Without]));
    }
}
