using Ascent.Accounts;
using Ascent.Shared;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile.SecondFactor;

/// <summary>Adds an authenticator app: from My profile, or because a school or the server requires a second factor before its first page.</summary>
public sealed class AddModel(NewApps newApps, AddApp addApp, ReadAccess readAccess, SessionCookie cookie, TimeProvider clock) : ProfilePage
{
    /// <summary>A school's URN, or "server": what requires it.</summary>
    [FromQuery(Name = "for")]
    public string? For { get; set; }

    [BindProperty]
    public string? SealedApp { get; set; }

    [BindProperty]
    public string? AppCode { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    public NewApp NewApp { get; private set; } = null!;

    /// <summary>Who requires it, in words; null when the person came by themselves.</summary>
    public string? Why { get; private set; }

    public bool IsServer => For == "server";

    public AddedFactor? Added { get; private set; }

    public string NextHref => Why is null ? With("/profile?saved=factor") : BackHref;

    public async Task<IActionResult> OnGetAsync()
    {
        // Asked before the app has scanned anything.
        if (!Person.IsFreshAt(clock.Now()))
            return this.Refused([new ConfirmItIsYou()]);
        await ShowAsync();
        return Page();
    }

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

    private async Task ShowAsync()
    {
        Why = IsServer ? "Running this server" : For is null ? null
            : (await readAccess.SchoolsOfAsync(Person.AccountId, HttpContext.RequestAborted)).Where(s => s.Urn == For).Select(s => s.Name).FirstOrDefault();
        NewApp = newApps.Begin(Person.AccountId, Person.Email, SealedApp);
    }
}
