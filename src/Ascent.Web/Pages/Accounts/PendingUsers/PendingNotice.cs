using Ascent.Accounts;
using Ascent.Shared.Text;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

/// <summary>What has just been done, said above the list.</summary>
public sealed record PendingNotice(string Title, string Heading, string Body)
{
    public static PendingNotice Created(PendingUser person) => new("Created", $"Next: give {person.FullName} the activation code",
        $"The sign-up link is on its way to {person.Email}. The code never goes by the same way: show it below, then tell it by telephone or in person.");

    public static PendingNotice Resent(PendingUser person, bool newCode) => new("Sent again", $"A new link is on its way to {person.Email}",
        $"The old link has stopped working. {(newCode ? $"The old code had run out with it: give {person.Forename} the new code." : "The activation code is the same as before.")}");

    public static PendingNotice Renewed(PendingUser person) => new("New code", $"Next: give {person.FullName} the new activation code",
        "The old code has stopped working. The link that was sent stays as it is.");

    public static PendingNotice Changed(PendingUser person) => new("Saved", $"The access of {person.FullName} is changed",
        "It counts from the first sign-in. Link and code stay as they are.");

    public static PendingNotice Deleted(int count) => new("Deleted", count == 1 ? "The pending user is gone" : $"{InWords.Count(count, "pending user is", "pending users are")} gone",
        "Link and code have stopped working, and seats are free again.");

    public static PendingNotice ResentTo(int count) => new("Sent again", $"New links are on their way to {InWords.Count(count, "person", "people")}",
        "The old links have stopped working. Codes are the same as before, but for those that had run out: give those people the new code.");

    public PendingNotice WithLeftOut(int count) => count == 0 ? this
        : this with { Body = $"{Body} {InWords.Count(count, "person was", "people were")} left out: not pending any more." };
}
