using Ascent.Accounts;
using Ascent.Shared.Text;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

public sealed class DeleteSelectedModel(ReadSelectedPendingUsers readSelected, DeletePendingUsers deletePendingUsers) : SelectedPage(readSelected)
{
    public override string Caption => "Pending users to delete";

    /// <summary>"1 School setup seat and 2 Manage data seats become free."</summary>
    public string SeatsFreed
    {
        get
        {
            var seats = Selected.Pending.SelectMany(p => p.Seats).GroupBy(s => s).Select(g => InWords.Count(g.Count(), $"{g.Key} seat", $"{g.Key} seats")).ToArray();
            var all = Selected.Pending.Sum(p => p.Seats.Count());
            return all == 0 ? "No seat becomes free: none of them holds one." : $"{InWords.List(seats)} {(all == 1 ? "becomes" : "become")} free.";
        }
    }

    public override PendingLinkWords Effect(PendingUser person) =>
        new("close", "bad", "Deleted", [.. person.Seats.Select(s => $"A {s} seat becomes free"), "Link and code stop working"]);

    public async Task<IActionResult> OnPostAsync()
    {
        var deleted = await deletePendingUsers.ExecuteAsync(Ids, Staff.Actor, HttpContext.RequestAborted);
        return deleted.Succeeded
            ? Redirect(View.First.In(AccountLinks.PendingUsersAfterDeletions(Staff.Home, deleted.Value.Done, deleted.Value.LeftOut.Count)))
            : this.Refused(deleted.Refusals);
    }
}
