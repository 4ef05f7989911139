using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;

namespace Ascent.Demo;

/// <summary>
/// What Northmoor and Compass reach, with its history: links of the register, higher ones that a school accepted or that rest on a paper, one that a
/// school ended, a proposal that waits for Larkfield's answer, chosen schools, and a lock.
/// </summary>
/// <param name="places">Schools by URN, bodies by address.</param>
/// <param name="members">By place and email address.</param>
internal sealed class DemoReach(AppDb db, IReadOnlyDictionary<string, Organisation> places, IReadOnlyDictionary<(string Place, string Email), Membership> members, DateTime now)
{
    private const int RegisterDaysAgo = 396;
    private const int ProposedDaysAgo = 3;
    private const int LockedDaysAgo = 20;

    /// <summary>Schools that the register has with an authority or trust.</summary>
    private static readonly (string Body, string Urn)[] Registered =
    [
        (DemoPeople.Northmoor, DemoPeople.Larkfield), (DemoPeople.Northmoor, DemoPeople.Ashby), (DemoPeople.Northmoor, DemoPeople.Millbrook), (DemoPeople.Northmoor, DemoPeople.Saltmarsh),
        (DemoPeople.Compass, DemoPeople.Harbour), (DemoPeople.Compass, DemoPeople.Beacon),
    ];

    /// <summary>What was agreed, by whom of the school; null for an agreement that whoever runs the server named.</summary>
    private static readonly (string Body, string Urn, ReachLevel Level, int DaysAgo, string? By, string Agreement)[] Agreed =
    [
        (DemoPeople.Northmoor, DemoPeople.Harbour, ReachLevel.School, 350, DemoPeople.SetupOfHarbour, "Northmoor attainment network, for one year"),
        (DemoPeople.Northmoor, DemoPeople.Larkfield, ReachLevel.School, 210, DemoPeople.SetupOfLarkfield, "Northmoor data sharing agreement, signed by the headteacher"),
        (DemoPeople.Northmoor, DemoPeople.Ashby, ReachLevel.Pupil, 205, DemoPeople.HeadOfAshby, "Northmoor data sharing agreement with annex B (pupils), signed by the headteacher"),
        (DemoPeople.Northmoor, DemoPeople.Millbrook, ReachLevel.School, 200, null, "Northmoor data sharing agreement, on paper at the authority"),
        (DemoPeople.Northmoor, DemoPeople.Quayside, ReachLevel.School, 180, null, "Sixth form partnership of Northmoor, on paper at the authority"),
        (DemoPeople.Compass, DemoPeople.Harbour, ReachLevel.Pupil, 340, DemoPeople.SetupOfHarbour, "Compass scheme of delegation, section 7"),
    ];

    private static readonly (string Body, string Urn, int DaysAgo, string By)[] Ended = [(DemoPeople.Northmoor, DemoPeople.Harbour, 90, DemoPeople.SetupOfHarbour)];

    private readonly Dictionary<(string Body, string Urn), ReachLink> present = [];

    public void Add()
    {
        foreach (var (body, urn) in Registered)
            Register(body, urn);
        foreach (var (body, urn, level, daysAgo, by, agreement) in Agreed)
            Agree(body, urn, level, At(daysAgo), by, agreement);
        foreach (var (body, urn, daysAgo, by) in Ended)
            End(body, urn, At(daysAgo), by);
        Choose();
        Propose();
        Lock();
    }

    private void Register(string body, string urn)
    {
        var at = At(RegisterDaysAgo);
        var id = IdOf(at);
        db.Add(present[(body, urn)] = new ReachLink
        {
            OrganisationId = places[urn].Id, Id = id, SeriesId = id, BodyId = places[body].Id, Level = ReachLevel.Administration, Origin = ReachOrigin.Register, StartedAt = at, IsRegistered = true,
        });
    }

    private void Agree(string body, string urn, ReachLevel level, DateTime at, string? by, string agreement)
    {
        var (origin, actor) = by is null ? (ReachOrigin.Operator, Actor.Operator) : (ReachOrigin.Accepted, ActorOf(urn, by));
        var link = db.Start(present.GetValueOrDefault((body, urn)), places[urn].Id, places[body].Id, level, origin, agreement, actor, IdOf(at), at);
        present[(body, urn)] = link;
        Note(at, actor, by, body, urn, new ReachStarted(link.Id, link.OrganisationId, link.BodyId, level, origin), Agreement(agreement));
    }

    private void End(string body, string urn, DateTime at, string by)
    {
        var (link, actor) = (present[(body, urn)], ActorOf(urn, by));
        link.End(ReachEnding.School, actor.AccountId, at);
        present.Remove((body, urn));
        Note(at, actor, by, body, urn, new ReachEnded(link.Id, link.OrganisationId, link.BodyId, link.Level, ReachEnding.School), []);
    }

    private void Choose()
    {
        foreach (var person in DemoPeople.All)
            foreach (var urn in person.Schools ?? [])
                db.Add(new MembershipSchool
                {
                    OrganisationId = places[person.Place].Id, MembershipId = members[(person.Place, person.Email)].Id, SchoolId = places[urn].Id, SeriesId = present[(person.Place, urn)].SeriesId,
                });
    }

    private void Propose()
    {
        const string Wish = "Northmoor data sharing agreement with annex B (pupils), as the headteachers’ forum agreed";
        var (at, officer, school) = (At(ProposedDaysAgo), ActorOf(DemoPeople.Northmoor, DemoPeople.OfNorthmoor), places[DemoPeople.Larkfield].Id);
        var proposal = new ReachProposal
        {
            OrganisationId = school, Id = IdOf(at), BodyId = officer.OrganisationId!.Value, Level = ReachLevel.Pupil, Agreement = Wish, ProposedAt = at, ProposedById = officer.AccountId,
        };
        db.Add(proposal);
        Note(at, officer, DemoPeople.OfNorthmoor, DemoPeople.Northmoor, DemoPeople.Larkfield, new ReachProposed(proposal.Id, school, proposal.BodyId, proposal.Level), Agreement(Wish));
    }

    private void Lock()
    {
        const string Reason = "The nursery moves house: nobody works with it until the new administrator has been trained";
        var (at, officer, school, body) = (At(LockedDaysAgo), ActorOf(DemoPeople.Northmoor, DemoPeople.OfNorthmoor), places[DemoPeople.Saltmarsh], places[DemoPeople.Northmoor]);
        db.Add(new SchoolLock { OrganisationId = school.Id, Since = at, BodyId = body.Id, LockedById = officer.AccountId, Reason = Reason });
        Note(at, officer, DemoPeople.OfNorthmoor, DemoPeople.Northmoor, DemoPeople.Saltmarsh, new SchoolLocked(school.Id, body.Id), [], new() { ["Reason"] = Reason });
    }

    /// <summary>As the use cases do, but of people who are in the same save.</summary>
    private void Note(DateTime at, Actor actor, string? email, string body, string urn, AuditEvent happened, Dictionary<string, string> texts, Dictionary<string, string>? bodyTexts = null)
    {
        foreach (var (chain, other) in ((Organisation, Organisation)[])[(places[urn], places[body]), (places[body], places[urn])])
        {
            var about = new AuditPerson(other.Id, new Dictionary<string, string>(chain == places[body] ? bodyTexts ?? texts : texts) { ["Organisation"] = other.Name });
            // A chain knows its own people; whoever acts from the other side is named.
            if (email is not null && actor.OrganisationId != chain.Id)
                db.AddAudit(at, actor, chain.Id, happened, about, new AuditPerson(actor.AccountId!.Value, new Dictionary<string, string> { [AuditPerson.Name] = NameOf(email), [AuditPerson.From] = other.Name }));
            else
                db.AddAudit(at, actor, chain.Id, happened, about);
        }
    }

    private static Dictionary<string, string> Agreement(string words) => new() { ["Agreement"] = words };

    private static string NameOf(string email)
    {
        var person = DemoPeople.All.First(p => p.Email == email);
        return $"{person.Forename} {person.Surname}";
    }

    private DateTime At(int daysAgo) => now.AddDays(-daysAgo);

    private static Guid IdOf(DateTime at) => Guid.CreateVersion7(new DateTimeOffset(at));

    private Actor ActorOf(string place, string email)
    {
        var membership = members[(place, email)];
        return new(ActorKind.Person, membership.AccountId, membership.Id, membership.OrganisationId, membership.Permissions);
    }
}
