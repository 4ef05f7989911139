using Ascent.Accounts;
using Ascent.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile;

public sealed class EmailModel(AskForEmailChange askForChange) : ProfilePage
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public bool AcceptsMixedScript { get; set; }

    public bool AsksMixedScript { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var asked = await askForChange.ExecuteAsync(Person, Email, AcceptsMixedScript, HttpContext.RequestAborted);
        AsksMixedScript = AcceptsMixedScript || asked.Refusals.OfType<MixedScriptEmail>().Any();
        return asked.Succeeded ? Redirect(With("/profile?saved=email-asked")) : this.Refused(asked.Refusals);
    }
}
