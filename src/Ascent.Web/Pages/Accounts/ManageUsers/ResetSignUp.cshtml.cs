using Ascent.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

public sealed class ResetSignUpModel(FindUser findUser, ResetSignUp resetSignUp) : UserDeedPage(findUser)
{
    public async Task<IActionResult> OnPostAsync() => DoneToPending(await resetSignUp.ExecuteAsync(Id, Staff.Actor, HttpContext.RequestAborted));
}
