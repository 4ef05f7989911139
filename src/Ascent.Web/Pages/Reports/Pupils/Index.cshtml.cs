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

    /// <summary>
    /// Those with results, the last stage of schooling first; each with the years that its dashboards show, the newest first. For readers of own
    /// classes those alone in which one of their pupils is.
    /// </summary>
    public IReadOnlyList<(CohortStage Stage, IReadOnlyList<AcademicYear> Years)> Stages { get; private set; } = [];

    /// <summary>The school has results, of other pupils.</summary>
    public bool HasNoneOfOwn => IsOwnClasses && Found.Stages.Any(s => s.Stage != CohortStage.School);

    public async Task<IActionResult> OnGetAsync()
    {
        var found = await readReport.ListAsync(School.Actor, HttpContext.RequestAborted);
        if (!found.Succeeded)
            return this.Refused(found.Refusals);
        Found = found.Value;
        var stages = new List<(CohortStage, IReadOnlyList<AcademicYear>)>();
        foreach (var (stage, years) in Found.Stages.Where(s => s.Stage != CohortStage.School).OrderByDescending(s => s.Stage))
            if (await YearsAsync(stage, [.. years.Take(ReadReport.ShownYears)]) is { Count: > 0 } shown)
                stages.Add((stage, shown));
        Stages = stages;
        return Page();
    }

    private async Task<IReadOnlyList<AcademicYear>> YearsAsync(CohortStage stage, IReadOnlyList<AcademicYear> years)
    {
        if (!IsOwnClasses)
            return years;
        var report = await readReport.ExecuteAsync(stage, School.Actor, HttpContext.RequestAborted);
        return report is { Succeeded: true, Value: { } its } ? [.. years.Where(y => its.Years.ToList().IndexOf(y) is >= 0 and var place && its.KnownOf(place).Known.Count > 0)] : [];
    }
}
