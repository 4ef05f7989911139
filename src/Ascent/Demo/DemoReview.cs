using Ascent.Accounts;
using Ascent.Accounts.Reviews;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;

namespace Ascent.Demo;

/// <summary>An access review that is half done, among the invented people of one school.</summary>
internal static class DemoReview
{
    private const int OpenedDaysAgo = 12;

    private static readonly (string By, string[] Of)[] Confirmed =
    [
        ("graham.ellis@larkfield.demo.example", ["setup@larkfield.demo.example", "data@larkfield.demo.example"]),
        ("setup@larkfield.demo.example", ["graham.ellis@larkfield.demo.example", "sunita.patel@larkfield.demo.example", "governor@larkfield.demo.example"]),
    ];

    /// <param name="members">Those of the school by email address.</param>
    public static void Add(AppDb db, Guid organisationId, IReadOnlyDictionary<string, Membership> members, TimeProvider clock)
    {
        var now = clock.Now();
        var dueOn = ReviewCalendar.Present(ReviewRhythm.EachTerm, LondonTime.DateOf(now))!.Value;
        var (begun, lately) = (LondonTime.StartOf(dueOn), now.AddDays(-OpenedDaysAgo));
        var openedAt = begun > lately ? begun : lately;
        var items = members.Values.Where(m => m.CreatedAt < openedAt).ToDictionary(m => m.Id, m => m);
        var review = new AccessReview { OrganisationId = organisationId, Id = clock.NewId(), DueOn = dueOn, OpenedAt = openedAt, People = items.Count };
        db.Add(review);
        db.AddAudit(now, Actor.System, organisationId, new ReviewOpened(review.Id, dueOn, items.Count));
        foreach (var (by, of) in Confirmed)
            db.AddAudit(now, new Actor(ActorKind.Person, members[by].AccountId, members[by].Id, organisationId, members[by].Permissions), organisationId,
                new MembershipsConfirmed(review.Id, [.. of.Select(email => members[email].Id)]), [.. of.Select(email => new AuditPerson(members[email].AccountId, DetailsOf(email)))]);
        foreach (var member in items.Values)
        {
            var item = new AccessReviewItem { OrganisationId = organisationId, ReviewId = review.Id, MembershipId = member.Id, Place = ReviewPlace.Of(member.JobRole, member.Permissions) };
            if (Confirmed.FirstOrDefault(c => c.Of.Any(email => members[email].Id == member.Id)).By is { } by)
                item.Confirm(members[by].AccountId, openedAt.AddDays(1) < now ? openedAt.AddDays(1) : now);
            db.Add(item);
        }
    }

    private static Dictionary<string, string> DetailsOf(string email)
    {
        var person = DemoPeople.All.Single(p => p.Email == email);
        return new() { [AuditPerson.Name] = $"{person.Forename} {person.Surname}", [AuditPerson.Email] = email };
    }
}
