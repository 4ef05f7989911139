using Ascent.Measures;
using Ascent.Web.Components;

namespace Ascent.Web.Pages.Reports.Parts;

/// <summary>The headline figures of a page.</summary>
/// <param name="Heading">Read out before them: "Headlines 2025/26".</param>
/// <param name="About">A sentence under the heading; with it the heading is shown as well.</param>
public sealed record FigureTiles(string Id, string Heading, ReportNames Names, IReadOnlyList<FigureTile> Tiles, Basis Basis, string? About = null)
{
    public Legend Legend => new(Names, LegendMarks.Interval | LegendMarks.National | (Tiles.Any(t => t.Figure.Verdict is not null) ? LegendMarks.Verdicts : 0));
}

/// <summary>One figure with its interval, the national one and how it lies to that.</summary>
/// <param name="Title">"Reading, writing and maths".</param>
/// <param name="Subtitle">"Expected standard".</param>
/// <param name="HowHref">Where this figure is explained.</param>
/// <param name="Met">Of how many pupils a share speaks, where that count may leave the house; never shown beside a withheld figure.</param>
/// <param name="Scale">Null for shares, which run from 0 to 100.</param>
public sealed record FigureTile(string Title, string? Subtitle, Compared Figure, ReportNames Names, string? HowHref = null, int? Met = null, StripScale? Scale = null)
{
    public StripScale Strip => Scale ?? StripScale.Percent;

    /// <summary>"64" and "%" apart: the sign stands smaller.</summary>
    public (string Figure, string Sign)? Large => Figure.School.Match<(string, string)?>(
        one => (MeasureText.Plain(one), MeasureText.Sign(one.Unit)),
        one => (MeasureText.Plain(one), MeasureText.Sign(one.Unit)),
        _ => null, _ => null, _ => null);

    /// <summary>"37 of 58 pupils"; null for a withheld figure, which says nothing of pupils.</summary>
    public string? Pupils => !Figure.School.TryPopulation(out var population) ? null
        : Met is { } met && Figure.School.TryValue(out _) ? $"{MeasureText.Count(met)} of {MeasureText.Count(population.Matched)} pupils"
        : population is { N: 1, Matched: 1 } ? "1 pupil" : $"{MeasureText.Pupils(Figure.School)} pupils";

    /// <summary>The same as the strip, in words.</summary>
    public string? Interval => MeasureText.Interval(Figure.School) is { } interval ? $"interval {interval}" : null;
}
