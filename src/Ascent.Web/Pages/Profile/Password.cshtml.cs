using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile;

public sealed class PasswordModel(ChangeOwnPassword changePassword, Passkeys passkeys, SessionCookie cookie) : ProfilePage, IAsksFactor
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? FactorCode { get; set; }

    [BindProperty]
    public string? Passkey { get; set; }

    public FactorWays Ways => FactorWays.Of(Person, isEnough: false);

    public bool AsksPasskey => Person.HasPasskey && passkeys.IsPossible;

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var changed = await changePassword.ExecuteAsync(Person, CurrentPassword, new FactorAnswer(FactorCode, Passkey, cookie.Read(Request)), Password, HttpContext.RequestAborted);
        if (!changed.Succeeded)
            return this.Refused(changed.Refusals);
        HttpContext.RenewSession(changed.Value.Token);
        return Redirect(With("/profile?saved=password"));
    }
}
