using Ascent.Accounts;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Reports;

/// <summary>The stages of the school that have results, each with the way to its dashboards.</summary>
public sealed class IndexModel(ReadReport readReport) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public ReportStages Found { get; private set; } = null!;

    /// <summary>Those with results, the last stage of schooling first, and the whole school.</summary>
    public IEnumerable<(CohortStage Stage, string Years)> Stages => Found.Stages.OrderBy(s => s.Stage == CohortStage.School).ThenByDescending(s => s.Stage)
        .Select(s => (s.Stage, s.Years.Count == 1 ? $"{s.Years[0]}" : $"{s.Years[^1]} to {s.Years[0]}"));

    public bool HasResults => Found.Stages.Any(s => s.Stage != CohortStage.School);

    public async Task<IActionResult> OnGetAsync()
    {
        var found = await readReport.ListAsync(School.Actor, HttpContext.RequestAborted);
        if (!found.Succeeded)
            return this.Refused(found.Refusals);
        Found = found.Value;
        return Page();
    }

    public static string Shows(CohortStage stage) => stage switch
    {
        CohortStage.EarlyYears => "Good level of development, and the early learning goals",
        CohortStage.Phonics => "The check of Year 1",
        CohortStage.Ks1 => "Teacher assessment in reading, writing, maths and science",
        CohortStage.TablesCheck => "The check of Year 4",
        CohortStage.Ks2 => "Reading, writing and maths, tests and teacher assessment, progress",
        CohortStage.Ks4 => "Attainment 8, Progress 8, English and maths, EBacc, every subject",
        _ => "Absence, and who the pupils are",
    };
}
