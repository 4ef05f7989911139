using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.SignIn;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Pages.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts;

/// <summary>Where a sign-up link leads. Opening it changes nothing; the posted code does.</summary>
public sealed class SignUpModel(OpenInvitation openInvitation, ActivateMembership activateMembership, AskForNewLink askForNewLink, Sessions sessions, SessionCookie cookie) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public InvitationView Invitation { get; private set; } = new(InvitationStatus.Unknown, "", "", false);

    /// <summary>The person has just asked for a new link.</summary>
    public bool HasAsked { get; private set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var activated = await activateMembership.ExecuteAsync(new(Token, Code, Password, HttpContext.Person()?.AccountId), HttpContext.RequestAborted);
        if (!activated.Succeeded)
        {
            var page = await ShowAsync();
            return Invitation.Status == InvitationStatus.Unknown ? page : this.Refused(activated.Refusals);
        }
        var (accountId, _, kind, code, passwordWasSet) = activated.Value;
        var home = kind == OrganisationKind.School ? $"/schools/{code}" : BodyLinks.Home(BodyAddress.Of(kind, code));
        return passwordWasSet ? this.Enter(cookie, await sessions.OpenAsync(accountId, Device.Of(Request), cookie.Read(Request), endOthers: true, HttpContext.RequestAborted), home) : Redirect(home);
    }

    public async Task<IActionResult> OnPostAskAsync()
    {
        HasAsked = (await askForNewLink.ExecuteAsync(Token, HttpContext.RequestAborted)).Succeeded;
        return await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        Invitation = await openInvitation.ExecuteAsync(Token, HttpContext.Person()?.AccountId, HttpContext.RequestAborted);
        Response.StatusCode = Invitation.Status == InvitationStatus.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return Page();
    }
}
