using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class AddSchoolAdministratorTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_SchoolWithoutAdministrator_TellsTheCodeOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync("Larch School");

        var added = await AddAsync(host, school, PermissionSet.Of(Permission.SchoolReports));

        Assert.Equal(("Larch School", "ruth@school.example", await host.Data.CodeOfAsync(added.Value.MembershipId)), (added.Value.School, added.Value.Email, added.Value.Code));
        var membership = await host.ReadAsync(db => db.Set<Membership>().SingleAsync());
        Assert.Equal((PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports), null), (membership.Permissions, membership.CreatedById));
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "administrator-added"));
        Assert.Equal(ActorKind.Operator, entry.ActorKind);
        Assert.Contains("\"CodeTold\":true", entry.Facts, StringComparison.Ordinal);
        Assert.True((await host.Get<ActivateMembership>().ExecuteAsync(
            new(await host.Data.TokenOfAsync(membership.Id), added.Value.Code, TestData.Password, null), CancellationToken.None)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SchoolWithAnActiveAdministrator_KeepsTheCode(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        await host.Data.AddMemberAsync(school, Permission.SchoolSetup);

        Assert.Null((await AddAsync(host, school)).Value.Code);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AskedAgainForOneWhoWaits_SendsAnewAndTellsTheCodeAgain(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var first = await AddAsync(host, school);
        var token = await host.Data.TokenOfAsync(first.Value.MembershipId);

        var second = await AddAsync(host, school);

        Assert.Equal((first.Value.MembershipId, first.Value.Code), (second.Value.MembershipId, second.Value.Code));
        Assert.NotEqual(token, await host.Data.TokenOfAsync(first.Value.MembershipId));
        Assert.Equal(1, await host.CountAsync<Membership>());
    }

    // "Added" would be untrue: this person waits without School setup.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_WaitingThereAsSomethingElse_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolReports), "Ruth", "Bell", "ruth@school.example");

        var refused = await AddAsync(host, school);

        Assert.IsType<AlreadyHere>(Assert.Single(refused.Refusals));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "administrator-added" || e.Kind == "invitation-resent")));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_FaultyRequest_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddSecondaryAsync();

        Assert.Equal("not-found", Assert.Single((await AddAsync(host, school, urn: "000000")).Refusals).Code);
        Assert.Equal("access", Assert.Single((await AddAsync(host, school, PermissionSet.Of(Permission.TrackingMarks))).Refusals).Code);
        Assert.Equal("access", Assert.Single((await AddAsync(host, school, PermissionSet.Of(Permission.PupilReports))).Refusals).Code);
        for (var i = 0; i < 4; i++)
            await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        Assert.IsType<SeatsFull>(Assert.Single((await AddAsync(host, school)).Refusals));
    }

    private static Task<Result<SchoolAdministratorAdded>> AddAsync(AscentHost host, School school, PermissionSet reports = default, string? urn = null) =>
        host.Get<AddSchoolAdministrator>().ExecuteAsync(
            new(urn ?? school.Code, "Ruth", "Bell", "ruth@school.example", false, JobRole.SchoolBusinessManager, reports), CancellationToken.None);
}
