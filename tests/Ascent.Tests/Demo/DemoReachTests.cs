using System.Globalization;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Demo;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Demo;

/// <summary>The authority and the trust of the demonstration: their people, links, chosen schools and the lock.</summary>
[Collection(SeededDemonstration.Name)]
public sealed class DemoReachTests(SeededDemonstration seeded)
{
    private static readonly string[] Urns = ["900001", "900002", "900003", "900004", "900005", "900006", "900007"];

    /// <param name="opens">A letter for each school: s school level, p pupils' names too, - not at all.</param>
    [Theory]
    [BothDatabases("la@northmoor.demo.example", "s--pss-")]
    [BothDatabases("trust@compass.demo.example", "-p-----")]
    [BothDatabases("sip@northmoor.demo.example", "s---ss-")]
    // A member of Ashby, and by the authority in Larkfield.
    [BothDatabases("head@ashby.demo.example", "s--p---")]
    [BothDatabases("martin.oyelaran@northmoor.demo.example", "-------")]
    public async Task ExecuteAsync_EachOfABody_OpensWhatTheirLinksLet(DatabaseKind kind, string email, string opens)
    {
        var host = await seeded.OnAsync(kind);
        var account = await host.ReadAsync(db => db.Set<Account>().SingleAsync(a => a.Email == email));
        var met = "";

        foreach (var urn in Urns)
            met += await host.Get<ReadAccess>().ExecuteAsync(account.Id, new(host.Clock.GetUtcNow().UtcDateTime), urn, default) is not { Lock: null } access ? '-' : access.Permissions.Has(Permission.PupilReports) ? 'p' : access.Permissions.Has(Permission.SchoolReports) ? 's' : '-';

        Assert.Equal(opens, met);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Authority_HasFiveSchoolsOneOfThemLocked(DatabaseKind kind)
    {
        var host = await seeded.OnAsync(kind);
        var officer = await ActorAsync(host, "la@northmoor.demo.example");

        var page = (await host.Get<ListBodySchools>().ExecuteAsync(officer, new(), default)).Value;

        Assert.Equal(
            [("900004", ReachLevel.Pupil, false), ("900001", ReachLevel.School, false), ("900005", ReachLevel.School, false), ("900006", ReachLevel.School, false), ("900007", ReachLevel.Administration, true)],
            page.Rows.Select(r => (r.Urn, r.Level, r.Lock is { LockedByUs: true })));
        Assert.Equal(1, page.Locked);
        Assert.Equal([("900003", ReachLevel.Administration), ("900002", ReachLevel.Pupil)],
            (await host.Get<ListBodySchools>().ExecuteAsync(await ActorAsync(host, "trust@compass.demo.example"), new(), default)).Value.Rows.Select(r => (r.Urn, r.Level)));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_LarkfieldAndHarbour_HaveSomethingToAnswerAndSomethingThatIsOver(DatabaseKind kind)
    {
        var host = await seeded.OnAsync(kind);

        var larkfield = (await host.Get<ListReach>().ExecuteAsync(await ActorAsync(host, "setup@larkfield.demo.example"), default)).Value;
        var harbour = (await host.Get<ListReach>().ExecuteAsync(await ActorAsync(host, "setup@harbour.demo.example"), default)).Value;

        Assert.Equal(("Northmoor", ReachLevel.Pupil), Assert.Single(larkfield.Asked.Select(a => (a.Body, a.Level))));
        Assert.Equal([ReachEnding.Replaced], larkfield.Past.Select(p => p.Ending!.Value));
        Assert.Equal([("Compass Learning Trust", ReachLevel.Pupil)], harbour.Present.Select(p => (p.Body, p.Level)));
        Assert.Equal([("Northmoor", ReachEnding.School), ("Compass Learning Trust", ReachEnding.Replaced)], harbour.Past.Select(p => (p.Body, p.Ending!.Value)));
    }

    [Fact]
    public async Task ExecuteAsync_OtherDatabaseOnAnotherDay_HasTheSameLinks() =>
        Assert.Equal(await TextAsync(await seeded.OnAsync(DatabaseKind.Sqlite)), await TextAsync(await seeded.OnAsync(DatabaseKind.Postgres)));

    [Fact]
    public async Task SignIns_EachThatIsPrinted_LeadsSomewhere()
    {
        var host = await seeded.OnAsync(DatabaseKind.Sqlite);
        Assert.Equal(11, DemoPeople.SignIns.Count);
        foreach (var (email, _) in DemoPeople.SignIns)
        {
            var account = await host.ReadAsync(db => db.Set<Account>().SingleAsync(a => a.Email == email));
            var places = (await host.Get<ListOwnOrganisations>().ExecuteAsync(account.Id, default)).Count;
            Assert.Equal((email, email == "head@ashby.demo.example" ? 2 : 1), (email, places));
            Assert.NotNull(account.PasswordHash);
        }
    }

    private static async Task<Actor> ActorAsync(AscentHost host, string email)
    {
        var membership = await host.ReadAsync(db => (from m in db.Set<Membership>() join a in db.Set<Account>() on m.AccountId equals a.Id where a.Email == email select m).SingleAsync());
        return new(ActorKind.Person, membership.AccountId, membership.Id, membership.OrganisationId, membership.Permissions);
    }

    /// <summary>The links, proposals, locks and chosen schools as sorted lines, without ids, and days as days ago.</summary>
    private static async Task<IReadOnlyList<string>> TextAsync(AscentHost host)
    {
        var names = await host.ReadAsync(db => db.Set<Organisation>().ToDictionaryAsync(o => o.Id, o => o.Name));
        var people = (await host.ReadAllAsync<Membership>()).ToDictionary(m => m.Id, m => $"{names[m.OrganisationId]} {m.JobRole} {m.PermissionBits}");
        // The seed is of one moment.
        var seededAt = (await host.ReadAllAsync<ReachProposal>()).Single().ProposedAt;
        string Ago(DateTime? at) => at is { } day ? (seededAt - day).TotalDays.ToString("0.###", CultureInfo.InvariantCulture) : "";
        string[] lines =
        [
            .. (await host.ReadAllAsync<ReachLink>()).Select(l => $"{names[l.BodyId]} {names[l.OrganisationId]} {l.Level} {l.Origin} {l.IsRegistered} {l.Agreement} {Ago(l.StartedAt)} {Ago(l.EndedAt)} {l.Ending}"),
            .. (await host.ReadAllAsync<ReachProposal>()).Select(p => $"{names[p.BodyId]} asks {names[p.OrganisationId]} {p.Level} {p.Agreement}"),
            .. (await host.ReadAllAsync<SchoolLock>()).Select(l => $"{names[l.BodyId!.Value]} locked {names[l.OrganisationId]} {l.Reason} {Ago(l.Since)}"),
            .. (await host.ReadAllAsync<MembershipSchool>()).Select(s => $"{people[s.MembershipId]} sees {names[s.SchoolId]}"),
        ];
        Assert.Equal(19, lines.Length);
        Array.Sort(lines, StringComparer.Ordinal);
        return lines;
    }
}
