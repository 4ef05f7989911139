using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <summary>Somebody of a body who can open reports of the school now.</summary>
/// <param name="Permissions">What acts in the school.</param>
/// <param name="IsChosen">The school was chosen for this person; otherwise all schools of the body are.</param>
/// <param name="Until">The last day of access; null for no end.</param>
public sealed record PersonAbove(
    Guid AccountId, string Forename, string Surname, string JobRole, Guid BodyId, string Body, OrganisationKind Kind, ReachLevel Level, PermissionSet Permissions, bool IsChosen, DateOnly? Until)
{
    public string FullName => $"{Forename} {Surname}";

    /// <summary>The grant, and the link that lets it through.</summary>
    public string Because(Permission permission) =>
        $"{PermissionCatalogue.Label(permission, Places.Of(Kind, hasTracking: false))} at {Body}, {(IsChosen ? "this school chosen" : "all its schools")}; the link is for {Level.Words()}";
}

/// <summary>
/// Who comes from above: everybody of an authority or trust who can open reports of the school at this moment, as <see cref="ReadAccess"/> would let
/// them. Own members of the school are not among them: they come by their membership, and by nothing else.
/// </summary>
public sealed class ListPeopleAbove(Database database, TimeProvider clock)
{
    /// <param name="permission">What opens the page; <see cref="Permission.SchoolReports"/> for everybody who comes from above at all.</param>
    /// <returns>By body and surname; nobody for an actor who does not manage the school's users.</returns>
    public async Task<IReadOnlyList<PersonAbove>> ExecuteAsync(Permission permission, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } schoolId || !actor.Holds(Permission.SchoolSetup, schoolId))
            return [];
        var today = clock.Today();
        return await database.ReadAsync<IReadOnlyList<PersonAbove>>(OrganisationScope.Server, async db =>
        {
            if (await db.Set<SchoolLock>().AnyAsync(l => l.OrganisationId == schoolId, cancellationToken))
                return [];
            var ways = await db.WaysAbove(db.Set<School>().Where(s => s.Id == schoolId), db.Open(db.Set<Membership>(), default, today)).ToListAsync(cancellationToken);
            var ids = ways.Select(w => w.Row.Membership.AccountId).Distinct().ToList();
            var own = (await db.Set<Membership>().Where(m => m.OrganisationId == schoolId && ids.Contains(m.AccountId) && m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today))
                .Select(m => m.AccountId).ToListAsync(cancellationToken)).ToHashSet();
            var people = await db.Set<Account>().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Forename, a.Surname, a.TermsVersion }).ToDictionaryAsync(a => a.Id, cancellationToken);
            return
            [
                .. ways.GroupBy(w => w.Row.Membership.AccountId).Where(g => !own.Contains(g.Key)).Select(g => g.Best(today)).OfType<WayFromAbove>()
                    .Where(w => w.PermissionsOn(today).Has(permission))
                    // What the body or the terms of use ask for first keeps the school closed too.
                    .Where(w => !w.Row.NeedsResetCode && people[w.Row.Membership.AccountId].TermsVersion >= Account.PresentTerms)
                    .Select(w => Describe(w, today, people[w.Row.Membership.AccountId].Forename, people[w.Row.Membership.AccountId].Surname))
                    .OrderBy(p => p.Body, StringComparer.CurrentCultureIgnoreCase).ThenBy(p => p.Surname, StringComparer.CurrentCultureIgnoreCase).ThenBy(p => p.Forename, StringComparer.CurrentCultureIgnoreCase).ThenBy(p => p.AccountId),
            ];
        });
    }

    private static PersonAbove Describe(WayFromAbove way, DateOnly today, string forename, string surname)
    {
        var membership = way.Row.Membership;
        return new(membership.AccountId, forename, surname, JobRoles.Label(membership.JobRole, membership.OtherRole), way.BodyId, way.Body, way.Kind, way.Level, way.PermissionsOn(today),
            membership.Permissions.Schools == SchoolScope.SelectedSchools, membership.EndsOn);
    }
}
