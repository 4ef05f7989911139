using Ascent.Accounts;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Reports.Pupils;

/// <summary>Where a stage and a year are chosen, for the reports with names.</summary>
public sealed class IndexModel(ReadReport readReport) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public ReportStages Found { get; private set; } = null!;

    public bool IsOwnClasses => Found.Reader is ReportReader.OwnClasses;

    /// <summary>May see the pupils of the own classes, and has none.</summary>
    public bool TeachesNobody => Found.Reader is ReportReader.OwnClasses { Pupils.Count: 0 };

    /// <summary>Those with results, the last stage of schooling first; each with the years that its dashboards show, the newest first.</summary>
    public IReadOnlyList<(CohortStage Stage, IReadOnlyList<AcademicYear> Years)> Stages =>
        [.. Found.Stages.Where(s => s.Stage != CohortStage.School).OrderByDescending(s => s.Stage).Select(s => (s.Stage, (IReadOnlyList<AcademicYear>)[.. s.Years.Take(ReadReport.ShownYears)]))];

    public async Task<IActionResult> OnGetAsync()
    {
        var found = await readReport.ListAsync(School.Actor, HttpContext.RequestAborted);
        if (!found.Succeeded)
            return this.Refused(found.Refusals);
        Found = found.Value;
        return Page();
    }
}
