using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Bodies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>The door of an authority or trust after a password was reset by a mailed link.</summary>
public sealed class BodyResetCodeModel(GiveResetCode giveResetCode, AskForResetCode askForResetCode, ListAdministrators listAdministrators) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    public BodyAccess Body => HttpContext.Body();

    public IReadOnlyList<string> Administrators { get; private set; } = [];

    public bool HasAsked { get; private set; }

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var given = await giveResetCode.ExecuteAsync(Code, Body.OrganisationId, Body.MembershipId, Body.AccountId, HttpContext.RequestAborted);
        if (given.Succeeded)
            return Redirect(BodyLinks.Home(Body.Address));
        await ReadAsync();
        return this.Refused(given.Refusals);
    }

    public async Task<IActionResult> OnPostAskAsync()
    {
        await askForResetCode.ExecuteAsync(Body.OrganisationId, Body.MembershipId, HttpContext.RequestAborted);
        HasAsked = true;
        await ReadAsync();
        return Page();
    }

    private async Task ReadAsync()
    {
        var own = $"{HttpContext.Person()!.Forename} {HttpContext.Person()!.Surname}";
        Administrators = [.. (await listAdministrators.ExecuteAsync(Body.OrganisationId, HttpContext.RequestAborted)).Where(name => name != own)];
    }
}
