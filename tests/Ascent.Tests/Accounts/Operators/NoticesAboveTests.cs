using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Accounts.Operators;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.Accounts.Operators;

/// <summary>What is told to the operator of authorities and trusts, because there is nobody else to be told.</summary>
public sealed class NoticesAboveTests
{
    private static readonly PermissionSet Setup = PermissionSet.Of(Permission.LaSetup);

    [Theory]
    [BothDatabases(OrganisationKind.LocalAuthority)]
    [BothDatabases(OrganisationKind.Trust)]
    public async Task OnlyAdministratorOfABody_MakesAnotherOrChangesOwnAccess_ShowsToTheOperator(DatabaseKind kind, OrganisationKind sort)
    {
        await using var host = await AscentHost.StartAsync(kind);
        Organisation body = sort == OrganisationKind.Trust ? await host.Data.AddTrustAsync("Compass") : await host.Data.AddAuthorityAsync("Northshire");
        var officer = await host.Data.AddBodyMemberAsync(body, Setup);

        Assert.True((await host.Get<ChangeAccess>().ExecuteAsync(new(officer.MembershipId, 1, JobRole.Adviser, null, Setup.With(Permission.LaReports), null), officer.Actor, CancellationToken.None)).Succeeded);
        Assert.True((await CreateAsync(host, officer, Setup)).Succeeded);

        Assert.Equal(
            [(sort, body.Name, officer.Address, OperatorNoticeKind.HolderMade), (sort, body.Name, officer.Address, OperatorNoticeKind.OwnAccessChanged)],
            (await NoticesAsync(host)).Select(n => (n.Organisation, n.Name, n.Place, n.Kind)));
    }

    [Theory, BothDatabases]
    public async Task OneOfTwoAdministratorsOfABody_IsToldToTheOtherAndNotToTheOperator(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var officer = await host.Data.AddBodyMemberAsync(await host.Data.AddAuthorityAsync(), Setup);
        await host.Data.AddBodyMemberAsync(officer.Body, Setup);

        Assert.True((await CreateAsync(host, officer, Setup)).Succeeded);

        Assert.Empty(await NoticesAsync(host));
    }

    [Theory, BothDatabases]
    public async Task FromAbove_WhereTheSchoolHasNobodyElse_ShowsToTheOperatorAsThat(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync("Moss Lane");
        var officer = await host.Data.AddBodyMemberAsync(await host.Data.AddAuthorityAsync(), Setup);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);

        Assert.True((await CreateAsync(host, officer, PermissionSet.Of(Permission.SchoolSetup), school)).Succeeded);

        Assert.Equal([(OrganisationKind.School, "Moss Lane", school.Code, OperatorNoticeKind.HolderFromAbove)], (await NoticesAsync(host)).Select(n => (n.Organisation, n.Name, n.Place, n.Kind)));
    }

    private static Task<Result<Guid>> CreateAsync(AscentHost host, TestBodyMember officer, PermissionSet permissions, School? school = null)
    {
        // The notices are told apart by their moments.
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        return host.Get<CreateBodyUser>().ExecuteAsync(
            new(null, "New", "Person", "new@above.example", false, school is null ? JobRole.Director : JobRole.Headteacher, null, permissions, null, school?.Code), officer.Actor, CancellationToken.None);
    }

    private static Task<IReadOnlyList<NoticeForOperator>> NoticesAsync(AscentHost host) => host.Get<ListOperatorNotices>().ExecuteAsync(CancellationToken.None);
}
