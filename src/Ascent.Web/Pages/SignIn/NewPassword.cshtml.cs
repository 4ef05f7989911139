using Ascent.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>Where a mailed link to choose a new password leads. Opening it changes nothing.</summary>
public sealed class NewPasswordModel(OpenPasswordReset openPasswordReset, SetNewPassword setNewPassword) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The user name, or null when the link does not work.</summary>
    public string? Email { get; private set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var saved = await setNewPassword.ExecuteAsync(Token, Password, HttpContext.RequestAborted);
        if (saved.Succeeded)
            return Redirect("/sign-in?reset=1");
        var page = await ShowAsync();
        return Email is null ? page : this.Refused(saved.Refusals);
    }

    private async Task<IActionResult> ShowAsync()
    {
        Email = await openPasswordReset.ExecuteAsync(Token, HttpContext.RequestAborted);
        Response.StatusCode = Email is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return Page();
    }
}
