using Ascent.Accounts.Above;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Bodies.Schools;

/// <summary>Closes a school to everybody.</summary>
public sealed class LockModel(ListBodySchools listSchools, LockSchool lockSchool) : SchoolLockPage(listSchools)
{
    [BindProperty]
    public string? Reason { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var done = await lockSchool.ExecuteAsync(new(Urn, Reason), Body.Actor, HttpContext.RequestAborted);
        return done.Succeeded ? Redirect(BodyLinks.SchoolsAfter(Body.Address, "locked", Urn)) : this.Refused(done.Refusals);
    }
}
