using Ascent.Measures;
using Ascent.Reference;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.Web.Pages.Reports.Subjects;

/// <summary>All GCSE subjects beside each other: those furthest above the nation first, and withheld ones last.</summary>
public sealed class IndexModel(ReadReport readReport, ExportReport exportReport) : ReportPage(readReport, exportReport)
{
    protected override bool IsFor(CohortStage stage) => stage == CohortStage.Ks4;

    protected override string Path => ReportsLinks.Subjects(School.Urn, Stage);

    protected override string Name => "subjects";

    protected override bool TakesClass => true;

    public SubjectTable? Table { get; private set; }

    private ReportBlocks blocks = null!;

    protected override bool Find()
    {
        blocks = new(Report!, View, Words, School.Urn);
        var rows = Report!.SubjectsOf(View.Period).Where(HasEntries).Select(Row).OrderBy(r => !r.Figure.School.TryValue(out _)).ThenByDescending(r => r.Figure.Difference.TryValue(out var difference) ? difference : double.NegativeInfinity)
            .ThenBy(r => r.Name, StringComparer.Ordinal).ToList();
        Table = rows.Count == 0 ? null : blocks.SubjectTable("subjects", rows);
        return true;
    }

    protected override IEnumerable<ReportRow> Rows() => blocks.Rows;

    // Of a class most subjects have nobody.
    private bool HasEntries((string Code, CohortScale Scale) subject) =>
        !Report!.IsNarrowed || Report.Of(SubjectMeasures.Average(subject.Code), View.Period, View.Group, View.Value) is not Measure.NotApplicable { Reason: NotApplicableReason.NoPupils };

    private SubjectRow Row((string Code, CohortScale Scale) subject) => new(
        Ascent.Reference.Subjects.Find(subject.Code)?.Label ?? subject.Code, View.In(ReportsLinks.Subject(School.Urn, Stage, subject.Code)),
        blocks.Ask("Subjects", SubjectMeasures.Average(subject.Code), View.Period, View.Group, View.Value),
        blocks.Ask("Subjects", SubjectMeasures.Standard(subject.Code), View.Period, View.Group, View.Value));
}
