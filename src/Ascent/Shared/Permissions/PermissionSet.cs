using System.Collections.Immutable;

namespace Ascent.Shared.Permissions;

/// <summary>Why a set of permissions cannot be held.</summary>
public abstract record PermissionFault(Permission Permission);

/// <summary>A permission is held without the one it needs.</summary>
public sealed record NeedsParent(Permission Permission, Permission Parent) : PermissionFault(Permission);

/// <summary>The permission does not exist in this school.</summary>
public sealed record NotInThisSchool(Permission Permission) : PermissionFault(Permission);

/// <summary>What a change gives and takes, scopes included.</summary>
public sealed record PermissionDifference(ImmutableArray<Permission> Given, ImmutableArray<Permission> Taken, ImmutableArray<Permission> Widened, ImmutableArray<Permission> Narrowed)
{
    public bool IsEmpty => Given.IsEmpty && Taken.IsEmpty && Widened.IsEmpty && Narrowed.IsEmpty;
}

/// <summary>
/// A small immutable set of permissions with their scopes: one bit a permission, one bit more for "own classes".
/// All operations are pure; <see cref="Has"/> allocates nothing.
/// </summary>
public readonly record struct PermissionSet(long Bits)
{
    private const int PupilReportsOwnClasses = 32;
    private const int TrackingPupilReportsOwnClasses = 33;

    public static PermissionSet None => default;

    public static PermissionSet Of(params ReadOnlySpan<Permission> permissions)
    {
        var set = None;
        foreach (var permission in permissions)
            set = set.With(permission);
        return set;
    }

    public bool IsEmpty => Bits == 0;

    public bool Has(Permission permission) => (Bits & Bit((int)permission)) != 0;

    public PermissionSet With(Permission permission) => new(Bits | Bit((int)permission));

    public PermissionSet With(Permission permission, PupilScope scope)
    {
        var held = With(permission);
        return scope == PupilScope.OwnClasses ? new(held.Bits | Bit(ScopeBit(permission))) : new(held.Bits & ~Bit(ScopeBit(permission)));
    }

    public PermissionSet Without(Permission permission) => new(Bits & ~Bit((int)permission) & ~ScopeMask(permission));

    /// <summary>The scope of a pupil-level permission; whole school when none was chosen.</summary>
    public PupilScope ScopeOf(Permission permission) => (Bits & Bit(ScopeBit(permission))) != 0 ? PupilScope.OwnClasses : PupilScope.WholeSchool;

    public IEnumerable<Permission> Held()
    {
        foreach (var info in PermissionCatalogue.All)
            if (Has(info.Permission))
                yield return info.Permission;
    }

    /// <summary>
    /// What the set allows in a school: School setup brings Manage data, and where Pupil Tracking is off its permissions lie still.
    /// Growing the set never shrinks the result.
    /// </summary>
    public PermissionSet Effective(bool hasTracking)
    {
        var set = Has(Permission.SchoolSetup) ? With(Permission.ManageData) : this;
        if (!hasTracking)
            foreach (var info in PermissionCatalogue.All)
                if (info.TrackingOnly)
                    set = set.Without(info.Permission);
        return set;
    }

    /// <summary>What of the set can be given anew in a school with or without Pupil Tracking, in the form in which it is stored.</summary>
    public PermissionSet GivenIn(bool hasTracking) => Effective(hasTracking).Normalised();

    /// <summary>Every bit that counts in a school with or without Pupil Tracking, those of the scopes too.</summary>
    public static PermissionSet Everything(bool hasTracking)
    {
        var set = None;
        foreach (var info in PermissionCatalogue.In(hasTracking))
            set = info.HasScope ? set.With(info.Permission, PupilScope.OwnClasses) : set.With(info.Permission);
        return set;
    }

    /// <summary>What is held and lies still in a school with or without Pupil Tracking: the rest of <see cref="Effective"/>.</summary>
    public PermissionSet Inert(bool hasTracking)
    {
        var set = None;
        foreach (var info in PermissionCatalogue.All)
            if (info.TrackingOnly && !hasTracking && Has(info.Permission))
                set = info.HasScope ? set.With(info.Permission, ScopeOf(info.Permission)) : set.With(info.Permission);
        return set;
    }

    /// <summary>Everything of both sets, which must not hold the same permission in two scopes.</summary>
    public PermissionSet And(PermissionSet other) => new(Bits | other.Bits);

    /// <summary>
    /// The form in which a set is stored: only known bits, no scope without its permission, and no Manage data of its own beside
    /// School setup (which includes it without a seat).
    /// </summary>
    public PermissionSet Normalised()
    {
        var set = None;
        foreach (var info in PermissionCatalogue.All)
            if (Has(info.Permission))
                set = info.HasScope ? set.With(info.Permission, ScopeOf(info.Permission)) : set.With(info.Permission);
        return set.Has(Permission.SchoolSetup) ? set.Without(Permission.ManageData) : set;
    }

    /// <summary>Everything that is wrong with holding this set in a school with or without Pupil Tracking; empty when nothing is.</summary>
    public ImmutableArray<PermissionFault> Validate(bool hasTracking)
    {
        var faults = ImmutableArray.CreateBuilder<PermissionFault>();
        foreach (var info in PermissionCatalogue.All)
        {
            if (!Has(info.Permission))
                continue;
            if (info.TrackingOnly && !hasTracking)
                faults.Add(new NotInThisSchool(info.Permission));
            else if (info.Needs is { } parent && !Has(parent))
                faults.Add(new NeedsParent(info.Permission, parent));
        }
        return faults.ToImmutable();
    }

    /// <summary>The limited permissions for which a membership with this set holds a seat.</summary>
    public IEnumerable<Permission> SeatsNeeded()
    {
        var stored = Normalised();
        foreach (var info in PermissionCatalogue.Limited)
            if (stored.Has(info.Permission))
                yield return info.Permission;
    }

    /// <summary>What changing from this set to <paramref name="after"/> gives, takes, widens and narrows.</summary>
    public PermissionDifference DifferenceTo(PermissionSet after)
    {
        var before = this;
        var both = PermissionCatalogue.All.Where(info => before.Has(info.Permission) && after.Has(info.Permission) && info.HasScope).ToArray();
        return new(
            [.. PermissionCatalogue.All.Where(info => !before.Has(info.Permission) && after.Has(info.Permission)).Select(info => info.Permission)],
            [.. PermissionCatalogue.All.Where(info => before.Has(info.Permission) && !after.Has(info.Permission)).Select(info => info.Permission)],
            [.. both.Where(info => before.ScopeOf(info.Permission) > after.ScopeOf(info.Permission)).Select(info => info.Permission)],
            [.. both.Where(info => before.ScopeOf(info.Permission) < after.ScopeOf(info.Permission)).Select(info => info.Permission)]);
    }

    private static long Bit(int position) => 1L << position;

    private static int ScopeBit(Permission permission) => permission switch
    {
        Permission.PupilReports => PupilReportsOwnClasses,
        Permission.TrackingPupilReports => TrackingPupilReportsOwnClasses,
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, "This permission carries no scope."),
    };

    private static long ScopeMask(Permission permission) =>
        permission is Permission.PupilReports or Permission.TrackingPupilReports ? Bit(ScopeBit(permission)) : 0;
}
