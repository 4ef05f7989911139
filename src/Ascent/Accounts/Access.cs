using Ascent.Accounts.Factors;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>What a session can show for itself.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="GaveFactor">A second factor was given in it.</param>
/// <param name="FactorId">Which one; null for a recovery code.</param>
public readonly record struct SessionProof(DateTime StartedAt, bool GaveFactor = false, Guid? FactorId = null);

/// <summary>What the organisation's rule about second factors wants of somebody before the first page.</summary>
public enum FactorGate
{
    Open,

    /// <summary>There is none yet: one has to be enrolled.</summary>
    Enrol,

    /// <summary>The factor was enrolled through another organisation's reset, which this one has no part in.</summary>
    NotTrusted,
}

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

    /// <summary>Whether the rule about second factors lets the session in.</summary>
    public FactorGate FactorGate { get; init; }

    public Actor Actor => new(ActorKind.Person, AccountId, MembershipId, OrganisationId, Permissions) { IsFresh = IsFresh };
}

/// <summary>Reads, for every request anew, what somebody may do in a school. Nothing of this is ever kept in a cookie or a cache.</summary>
public sealed class ReadAccess(Database database, TimeProvider clock)
{
    // "Last opened" is a matter of days; one write an hour is enough.
    private static readonly TimeSpan OpenedPrecision = TimeSpan.FromHours(1);

    /// <returns>Null when the account has no open membership there, or there is no such school: nobody learns which.</returns>
    public async Task<SchoolAccess?> ExecuteAsync(Guid accountId, SessionProof session, string urn, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var found = await database.ReadAsync(OrganisationScope.Server, db =>
            (from school in db.Set<School>()
             where school.Code == urn
             join membership in db.Set<Membership>() on school.Id equals membership.OrganisationId
             where membership.AccountId == accountId && membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today)
             select new
             {
                 school.Id, school.Code, school.Name, school.LocalAuthorityName, school.IsPrimary, school.FactorRule, Membership = membership,
                 NeedsResetCode = db.Set<ResetCode>().Any(c => c.OrganisationId == membership.OrganisationId && c.MembershipId == membership.Id),
                 HasFactor = db.Set<Factor>().Any(f => f.AccountId == accountId),
                 // A factor that was removed meanwhile counts for nothing.
                 IsTrusted = session.FactorId == null || db.Set<Factor>().Any(f => f.Id == session.FactorId && f.AccountId == accountId
                     && (!f.IsLimited || db.Set<FactorTrust>().Any(t => t.FactorId == f.Id && t.OrganisationId == school.Id))),
             }).SingleOrDefaultAsync(cancellationToken));
        if (found is null)
            return null;
        var permissions = found.Membership.Permissions.Effective(found.IsPrimary);
        var requires = found.FactorRule.Requires(permissions);
        // Somebody who has a factor and did not give it signed in before it was there.
        var needsSignIn = session.StartedAt <= found.Membership.SignInAfter || (requires && found.HasFactor && !session.GaveFactor);
        var gate = !requires || (found.HasFactor && found.IsTrusted) ? FactorGate.Open : found.HasFactor ? FactorGate.NotTrusted : FactorGate.Enrol;
        if (!found.NeedsResetCode && !needsSignIn && gate == FactorGate.Open)
            await NoteOpenedAsync(found.Membership, cancellationToken);
        return new(found.Id, found.Code, found.Name, found.LocalAuthorityName, found.IsPrimary, found.Membership.Id, accountId,
            JobRoles.Label(found.Membership.JobRole, found.Membership.OtherRole), permissions)
        {
            NeedsResetCode = found.NeedsResetCode,
            NeedsSignIn = needsSignIn,
            FactorGate = gate,
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
