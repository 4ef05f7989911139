using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Profile;

/// <summary>Where the link in the new mailbox leads. Opening it changes nothing; the button does.</summary>
public sealed class ConfirmEmailModel(ConfirmEmailChange confirmChange) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    /// <summary>The new address, or null when the link does not work or is for another account.</summary>
    public string? Email { get; private set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var confirmed = await confirmChange.ExecuteAsync(HttpContext.Person()!, Token, HttpContext.RequestAborted);
        if (confirmed.Succeeded)
            return Redirect("/profile?saved=email");
        var page = await ShowAsync();
        return Email is null ? page : this.Refused(confirmed.Refusals);
    }

    private async Task<IActionResult> ShowAsync()
    {
        Email = await confirmChange.FindAsync(HttpContext.Person()!.AccountId, Token, HttpContext.RequestAborted);
        Response.StatusCode = Email is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return Page();
    }
}
