using System.Globalization;
using Ascent.Accounts.Many;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>Which part of a list is on screen; in addresses, and in the value of buttons that go to another part.</summary>
/// <param name="State">Only rows in this state; null shows all for which there is something to do or to look at.</param>
/// <param name="Leavers">Those who do not stand on the list, in place of rows.</param>
/// <param name="At">The page of it, from 1.</param>
public sealed record RowsView(RowState? State = null, bool Leavers = false, int At = 1)
{
    /// <summary>As <see cref="Read"/> takes it.</summary>
    public string Value => string.Create(CultureInfo.InvariantCulture, $"{(Leavers ? "leavers" : State?.ToString() ?? "all")} {At}");

    public string Query => string.Create(CultureInfo.InvariantCulture, $"{(Leavers ? "&leavers=1" : State is null ? "" : $"&state={State}")}{(At > 1 ? $"&at={At}" : "")}");

    public static RowsView Read(string? value)
    {
        var parts = (value ?? "").Split(' ');
        var state = Enum.TryParse<RowState>(parts[0], out var read) && Enum.IsDefined(read) && parts[0] == read.ToString() ? read : (RowState?)null;
        return new(state, parts[0] == "leavers", parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1);
    }
}
