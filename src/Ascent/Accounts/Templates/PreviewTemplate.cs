using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Templates;

/// <param name="Changes">What it would do to the person; empty when only the tie would be noted.</param>
/// <param name="TakesSeats">The limits under which the person would need a seat that they do not hold now.</param>
/// <param name="CannotBe">Why the person cannot take part; null when they can.</param>
public sealed record PreviewedPerson(TemplatePerson Person, IReadOnlyList<AccessChange> Changes, IReadOnlyList<Permission> TakesSeats, Refusal? CannotBe);

/// <param name="Unchanged">How many were given the template and have exactly this already.</param>
/// <param name="IsCut">There are more people than one deed takes; the rest stands here once these are done.</param>
public sealed record TemplatePreview(IReadOnlyList<PreviewedPerson> People, int Unchanged, bool IsCut, IReadOnlyList<SeatCount> Seats);

/// <summary>What giving a set to the people of a template would do, person by person. Changes nothing.</summary>
public sealed class PreviewTemplate(Database database, TimeProvider clock)
{
    /// <param name="wanted">The set that the template has, or is to have.</param>
    public Task<TemplatePreview> ExecuteAsync(Guid templateId, PermissionSet wanted, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.Set<AccessTemplate>().SingleOrDefaultAsync(t => t.Id == templateId, cancellationToken) is not { } template)
                return new TemplatePreview([], 0, IsCut: false, []);
            var tracking = await db.HasTrackingAsync(template.OrganisationId, cancellationToken);
            var (live, counts) = (wanted.GivenIn(tracking).Bits, PermissionSet.Everything(tracking).Bits);
            var tied = db.Set<Membership>().Where(TemplatePeople.AreTiedTo(template, tracking));
            var touched = tied.Where(m => (m.PermissionBits & counts) != live || m.TemplateId == null).OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).Take(ChangeTemplate.MostPeople + 1);
            var people = await db.PeopleAsync(touched, template, tracking, actor, cancellationToken);
            var holders = await db.HoldersAsync(clock.Today(), cancellationToken);
            return new TemplatePreview(
                [.. people.Take(ChangeTemplate.MostPeople).Select(p => Look(p, wanted, tracking, holders))],
                await tied.CountAsync(m => (m.PermissionBits & counts) == live && m.TemplateId != null, cancellationToken),
                people.Count > ChangeTemplate.MostPeople,
                await db.CountSeatsAsync(cancellationToken));
        });

    private static PreviewedPerson Look(TemplatePerson person, PermissionSet wanted, bool hasTracking, List<Member> holders)
    {
        var after = ChangeTemplate.Given(person.Access, wanted, hasTracking);
        var changes = person.Access.DifferenceTo(after, hasTracking);
        var holdsSeats = person.State is MembershipState.Pending or MembershipState.Active;
        var takes = holdsSeats ? after.Permissions.SeatsNeeded().Except(person.Access.Permissions.SeatsNeeded()).ToArray() : [];
        var isLast = !after.Permissions.Has(Permission.SchoolSetup) && holders.Exists(h => h.MembershipId == person.MembershipId)
            && !holders.Exists(h => h.EndsOn is null && h.MembershipId != person.MembershipId);
        return new(person, changes, takes, person.IsYou ? new OwnAccount() : isLast ? new LastHolder(person.FullName) : null);
    }
}
