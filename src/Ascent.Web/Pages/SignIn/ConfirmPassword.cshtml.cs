using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>Stands before what must not be done from a screen that somebody left open.</summary>
public sealed class ConfirmPasswordModel(ConfirmPassword confirmPassword, Passkeys passkeys, SessionCookie cookie) : PageModel, IAsksFactor
{
    [FromQuery(Name = "back")]
    public string? Back { get; set; }

    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? FactorCode { get; set; }

    [BindProperty]
    public string? Passkey { get; set; }

    public bool AsksPasskey => Person.HasPasskey && passkeys.IsPossible;

    // The passkey has a form of its own here.
    public FactorWays Ways => FactorWays.Of(Person, isEnough: false);

    public SignedInPerson Person => HttpContext.Person()!;

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrEmpty(CurrentPassword))
            ModelState.AddModelError(nameof(CurrentPassword), "Enter your password");
        if (Person.HasFactor && string.IsNullOrWhiteSpace(FactorCode))
            ModelState.AddModelError(nameof(FactorCode), new FactorMissing().Message);
        return ModelState.IsValid ? await ConfirmAsync(new(FactorCode)) : Page();
    }

    /// <summary>A passkey is both: something that the person has, and their finger, face or PIN.</summary>
    public Task<IActionResult> OnPostPasskeyAsync() => ConfirmAsync(new(null, Passkey ?? "", cookie.Read(Request)));

    public async Task<IActionResult> OnPostQuestionAsync() => this.Question(await passkeys.BeginProofAsync(Person.AccountId, cookie.Read(Request), HttpContext.RequestAborted));

    private async Task<IActionResult> ConfirmAsync(FactorAnswer factor)
    {
        var confirmed = await confirmPassword.ExecuteAsync(Person, CurrentPassword, factor, HttpContext.RequestAborted);
        if (!confirmed.Succeeded)
            return this.Refused(confirmed.Refusals);
        HttpContext.RenewSession(confirmed.Value.Token);
        return Redirect(this.LocalOr(Back, "/"));
    }
}
