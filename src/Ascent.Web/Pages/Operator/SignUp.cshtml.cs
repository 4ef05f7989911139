using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.SignIn;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Operator;

/// <summary>Where an operator's sign-up link leads. Opening it changes nothing; the posted code does.</summary>
public sealed class SignUpModel(OpenOperatorInvitation openInvitation, ActivateOperator activateOperator, Sessions sessions, SessionCookie cookie) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public OperatorInvitationView Invitation { get; private set; } = new(InvitationStatus.Unknown, "");

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var activated = await activateOperator.ExecuteAsync(new(Token, Code, Password), HttpContext.RequestAborted);
        if (!activated.Succeeded)
        {
            var page = await ShowAsync();
            return Invitation.Status == InvitationStatus.Unknown ? page : this.Refused(activated.Refusals);
        }
        return this.Enter(cookie, await sessions.OpenAsync(activated.Value, Device.Of(Request), cookie.Read(Request), endOthers: true, HttpContext.RequestAborted), OperatorLinks.Overview);
    }

    private async Task<IActionResult> ShowAsync()
    {
        Invitation = await openInvitation.ExecuteAsync(Token, HttpContext.RequestAborted);
        Response.StatusCode = Invitation.Status == InvitationStatus.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return Page();
    }
}
