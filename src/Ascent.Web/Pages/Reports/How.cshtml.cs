using Ascent.Measures;
using Ascent.Reference;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Reports;

/// <summary>How a figure was worked out: the formula in words, and the numbers that the reader may see.</summary>
public sealed class HowModel(ReadReport readReport, ExportReport exportReport) : ReportPage(readReport, exportReport)
{
    protected override string Path => $"{ReportsLinks.Overview(School.Urn, Stage)}/how/{Code}";

    protected override string Name => "how";

    protected override bool TakesClass => true;

    [FromRoute(Name = "measure")]
    public string Code { get; init; } = "";

    [FromQuery(Name = "subject")]
    public string? Subject { get; init; }

    public ReportMeasure Measure { get; private set; } = null!;

    public JudgedFigure Figure { get; private set; }

    public string Title => Measure.Subject is { } subject ? $"{Ascent.Reference.Subjects.Find(subject)?.Label ?? subject}: {Measure.Title}" : $"{Measure.Title}: {Measure.Detail}";

    public string Pupils => View.Group is { } group ? group.Values()[View.Value].Label : Words.Everybody;

    /// <summary>What and how much, one under another. Of a withheld figure nothing but that it is.</summary>
    public IEnumerable<(string What, string Value)> Numbers()
    {
        yield return ("Pupils", Pupils);
        yield return ("Year", Words.PeriodInWords(View.Period));
        yield return ("Figure", MeasureText.Of(Figure.School));
        if (MeasureText.Interval(Figure.School) is { } interval)
            yield return ("95% interval", interval);
        if (Figure.School.TryPopulation(out var population))
        {
            yield return ("Pupils whom the question is about", MeasureText.Count(population.N));
            yield return ("Of them with what it needs", MeasureText.Count(population.Matched));
        }
        if (Figure.National.TryValue(out _))
            yield return ($"{Words.Names.NationalInFull}", MeasureText.Of(Figure.National));
        if (Figure.Band is { } band)
            yield return ("Band", $"{Ascent.Shared.Text.InWords.Capital(ReportBlocks.BandWords(band))}: the interval decides first, and then the cut-offs of the performance tables");
        if (Figure.Verdict is { } verdict)
            yield return ("Against it", verdict switch
            {
                Significance.Above => "The whole interval lies above: the difference is more than chance would make it",
                Significance.Below => "The whole interval lies below: the difference is more than chance would make it",
                _ => "The interval holds it: the difference may be chance",
            });
    }

    protected override bool Exists => Subject is null ? ReportMeasures.Of(Stage).Any(m => m.Code == Code)
        : Ascent.Reference.Subjects.Find(Subject)?.Stages.Contains(Ascent.Shared.KeyStage.KS4) == true && Enum.GetValues<CohortScale>().Any(scale => SubjectMeasures.Of(Subject, scale).Any(m => m.Stage == Stage && m.Code == Code));

    protected override bool Find()
    {
        var found = Subject is null ? ReportMeasures.Of(Stage).FirstOrDefault(m => m.Code == Code)
            : Report!.Subjects.FirstOrDefault(s => s.Code == Subject) is { Code: not null } subject ? SubjectMeasures.Of(subject.Code, subject.Scale).FirstOrDefault(m => m.Code == Code) : null;
        if (found is null)
            return false;
        Measure = found;
        Figure = Report!.Judge(Measure, View.Period, View.Group, View.Value);
        return true;
    }

    protected override IEnumerable<ReportRow> Rows() => [new("How", Title, Pupils, Words.PeriodInWords(View.Period), Figure)];

    protected override IEnumerable<KeyValuePair<string, string>> Kept() => Subject is null ? [] : [new("subject", Subject)];

    protected override string With(string address) => Subject is null ? address : Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(address, "subject", Subject);
}
