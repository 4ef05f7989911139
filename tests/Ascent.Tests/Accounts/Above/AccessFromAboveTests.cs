using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Above;

public sealed class AccessFromAboveTests
{
    private static readonly PermissionSet AllReports = PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports, Permission.AllCollaborateGroups);

    [Theory]
    [BothDatabases(ReachLevel.Administration, new Permission[0])]
    [BothDatabases(ReachLevel.School, new[] { Permission.SchoolReports, Permission.AllCollaborateGroups })]
    [BothDatabases(ReachLevel.Pupil, new[] { Permission.SchoolReports, Permission.PupilReports, Permission.AllCollaborateGroups })]
    public async Task ExecuteAsync_EachLevel_CutsTheRightsToIt(DatabaseKind kind, ReachLevel level, Permission[] expected)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, body) = (await host.Data.AddPrimaryAsync(), await host.Data.AddAuthorityAsync());
        await host.Data.LinkAsync(school, body, level);
        var officer = await host.Data.AddBodyMemberAsync(body, AllReports.With(Permission.LaSetup).With(Permission.LaReports));

        var access = await ReadAsync(host, officer.AccountId, school);

        // Without any report there is nothing to open: the address is as a stranger's.
        Assert.Equal(expected, access?.Permissions.Held().Order() ?? Enumerable.Empty<Permission>());
        if (access is not null)
            Assert.Equal((school.Id, officer.MembershipId, new AccessFromAbove(body.Id, body.Name, officer.Address, level)), (access.OrganisationId, access.MembershipId, access.Above));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_LessThanTheLevel_IsWhatTheMembershipHolds(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, body) = (await host.Data.AddPrimaryAsync(), await host.Data.AddTrustAsync());
        await host.Data.LinkAsync(school, body, ReachLevel.Pupil);
        var reader = await host.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.SchoolReports));
        var setup = await host.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.LaSetup, Permission.LaReports));

        Assert.Equal([Permission.SchoolReports], (await ReadAsync(host, reader.AccountId, school))!.Permissions.Held());
        // The setup of a body opens no report, and no page of the school.
        Assert.Null(await ReadAsync(host, setup.AccountId, school));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_LinkEndedLoweredOrRaised_ActsOnTheNextRead(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, body) = (await host.Data.AddPrimaryAsync(), await host.Data.AddAuthorityAsync());
        var officer = await host.Data.AddBodyMemberAsync(body, AllReports);
        async Task<bool?> SeesPupilsAsync() => (await ReadAsync(host, officer.AccountId, school))?.Permissions.Has(Permission.PupilReports);

        Assert.Null(await SeesPupilsAsync());
        foreach (var (level, sees) in ((ReachLevel?, bool?)[])[(ReachLevel.Pupil, true), (ReachLevel.School, false), (ReachLevel.Pupil, true), (ReachLevel.Administration, null), (ReachLevel.School, false), (null, null)])
        {
            await host.Data.LinkAsync(school, body, level);
            Assert.Equal((level, sees), (level, await SeesPupilsAsync()));
        }
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_PartnerWithThreeSchools_SeesThreeAndNoneAfterTheLastDay(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var body = await host.Data.AddAuthorityAsync();
        var schools = new List<School>();
        for (var i = 0; i < 5; i++)
        {
            schools.Add(await host.Data.AddPrimaryAsync());
            await host.Data.LinkAsync(schools[i], body, ReachLevel.School);
        }
        var partner = await host.Data.AddBodyMemberAsync(body, PermissionSet.None.With(SchoolScope.SelectedSchools), [.. schools.Take(3)], endsOn: new DateOnly(2026, 11, 24), role: JobRole.SchoolImprovementPartner);

        Assert.Equal([true, true, true, false, false], await SeenAsync(host, partner.AccountId, schools));
        Assert.Equal([.. schools.Take(3).Select(s => s.Code)], await ListedAsync(host, partner));
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 23, 59, 59, TimeSpan.Zero));
        Assert.Equal([true, true, true, false, false], await SeenAsync(host, partner.AccountId, schools));
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal([false, false, false, false, false], await SeenAsync(host, partner.AccountId, schools));
        Assert.Null(await host.Get<ReadBodyAccess>().ExecuteAsync(partner.AccountId, Proof(host), partner.Address, CancellationToken.None));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_ChosenSchoolThatLeft_DropsOutAndDoesNotComeBackByItself(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, body) = (await host.Data.AddPrimaryAsync(), await host.Data.AddAuthorityAsync());
        await host.Data.LinkAsync(school, body, ReachLevel.School);
        var chosen = await host.Data.AddBodyMemberAsync(body, PermissionSet.None.With(SchoolScope.SelectedSchools), [school]);
        var everywhere = await host.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.SchoolReports));

        // Another level is the same series.
        await host.Data.LinkAsync(school, body, ReachLevel.Pupil);
        Assert.NotNull(await ReadAsync(host, chosen.AccountId, school));
        await host.Data.LinkAsync(school, body, null);
        Assert.Null(await ReadAsync(host, chosen.AccountId, school));
        await host.Data.LinkAsync(school, body, ReachLevel.Pupil);

        Assert.Null(await ReadAsync(host, chosen.AccountId, school));
        Assert.Empty(await ListedAsync(host, chosen));
        Assert.NotNull(await ReadAsync(host, everywhere.AccountId, school));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_MemberOfTheSchoolToo_IsThatAlone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, body) = (await host.Data.AddPrimaryAsync(), await host.Data.AddAuthorityAsync());
        await host.Data.LinkAsync(school, body, ReachLevel.Pupil);
        var member = await host.Data.AddMemberAsync(school, Permission.TrackingMarks);
        var above = await host.Data.AddBodyMemberAsync(body, AllReports, account: member);

        var own = (await ReadAsync(host, member.AccountId, school))!;
        Assert.Equal((member.Permissions, (AccessFromAbove?)null, member.MembershipId), (own.Permissions, own.Above, own.MembershipId));
        // When that is closed, the body's is left.
        await host.ChangeAsync(db => db.Set<Membership>().Where(m => m.Id == member.MembershipId).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MembershipState.Deactivated)));
        Assert.Equal(above.MembershipId, (await ReadAsync(host, member.AccountId, school))!.MembershipId);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TwoBodies_IsTheOneThatShowsMore(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var (authority, trust) = (await host.Data.AddAuthorityAsync(), await host.Data.AddTrustAsync());
        await host.Data.LinkAsync(school, authority, ReachLevel.School);
        await host.Data.LinkAsync(school, trust, ReachLevel.Pupil);
        var first = await host.Data.AddBodyMemberAsync(authority, AllReports);
        var known = new TestMember(first.AccountId, first.MembershipId, school, first.Forename, first.Surname, first.Email, first.Permissions);
        var second = await host.Data.AddBodyMemberAsync(trust, AllReports.Without(Permission.AllCollaborateGroups), account: known);

        Assert.Equal((second.MembershipId, trust.Id), ((await ReadAsync(host, first.AccountId, school))!.MembershipId, (await ReadAsync(host, first.AccountId, school))!.Above!.BodyId));
        // No mixture: what only the other one gives is not there.
        Assert.False((await ReadAsync(host, first.AccountId, school))!.Permissions.Has(Permission.AllCollaborateGroups));
    }

    [Theory]
    [BothDatabases(MembershipState.Pending)]
    [BothDatabases(MembershipState.Deactivated)]
    [BothDatabases(MembershipState.Ended)]
    [BothDatabases(MembershipState.Deleted)]
    public async Task ExecuteAsync_NotActiveInTheBody_IsNoAccess(DatabaseKind kind, MembershipState state)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, body) = (await host.Data.AddPrimaryAsync(), await host.Data.AddAuthorityAsync());
        await host.Data.LinkAsync(school, body, ReachLevel.Pupil);
        var officer = await host.Data.AddBodyMemberAsync(body, AllReports.With(Permission.LaSetup));
        Assert.NotNull(await ReadAsync(host, officer.AccountId, school));
        await host.ChangeAsync(db => db.Set<Membership>().Where(m => m.Id == officer.MembershipId).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, state)));

        Assert.Null(await ReadAsync(host, officer.AccountId, school));
        Assert.Null(await host.Get<ReadBodyAccess>().ExecuteAsync(officer.AccountId, Proof(host), officer.Address, CancellationToken.None));
        Assert.Empty(await host.Get<ListOwnOrganisations>().ExecuteAsync(officer.AccountId, CancellationToken.None));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_StricterRuleOfTheSchool_CountsToo(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, body) = (await host.Data.AddPrimaryAsync(factorRule: FactorRule.Everybody), await host.Data.AddAuthorityAsync());
        await host.Data.LinkAsync(school, body, ReachLevel.School);
        var officer = await host.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.SchoolReports));

        Assert.Equal(FactorGate.Enrol, (await ReadAsync(host, officer.AccountId, school))!.FactorGate);
        Assert.Equal(FactorGate.Open, (await host.Get<ReadBodyAccess>().ExecuteAsync(officer.AccountId, Proof(host), officer.Address, CancellationToken.None))!.FactorGate);
    }

    [Theory, BothDatabases]
    public async Task BodyAccess_OtherBodyUnknownBodyOrASchool_AreTheSameNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (body, other) = (await host.Data.AddAuthorityAsync(), await host.Data.AddTrustAsync());
        var school = await host.Data.AddPrimaryAsync();
        var officer = await host.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.LaSetup));
        var member = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var read = host.Get<ReadBodyAccess>();

        var own = (await read.ExecuteAsync(officer.AccountId, Proof(host), officer.Address, CancellationToken.None))!;
        Assert.Equal((body.Id, officer.Permissions, officer.Actor with { IsFresh = false }), (own.OrganisationId, own.Permissions, own.Actor));
        Assert.Equal([new OwnOrganisation(OrganisationKind.LocalAuthority, officer.Address, body.Name)], await host.Get<ListOwnOrganisations>().ExecuteAsync(officer.AccountId, CancellationToken.None));
        foreach (var address in (string?[])[BodyAddress.Of(other.Kind, other.Code), "la-000", "la-", "trust-", $"trust-{body.Code}", school.Code, $"school-{school.Code}", "", null])
        {
            Assert.Null(await read.ExecuteAsync(officer.AccountId, Proof(host), address, CancellationToken.None));
            Assert.Null(await read.ExecuteAsync(member.AccountId, Proof(host), address, CancellationToken.None));
        }
    }

    private static SessionProof Proof(AscentHost host) => new(host.Clock.GetUtcNow().UtcDateTime);

    private static Task<SchoolAccess?> ReadAsync(AscentHost host, Guid accountId, School school) => host.Get<ReadAccess>().ExecuteAsync(accountId, Proof(host), school.Code, CancellationToken.None);

    private static async Task<List<bool>> SeenAsync(AscentHost host, Guid accountId, IReadOnlyList<School> schools)
    {
        var seen = new List<bool>();
        foreach (var school in schools)
            seen.Add((await ReadAsync(host, accountId, school))?.Permissions.Has(Permission.SchoolReports) == true);
        return seen;
    }

    private static async Task<List<string>> ListedAsync(AscentHost host, TestBodyMember member)
    {
        var access = (await host.Get<ReadBodyAccess>().ExecuteAsync(member.AccountId, Proof(host), member.Address, CancellationToken.None))!;
        return [.. (await host.Get<ListOpenSchools>().ExecuteAsync(access, CancellationToken.None)).Select(s => s.Urn).Order(StringComparer.Ordinal)];
    }
}
