using Ascent.Accounts;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

public sealed class DeleteModel(FindPendingUser findPendingUser, DeletePendingUser deletePendingUser) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    public SchoolAccess School => HttpContext.School();

    private PendingUsersView View => PendingUsersView.Read(Request.Query);

    public string ListHref => View.In(AccountLinks.PendingUsers(School.Home));

    public PendingUser Person { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await findPendingUser.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted) is not { } found)
            return NotFound();
        Person = found.Person;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var deleted = await deletePendingUser.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted);
        return deleted.Succeeded ? Redirect((View with { After = null }).In(AccountLinks.PendingUsersAfterDeletion(School.Home))) : this.Refused(deleted.Refusals);
    }
}
