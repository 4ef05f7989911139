using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.Web.Pages.Reports;

/// <summary>The headlines of a stage, its first measure over the years, and the gaps of that.</summary>
public sealed class OverviewModel(ReadReport readReport, ExportReport exportReport) : ReportPage(readReport, exportReport)
{
    protected override string Path => ReportsLinks.Overview(School.Urn, Stage);

    protected override string Name => Stage == CohortStage.School ? "attendance" : "overview";

    protected override bool TakesClass => true;

    public FigureTiles Tiles { get; private set; } = null!;

    public Trend Trend { get; private set; } = null!;

    /// <summary>Null while one value of a group is chosen.</summary>
    public GroupTable? Groups { get; private set; }

    private ReportBlocks blocks = null!;

    protected override bool Find()
    {
        blocks = new(Report!, View, Words, School.Urn);
        var headlines = ReportMeasures.Of(Stage).Where(m => m.IsHeadline).ToList();
        Tiles = blocks.Tiles("headlines", $"Headlines {Words.PeriodInWords(View.Period)}", headlines);
        Trend = blocks.Trend("trend", headlines[0]);
        Groups = View.Group is null ? blocks.Groups("groups", Stage == CohortStage.School ? headlines[1] : headlines[0], ReportBlocks.Shown) : null;
        return true;
    }

    protected override IEnumerable<ReportRow> Rows() => blocks.Rows;
}
