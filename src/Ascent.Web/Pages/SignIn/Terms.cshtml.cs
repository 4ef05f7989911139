using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>Stands before the first page of every organisation until the present terms are agreed to.</summary>
public sealed class TermsModel(AgreeToTerms agreeToTerms) : PageModel
{
    [FromQuery(Name = "back")]
    public string? Back { get; set; }

    [BindProperty]
    public bool Agrees { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Agrees)
        {
            ModelState.AddModelError(nameof(Agrees), "Tick the box to go on, or sign out");
            return Page();
        }
        await agreeToTerms.ExecuteAsync(HttpContext.Person()!.AccountId, HttpContext.RequestAborted);
        return Redirect(this.LocalOr(Back, "/"));
    }
}
