using Ascent.Accounts;
using Ascent.Shared.Text;
using Ascent.Web.Components;

namespace Ascent.Web.Pages.Accounts;

public static class SeatPegWords
{
    /// <summary>The holders of a limit as the pegs show them.</summary>
    public static IReadOnlyList<Components.SeatHolder> Pegs(this SeatCount seats, Guid you) =>
        [.. seats.Holders.Select(h => new Components.SeatHolder(
            InitialsOf(h.Name), h.Name, h.IsPending ? SeatState.Pending : h.AccountId == you ? SeatState.You : SeatState.Held))];

    private static string InitialsOf(string name)
    {
        var words = name.Split(' ');
        return InWords.Initials(words[0], words.Length > 1 ? words[^1] : "");
    }
}
