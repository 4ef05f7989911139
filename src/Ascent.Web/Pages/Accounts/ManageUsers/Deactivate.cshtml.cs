using Ascent.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

public sealed class DeactivateModel(FindUser findUser, DeactivateUser deactivateUser) : UserDeedPage(findUser)
{
    public async Task<IActionResult> OnPostAsync() => Done(await deactivateUser.ExecuteAsync(Id, Staff.Actor, HttpContext.RequestAborted), "deactivated");
}
