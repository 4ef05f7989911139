using Ascent.Accounts;
using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Classes;

public sealed class AddModel(AddClass addClass, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Year { get; set; }

    /// <summary>As its two years, "2026/27".</summary>
    [BindProperty]
    public string? AcademicYear { get; set; }

    public SchoolAccess School => HttpContext.School();

    public ClassFields Fields => new(Name, Kind, Year);

    public AcademicYear Now => Ascent.Shared.AcademicYear.Of(clock.Today());

    public void OnGet() => AcademicYear = Now.ToString();

    public async Task<IActionResult> OnPostAsync()
    {
        var added = await addClass.ExecuteAsync(new(Ascent.Shared.AcademicYear.Read(AcademicYear) ?? Now, Fields.Text), School.Actor, HttpContext.RequestAborted);
        return added.Succeeded ? Redirect(DataLinks.ClassAfter(School.Urn, added.Value, "added")) : this.Refused(added.Refusals);
    }
}
