using Ascent.Accounts;
using Ascent.Measures;
using Ascent.Measures.Attendance;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Reports.Pupils;

/// <summary>What a pupil reached in one stage.</summary>
/// <param name="Year">In which it ended.</param>
/// <param name="Href">The list of that year.</param>
/// <param name="Lines">What each measure has of the pupil; null for none.</param>
public sealed record PupilStage(CohortStage Stage, AcademicYear Year, string Href, PupilLine Line, IReadOnlyList<(ReportMeasure Measure, string? Text)> Lines);

/// <summary>One pupil whom the reader knows, with everything of every stage. Anybody else is not here, as an id of nobody is not.</summary>
public sealed class PupilModel(NamePupils namePupils, FindPupil findPupil, FindPupilRecords findRecords, ReadReport readReport, TimeProvider clock) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    public SchoolAccess School => HttpContext.School();

    public NamedPupil Who { get; private set; } = null!;

    public PupilPage Pupil { get; private set; } = null!;

    public PupilRecordsPage Records { get; private set; } = null!;

    /// <summary>The last one first.</summary>
    public IReadOnlyList<PupilStage> Stages { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var cancelled = HttpContext.RequestAborted;
        var named = await namePupils.ExecuteAsync(new([Id], AcademicYear.Of(clock.Today())), School.Actor, cancelled);
        if (!named.Succeeded)
            return this.Refused(named.Refusals);
        // Before anything else is read: whom the reader does not know, nothing is told of.
        if (!named.Value.Pupils.TryGetValue(Id, out var who) || await findPupil.ExecuteAsync(Id, School.Actor, cancelled) is not { } pupil || await findRecords.ExecuteAsync(Id, School.Actor, cancelled) is not { } records)
            return NotFound();
        (Who, Pupil, Records) = (who, pupil, records);
        var list = await readReport.ListAsync(School.Actor, cancelled);
        if (!list.Succeeded)
            return this.Refused(list.Refusals);
        var stages = new List<PupilStage>();
        foreach (var (stage, _) in list.Value.Stages.Where(s => s.Stage != CohortStage.School))
            if ((await readReport.ExecuteAsync(stage, School.Actor, cancelled)) is { Succeeded: true, Value: { } report })
                stages.AddRange(In(report));
        Stages = [.. stages.OrderByDescending(s => s.Year).ThenByDescending(s => s.Stage)];
        return Page();
    }

    // A flag of a stage is about the year in which it ended.
    private bool WasPersistentlyAbsent(AcademicYear year) => Records.Attendance.FirstOrDefault(a => a.AcademicYear == year.StartYear) is { } total
        && Absence.Persistent.OutcomeOf(new PupilSessions(total.Possible, total.Authorised, total.Unauthorised)) is { Counts: true, Value: > 0 };

    private IEnumerable<PupilStage> In(Report report)
    {
        foreach (var (year, of) in report.Years.Index())
        {
            var place = Array.IndexOf(report.KnownOf(year).Cohort.PupilIds, Id);
            if (place < 0)
                continue;
            var line = PupilLine.Of(report, year, place, Who with { IsPersistentlyAbsent = WasPersistentlyAbsent(of) }, [], StartAndOutcome.Of(report.Stage));
            // Headlines always, so that what is missing is seen; the others where there is something.
            var lines = ReportMeasures.Of(report.Stage).Select(m => (Measure: m, Text: PupilColumn.Text(m, report.OutcomeOf(m, year, place)))).Where(l => l.Text is not null || l.Measure is { IsHeadline: true, Kind: not MeasureKind.Progress });
            yield return new(report.Stage, of, $"{ReportsLinks.Pupils(School.Urn, report.Stage)}?year={ReportView.Text(of)}", line, [.. lines]);
        }
    }
}
