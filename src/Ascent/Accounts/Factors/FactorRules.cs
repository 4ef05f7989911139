using Ascent.Accounts.Operators;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Factors;

/// <summary>Who has to have a second factor.</summary>
public static class FactorRules
{
    /// <summary>What the default asks it for: administration, and pupils' names or marks.</summary>
    public static readonly PermissionSet Guarded = PermissionSet.Of(
        Permission.SchoolSetup, Permission.ManageData, Permission.PupilReports, Permission.TrackingPupilReports, Permission.TrackingMarks, Permission.LaSetup);

    /// <param name="effective">What the person may really do there.</param>
    public static bool Requires(this FactorRule rule, PermissionSet effective) =>
        rule == FactorRule.Everybody || (rule == FactorRule.Default && (effective.Bits & Guarded.Bits) != 0);

    /// <summary>The organisations, open to the account today, that require a second factor of it.</summary>
    internal static async Task<List<(Guid Id, string Name)>> RequiringAsync(this AppDb db, Guid accountId, DateOnly today, CancellationToken cancellationToken)
    {
        var rows = await (from membership in db.Set<Membership>()
                          where membership.AccountId == accountId && membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today)
                          join organisation in db.Set<Organisation>() on membership.OrganisationId equals organisation.Id
                          where organisation.FactorRule != FactorRule.Offered
                          orderby organisation.NameKey
                          select new
                          {
                              organisation.Id, organisation.Name, organisation.FactorRule, organisation.Kind, membership.PermissionBits,
                              IsPrimary = db.Set<School>().Any(s => s.Id == organisation.Id && s.IsPrimary),
                          }).ToListAsync(cancellationToken);
        return [.. rows.Where(r => r.FactorRule.Requires(new PermissionSet(r.PermissionBits).Effective(Places.Of(r.Kind, r.IsPrimary)))).Select(r => (r.Id, r.Name))];
    }

    /// <summary>
    /// The session stands on a factor that one organisation's reset enrolled, and these others require one and have not agreed to it: such
    /// a session changes neither email nor password nor factors.
    /// </summary>
    /// <param name="factorId">The factor that was given; null for a recovery code, or when there is none.</param>
    internal static async Task<IReadOnlyList<string>> NotTrustingAsync(this AppDb db, Guid accountId, Guid? factorId, DateOnly today, CancellationToken cancellationToken)
    {
        if (factorId is not { } id || !await db.Set<Factor>().AnyAsync(f => f.Id == id && f.IsLimited, cancellationToken))
            return [];
        var trusting = await db.Set<FactorTrust>().Where(t => t.FactorId == id).Select(t => t.OrganisationId).ToListAsync(cancellationToken);
        return [.. (await db.RequiringAsync(accountId, today, cancellationToken)).Where(o => !trusting.Contains(o.Id)).Select(o => o.Name)];
    }

    internal static Task<bool> HasFactorAsync(this AppDb db, Guid accountId, CancellationToken cancellationToken) =>
        db.Set<Factor>().AnyAsync(f => f.AccountId == accountId, cancellationToken);

    internal static Task<List<FactorKind>> FactorKindsAsync(this AppDb db, Guid accountId, CancellationToken cancellationToken) =>
        db.Set<Factor>().Where(f => f.AccountId == accountId).Select(f => f.Kind).Distinct().ToListAsync(cancellationToken);

    /// <summary>Operators always have to have one.</summary>
    internal static async Task<bool> HasToHaveFactorAsync(this AppDb db, Guid accountId, DateOnly today, CancellationToken cancellationToken) =>
        await db.IsOperatorAsync(accountId, cancellationToken) || (await db.RequiringAsync(accountId, today, cancellationToken)).Count > 0;
}
