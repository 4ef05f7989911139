using Ascent.Accounts;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile.SecondFactor;

/// <summary>Adds a passkey.</summary>
public sealed class PasskeyModel(Passkeys passkeys, AddPasskey addPasskey, ReadAccess readAccess, SessionCookie cookie, TimeProvider clock) : AddFactorPage(readAccess, passkeys, clock)
{
    [BindProperty]
    public string? NewPasskey { get; set; }

    protected override string Saved => "passkey";

    public async Task<IActionResult> OnPostQuestionAsync() => this.Question(await Passkeys.BeginAddAsync(Person.AccountId, cookie.Read(Request), HttpContext.RequestAborted));

    public async Task<IActionResult> OnPostAsync()
    {
        var added = await addPasskey.ExecuteAsync(Person, new(NewPasskey, cookie.Read(Request), Name, Device.Of(Request)), HttpContext.RequestAborted);
        await ShowAsync();
        if (!added.Succeeded)
            return this.Refused([.. added.Refusals.Select(r => r.Field == "Passkey" ? r with { Field = nameof(NewPasskey) } : r)]);
        Added = added.Value;
        if (Added.Token is { } token)
            cookie.Write(Response, token);
        return Added.RecoveryCodes is null ? Redirect(NextHref) : Page();
    }
}
