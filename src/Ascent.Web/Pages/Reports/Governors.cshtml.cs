using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Web.Components;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.Web.Pages.Reports;

/// <summary>
/// One sheet for the governors of a school: six questions with their answers, never a pupil, the same for every reader. Where the latest year has few pupils, several years
/// together stand beside it.
/// </summary>
public sealed class GovernorsModel(ReadReport readReport, ExportReport exportReport) : ReportPage(readReport, exportReport)
{
    // Below this a year moves by more than ten points with three pupils.
    private const int FewPupils = 30;

    protected override bool IsFor(CohortStage stage) => stage != CohortStage.School;

    protected override string Path => ReportsLinks.Governors(School.Urn, Stage);

    protected override string Name => "governors";

    protected override bool TakesGroup => false;

    /// <summary>Null where one year is enough, or there is only one.</summary>
    public FigureTiles? Together { get; private set; }

    public FigureTiles Latest { get; private set; } = null!;

    public GroupTable Groups { get; private set; } = null!;

    public Trend Trend { get; private set; } = null!;

    /// <summary>What lies above and below the nation, beyond chance.</summary>
    public IReadOnlyList<string> Strengths { get; private set; } = [];

    public IReadOnlyList<string> Weaknesses { get; private set; } = [];

    // It is made to be handed on, so it withholds from everybody what it withholds from governors.
    protected override Report Seen(Report report) => report.ForEverybody();

    private static readonly PupilGroup[] Asked = [PupilGroup.Disadvantaged, PupilGroup.Sex, PupilGroup.Sen, PupilGroup.Eal];

    private ReportBlocks blocks = null!;
    private ReportBlocks? together;

    protected override bool Find()
    {
        blocks = new(Report!, View, Words, School.Urn);
        var headlines = ReportMeasures.Of(Stage).Where(m => m.IsHeadline).ToList();
        Latest = blocks.Tiles("latest", $"How did pupils do in {Words.PeriodInWords(View.Period)}?", headlines);
        Trend = blocks.Trend("trend", headlines[0]);
        Groups = blocks.Groups("groups", headlines[0], Asked);
        if (View.Period != ReportPeriod.Span && Report!.Years.Count > 1 && Report.CountOf(View.Period) is var count && (!count.TryPopulation(out var population) || population.N < FewPupils))
        {
            together = new(Report, View with { Period = ReportPeriod.Span, Year = ReportView.Together }, Words, School.Urn);
            Together = together.Tiles("together", $"And in {Words.PeriodInWords(ReportPeriod.Span)}?", headlines);
        }
        var judged = ReportMeasures.Of(Stage).Select(m => (Measure: m, Figure: Report!.Judge(m, View.Period))).ToList();
        Strengths = [.. judged.Where(j => j.Figure.Verdict == (j.Measure.MoreIsBetter ? Significance.Above : Significance.Below)).Select(Sentence)];
        Weaknesses = [.. judged.Where(j => j.Figure.Verdict == (j.Measure.MoreIsBetter ? Significance.Below : Significance.Above)).Select(Sentence)];
        return true;
    }

    protected override IEnumerable<ReportRow> Rows() => [.. blocks.Rows, .. together?.Rows ?? []];

    private string Sentence((ReportMeasure Measure, JudgedFigure Figure) judged) =>
        $"{judged.Measure.Title}, {ReportBlocks.Lower(judged.Measure.Detail)}: {MeasureText.Of(judged.Figure.School)}, {Words.Names.National} {MeasureText.Of(judged.Figure.National)}";
}
