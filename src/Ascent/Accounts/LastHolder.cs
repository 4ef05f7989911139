using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts;

/// <summary>
/// One row for an organisation. Every save that takes an Active holder of School setup away moves its version, so that of two such saves
/// at once the second begins again and meets what the first has done.
/// </summary>
public sealed class HolderGuard : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public int Version { get; set; }
}

internal sealed class HolderGuardMap : IEntityTypeConfiguration<HolderGuard>
{
    public void Configure(EntityTypeBuilder<HolderGuard> builder)
    {
        builder.ToTable("holder_guards");
        builder.HasKey(g => g.OrganisationId);
        builder.Property(g => g.Version).IsConcurrencyToken();
    }
}

/// <summary>Without this holder nobody could manage the organisation's users any more, now or when end dates have passed.</summary>
/// <param name="Field">The question of a form that asks for too much, if it was one.</param>
/// <param name="Setup">The permission, in words.</param>
public sealed record LastHolder(string Name, string? Field = null, string Setup = "School setup")
    : Refusal("last-holder", $"{Name} is the last Active holder of {Setup} without an end date, and somebody has to manage the users. Give {Setup} to somebody else first", RefusalKind.Refused, Field);

internal static class LastHolders
{
    /// <summary>
    /// Looks at memberships as the save would leave them. When one of them stops being a holder, or is given an earlier end, an Active
    /// holder without an end date has to remain.
    /// </summary>
    /// <returns>Those who cannot be taken away; nothing must be saved then.</returns>
    public static async Task<IReadOnlyList<Membership>> KeepAHolderAsync(this AppDb db, IReadOnlyCollection<Membership> changed, DateOnly today, CancellationToken cancellationToken)
    {
        var weakened = changed.Where(m => IsWeakened(db, m, today)).ToList();
        if (weakened.Count == 0)
            return [];
        // The guard first: whoever takes a holder away between these two reads moves it, and then this save loses.
        var organisationId = weakened[0].OrganisationId;
        var guard = await db.Set<HolderGuard>().SingleOrDefaultAsync(g => g.OrganisationId == organisationId, cancellationToken);
        var ids = changed.Select(m => m.Id).ToHashSet();
        var others = await db.HoldersAsync(today, cancellationToken);
        if (!others.Exists(h => h.EndsOn is null && !ids.Contains(h.MembershipId)) && !changed.Any(m => IsHolder(m.State, m.PermissionBits) && m.EndsOn is null))
            return weakened;
        if (guard is null)
            db.Add(guard = new HolderGuard { OrganisationId = organisationId });
        guard.Version++;
        return [];
    }

    private static bool IsWeakened(AppDb db, Membership membership, DateOnly today)
    {
        var before = db.Entry(membership).OriginalValues;
        var endedOn = before.GetValue<DateOnly?>(nameof(Membership.EndsOn));
        if (!IsHolder(before.GetValue<MembershipState>(nameof(Membership.State)), before.GetValue<long>(nameof(Membership.PermissionBits))) || endedOn < today)
            return false;
        return !IsHolder(membership.State, membership.PermissionBits) || (membership.EndsOn is { } ends && (endedOn is null || ends < endedOn));
    }

    private static bool IsHolder(MembershipState state, long permissions) =>
        state == MembershipState.Active && new PermissionSet(permissions).Administers;
}
