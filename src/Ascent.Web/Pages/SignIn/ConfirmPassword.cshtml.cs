using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>Stands before what must not be done from a screen that somebody left open.</summary>
public sealed class ConfirmPasswordModel(ConfirmPassword confirmPassword) : PageModel, IAsksFactorCode
{
    [FromQuery(Name = "back")]
    public string? Back { get; set; }

    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? FactorCode { get; set; }

    public SignedInPerson Person => HttpContext.Person()!;

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrEmpty(CurrentPassword))
            ModelState.AddModelError(nameof(CurrentPassword), "Enter your password");
        if (Person.HasFactor && string.IsNullOrWhiteSpace(FactorCode))
            ModelState.AddModelError(nameof(FactorCode), new FactorMissing().Message);
        if (!ModelState.IsValid)
            return Page();
        var confirmed = await confirmPassword.ExecuteAsync(Person, CurrentPassword, FactorCode, HttpContext.RequestAborted);
        if (!confirmed.Succeeded)
            return this.Refused(confirmed.Refusals);
        HttpContext.RenewSession(confirmed.Value.Token);
        return Redirect(this.LocalOr(Back, "/"));
    }
}
