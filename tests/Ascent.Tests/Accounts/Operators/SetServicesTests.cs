using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Operators;

public sealed class SetServicesTests
{
    private static readonly PermissionSet Everything = PermissionSet.Of(
        Permission.SchoolSetup, Permission.SchoolReports, Permission.PupilReports, Permission.AllCollaborateGroups,
        Permission.TrackingSchoolReports, Permission.TrackingPupilReports, Permission.TrackingAssessments, Permission.TrackingMarks);

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OffAndOn_ActsOnTheNextReadAndKeepsWhatIsHeld(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var member = await host.Data.AddMemberAsync(school, Everything);
        Assert.Equal(SchoolServices.All, (await ReadAsync(host, member.AccountId, school))!.Services);

        var set = (await SetAsync(host, school, (SchoolServices.PupilTracking, ServiceTerm.Off), (SchoolServices.Collaborate, ServiceTerm.Off))).Value;

        Assert.Equal([SchoolServices.Collaborate, SchoolServices.PupilTracking], set.Changes.Select(c => c.Service));
        var access = (await ReadAsync(host, member.AccountId, school))!;
        Assert.Equal(SchoolServices.Reports | SchoolServices.Targets, access.Services);
        Assert.Equal([Permission.SchoolSetup, Permission.ManageData, Permission.SchoolReports, Permission.PupilReports], access.Permissions.Held());
        // Reports alone go while the permission is still good for something else; their use cases ask for the service itself.
        await SetAsync(host, school, (SchoolServices.Reports, ServiceTerm.Off));
        access = (await ReadAsync(host, member.AccountId, school))!;
        Assert.True(access.Permissions.Has(Permission.SchoolReports));
        Assert.IsType<NotAllowed>(Assert.Single((await host.Get<ReadReport>().ListAsync(access.Actor, CancellationToken.None)).Refusals));
        await SetAsync(host, school, (SchoolServices.Targets, ServiceTerm.Off));
        Assert.Equal([Permission.SchoolSetup, Permission.ManageData], (await ReadAsync(host, member.AccountId, school))!.Permissions.Held());
        Assert.Equal(Everything.Normalised(), await host.ReadAsync(async db => (await db.Set<Membership>().SingleAsync(m => m.Id == member.MembershipId)).Permissions));

        await SetAsync(host, school, [.. ServiceCatalogue.All.Select(s => (s.Service, ServiceTerm.On))]);
        access = (await ReadAsync(host, member.AccountId, school))!;
        Assert.Equal((SchoolServices.All, Everything.Effective(true)), (access.Services, access.Permissions));
        Assert.True((await host.Get<ReadReport>().ListAsync(access.Actor, CancellationToken.None)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_UntilADay_IsOnThroughThatDayInLondon(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var member = await host.Data.AddMemberAsync(school, Permission.TrackingMarks);
        async Task<bool> IsOnAsync() => (await ReadAsync(host, member.AccountId, school))!.Permissions.Has(Permission.TrackingMarks);

        var set = await SetAsync(host, school, (SchoolServices.PupilTracking, ServiceTerm.Until(new(2027, 5, 31))));

        Assert.Equal("on until 31 May 2027", Assert.Single(set.Value.Changes).After.Words);
        Assert.True(await IsOnAsync());
        // Summer time: the day in England ends an hour before the day in UTC.
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 5, 31, 22, 59, 59, TimeSpan.Zero));
        Assert.True(await IsOnAsync());
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 5, 31, 23, 0, 0, TimeSpan.Zero));
        Assert.False(await IsOnAsync());
        // It is off now, whatever it was; to say so again changes nothing.
        Assert.Empty((await SetAsync(host, school, (SchoolServices.PupilTracking, ServiceTerm.Off))).Value.Changes);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Off_ClosesItFromAboveToo(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, body) = (await host.Data.AddPrimaryAsync(), await host.Data.AddAuthorityAsync());
        await host.Data.LinkAsync(school, body, ReachLevel.Pupil);
        var officer = await host.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports, Permission.AllCollaborateGroups));
        var partner = await host.Data.AddBodyMemberAsync(body, PermissionSet.None.With(SchoolScope.SelectedSchools), [school], endsOn: new(2026, 12, 24), role: JobRole.SchoolImprovementPartner);
        async Task<OpenSchool?> ListedAsync() => (await host.Get<ListOpenSchools>().ExecuteAsync((await host.Get<ReadBodyAccess>().ExecuteAsync(officer.AccountId, Proof(host), officer.Address, CancellationToken.None))!, CancellationToken.None)).SingleOrDefault();

        await SetAsync(host, school, (SchoolServices.Reports, ServiceTerm.Off));
        foreach (var who in (Guid[])[officer.AccountId, partner.AccountId])
            Assert.False((await ReadAsync(host, who, school))!.Services.Has(SchoolServices.Reports));
        Assert.True((await ListedAsync())!.ReportsAreOff);

        await SetAsync(host, school, (SchoolServices.Targets, ServiceTerm.Off), (SchoolServices.Collaborate, ServiceTerm.Off));
        // Nothing is left that they come for: the address is as a stranger's, and the school is in no list.
        foreach (var who in (Guid[])[officer.AccountId, partner.AccountId])
            Assert.Null(await ReadAsync(host, who, school));
        Assert.Null(await ListedAsync());

        await SetAsync(host, school, (SchoolServices.Reports, ServiceTerm.Until(new(2026, 11, 23))));
        Assert.False((await ListedAsync())!.ReportsAreOff);
        host.Clock.Advance(TimeSpan.FromHours(15));
        Assert.Null(await ListedAsync());
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Done_IsInBothLogsAndMailedToHolders(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        await host.Data.AddMemberAsync(school, Permission.ManageData);

        await SetAsync(host, school, (SchoolServices.Reports, ServiceTerm.Off), (SchoolServices.Targets, ServiceTerm.Until(new(2027, 8, 31))));
        await SetAsync(host, school, (SchoolServices.Reports, ServiceTerm.Off));

        foreach (var chain in (Guid[])[school.Id, AuditTrail.Server])
            Assert.Equal(2, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.OrganisationId == chain && e.Kind == "service-switched")));
        var mail = await host.ReadAsync(db => db.Set<OutboxMail>().SingleAsync(m => m.Template == SchoolServicesMail.TemplateName));
        Assert.Equal(setup.Email, mail.Recipient);
        Assert.Contains("on until 31 August 2027", mail.Values, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_WhatMayNotBe_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, secondary) = (await host.Data.AddPrimaryAsync(), await host.Data.AddSecondaryAsync());
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var terms = new Dictionary<SchoolServices, ServiceTerm> { [SchoolServices.Reports] = ServiceTerm.Off };

        Assert.Equal("ReportsUntil", Assert.IsType<ServiceDateRefusal>(Assert.Single((await SetAsync(host, school, (SchoolServices.Reports, ServiceTerm.Until(new(2026, 11, 22))))).Refusals)).Field);
        Assert.IsType<ServiceDateRefusal>(Assert.Single((await SetAsync(host, school, (SchoolServices.Reports, ServiceTerm.Until(new(2036, 11, 24))))).Refusals));
        Assert.IsType<NoTrackingHere>(Assert.Single((await SetAsync(host, secondary, (SchoolServices.PupilTracking, ServiceTerm.Off))).Refusals));
        Assert.IsType<OperatorsOnly>(Assert.Single((await host.Get<SetServices>().ExecuteAsync(new(school.Code, terms), setup.Actor, CancellationToken.None)).Refusals));
        Assert.IsType<NotFound>(Assert.Single((await host.Get<SetServices>().ExecuteAsync(new("100000", terms), Actor.Operator, CancellationToken.None)).Refusals));
        Assert.IsType<SchoolChangedMeanwhile>(Assert.Single((await host.Get<SetServices>().ExecuteAsync(new(school.Code, terms, 7), Actor.Operator, CancellationToken.None)).Refusals));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<School>().CountAsync(s => s.ReportsOffFrom != null)));
        // The last day may be today.
        Assert.True((await SetAsync(host, school, (SchoolServices.Reports, ServiceTerm.Until(new(2026, 11, 23))))).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task Explain_ServiceOff_SaysSoAndNamesNobody(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var reader = await host.Data.AddMemberAsync(school, Permission.SchoolReports);
        var explain = host.Get<ExplainAccess>();
        Assert.Equal(reader.MembershipId, Assert.Single((await explain.WhoCanAsync(Permission.SchoolReports, SchoolServices.Reports, null, setup.Actor, CancellationToken.None)).People).MembershipId);

        await SetAsync(host, school, (SchoolServices.Reports, ServiceTerm.Off));

        Assert.Empty((await explain.WhoCanAsync(Permission.SchoolReports, SchoolServices.Reports, null, setup.Actor, CancellationToken.None)).People);
        var why = (await explain.ExecuteAsync(new(reader.MembershipId, Permission.SchoolReports, SchoolServices.Reports), setup.Actor, CancellationToken.None))!;
        Assert.Equal((false, "Reports are switched off for the school by whoever runs the server, so nobody opens this page. What was given is kept"), (why.IsAllowed, Assert.Single(why.Because)));
        // Targets hang on the same permission and are on.
        Assert.NotEmpty((await explain.WhoCanAsync(Permission.SchoolReports, SchoolServices.Targets, null, setup.Actor, CancellationToken.None)).People);
    }

    private static Task<Result<ServicesSet>> SetAsync(AscentHost host, School school, params (SchoolServices Service, ServiceTerm Term)[] terms) =>
        host.Get<SetServices>().ExecuteAsync(new(school.Code, terms.ToDictionary(t => t.Service, t => t.Term)), Actor.Operator, CancellationToken.None);

    private static SessionProof Proof(AscentHost host) => new(host.Clock.GetUtcNow().UtcDateTime);

    private static Task<SchoolAccess?> ReadAsync(AscentHost host, Guid account, School school) => host.Get<ReadAccess>().ExecuteAsync(account, Proof(host), school.Code, CancellationToken.None);
}
