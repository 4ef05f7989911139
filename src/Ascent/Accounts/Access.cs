using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>What an account may do in one school at this moment.</summary>
public sealed record SchoolAccess(
    Guid OrganisationId, string Urn, string Name, string? LocalAuthority, bool HasTracking, Guid MembershipId, Guid AccountId, string JobRole, PermissionSet Permissions)
{
    /// <summary>The password was given within the last minutes.</summary>
    public bool IsFresh { get; init; }

    /// <summary>An administrator ended the person's sessions here after this one had begun: signing in again opens it.</summary>
    public bool NeedsSignIn { get; init; }

    /// <summary>The password was reset by a mailed link, and this organisation's reset code has not been given yet.</summary>
    public bool NeedsResetCode { get; init; }

    public Actor Actor => new(ActorKind.Person, AccountId, MembershipId, OrganisationId, Permissions) { IsFresh = IsFresh };
}

/// <summary>Reads, for every request anew, what somebody may do in a school. Nothing of this is ever kept in a cookie or a cache.</summary>
public sealed class ReadAccess(Database database, TimeProvider clock)
{
    // "Last opened" is a matter of days; one write an hour is enough.
    private static readonly TimeSpan OpenedPrecision = TimeSpan.FromHours(1);

    /// <param name="signedInAt">When the session began.</param>
    /// <returns>Null when the account has no open membership there, or there is no such school: nobody learns which.</returns>
    public async Task<SchoolAccess?> ExecuteAsync(Guid accountId, DateTime signedInAt, string urn, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var found = await database.ReadAsync(OrganisationScope.Server, db =>
            (from school in db.Set<School>()
             where school.Code == urn
             join membership in db.Set<Membership>() on school.Id equals membership.OrganisationId
             where membership.AccountId == accountId && membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today)
             select new
             {
                 school.Id, school.Code, school.Name, school.LocalAuthorityName, school.IsPrimary, Membership = membership,
                 NeedsResetCode = db.Set<ResetCode>().Any(c => c.OrganisationId == membership.OrganisationId && c.MembershipId == membership.Id)
             }).SingleOrDefaultAsync(cancellationToken));
        if (found is null)
            return null;
        var needsSignIn = signedInAt <= found.Membership.SignInAfter;
        if (!found.NeedsResetCode && !needsSignIn)
            await NoteOpenedAsync(found.Membership, cancellationToken);
        return new(found.Id, found.Code, found.Name, found.LocalAuthorityName, found.IsPrimary, found.Membership.Id, accountId,
            JobRoles.Label(found.Membership.JobRole, found.Membership.OtherRole), found.Membership.Permissions.Effective(found.IsPrimary))
        {
            NeedsResetCode = found.NeedsResetCode,
            NeedsSignIn = needsSignIn,
        };
    }

    /// <summary>The schools that an account can open now, for the way in after signing in.</summary>
    public Task<List<(string Urn, string Name)>> SchoolsOfAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        return database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var rows = await (from membership in db.Set<Membership>()
                              where membership.AccountId == accountId && membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today)
                              join school in db.Set<School>() on membership.OrganisationId equals school.Id
                              orderby school.NameKey
                              select new { school.Code, school.Name }).ToListAsync(cancellationToken);
            return rows.ConvertAll(r => (r.Code, r.Name));
        });
    }

    private async Task NoteOpenedAsync(Membership membership, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (membership.LastOpenedAt > now - OpenedPrecision)
            return;
        await database.WriteAsync(OrganisationScope.Of(membership.OrganisationId), db =>
            db.Set<Membership>().Where(m => m.Id == membership.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.LastOpenedAt, now), cancellationToken), cancellationToken);
    }
}
