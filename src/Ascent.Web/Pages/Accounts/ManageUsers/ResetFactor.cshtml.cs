using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

public sealed class ResetFactorModel(FindUser findUser, ResetFactor resetFactor) : UserDeedPage(findUser)
{
    public async Task<IActionResult> OnPostAsync()
    {
        var reset = await resetFactor.ExecuteAsync(Id, Staff.Actor, HttpContext.RequestAborted);
        return reset.Succeeded ? Redirect(AccountLinks.ResetCodesAfterFactorReset(Staff.Home, Id)) : this.Refused(reset.Refusals);
    }
}
