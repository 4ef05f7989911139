using System.Collections.Immutable;

namespace Ascent.Shared.Permissions;

/// <summary>Why a set of permissions cannot be held.</summary>
public abstract record PermissionFault(Permission Permission);

/// <summary>A permission is held without the one it needs.</summary>
public sealed record NeedsParent(Permission Permission, Permission Parent) : PermissionFault(Permission);

/// <summary>The permission does not exist in this school, or in this authority or trust; or its scope does not.</summary>
public sealed record NotInThisSchool(Permission Permission) : PermissionFault(Permission);

/// <summary>What a change gives and takes, scopes included.</summary>
public sealed record PermissionDifference(ImmutableArray<Permission> Given, ImmutableArray<Permission> Taken, ImmutableArray<Permission> Widened, ImmutableArray<Permission> Narrowed)
{
    public bool IsEmpty => Given.IsEmpty && Taken.IsEmpty && Widened.IsEmpty && Narrowed.IsEmpty;
}

/// <summary>
/// A small immutable set of permissions with their scopes: one bit a permission, one bit more for "own classes", and one for
/// "selected schools".
/// All operations are pure; <see cref="Has"/> allocates nothing.
/// </summary>
public readonly record struct PermissionSet(long Bits)
{
    private const int PupilReportsOwnClasses = 32;
    private const int TrackingPupilReportsOwnClasses = 33;
    private const int SchoolReportsSelectedSchools = 34;

    public static PermissionSet None => default;

    public static PermissionSet Of(params ReadOnlySpan<Permission> permissions)
    {
        var set = None;
        foreach (var permission in permissions)
            set = set.With(permission);
        return set;
    }

    public bool IsEmpty => Bits == 0;

    /// <summary>Whether users are managed with it: School setup in a school, LA or Trust setup above.</summary>
    public bool Administers => Has(Permission.SchoolSetup) || Has(Permission.LaSetup);

    public bool Has(Permission permission) => (Bits & Bit((int)permission)) != 0;

    public PermissionSet With(Permission permission) => new(Bits | Bit((int)permission));

    public PermissionSet With(Permission permission, PupilScope scope)
    {
        var held = With(permission);
        return scope == PupilScope.OwnClasses ? new(held.Bits | Bit(ScopeBit(permission))) : new(held.Bits & ~Bit(ScopeBit(permission)));
    }

    /// <summary>School-level reports of a body, with the schools that they reach.</summary>
    public PermissionSet With(SchoolScope scope) => scope == SchoolScope.SelectedSchools
        ? new(With(Permission.SchoolReports).Bits | Bit(SchoolReportsSelectedSchools))
        : new(With(Permission.SchoolReports).Bits & ~Bit(SchoolReportsSelectedSchools));

    public PermissionSet Without(Permission permission) => new(Bits & ~Bit((int)permission) & ~ScopeMask(permission));

    /// <summary>The scope of a pupil-level permission; whole school when none was chosen.</summary>
    public PupilScope ScopeOf(Permission permission) => (Bits & Bit(ScopeBit(permission))) != 0 ? PupilScope.OwnClasses : PupilScope.WholeSchool;

    /// <summary>Which schools a body's school-level reports reach; all when none were chosen.</summary>
    public SchoolScope Schools => (Bits & Bit(SchoolReportsSelectedSchools)) != 0 ? SchoolScope.SelectedSchools : SchoolScope.AllSchools;

    public IEnumerable<Permission> Held()
    {
        foreach (var info in PermissionCatalogue.Everywhere)
            if (Has(info.Permission))
                yield return info.Permission;
    }

    /// <summary>
    /// What the set allows in a place: School setup brings Manage data, and what does not exist there lies still, as Pupil Tracking does where it
    /// is off. Growing the set never shrinks the result.
    /// </summary>
    public PermissionSet Effective(Place place)
    {
        var set = Has(Permission.SchoolSetup) ? With(Permission.ManageData) : this;
        foreach (var info in PermissionCatalogue.Everywhere)
            if (!PermissionCatalogue.IsIn(info.Permission, place))
                set = set.Without(info.Permission);
        return new(set.Bits & ~StrangeScopes(place));
    }

    /// <summary>The rest of the set where only these services are on: a permission lies still when everything that it opens is off.</summary>
    public PermissionSet Served(SchoolServices on)
    {
        var set = this;
        if (on == SchoolServices.All)
            return set;
        foreach (var info in PermissionCatalogue.All)
            if (ServiceCatalogue.OpenedBy(info.Permission) is not SchoolServices.None and var opened && (opened & on) == SchoolServices.None)
                set = set.Without(info.Permission);
        return set;
    }

    /// <summary>What of the set can be given anew in a place, in the form in which it is stored.</summary>
    public PermissionSet GivenIn(Place place) => Effective(place).Normalised();

    /// <summary>Every bit that counts in a place, those of the scopes too.</summary>
    public static PermissionSet Everything(Place place)
    {
        var set = None;
        foreach (var info in PermissionCatalogue.In(place))
            set = new(set.With(info.Permission).Bits | (ScopeMask(info.Permission) & ~StrangeScopes(place)));
        return set;
    }

    /// <summary>What is held and lies still in a place because there is no Pupil Tracking: the rest of <see cref="Effective"/>.</summary>
    public PermissionSet Inert(Place place)
    {
        var set = None;
        foreach (var info in PermissionCatalogue.All)
            if (info.TrackingOnly && !place.HasTracking && Has(info.Permission))
                set = set.And(Only(info.Permission));
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
        foreach (var info in PermissionCatalogue.Everywhere)
            if (Has(info.Permission))
                set = set.And(Only(info.Permission));
        return set.Has(Permission.SchoolSetup) ? set.Without(Permission.ManageData) : set;
    }

    /// <summary>Everything that is wrong with holding this set in a place; empty when nothing is.</summary>
    public ImmutableArray<PermissionFault> Validate(Place place)
    {
        var faults = ImmutableArray.CreateBuilder<PermissionFault>();
        foreach (var info in PermissionCatalogue.Everywhere)
        {
            if (!Has(info.Permission))
                continue;
            if (!PermissionCatalogue.IsIn(info.Permission, place) || (Bits & ScopeMask(info.Permission) & StrangeScopes(place)) != 0)
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
        var both = PermissionCatalogue.Everywhere.Select(info => info.Permission).Where(p => before.Has(p) && after.Has(p)).ToArray();
        return new(
            [.. PermissionCatalogue.Everywhere.Select(info => info.Permission).Where(p => !before.Has(p) && after.Has(p))],
            [.. PermissionCatalogue.Everywhere.Select(info => info.Permission).Where(p => before.Has(p) && !after.Has(p))],
            [.. both.Where(p => before.IsNarrow(p) && !after.IsNarrow(p))],
            [.. both.Where(p => !before.IsNarrow(p) && after.IsNarrow(p))]);
    }

    // Held for a part only: own classes, or selected schools.
    private bool IsNarrow(Permission permission) => (Bits & ScopeMask(permission)) != 0;

    // The one permission with its scope, which must be held.
    private PermissionSet Only(Permission permission) => new(Bits & (Bit((int)permission) | ScopeMask(permission)));

    private static long StrangeScopes(Place place) => place.IsBody ? Bit(PupilReportsOwnClasses) | Bit(TrackingPupilReportsOwnClasses) : Bit(SchoolReportsSelectedSchools);

    private static long Bit(int position) => 1L << position;

    private static int ScopeBit(Permission permission) => permission switch
    {
        Permission.PupilReports => PupilReportsOwnClasses,
        Permission.TrackingPupilReports => TrackingPupilReportsOwnClasses,
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, "This permission carries no scope."),
    };

    private static long ScopeMask(Permission permission) => permission switch
    {
        Permission.PupilReports => Bit(PupilReportsOwnClasses),
        Permission.TrackingPupilReports => Bit(TrackingPupilReportsOwnClasses),
        Permission.SchoolReports => Bit(SchoolReportsSelectedSchools),
        _ => 0,
    };
}
