using System.Net;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>Where a mailed link to choose a new password leads. Opening it changes nothing.</summary>
public sealed class NewPasswordModel(OpenPasswordReset openPasswordReset, SetNewPassword setNewPassword, Passkeys passkeys) : PageModel, IAsksFactor
{
    [FromRoute]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? FactorCode { get; set; }

    [BindProperty]
    public string? Passkey { get; set; }

    public FactorWays Ways => new(Reset!.HasApp, Reset.HasPasskey && passkeys.IsPossible, $"/reset/{Token}?handler=Question", IsEnough: false);

    /// <summary>Whose link it is; null when it does not work.</summary>
    public PasswordResetView? Reset { get; private set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var saved = await setNewPassword.ExecuteAsync(Token, Password, new FactorAnswer(FactorCode, Passkey, Token), HttpContext.Connection.RemoteIpAddress ?? IPAddress.None, HttpContext.RequestAborted);
        if (saved.Succeeded)
            return Redirect("/sign-in?reset=1");
        var page = await ShowAsync();
        return Reset is null ? page : this.Refused(saved.Refusals);
    }

    public async Task<IActionResult> OnPostQuestionAsync() =>
        await openPasswordReset.ExecuteAsync(Token, HttpContext.RequestAborted) is { } reset ? this.Question(await passkeys.BeginProofAsync(reset.AccountId, Token, HttpContext.RequestAborted)) : NotFound();

    private async Task<IActionResult> ShowAsync()
    {
        Reset = await openPasswordReset.ExecuteAsync(Token, HttpContext.RequestAborted);
        Response.StatusCode = Reset is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return Page();
    }
}
