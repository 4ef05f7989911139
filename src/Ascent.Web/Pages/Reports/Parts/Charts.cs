using Ascent.Measures;

namespace Ascent.Web.Pages.Reports.Parts;

/// <summary>A figure over the years: a table, and beside it the chart that the browser draws from it.</summary>
/// <param name="Caption">Of the table: "Expected standard in all three, % of pupils".</param>
/// <param name="Sign">Behind the figures of the axis: "%", or nothing.</param>
public sealed record Trend(BlockWords Words, ReportNames Names, string Caption, string Sign, IReadOnlyList<TrendPoint> Points)
{
    /// <summary>One dot is no line: then the table stands alone.</summary>
    public bool HasChart => Points.Count(p => p.Figure.School.TryValue(out _)) > 1;
}

/// <param name="Label">"2023/24".</param>
public sealed record TrendPoint(string Label, Compared Figure);

/// <summary>How many got each grade, against the nation: a table, and beside it the chart that the browser draws from it.</summary>
/// <param name="GradeName">"Grade", or "Score".</param>
/// <param name="TellsPupils">Whether exact numbers of pupils stand beside the shares: not for readers from whom figures are withheld.</param>
public sealed record Distribution(BlockWords Words, ReportNames Names, string Caption, string GradeName, IReadOnlyList<DistributionBar> Bars, bool TellsPupils = true)
{
    public Legend Legend => new(Names, LegendMarks.Bars | (Bars.Any(b => b.Figure.School is Measure.Withheld) ? LegendMarks.Withheld : 0));

    public bool HasChart => Bars.Any(b => b.Figure.School.TryValue(out _));
}

/// <param name="Figure">The share of pupils with this grade.</param>
/// <param name="Pupils">How many they are; never shown beside a withheld share.</param>
public sealed record DistributionBar(string Label, Compared Figure, int Pupils)
{
    /// <summary>Withheld together with the share.</summary>
    public Measure Count => Figure.School.TryValue(out _) ? new Measure.Scalar(Pupils, MeasureUnit.Count, new(Pupils, Pupils)) : Figure.School;
}
