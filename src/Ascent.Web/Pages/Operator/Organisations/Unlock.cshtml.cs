using Ascent.Accounts.Above;
using Ascent.Accounts.Operators;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Operator.Organisations;

/// <summary>Opens a locked school again, whoever locked it.</summary>
public sealed class UnlockModel(ReadOrganisation readOrganisation, UnlockSchool unlockSchool, TimeProvider clock) : OrganisationPage(readOrganisation, clock)
{
    public IActionResult OnGet() => View.Lock is null ? Redirect(OperatorLinks.Organisation(Place)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var done = await unlockSchool.ExecuteAsync(Place, Actor, HttpContext.RequestAborted);
        return done.Succeeded ? Redirect(OperatorLinks.OrganisationAfter(Place, "unlocked")) : this.Refused(done.Refusals);
    }
}
