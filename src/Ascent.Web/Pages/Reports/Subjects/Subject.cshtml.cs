using Ascent.Measures;
using Ascent.Reference;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Web.Pages.Reports.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Reports.Subjects;

/// <summary>One GCSE subject: thresholds, grades against the nation, the years, and pupil groups.</summary>
public sealed class SubjectModel(ReadReport readReport, ExportReport exportReport) : ReportPage(readReport, exportReport)
{
    protected override bool IsFor(CohortStage stage) => stage == CohortStage.Ks4;

    protected override string Path => ReportsLinks.Subject(School.Urn, Stage, Code);

    protected override string Name => $"subject {Code}";

    protected override bool TakesClass => true;

    [FromRoute(Name = "subject")]
    public string Code { get; init; } = "";

    public string Label => Ascent.Reference.Subjects.Find(Code)?.Label ?? Code;

    public FigureTiles Tiles { get; private set; } = null!;

    public Distribution Grades { get; private set; } = null!;

    public Trend Trend { get; private set; } = null!;

    public GroupTable? Groups { get; private set; }

    private ReportBlocks blocks = null!;

    protected override bool Exists => Ascent.Reference.Subjects.Find(Code)?.Stages.Contains(Ascent.Shared.KeyStage.KS4) == true;

    protected override bool Find()
    {
        if (Report!.Subjects.FirstOrDefault(s => s.Code == Code) is not { Code: not null } subject)
            return false;
        blocks = new(Report, View, Words, School.Urn);
        var measures = SubjectMeasures.Of(Code, subject.Scale);
        Tiles = blocks.Tiles("headlines", $"{Label} {Words.PeriodInWords(View.Period)}", [measures[3], measures[2], measures[1], measures[0], measures[4]]);
        Grades = blocks.Distribution("grades", Label, measures.Skip(SubjectMeasures.BeforeGrades), subject.Scale.Scale());
        Trend = blocks.Trend("trend", measures[0]);
        Groups = View.Group is null ? blocks.Groups("groups", measures[0], ReportBlocks.Shown) : null;
        return true;
    }

    protected override IEnumerable<ReportRow> Rows() => blocks.Rows;
}
