using Ascent.Accounts;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

/// <summary>A sheet with the code and what to do with it; no link and no email address. Opened by a button only, since opening it is logged.</summary>
public sealed class SlipModel(ShowActivationCode showActivationCode, TimeProvider clock) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    public Staff Staff => HttpContext.Staff();

    public string ListHref => PendingUsersView.Read(Request.Query).In(AccountLinks.PendingUsers(Staff.Home));

    public ShownCode? Code { get; private set; }

    /// <summary>Why there is no slip to print.</summary>
    public Refusal? Refusal { get; private set; }

    public DateTime Now => clock.Now();

    public SignedInPerson Person => HttpContext.Person()!;

    public IActionResult OnGet() => Redirect(AccountLinks.PendingUsers(Staff.Home));

    public async Task<IActionResult> OnPostAsync()
    {
        var shown = await showActivationCode.ExecuteAsync(new(Id, ForSlip: true), Staff.Actor, HttpContext.RequestAborted);
        if (shown.Succeeded)
            Code = shown.Value;
        else if (shown.Refusals[0].Kind is RefusalKind.NotFound or RefusalKind.NotAllowed)
            return this.Refused(shown.Refusals);
        else
            Refusal = shown.Refusals[0];
        return Page();
    }
}
