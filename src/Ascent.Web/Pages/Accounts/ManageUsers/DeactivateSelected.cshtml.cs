using Ascent.Accounts;
using Ascent.Web.Pages.Accounts.PendingUsers;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

public sealed class DeactivateSelectedModel(ReadSelectedUsers readSelected, DeactivateUsers deactivateUsers) : SelectedUsersPage(readSelected)
{
    public override string Caption => "Users to deactivate";

    public override PendingLinkWords Effect(UserRow person) =>
        new("close", "bad", "Deactivated", [.. person.Seats.Select(s => $"A {s} seat becomes free"), $"{Ascent.Shared.Text.InWords.Capital(Staff.It)} closes at once"]);

    public async Task<IActionResult> OnPostAsync()
    {
        var done = await deactivateUsers.ExecuteAsync(Ids, Staff.Actor, HttpContext.RequestAborted);
        return done.Succeeded
            ? Redirect(View.First.In(AccountLinks.ManageUsersAfterMany(Staff.Home, "deactivatedmany", done.Value.Done, done.Value.LeftOut.Count)))
            : this.Refused(done.Refusals);
    }
}
