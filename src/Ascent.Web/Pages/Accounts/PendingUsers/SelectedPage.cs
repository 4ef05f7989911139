using Ascent.Accounts;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

/// <summary>Shows what a deed for several people would do, before it is done. Who it is for stands in the address.</summary>
public abstract class SelectedPage(ReadSelectedPendingUsers readSelected) : PageModel
{
    [FromQuery(Name = "id")]
    public Guid[] Ids { get; set; } = [];

    public Staff Staff => HttpContext.Staff();

    public SelectedPendingUsers Selected { get; private set; } = null!;

    public int Count => Selected.Pending.Count;

    public abstract string Caption { get; }

    /// <summary>To the list as it was, with the same people ticked.</summary>
    public string CancelHref => View.In($"{AccountLinks.PendingUsers(Staff.Home)}?{string.Join('&', Selected.Pending.Select(p => $"id={p.MembershipId:N}"))}");

    protected PendingUsersView View => PendingUsersView.Read(Request.Query);

    /// <summary>What will happen to one of them.</summary>
    public abstract PendingLinkWords Effect(PendingUser person);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (Ids.Length == 0)
            context.Result = Redirect(View.In(AccountLinks.PendingUsers(Staff.Home)));
        else if (await readSelected.ExecuteAsync(Ids, Staff.Actor, HttpContext.RequestAborted) is not { } selected)
            context.Result = NotFound();
        else
        {
            Selected = selected;
            await next();
        }
    }
}
