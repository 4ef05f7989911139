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
        RowState.ToMend => "To mend",
        RowState.ToDecide => "To decide",
        RowState.HereAlready => "Here already",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static PendingLinkWords Effect(CheckedRow row) => row.State switch
    {
        RowState.Ready => new("check", "good", row.IsChosen ? "Ready" : "Ready, not ticked", Effects(row)),
        RowState.ToDecide => new("info", "warn", "Two alphabets in one address", ["Look-alike addresses are made so. Check it letter by letter, and tick the row if it is right", .. Effects(row)]),
        RowState.HereAlready => new("info", "", Here(row), ["The row is left out"]),
        _ when row.Reasons[0] is NoSeatForRow seat => new("alert", "bad", $"No {seat.Label} seat left", [InWords.Capital(seat.Why)]),
        _ => new("alert", "bad", row.Reasons[0].Message, [.. row.Reasons.Skip(1).Select(r => r.Message)]),
    };

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

    private static string Here(CheckedRow row) => row.Reasons is [AlreadyHere here, ..] ? here.State switch
    {
        MembershipState.Pending => "Here already, pending",
        MembershipState.Active => "Here already, active",
        MembershipState.Deactivated => "Here already, deactivated",
        _ => "Here already, access has ended",
    } : "Here already";
}
