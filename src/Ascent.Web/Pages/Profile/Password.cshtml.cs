using Ascent.SignIn;
using Ascent.Web.Authorization;
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
        if (!changed.Succeeded)
            return this.Refused(changed.Refusals);
        HttpContext.RenewSession(changed.Value.Token);
        return Redirect(With("/profile?saved=password"));
    }
}
