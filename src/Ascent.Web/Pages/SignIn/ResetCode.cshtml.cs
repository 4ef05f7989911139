using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>The school's door after a password was reset by a mailed link: it opens with a code from another administrator.</summary>
public sealed class ResetCodeModel(GiveResetCode giveResetCode, AskForResetCode askForResetCode, ListAdministrators listAdministrators) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    public SchoolAccess School => HttpContext.School();

    public IReadOnlyList<string> Administrators { get; private set; } = [];

    public bool HasAsked { get; private set; }

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var given = await giveResetCode.ExecuteAsync(Code, School.OrganisationId, School.MembershipId, School.AccountId, HttpContext.RequestAborted);
        if (given.Succeeded)
            return Redirect($"/schools/{School.Urn}");
        await ReadAsync();
        return this.Refused(given.Refusals);
    }

    public async Task<IActionResult> OnPostAskAsync()
    {
        await askForResetCode.ExecuteAsync(School.OrganisationId, School.MembershipId, HttpContext.RequestAborted);
        HasAsked = true;
        await ReadAsync();
        return Page();
    }

    private async Task ReadAsync()
    {
        var own = $"{HttpContext.Person()!.Forename} {HttpContext.Person()!.Surname}";
        Administrators = [.. (await listAdministrators.ExecuteAsync(School.OrganisationId, HttpContext.RequestAborted)).Where(name => name != own)];
    }
}
