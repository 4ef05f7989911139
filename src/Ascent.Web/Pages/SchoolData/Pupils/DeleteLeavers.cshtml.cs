using Ascent.Accounts;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Pupils;

/// <summary>Asks before which day they left; the next page shows who they are.</summary>
public sealed class DeleteLeaversModel(TimeProvider clock) : PageModel
{
    [BindProperty]
    public DateParts LeftBefore { get; set; } = new();

    public SchoolAccess School => HttpContext.School();

    public void OnGet()
    {
    }

    public IActionResult OnPost()
    {
        var day = LeftBeforeRefused.Read(LeftBefore.Text, clock.Today());
        return day.Succeeded ? Redirect(DataLinks.DeleteLeftBefore(School.Urn, day.Value)) : this.Refused(day.Refusals);
    }
}
