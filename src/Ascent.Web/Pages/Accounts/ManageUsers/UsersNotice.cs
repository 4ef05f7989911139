using Ascent.Shared.Text;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

/// <summary>What has just been done, said above the list.</summary>
public sealed record UsersNotice(string Title, string Heading, string Body)
{
    public static UsersNotice Changed(string name, bool isYou) => new("Saved", isYou ? "Your own access is changed" : $"The access of {name} is changed",
        isYou ? "It counts from now on. The other administrators are told by mail." : "It counts from the next click. The person is told by mail.");

    public static UsersNotice Deactivated(string name, string it) => new("Deactivated", $"{name} cannot open {it} any more",
        "That holds at once, also where the person is signed in now. Settings are kept; seats are free again.");

    public static UsersNotice SessionsEnded(string name, string it) => new("Signed out", $"{name} has to sign in again to open {it}", "Nothing else has changed.");

    public static UsersNotice Deleted => new("Deleted", "The user is gone", "The same email address can be used for a new user. Seats are free again.");

    public static UsersNotice DeactivatedMany(int count, string it) => new("Deactivated", $"{InWords.Count(count, "person cannot", "people cannot")} open {it} any more",
        "That holds at once. Settings are kept; seats are free again.");

    public static UsersNotice EndDatesSet(int count) => new("Saved", $"{InWords.Count(count, "person has", "people have")} a new end date", "They are told by mail.");

    public UsersNotice WithLeftOut(int count) => count == 0 ? this : this with { Body = $"{Body} {InWords.Count(count, "person was", "people were")} left out." };
}
