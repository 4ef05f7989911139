using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Profile;

public sealed class PasswordModel(ChangeOwnPassword changePassword) : PageModel
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public SignedInPerson Person => HttpContext.Person()!;

    public async Task<IActionResult> OnPostAsync()
    {
        var changed = await changePassword.ExecuteAsync(Person, CurrentPassword, Password, HttpContext.RequestAborted);
        return changed.Succeeded ? Redirect("/profile?saved=password") : this.Refused(changed.Refusals);
    }
}
