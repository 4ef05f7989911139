using Ascent.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

public sealed class DeleteModel(FindUser findUser, DeleteUser deleteUser) : UserDeedPage(findUser)
{
    [BindProperty]
    public string? TypedName { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var deleted = await deleteUser.ExecuteAsync(new(Id, TypedName), Staff.Actor, HttpContext.RequestAborted);
        return deleted.Succeeded ? Redirect(View.First.In(AccountLinks.ManageUsersAfterDeletion(Staff.Home))) : this.Refused(deleted.Refusals);
    }
}
