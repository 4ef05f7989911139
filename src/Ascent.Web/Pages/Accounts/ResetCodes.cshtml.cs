using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts;

/// <summary>People who reset a forgotten password, or may enrol a new second factor, and need a code from an administrator.</summary>
public sealed class ResetCodesModel(ListResetCodes listResetCodes, ShowResetCode showResetCode, ListFactorResets listFactorResets, ShowFactorResetCode showFactorCode, TimeProvider clock) : PageModel
{
    public Staff Staff => HttpContext.Staff();

    public IReadOnlyList<ResetCodeAsked> People { get; private set; } = [];

    /// <summary>People who may enrol a new second factor.</summary>
    public IReadOnlyList<FactorResetWaiting> Factors { get; private set; } = [];

    public ShownResetCode? Shown { get; private set; }

    public ShownResetCode? ShownFactor { get; private set; }

    /// <summary>Whose second factor has just been reset.</summary>
    public FactorResetWaiting? JustReset => Guid.TryParseExact(Request.Query["reset"], "N", out var id) ? Factors.FirstOrDefault(f => f.MembershipId == id) : null;

    public DateTime Now => clock.Now();

    public async Task OnGetAsync()
    {
        People = await listResetCodes.ExecuteAsync(Staff.Actor, HttpContext.RequestAborted);
        // From above nobody resets a second factor of the school.
        Factors = Staff.IsFromAbove ? [] : await listFactorResets.ExecuteAsync(Staff.Actor, HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var shown = await showResetCode.ExecuteAsync(id, Staff.Actor, HttpContext.RequestAborted);
        await OnGetAsync();
        if (!shown.Succeeded)
            return this.Refused(shown.Refusals);
        Shown = shown.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostFactorAsync(Guid id)
    {
        if (Staff.IsFromAbove)
            return NotFound();
        var shown = await showFactorCode.ExecuteAsync(id, Staff.Actor, HttpContext.RequestAborted);
        await OnGetAsync();
        if (!shown.Succeeded)
            return this.Refused(shown.Refusals);
        ShownFactor = shown.Value;
        return Page();
    }
}
