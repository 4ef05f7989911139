using Ascent.Accounts.Factors;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>A membership that is open today, with what decides whether the session may come in by it.</summary>
internal sealed class GateRow
{
    public required Membership Membership { get; init; }

    public required FactorRule FactorRule { get; init; }

    public bool NeedsResetCode { get; init; }

    public bool HasFactor { get; init; }

    public bool IsTrusted { get; init; }

    /// <param name="permissions">What the membership allows here.</param>
    /// <param name="alsoBy">The rule of a school that is entered from above: the stricter one counts.</param>
    public (bool NeedsSignIn, FactorGate Gate) Check(SessionProof session, PermissionSet permissions, FactorRule? alsoBy = null)
    {
        var requires = FactorRule.Requires(permissions) || alsoBy?.Requires(permissions) == true;
        // Somebody who has a factor and did not give it signed in before it was there.
        var needsSignIn = session.StartedAt <= Membership.SignInAfter || (requires && HasFactor && !session.GaveFactor);
        return (needsSignIn, !requires || (HasFactor && IsTrusted) ? FactorGate.Open : HasFactor ? FactorGate.NotTrusted : FactorGate.Enrol);
    }
}

internal static class Gates
{
    /// <summary>The account's memberships of any organisation that are open on the day, each with its gate.</summary>
    public static IQueryable<GateRow> OpenOf(this AppDb db, Guid accountId, SessionProof session, DateOnly today) =>
        db.Open(db.Set<Membership>().Where(m => m.AccountId == accountId), session, today);

    /// <summary>Those of the memberships that are open on the day, each with its gate.</summary>
    public static IQueryable<GateRow> Open(this AppDb db, IQueryable<Membership> memberships, SessionProof session, DateOnly today) =>
        from membership in memberships
        where membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today)
        join organisation in db.Set<Organisation>() on membership.OrganisationId equals organisation.Id
        select new GateRow
        {
            Membership = membership,
            FactorRule = organisation.FactorRule,
            NeedsResetCode = db.Set<ResetCode>().Any(c => c.OrganisationId == membership.OrganisationId && c.MembershipId == membership.Id),
            HasFactor = db.Set<Factor>().Any(f => f.AccountId == membership.AccountId),
            // A factor that was removed meanwhile counts for nothing.
            IsTrusted = session.FactorId == null || db.Set<Factor>().Any(f => f.Id == session.FactorId && f.AccountId == membership.AccountId
                && (!f.IsLimited || db.Set<FactorTrust>().Any(t => t.FactorId == f.Id && t.OrganisationId == membership.OrganisationId))),
        };
}
