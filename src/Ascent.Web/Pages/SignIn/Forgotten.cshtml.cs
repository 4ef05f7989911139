using System.Net;
using Ascent.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>Asks for a link to choose a new password. The page is the same whether the address is known or not.</summary>
public sealed class ForgottenModel(AskForPasswordReset askForPasswordReset) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    public bool HasAsked { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var asked = await askForPasswordReset.ExecuteAsync(Email, HttpContext.Connection.RemoteIpAddress ?? IPAddress.None, HttpContext.RequestAborted);
        if (!asked.Succeeded)
            return this.Refused(asked.Refusals);
        HasAsked = true;
        return Page();
    }
}
