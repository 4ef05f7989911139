using Ascent.Accounts.Above;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Bodies.Schools;

/// <summary>Opens a locked school again.</summary>
public sealed class UnlockModel(ListBodySchools listSchools, UnlockSchool unlockSchool) : SchoolLockPage(listSchools)
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var done = await unlockSchool.ExecuteAsync(Urn, Body.Actor, HttpContext.RequestAborted);
        return done.Succeeded ? Redirect(BodyLinks.SchoolsAfter(Body.Address, "unlocked", Urn)) : this.Refused(done.Refusals);
    }
}
