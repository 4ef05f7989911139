using Ascent.SignIn;
using Ascent.Web.Pages.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile;

public sealed class PasswordModel(ChangeOwnPassword changePassword) : ProfilePage, IAsksFactorCode
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? FactorCode { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var changed = await changePassword.ExecuteAsync(Person, CurrentPassword, FactorCode, Password, HttpContext.RequestAborted);
        return changed.Succeeded ? Redirect(With("/profile?saved=password")) : this.Refused(changed.Refusals);
    }
}
