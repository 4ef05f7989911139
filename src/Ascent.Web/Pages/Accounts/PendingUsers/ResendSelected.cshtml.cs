using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

public sealed class ResendSelectedModel(ReadSelectedPendingUsers readSelected, ResendInvitations resendInvitations, ServerSettings settings) : SelectedPage(readSelected)
{
    public override string Caption => "Pending users who get a new link";

    public int LinkDays => (int)settings.InvitationLife.TotalDays;

    public string NewCodes => Selected.Pending.Count(NeedsCode) is > 0 and var n
        ? $"{InWords.Count(n, "code has", "codes have")} run out and {(n == 1 ? "is" : "are")} made anew: give the new {(n == 1 ? "one" : "ones")}."
        : "The codes stay as they are.";

    public override PendingLinkWords Effect(PendingUser person) => NeedsCode(person)
        ? new("mail", "warn", "A new link and a new code", ["The old ones have run out"])
        : new("mail", "", "A new link", ["The old link stops working, the code stays"]);

    public async Task<IActionResult> OnPostAsync()
    {
        var resent = await resendInvitations.ExecuteAsync(Ids, Staff.Actor, HttpContext.RequestAborted);
        return resent.Succeeded
            ? Redirect(View.In(AccountLinks.PendingUsersAfterResends(Staff.Home, resent.Value.Done, resent.Value.LeftOut.Count)))
            : this.Refused(resent.Refusals);
    }

    private static bool NeedsCode(PendingUser person) => person.Link == LinkState.Expired;
}
