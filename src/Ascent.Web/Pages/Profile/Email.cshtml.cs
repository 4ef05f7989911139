using Ascent.Accounts;
using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Profile;

public sealed class EmailModel(AskForEmailChange askForChange) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public bool AcceptsMixedScript { get; set; }

    public bool AsksMixedScript { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var asked = await askForChange.ExecuteAsync(HttpContext.Person()!, Email, AcceptsMixedScript, HttpContext.RequestAborted);
        AsksMixedScript = AcceptsMixedScript || asked.Refusals.OfType<MixedScriptEmail>().Any();
        return asked.Succeeded ? Redirect("/profile?saved=email-asked") : this.Refused(asked.Refusals);
    }
}
