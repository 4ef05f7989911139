using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts.Many;

public enum RowState
{
    /// <summary>Can be created.</summary>
    Ready,

    /// <summary>Something in the row has to change first.</summary>
    ToMend,

    /// <summary>Can be created when a person has looked and ticks it.</summary>
    ToDecide,

    /// <summary>The person is in the school; nobody is made twice.</summary>
    HereAlready,
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

    /// <summary>It is to be created on Confirm.</summary>
    public bool IsChosen { get; init; }

    public int Number => Row.Number;

    public bool CanBeChosen => State is RowState.Ready or RowState.ToDecide;

    /// <summary>The permissions as far as they can be read.</summary>
    public PermissionSet Asked { get; init; }

    /// <summary>The template that the row names.</summary>
    public NamedSet? Template { get; init; }

    public PermissionSet Permissions => Access?.Permissions ?? Asked;

    public string Name => Person?.FullName ?? $"{Row.Cell(StaffColumns.Forename)} {Row.Cell(StaffColumns.Surname)}".Trim();

    internal IEnumerable<Permission> Seats => Access?.Permissions.SeatsNeeded() ?? [];
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
    public IEnumerable<CheckedRow> Chosen => Rows.Where(r => r.IsChosen);

    public int Count(RowState state) => Rows.Count(r => r.State == state);

    /// <summary>The templates that rows name, as they are now; see <see cref="SchoolTemplates.Fingerprint"/>.</summary>
    public string TemplatesSeen => SchoolTemplates.Fingerprint(Rows.Select(r => r.Template));

    /// <summary>The chosen rows that take a seat of this limit, in their order.</summary>
    public IEnumerable<CheckedRow> Takers(Permission permission) => Chosen.Where(r => r.Seats.Contains(permission));
}
