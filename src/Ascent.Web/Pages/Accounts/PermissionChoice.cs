using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.Web.Components;

namespace Ascent.Web.Pages.Accounts;

/// <summary>One permission as a box to tick: what it means, which pupils, and the limit with who holds the seats.</summary>
/// <param name="Seats">The seats of a limited permission; null where there is no limit.</param>
/// <param name="Next">Who would take a seat.</param>
/// <param name="OwnsSeat">The person holds a seat of this limit already, so ticking takes none.</param>
public sealed record PermissionChoice(Permission Permission, SchoolAccess School, PermissionSet Chosen, SeatCount? Seats, Components.SeatHolder Next, string Who, bool OwnsSeat = false)
{
    public PermissionInfo Info => PermissionCatalogue.Of(Permission);

    public string Name => Permission.ToString();

    public string Label => PermissionCatalogue.Label(Permission, School.HasTracking);

    public string Hint => PermissionCatalogue.Hint(Permission, School.HasTracking);

    /// <summary>What lies still because services are off; null when nothing does.</summary>
    public string? Off => ServiceCatalogue.OffWords(Permission, School.Services);

    public bool IsTicked => Chosen.Has(Permission);

    /// <summary>No seat is free for this person.</summary>
    public bool IsFull => Seats is { IsFull: true } && !OwnsSeat;

    /// <summary>A full option is off with its reason; while it is ticked it can still be taken back.</summary>
    public bool IsOff => IsFull && !IsTicked;

    public bool TakesTheLast => Seats is { } seats && !OwnsSeat && seats.Limit - seats.Used == 1;

    public string DescribedBy => Seats is null ? "" : IsFull ? $"{Name}-reason {Name}-count" : $"{Name}-count";

    /// <summary>What else gives the same, said beside a full limit.</summary>
    public string OtherWay => Permission == Permission.ManageData ? " School setup includes it without a seat." : "";
}

/// <summary>Reads the boxes and scopes that <see cref="PermissionChoice"/> has put on a page.</summary>
public static class AccessForm
{
    /// <summary>Only what the page asks is looked at; fields that it does not have are passed over.</summary>
    /// <returns>Null when a scope is named that does not exist: it must not become the wider one, which is the default.</returns>
    public static PermissionSet? Read(IFormCollection form, IEnumerable<Permission> asked)
    {
        var set = PermissionSet.None;
        foreach (var permission in asked.Where(p => form[p.ToString()] == "true"))
        {
            if (!PermissionCatalogue.Of(permission).HasScope)
                set = set.With(permission);
            else if (form[ScopeName(permission)].ToString() is var text && Enum.TryParse<PupilScope>(text, out var scope) && Enum.IsDefined(scope))
                set = set.With(permission, scope);
            else
                return null;
        }
        return set;
    }

    public static string ScopeName(Permission permission) => $"{permission}Scope";

    /// <summary>The limits that are full for somebody who is to hold these permissions and holds no seat yet.</summary>
    public static IReadOnlyList<SeatsFull> Full(PermissionSet chosen, IReadOnlyList<SeatCount> seats, bool hasTracking) =>
        [.. chosen.SeatsNeeded().Select(p => seats.Single(c => c.Permission == p)).Where(c => c.IsFull)
            .Select(c => new SeatsFull(c, PermissionCatalogue.Label(c.Permission, hasTracking)))];
}
