using Ascent.Accounts.Reviews;
using Ascent.Shared.Text;

namespace Ascent.Web.Pages.Accounts.Review;

/// <summary>What has just been done, said above the list.</summary>
public sealed record ReviewNotice(string Title, string Heading, string Body)
{
    /// <param name="open">The review as it is now; null when it is finished.</param>
    public static ReviewNotice Confirmed(int done, int already, ReviewProgress? open) => new("Confirmed",
        done == 0 ? "They were confirmed already" : $"{InWords.Count(done, "person keeps", "people keep")} their access",
        $"{(done > 0 && already > 0 ? $"{InWords.Count(already, "person was", "people were")} confirmed already. " : "")}{(open is { Left: > 0 } ? $"{InWords.Count(open.Left, "person is", "people are")} still to look at." : "That was the last one: everybody is confirmed.")}");

    public static ReviewNotice Changed(string name) => new("Saved", $"The access of {name} is changed", "That counts as looked at. The person is told by mail.");

    public static ReviewNotice Deactivated(string name) => new("Deactivated", $"{name} cannot open the school any more", "The review does not ask about this person any more. Settings are kept; seats are free again.");

    public static ReviewNotice Set(ReviewRhythm rhythm) => new("Saved", $"Access is reviewed {ReviewCalendar.Words(rhythm)}",
        rhythm == ReviewRhythm.Off ? "A review that is open goes on until everybody is confirmed." : "The review opens in the night to that day.");
}
