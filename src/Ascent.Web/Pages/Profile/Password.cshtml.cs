using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile;

public sealed class PasswordModel(ChangeOwnPassword changePassword) : ProfilePage
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var changed = await changePassword.ExecuteAsync(Person, CurrentPassword, Password, HttpContext.RequestAborted);
        if (!changed.Succeeded)
            return this.Refused(changed.Refusals);
        HttpContext.RenewSession(changed.Value.Token);
        return Redirect(With("/profile?saved=password"));
    }
}
