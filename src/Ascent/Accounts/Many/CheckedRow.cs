using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts.Many;

public enum RowState
{
    /// <summary>Can be created.</summary>
    Ready,

    /// <summary>The list is the whole staff, and the person here gets what the row says.</summary>
    Change,

    /// <summary>Something in the row has to change first.</summary>
    ToMend,

    /// <summary>Can be created when a person has looked and ticks it.</summary>
    ToDecide,

    /// <summary>The person is in the school; nobody is made twice.</summary>
    HereAlready,

    /// <summary>The list is the whole staff, and the person here has what the row says.</summary>
    Unchanged,
}

/// <summary>A row of the list with what would come of it now.</summary>
public sealed record CheckedRow
{
    public required StaffRow Row { get; init; }

    public required RowState State { get; init; }

    /// <summary>Null when the row has to be mended for its person.</summary>
    public PersonDetails? Person { get; init; }

    /// <summary>Null when the row has to be mended for its access.</summary>
    public AccessChoice? Access { get; init; }

    /// <summary>Why it is not ready; empty when it is.</summary>
    public IReadOnlyList<Refusal> Reasons { get; init; } = [];

    /// <summary>Whom the row is about, when the list is the whole staff and the person is in the school.</summary>
    public MemberNow? Here { get; init; }

    /// <summary>What becomes different for the person who is here.</summary>
    public IReadOnlyList<AccessChange> Changes { get; init; } = [];

    /// <summary>It is to be done on Confirm.</summary>
    public bool IsChosen { get; init; }

    public int Number => Row.Number;

    public bool CanBeChosen => State is RowState.Ready or RowState.ToDecide or RowState.Change;

    /// <summary>The permissions as far as they can be read.</summary>
    public PermissionSet Asked { get; init; }

    /// <summary>The template that the row names.</summary>
    public NamedSet? Template { get; init; }

    public PermissionSet Permissions => Access?.Permissions ?? Asked;

    public string Name => Here?.FullName ?? Person?.FullName ?? $"{Row.Cell(StaffColumns.Forename)} {Row.Cell(StaffColumns.Surname)}".Trim();

    /// <summary>Limited permissions for which the person gets a seat by it.</summary>
    internal IEnumerable<Permission> Takes => (Access?.Permissions.SeatsNeeded() ?? []).Except(Held);

    /// <summary>Limited permissions whose seat the person gives back by it.</summary>
    internal IEnumerable<Permission> Frees => State == RowState.Change ? Held.Except(Access!.Permissions.SeatsNeeded()) : [];

    /// <summary>School setup comes to somebody who has not got it.</summary>
    public bool MakesHolder => Permissions.Has(Permission.SchoolSetup) && Here?.Access.Permissions.Has(Permission.SchoolSetup) != true;

    public bool TakesSeat(Permission permission) => Takes.Contains(permission);

    public bool FreesSeat(Permission permission) => Frees.Contains(permission);

    private IEnumerable<Permission> Held => Here?.Access.Permissions.SeatsNeeded() ?? [];
}

/// <summary>The row asks for a seat that the people before it, or rows chosen before it, have taken.</summary>
public sealed record NoSeatForRow(Permission Permission, string Label, string Why)
    : Refusal("no-seat", $"No {Label} seat is left: {Why}", RefusalKind.Conflict, Permission.ToString());

public sealed record SameAddress(int Number)
    : Refusal("same-address", $"Row {Number} has the same email address: a person stands in the list once", RefusalKind.Field, "Email");

public sealed record BrokenRow(string Fault) : Refusal("row-broken", $"This row cannot be read: {Fault}", RefusalKind.Field);

/// <summary>All rows, and the limits as they are before anybody of the list is created.</summary>
public sealed record CheckedList(IReadOnlyList<CheckedRow> Rows, IReadOnlyList<SeatCount> Seats)
{
    /// <summary>Who is here and not on the list, when it is the whole staff.</summary>
    public IReadOnlyList<Leaver> Leavers { get; init; } = [];

    public IEnumerable<Leaver> Leaving => Leavers.Where(l => l.IsChosen);

    /// <summary>The chosen rows whose people are made.</summary>
    public IEnumerable<CheckedRow> Coming => Chosen.Where(r => r.Here is null);

    /// <summary>The chosen rows whose people are here and get something else.</summary>
    public IEnumerable<CheckedRow> Changing => Chosen.Where(r => r.Here is not null);

    /// <summary>Everybody of whom the list may change something, with the version that was looked at.</summary>
    public IEnumerable<MemberNow> Members => Rows.Select(r => r.Here).OfType<MemberNow>().Concat(Leavers.Select(l => l.Member));

    /// <summary>Members whose seat of this limit becomes free by what is chosen.</summary>
    public IEnumerable<MemberNow> Giving(Permission permission) =>
        Changing.Where(r => r.Frees.Contains(permission)).Select(r => r.Here!).Concat(Leaving.Select(l => l.Member).Where(m => m.Access.Permissions.SeatsNeeded().Contains(permission)));

    public IEnumerable<CheckedRow> Chosen => Rows.Where(r => r.IsChosen);

    public int Count(RowState state) => Rows.Count(r => r.State == state);

    /// <summary>The templates that rows name, as they are now; see <see cref="SchoolTemplates.Fingerprint"/>.</summary>
    public string TemplatesSeen => SchoolTemplates.Fingerprint(Rows.Select(r => r.Template));

    /// <summary>The chosen rows that take a seat of this limit, in their order.</summary>
    public IEnumerable<CheckedRow> Takers(Permission permission) => Chosen.Where(r => r.Takes.Contains(permission));
}
