using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Profile;

public sealed class NameModel(ChangeOwnName changeName) : PageModel
{
    [BindProperty]
    public string? Forename { get; set; }

    [BindProperty]
    public string? Surname { get; set; }

    public void OnGet() => (Forename, Surname) = (HttpContext.Person()!.Forename, HttpContext.Person()!.Surname);

    public async Task<IActionResult> OnPostAsync()
    {
        var changed = await changeName.ExecuteAsync(HttpContext.Person()!.AccountId, Forename, Surname, HttpContext.RequestAborted);
        return changed.Succeeded ? Redirect("/profile?saved=name") : this.Refused(changed.Refusals);
    }
}
