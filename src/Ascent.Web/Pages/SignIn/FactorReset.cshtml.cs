using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>Where a mailed link to enrol a new second factor leads. Opening it changes nothing; the form with all three proofs does.</summary>
public sealed class FactorResetModel(OpenFactorReset openReset, EnrolByReset enrol, NewApps newApps, Passkeys passkeys, SessionCookie cookie) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? SealedApp { get; set; }

    [BindProperty]
    public string? AppCode { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? NewPasskey { get; set; }

    [BindProperty]
    public string? Passkey { get; set; }

    /// <summary>Passkeys can be used under this server's address.</summary>
    public bool KnowsPasskeys => passkeys.IsPossible;

    /// <summary>Null when the link does not work.</summary>
    public FactorResetView? Found { get; private set; }

    public NewApp NewApp { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var enrolled = await enrol.ExecuteAsync(new(Token, Code, CurrentPassword, SealedApp, AppCode, Name, Device.Of(Request), cookie.Read(Request)) { NewPasskey = NewPasskey, Passkey = Passkey }, HttpContext.RequestAborted);
        if (enrolled.Succeeded)
        {
            cookie.Write(Response, enrolled.Value.Token);
            return Redirect($"/schools/{enrolled.Value.OrganisationCode}");
        }
        var page = await ShowAsync();
        return Found is null ? page : this.Refused([.. enrolled.Refusals.Select(r => r.Field == nameof(Passkey) && Passkey is null ? r with { Field = nameof(NewPasskey) } : r)]);
    }

    /// <summary>For a new passkey.</summary>
    public async Task<IActionResult> OnPostNewQuestionAsync() =>
        await openReset.ExecuteAsync(Token, HttpContext.RequestAborted) is { } found ? this.Question(await passkeys.BeginAddAsync(found.AccountId, Token, HttpContext.RequestAborted)) : NotFound();

    /// <summary>For one that another school's reset enrolled.</summary>
    public async Task<IActionResult> OnPostQuestionAsync() =>
        await openReset.ExecuteAsync(Token, HttpContext.RequestAborted) is { } found ? this.Question(await passkeys.BeginProofAsync(found.AccountId, Token, HttpContext.RequestAborted)) : NotFound();

    private async Task<IActionResult> ShowAsync()
    {
        Found = await openReset.ExecuteAsync(Token, HttpContext.RequestAborted);
        Response.StatusCode = Found is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        if (Found is not null)
            NewApp = newApps.Begin(Found.AccountId, Found.Email, SealedApp);
        return Page();
    }
}
