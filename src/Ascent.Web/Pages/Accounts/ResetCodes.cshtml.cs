using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts;

/// <summary>People who reset a forgotten password and need a code from an administrator.</summary>
public sealed class ResetCodesModel(ListResetCodes listResetCodes, ShowResetCode showResetCode, TimeProvider clock) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public IReadOnlyList<ResetCodeAsked> People { get; private set; } = [];

    public ShownResetCode? Shown { get; private set; }

    public DateTime Now => clock.Now();

    public async Task OnGetAsync() => People = await listResetCodes.ExecuteAsync(School.Actor, HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var shown = await showResetCode.ExecuteAsync(id, School.Actor, HttpContext.RequestAborted);
        await OnGetAsync();
        if (!shown.Succeeded)
            return this.Refused(shown.Refusals);
        Shown = shown.Value;
        return Page();
    }
}
