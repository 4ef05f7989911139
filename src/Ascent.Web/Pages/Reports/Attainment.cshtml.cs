using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.Web.Pages.Reports;

/// <summary>Every measure of a stage: shares in one table, progress in one, means as tiles, because each has a scale of its own.</summary>
public sealed class AttainmentModel(ReadReport readReport, ExportReport exportReport) : ReportPage(readReport, exportReport)
{
    protected override bool IsFor(CohortStage stage) => stage != CohortStage.School;

    protected override string Path => ReportsLinks.Attainment(School.Urn, Stage);

    protected override string Name => "attainment";

    protected override bool TakesClass => true;

    public IReadOnlyList<SubjectTable> Tables { get; private set; } = [];

    /// <summary>In place of the table of progress where no measure of it has a baseline.</summary>
    public NothingToShow? NoProgress { get; private set; }

    public FigureTiles? Means { get; private set; }

    /// <summary>"Your school"; null while the page is about chosen pupils or a group, of which there is no place among schools.</summary>
    public FigureTiles? OverYears { get; private set; }

    // Those of which the performance tables publish the scores of schools.
    private static readonly string[] Ranked = [MeasureCodes.Progress8, MeasureCodes.Ks2ProgressReading, MeasureCodes.Ks2ProgressWriting, MeasureCodes.Ks2ProgressMaths];

    private ReportBlocks blocks = null!;

    protected override bool Find()
    {
        blocks = new(Report!, View, Words, School.Urn);
        var measures = ReportMeasures.Of(Stage).ToLookup(m => m.Kind);
        var progress = measures[MeasureKind.Progress].ToList();
        NoProgress = progress.Count > 0 && progress.TrueForAll(m => Report!.Of(m, View.Period, View.Group, View.Value) is Measure.NotApplicable { Reason: NotApplicableReason.NoBaseline })
            ? new(NothingReason.NoBaseline, $"Progress and value added of {Words.PeriodInWords(View.Period)}") : null;
        Tables =
        [
            .. Table(measures[MeasureKind.Share], "shares", "Pupils who reached a standard", "Percent of pupils with a result."),
            .. NoProgress is null ? Table(progress, "progress", "Progress and value added", "Against pupils with the same start nationally; 0 is their average.") : [],
        ];
        Means = measures[MeasureKind.Average].Any() ? blocks.Tiles("means", "Means of points, marks and scores", measures[MeasureKind.Average]) : null;
        OverYears = View.Group is null && !Report!.IsNarrowed ? blocks.OverYears("your-school", progress.Where(m => Ranked.Contains(m.Code))) : null;
        return true;
    }

    protected override IEnumerable<ReportRow> Rows() => blocks.Rows;

    private IEnumerable<SubjectTable> Table(IEnumerable<ReportMeasure> measures, string id, string title, string about) => measures.ToList() is { Count: > 0 } all
        ? [blocks.Table(id, title, about, all, m => $"{m.Title}: {ReportBlocks.Lower(m.Detail)}", m => View.In(ReportsLinks.How(School.Urn, m)))] : [];
}
