using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Pages.Accounts.PendingUsers;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>What will happen to a row, in words: what, why, and how to mend it.</summary>
public static class RowWords
{
    public static string Label(RowState state) => state switch
    {
        RowState.Ready => "Ready",
        RowState.Change => "To change",
        RowState.ToMend => "To mend",
        RowState.ToDecide => "To decide",
        RowState.HereAlready => "Here already",
        RowState.Unchanged => "As they are",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static PendingLinkWords Effect(CheckedRow row) => row.State switch
    {
        RowState.Ready => new("check", "good", row.IsChosen ? "Ready" : "Ready, not ticked", Effects(row)),
        RowState.Change => new("pencil", "good", row.IsChosen ? "To change" : "To change, not ticked", [.. SeatEffects(row), .. NameNote(row)]),
        RowState.Unchanged => new("check", "", "Has this access already", NameNote(row)),
        RowState.HereAlready when row.Reasons is [OwnRow own] => new("info", "", "This is you: nothing is changed", [own.Message, $"The list differs in: {InWords.List(row.Changes.Select(c => c.Label))}", .. NameNote(row)]),
        RowState.ToDecide => new("info", "warn", "Two alphabets in one address", ["Look-alike addresses are made so. Check it letter by letter, and tick the row if it is right", .. Effects(row)]),
        RowState.HereAlready => new("info", "", Here(row), ["The row is left out"]),
        _ when row.Reasons[0] is NoSeatForRow seat => new("alert", "bad", $"No {seat.Label} seat left", [InWords.Capital(seat.Why)]),
        _ => new("alert", "bad", row.Reasons[0].Message, [.. row.Reasons.Skip(1).Select(r => r.Message)]),
    };

    /// <summary>What becomes of somebody who is not on the list and not ticked.</summary>
    public static PendingLinkWords Stays(Leaver leaver) => leaver switch
    {
        { Kept: { } why } => new("info", "", "Stays", [why]),
        { Member.State: MembershipState.Pending } => new("check", "", "Not ticked: stays invited", []),
        _ => new("check", "", "Not ticked: stays", []),
    };

    public static PendingLinkWords Leaves(Leaver leaver) => leaver.Member.State == MembershipState.Pending
        ? new("minus", "bad", "Ticked: the invitation is taken back", ["Link and code stop working"])
        : new("minus", "bad", "Ticked: is deactivated", ["The school closes to the person at once. What was set is kept, and the person can be reactivated"]);

    private static string[] Effects(CheckedRow row)
    {
        var lines = new List<string>();
        if (row.Template is { } template)
            lines.Add($"Template “{template.Name}”{(row.Permissions == new PermissionSet(template.Bits) ? "" : ", and what the row says")}");
        if (row.Permissions.Has(Permission.SchoolSetup))
            lines.Add("Takes a School setup seat; Manage data comes with it");
        else if (row.Permissions.Has(Permission.ManageData))
            lines.Add("Takes a Manage data seat; includes pupils’ records");
        if (row.Permissions.IsEmpty)
            lines.Add("No access yet: can sign in and open Home");
        if (row.Access?.EndsOn is { } day)
            lines.Add($"Ends {InWords.Date(day)}");
        return [.. lines];
    }

    private static IEnumerable<string> SeatEffects(CheckedRow row)
    {
        foreach (var permission in PermissionCatalogue.Limited.Select(p => p.Permission))
            if (row.TakesSeat(permission))
                yield return $"Takes a {PermissionCatalogue.Of(permission).Tag} seat";
            else if (row.FreesSeat(permission))
                yield return $"Gives a {PermissionCatalogue.Of(permission).Tag} seat back";
    }

    // Names are the person's own; a list that spells one in another way changes nothing.
    private static string[] NameNote(CheckedRow row) =>
        row.Here is { } here && row.Person is { } person && here.FullName != person.FullName ? [$"The list says “{person.FullName}”. The name stays {here.FullName}: only the person can change it"] : [];

    private static string Here(CheckedRow row) => row.Reasons is [AlreadyHere here, ..] ? here.State switch
    {
        MembershipState.Pending => "Here already, pending",
        MembershipState.Active => "Here already, active",
        MembershipState.Deactivated => "Here already, deactivated",
        _ => "Here already, access has ended",
    } : "Here already";
}
