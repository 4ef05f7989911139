using Ascent.Measures;
using Ascent.Reports.Figures;
using Ascent.Web.Components;

namespace Ascent.Web.Pages.Reports;

/// <summary>A figure as it stands in a file: what the page shows, no more and no less.</summary>
public sealed record ReportRow(string Block, string Measure, string Pupils, string Year, JudgedFigure Figure)
{
    public static IReadOnlyList<string> Heads { get; } = ["Block", "Measure", "Pupils", "Year", "Figure", "Lower 95%", "Upper 95%", "Number of pupils", "National figure", "Against national"];

    /// <summary>In the order of <see cref="Heads"/>; c for whatever is withheld, its numbers included.</summary>
    public IReadOnlyList<string> Cells
    {
        get
        {
            var (lower, upper) = Figure.School.Match<(string, string)>(_ => ("", ""), one => (Number(one.Lower, one.Unit), Number(one.Upper, one.Unit)), _ => (MeasureText.Withheld, MeasureText.Withheld), _ => ("", ""), _ => ("", ""));
            return
            [
                Block, Measure, Pupils, Year, Value(Figure.School), lower, upper, Figure.School is Measures.Measure.Withheld ? MeasureText.Withheld : Figure.School.TryPopulation(out var population) ? $"{population.Matched}" : "",
                Figure.National.TryValue(out _) ? Value(Figure.National) : "", Figure.Verdict switch { Significance.Above => "above", Significance.Below => "below", Significance.NoDifference => "in line", _ => "" },
            ];
        }
    }

    private static string Value(Measure measure) => measure.Match(one => Number(one.Value, one.Unit), one => Number(one.Point, one.Unit), _ => MeasureText.Withheld, _ => MeasureText.Of(measure), _ => MeasureText.Of(measure));

    // For machines: a hyphen for minus, and the decimals of the unit.
    private static string Number(double value, MeasureUnit unit) => value.ToString($"F{unit.Decimals()}", System.Globalization.CultureInfo.InvariantCulture);
}
