using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="Permission">What opens the page.</param>
/// <param name="Service">What the page belongs to; none for the pages that every school has.</param>
public sealed record ExplainAccessRequest(Guid MembershipId, Permission Permission, SchoolServices Service);

/// <summary>Whether somebody can open a page now, and why.</summary>
/// <param name="Because">A sentence each: the grant, or what stands in the way.</param>
/// <param name="From">Who gave the access last, or made the membership; null when that was the operator, or is not known any more.</param>
/// <param name="Since">When that was.</param>
/// <param name="Until">The last day of access; null for no end.</param>
public sealed record ExplainedAccess(Guid MembershipId, string FullName, string JobRole, bool IsAllowed, IReadOnlyList<string> Because, string? From, DateTime Since, DateOnly? Until);

/// <param name="Next">Ask for the following people with this; null at the end.</param>
public sealed record PeopleWhoCan(IReadOnlyList<ExplainedAccess> People, string? Next, bool IsFirst);

/// <summary>Answers "may this person open this page, and why?", and the other way round "who can?". The same facts as every request asks.</summary>
public sealed class ExplainAccess(Database database, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <returns>Null when there is no such membership here.</returns>
    public Task<ExplainedAccess?> ExecuteAsync(ExplainAccessRequest request, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
            (await ExplainAsync(db, [request.MembershipId], request.Permission, request.Service, cancellationToken)).SingleOrDefault());

    /// <summary>Everybody who can open the page now, by surname.</summary>
    public Task<PeopleWhoCan> WhoCanAsync(Permission permission, SchoolServices service, string? after, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (service != SchoolServices.None && !await HasAsync(db, actor.OrganisationId!.Value, service, cancellationToken))
                return new PeopleWhoCan([], null, true);
            // School setup brings Manage data; nothing else comes with another permission.
            var bits = PermissionSet.Of(permission).Bits | (permission == Permission.ManageData ? PermissionSet.Of(Permission.SchoolSetup).Bits : 0);
            var (sorted, isFirst) = db.SignedUp().Where(UserFilters.Has(UserStatus.Active, clock.Today())).Where(m => (m.PermissionBits & bits) != 0).Sorted(new UsersQuery(After: after));
            var found = await sorted.Select(m => new { m.Id, m.SurnameKey }).Take(PageSize + 1).ToListAsync(cancellationToken);
            var page = found.Take(PageSize).ToList();
            var explained = (await ExplainAsync(db, [.. page.Select(f => f.Id)], permission, service, cancellationToken)).ToDictionary(e => e.MembershipId);
            return new PeopleWhoCan(
                [.. page.Where(f => explained[f.Id].IsAllowed).Select(f => explained[f.Id])], found.Count > PageSize ? new TextPageKey(page[^1].SurnameKey, page[^1].Id).ToString() : null, isFirst);
        });

    private async Task<bool> HasAsync(AppDb db, Guid schoolId, SchoolServices service, CancellationToken cancellationToken)
    {
        var school = await db.Set<School>().SingleAsync(s => s.Id == schoolId, cancellationToken);
        return school.ServicesOn(clock.Today()).Has(service) && (service != SchoolServices.PupilTracking || school.HasTracking);
    }

    private async Task<List<ExplainedAccess>> ExplainAsync(AppDb db, IReadOnlyList<Guid> ids, Permission permission, SchoolServices service, CancellationToken cancellationToken)
    {
        var rows = await (from member in db.Named()
                          where ids.Contains(member.MembershipId)
                          join membership in db.Set<Membership>() on member.MembershipId equals membership.Id
                          join account in db.Set<Account>() on membership.AccountId equals account.Id
                          select new
                          {
                              member, membership, account.TermsVersion, School = db.Set<School>().Single(s => s.Id == membership.OrganisationId),
                              OwesCode = db.Set<ResetCode>().Any(c => c.OrganisationId == membership.OrganisationId && c.MembershipId == membership.Id),
                          }).ToListAsync(cancellationToken);
        var givers = rows.Select(r => r.membership.ChangedById ?? r.membership.CreatedById).OfType<Guid>().ToHashSet();
        var names = await db.Named().Where(m => givers.Contains(m.AccountId)).Select(m => new { m.AccountId, Name = m.Forename + " " + m.Surname }).ToDictionaryAsync(m => m.AccountId, m => m.Name, cancellationToken);
        return rows.ConvertAll(row =>
        {
            var (m, name) = (row.membership, row.member.Forename);
            var obstacles = Obstacles(m, name, permission, service, row.School, row.OwesCode, row.TermsVersion < Account.PresentTerms).ToArray();
            return new ExplainedAccess(m.Id, row.member.FullName, JobRoles.Label(m.JobRole, m.OtherRole), obstacles.Length == 0, obstacles.Length == 0 ? [Grant(m, permission, row.School.HasTracking)] : obstacles,
                (m.ChangedById ?? m.CreatedById) is { } by ? names.GetValueOrDefault(by) : null, m.ChangedAt ?? m.CreatedAt, m.EndsOn);
        });
    }

    private static string Grant(Membership membership, Permission permission, bool tracking)
    {
        var label = PermissionCatalogue.Label(permission, tracking);
        if (!membership.Permissions.Has(permission))
            return $"{label} comes with {PermissionCatalogue.Label(Permission.SchoolSetup, tracking)}";
        return PermissionCatalogue.Of(permission).HasScope ? $"{label}, {(membership.Permissions.ScopeOf(permission) == PupilScope.OwnClasses ? "own classes" : "whole school")}" : label;
    }

    /// <summary>What stands in the way; nothing when the page opens.</summary>
    private IEnumerable<string> Obstacles(Membership membership, string name, Permission permission, SchoolServices service, School school, bool owesCode, bool hasNotAgreed)
    {
        var tracking = school.HasTracking;
        var isMissing = service == SchoolServices.PupilTracking && !tracking;
        if (isMissing)
            yield return "The school has no Pupil Tracking, so this page does not exist here";
        else if (service != SchoolServices.None && !school.ServicesOn(clock.Today()).Has(service))
            yield return $"{ServiceCatalogue.Of(service).Are} switched off for the school by whoever runs the server, so nobody opens this page. What was given is kept";
        if (membership.State == MembershipState.Pending)
            yield return $"{name} has not signed up yet";
        else if (membership.State == MembershipState.Deactivated)
            yield return $"{name} is deactivated";
        else if (!membership.IsOpenOn(clock.Today()))
            yield return $"{InWords.Possessive(name)} access has ended{(membership.EndsOn is { } day ? $" after {InWords.Date(day)}" : "")}";
        else if (owesCode)
            yield return $"{name} has reset the password and owes the school a reset code";
        else if (hasNotAgreed)
            yield return $"{name} has not agreed to the terms of use yet";
        if (!membership.Permissions.Effective(tracking).Has(permission) && !isMissing)
            yield return $"{name} does not hold “{PermissionCatalogue.Label(permission, tracking)}”";
    }
}
