using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Web.Pages.Reports.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Reports;

/// <summary>Every pupil group by one measure.</summary>
public sealed class GroupsModel(ReadReport readReport, ExportReport exportReport) : ReportPage(readReport, exportReport)
{
    protected override string Path => ReportsLinks.Groups(School.Urn, Stage);

    protected override string Name => "groups";

    protected override bool TakesClass => true;

    protected override bool TakesGroup => false;

    /// <summary>The code of the measure; the first headline where the address has none.</summary>
    [FromQuery(Name = "measure")]
    public string? MeasureCode { get; init; }

    public GroupTable Table { get; private set; } = null!;

    public ReportMeasure Measure { get; private set; } = null!;

    private ReportBlocks blocks = null!;

    protected override bool Exists => string.IsNullOrEmpty(MeasureCode) || ReportMeasures.Of(Stage).Any(m => m.Code == MeasureCode);

    protected override bool Find()
    {
        var measures = ReportMeasures.Of(Stage);
        if ((string.IsNullOrEmpty(MeasureCode) ? measures.First(m => m.IsHeadline) : measures.FirstOrDefault(m => m.Code == MeasureCode)) is not { } measure)
            return false;
        Measure = measure;
        blocks = new(Report!, View, Words, School.Urn);
        Table = blocks.Groups("groups", measure, ReportBlocks.Shown);
        return true;
    }

    protected override IEnumerable<ReportRow> Rows() => blocks.Rows;

    protected override IEnumerable<FilterField> MoreFields() =>
        [new("measure", "Measure", [.. ReportMeasures.Of(Stage).Select(m => new FilterOption(m.Code, $"{m.Title}: {m.Detail}", IsChosen: m == Measure))])];

    protected override string ChooseText => Report!.Reader is ReportReader.SchoolLevel ? "Year and measure" : "Year, measure or class";

    protected override string With(string address) => string.IsNullOrEmpty(MeasureCode) ? address : Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(address, "measure", Measure.Code);
}
