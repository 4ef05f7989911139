using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Tests.Organisations.Gias;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Organisations.Reach;

public sealed class StartReachLinksTests
{
    private const string Maintained = "900101";
    private const string Academy = "900102";

    [Theory, BothDatabases]
    public async Task Load_MaintainedSchoolAndAcademy_AreLinkedAtAdministrationAndNoHigherWhoeverElseIsNamed(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        var load = await LoadAsync(host, Elm(), Oak(), GiasText.Row(urn: "900103", type: "10"), GiasText.Row(urn: "900104", status: "2"));

        // The academy has an authority too, which is no link; neither has a school of its own, or a closed one.
        Assert.Equal(new ReachLoad(2, 0), load.Reach);
        Assert.Equal([(Maintained, "999"), (Academy, "99001")], await PresentAsync(host));
        Assert.All(await host.ReadAllAsync<ReachLink>(), l => Assert.Equal((ReachLevel.Administration, ReachOrigin.Register, true, l.Id), (l.Level, l.Origin, l.IsRegistered, l.SeriesId)));
        Assert.Equal([AuditTrail.Server], await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Kind == "reach-loaded").Select(e => e.OrganisationId).ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task Load_Again_StartsNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await LoadAsync(host, Elm(), Oak());
        var before = (await host.ReadAllAsync<ReachLink>()).Select(l => (l.Id, l.Version)).Order().ToList();

        Assert.Equal(default, (await LoadAsync(host, Elm(), Oak())).Reach);

        Assert.Equal(before, (await host.ReadAllAsync<ReachLink>()).Select(l => (l.Id, l.Version)).Order());
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "reach-loaded")));
    }

    [Theory, BothDatabases]
    public async Task Load_LinkThatTheSchoolEnded_IsNotStartedAgain(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await LoadAsync(host, Elm());
        await EndAsync(host);

        Assert.Equal(default, (await LoadAsync(host, Elm())).Reach);
        // Nor when the school has been elsewhere meanwhile.
        await LoadAsync(host, Elm(la: "998", laName: "Southmoor"));
        await LoadAsync(host, Elm());

        Assert.Empty(await PresentAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Load_SchoolLeavesAndComesBack_EndsAtOnceWhateverTheLevelAndBeginsANewSeries(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await LoadAsync(host, Elm());
        await host.Data.LinkAsync(await SchoolAsync(host), await host.ReadAsync(db => db.Set<LocalAuthority>().SingleAsync()), ReachLevel.Pupil);
        var first = Assert.Single(await host.ReadAllAsync<ReachLink>(), l => l.EndedAt is null);

        Assert.Equal(new ReachLoad(1, 1), (await LoadAsync(host, Elm(la: "998", laName: "Southmoor"))).Reach);
        Assert.Equal([(Maintained, "998")], await PresentAsync(host));
        Assert.Equal(ReachEnding.Register, Assert.Single(await host.ReadAllAsync<ReachLink>(), l => l.Id == first.Id).Ending);
        Assert.Equal(2, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "reach-ended")));

        await LoadAsync(host, Elm());
        var back = Assert.Single(await host.ReadAllAsync<ReachLink>(), l => l.EndedAt is null);
        Assert.Equal((first.BodyId, ReachLevel.Administration), (back.BodyId, back.Level));
        Assert.NotEqual(first.SeriesId, back.SeriesId);
    }

    [Theory, BothDatabases]
    public async Task Load_AuthorityOfAnAcademyByAgreement_IsNotTheRegistersToEnd(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await LoadAsync(host, Oak());
        await host.Data.LinkAsync(await SchoolAsync(host, Academy), await host.ReadAsync(db => db.Set<LocalAuthority>().SingleAsync()), ReachLevel.School);

        Assert.Equal(default, (await LoadAsync(host, Oak())).Reach);

        Assert.Equal(2, (await PresentAsync(host)).Count);
    }

    [Theory, BothDatabases]
    public async Task Load_SchoolBecomesAnAcademy_LeavesTheAuthorityForTheTrust(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await LoadAsync(host, Elm());

        Assert.Equal(new ReachLoad(1, 1), (await LoadAsync(host, GiasText.Row(type: "34", trust: "99001", trustName: "Compass Learning Trust"))).Reach);

        Assert.Equal([(Maintained, "99001")], await PresentAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Load_TwiceAtOnce_LeavesOnePresentLinkOfEachPair(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var rows = Enumerable.Range(0, 40).Select(i => GiasText.Row(urn: $"{910_000 + i}")).ToArray();
        // The schools are there, and not yet linked: both loads want to start the same links.
        await LoadAsync(host, rows);
        await host.ChangeAsync(db => db.Set<ReachLink>().ExecuteDeleteAsync());

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => LoadAsync(host, rows))));

        var links = await host.ReadAllAsync<ReachLink>();
        Assert.Equal(40, links.Count);
        Assert.Equal(40, links.Select(l => (l.OrganisationId, l.BodyId)).Distinct().Count());
    }

    private static string Elm(string la = "999", string laName = "Northmoor") => GiasText.Row(la: la, laName: laName);

    private static string Oak() => GiasText.Row(urn: Academy, type: "34", trust: "99001", trustName: "Compass Learning Trust");

    private static async Task<SchoolsLoad> LoadAsync(AscentHost host, params string[] rows) =>
        (await host.Get<LoadSchools>().ExecuteAsync(GiasText.File(rows), Actor.Operator, null, CancellationToken.None)).Value;

    private static Task<School> SchoolAsync(AscentHost host, string urn = Maintained) => host.ReadAsync(db => db.Set<School>().SingleAsync(s => s.Code == urn));

    private static async Task EndAsync(AscentHost host)
    {
        await host.Get<Ascent.Accounts.OpenSeats>().ExecuteAsync(Actor.System, CancellationToken.None);
        var setup = await host.Data.AddMemberAsync(await SchoolAsync(host), Permission.SchoolSetup);
        var link = await host.ReadAsync(db => db.Set<ReachLink>().SingleAsync());
        Assert.True((await host.Get<EndReach>().ExecuteAsync(link.Id, link.Version, setup.Actor, CancellationToken.None)).Succeeded);
    }

    private static async Task<List<(string Urn, string Body)>> PresentAsync(AscentHost host) =>
        (await host.ReadAsync(db => (from link in db.Set<ReachLink>()
                                     where link.EndedAt == null
                                     join school in db.Set<School>() on link.OrganisationId equals school.Id
                                     join body in db.Set<Organisation>() on link.BodyId equals body.Id
                                     orderby school.Code, body.Code
                                     select new { Urn = school.Code, body.Code }).ToListAsync())).ConvertAll(r => (r.Urn, r.Code));
}
