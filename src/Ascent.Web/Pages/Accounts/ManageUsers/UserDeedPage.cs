using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

/// <summary>Says what one deed does to one user, before it is done.</summary>
public abstract class UserDeedPage(FindUser findUser) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    public Staff Staff => HttpContext.Staff();

    public UserDetails Found { get; private set; } = null!;

    public UserRow Person => Found.Person;

    public string EditHref => View.In(AccountLinks.EditUser(Staff.Home, Id));

    protected UsersView View => UsersView.Read(Request.Query);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var found = await findUser.ExecuteAsync(Id, Staff.Actor, HttpContext.RequestAborted);
        if (found.Succeeded)
        {
            Found = found.Value;
            if (Staff.MayChange(Person.Permissions, Person.AccountId))
                await next();
            else
                context.Result = this.NotFromHere();
        }
        // The page of the user says what became of them.
        else
            context.Result = found.Refusals is [{ Kind: RefusalKind.Conflict }] ? Redirect(EditHref) : NotFound();
    }

    /// <summary>Back to the list, which says what was done.</summary>
    protected IActionResult Done(Result<string> done, string what) =>
        done.Succeeded ? Redirect(View.First.AfterHref(Staff.Home, what, Id)) : this.Refused(done.Refusals);

    /// <summary>To Pending users, where the person stands from now on.</summary>
    protected IActionResult DoneToPending(Result<string> done) =>
        done.Succeeded ? Redirect(AccountLinks.PendingUsersAfterCreation(Staff.Home, Id)) : this.Refused(done.Refusals);
}
