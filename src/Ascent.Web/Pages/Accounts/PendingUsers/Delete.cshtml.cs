using Ascent.Accounts;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

public sealed class DeleteModel(FindPendingUser findPendingUser, DeletePendingUser deletePendingUser) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    public Staff Staff => HttpContext.Staff();

    private PendingUsersView View => PendingUsersView.Read(Request.Query);

    public string ListHref => View.In(AccountLinks.PendingUsers(Staff.Home));

    public PendingUser Person { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await findPendingUser.ExecuteAsync(Id, Staff.Actor, HttpContext.RequestAborted) is not { } found)
            return NotFound();
        Person = found.Person;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var deleted = await deletePendingUser.ExecuteAsync(Id, Staff.Actor, HttpContext.RequestAborted);
        return deleted.Succeeded ? Redirect((View with { After = null }).In(AccountLinks.PendingUsersAfterDeletion(Staff.Home))) : this.Refused(deleted.Refusals);
    }
}
