using Ascent.Accounts;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile.SecondFactor;

/// <summary>Adds an authenticator app.</summary>
public sealed class AddModel(NewApps newApps, AddApp addApp, Passkeys passkeys, ReadAccess readAccess, SessionCookie cookie, TimeProvider clock) : AddFactorPage(readAccess, passkeys, clock)
{
    [BindProperty]
    public string? SealedApp { get; set; }

    [BindProperty]
    public string? AppCode { get; set; }

    public NewApp NewApp { get; private set; } = null!;

    protected override string Saved => "factor";

    public async Task<IActionResult> OnPostAsync()
    {
        var added = await addApp.ExecuteAsync(Person, new(SealedApp, AppCode, Name), HttpContext.RequestAborted);
        await ShowAsync();
        if (!added.Succeeded)
            return this.Refused(added.Refusals);
        Added = added.Value;
        if (Added.Token is { } token)
            cookie.Write(Response, token);
        return Added.RecoveryCodes is null ? Redirect(NextHref) : Page();
    }

    protected override async Task ShowAsync()
    {
        await base.ShowAsync();
        NewApp = newApps.Begin(Person.AccountId, Person.Email, SealedApp);
    }
}
