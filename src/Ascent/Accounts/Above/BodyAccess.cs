using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <summary>What an account may do in one authority or trust at this moment.</summary>
public sealed record BodyAccess(Guid OrganisationId, OrganisationKind Kind, string Code, string Name, Guid MembershipId, Guid AccountId, string JobRole, PermissionSet Permissions)
{
    /// <summary>The password was given within the last minutes.</summary>
    public bool IsFresh { get; init; }

    public bool NeedsSignIn { get; init; }

    public bool NeedsResetCode { get; init; }

    public FactorGate FactorGate { get; init; }

    public string Address => BodyAddress.Of(Kind, Code);

    public Place Place => Places.Of(Kind, hasTracking: false);

    public Actor Actor => new(ActorKind.Person, AccountId, MembershipId, OrganisationId, Permissions) { IsFresh = IsFresh };
}

/// <summary>Reads, for every request anew, what somebody may do in an authority or trust.</summary>
public sealed class ReadBodyAccess(Database database, TimeProvider clock)
{
    /// <param name="address">Of <see cref="BodyAddress"/>.</param>
    /// <returns>Null when the account has no open membership there, or there is no such body: nobody learns which.</returns>
    public async Task<BodyAccess?> ExecuteAsync(Guid accountId, SessionProof session, string? address, CancellationToken cancellationToken)
    {
        if (BodyAddress.Read(address) is not var (kind, code))
            return null;
        var today = clock.Today();
        var found = await database.ReadAsync(OrganisationScope.Server, db =>
            (from body in db.Set<Organisation>()
             where body.Kind == kind && body.Code == code
             join row in db.OpenOf(accountId, session, today) on body.Id equals row.Membership.OrganisationId
             select new { body.Id, body.Name, row }).SingleOrDefaultAsync(cancellationToken));
        if (found is null)
            return null;
        var membership = found.row.Membership;
        var permissions = membership.Permissions.Effective(Places.Of(kind, hasTracking: false));
        var (needsSignIn, gate) = found.row.Check(session, permissions);
        if (!found.row.NeedsResetCode && !needsSignIn && gate == FactorGate.Open)
            await database.NoteOpenedAsync(membership, clock.Now(), cancellationToken);
        return new(found.Id, kind, code, found.Name, membership.Id, accountId, JobRoles.Label(membership.JobRole, membership.OtherRole), permissions)
        {
            NeedsResetCode = found.row.NeedsResetCode,
            NeedsSignIn = needsSignIn,
            FactorGate = gate,
        };
    }
}

/// <summary>A school whose reports somebody of a body can open.</summary>
/// <param name="ReportsAreOff">Its dashboards are switched off, while another of its services is on.</param>
public sealed record OpenSchool(string Urn, string? DfeNumber, string Name, bool WithPupils, bool IsLocked, bool ReportsAreOff);

/// <summary>The schools that a body's membership reaches with reports: those that "all" or "selected" means at this moment.</summary>
public sealed class ListOpenSchools(Database database, TimeProvider clock)
{
    public Task<IReadOnlyList<OpenSchool>> ExecuteAsync(BodyAccess access, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<OpenSchool>>(OrganisationScope.Server, async db =>
        {
            if (!access.Permissions.Has(Permission.SchoolReports))
                return [];
            var reached = await db.ReachedAsync(access.OrganisationId, cancellationToken);
            var chosen = access.Permissions.Schools == SchoolScope.SelectedSchools
                ? (await db.Set<MembershipSchool>().Where(s => s.OrganisationId == access.OrganisationId && s.MembershipId == access.MembershipId).ToListAsync(cancellationToken)).Select(s => (s.SchoolId, s.SeriesId)).ToHashSet()
                : null;
            var today = clock.Today();
            var services = (await (from link in db.PresentLinks(access.OrganisationId)
                                   join school in db.Set<School>() on link.OrganisationId equals school.Id
                                   where school.ReportsOffFrom <= today || school.TargetsOffFrom <= today || school.CollaborateOffFrom <= today
                                   select school).ToListAsync(cancellationToken)).ToDictionary(s => s.Id, s => s.ServicesOn(today));
            SchoolServices On(Guid school) => services.GetValueOrDefault(school, SchoolServices.All);
            // The same question as at the school's door.
            bool Opens(ReachedSchool school) => !new PermissionSet(access.Permissions.Bits & school.Level.Reports().Bits).Served(On(school.SchoolId)).IsEmpty;
            return [.. reached.Values.Where(s => s.Level != ReachLevel.Administration && Opens(s) && (chosen is null || chosen.Contains((s.SchoolId, s.SeriesId))))
                .OrderBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(s => s.Urn, StringComparer.Ordinal)
                .Select(s => new OpenSchool(s.Urn, s.DfeNumber, s.Name, s.Level == ReachLevel.Pupil && access.Permissions.Has(Permission.PupilReports), s.IsLocked, !On(s.SchoolId).Has(SchoolServices.Reports)))];
        });
}
