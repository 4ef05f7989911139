using Ascent.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

public sealed class EndSessionsModel(FindUser findUser, EndUserSessions endSessions) : UserDeedPage(findUser)
{
    public async Task<IActionResult> OnPostAsync() => Done(await endSessions.ExecuteAsync(Id, Staff.Actor, HttpContext.RequestAborted), "signedout");
}
