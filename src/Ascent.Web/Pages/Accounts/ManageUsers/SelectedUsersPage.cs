using Ascent.Accounts;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Accounts.PendingUsers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

/// <summary>Shows what a deed for several users would do, before it is done. Who it is for stands in the address.</summary>
public abstract class SelectedUsersPage(ReadSelectedUsers readSelected) : PageModel
{
    [FromQuery(Name = "id")]
    public Guid[] Ids { get; set; } = [];

    public Staff Staff => HttpContext.Staff();

    public SelectedUsers Selected { get; private set; } = null!;

    public int Count => Selected.Users.Count;

    public abstract string Caption { get; }

    /// <summary>To the list as it was, with the same people ticked.</summary>
    public string CancelHref => View.In($"{AccountLinks.ManageUsers(Staff.Home)}?{string.Join('&', Ids.Select(id => $"id={id:N}"))}");

    protected UsersView View => UsersView.Read(Request.Query);

    /// <summary>What will happen to one of them.</summary>
    public abstract PendingLinkWords Effect(UserRow person);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (Ids.Length == 0)
            context.Result = Redirect(View.In(AccountLinks.ManageUsers(Staff.Home)));
        else if (await readSelected.ExecuteAsync(Ids, Staff.Actor, HttpContext.RequestAborted) is not { } selected)
            context.Result = NotFound();
        else
        {
            Selected = selected;
            await next();
        }
    }
}
