namespace Ascent.Web.Pages.Reports.Parts;

/// <summary>
/// Where pupils started and where they arrived, for readers who may see them: a mark for each pupil, a list of some beside it, and all of them
/// in a table that the chart is drawn from.
/// </summary>
/// <param name="StartName">Head of a column: "KS2".</param>
/// <param name="StartAxis">In full, under the chart: "Key stage 2, reading and maths, average scaled score, 2019".</param>
/// <param name="OutcomeName">"Att. 8".</param>
/// <param name="OutcomeAxis">"Attainment 8".</param>
/// <param name="Estimates">The estimate along the start; none without national figures.</param>
/// <param name="Chips">The lists that can stand beside the chart.</param>
/// <param name="ListTitle">"Furthest below the estimate first".</param>
/// <param name="Listed">The pupils of the list, in its order.</param>
/// <param name="MoreText">"All 10 pupils far below"; null without a page for them.</param>
/// <param name="Lowest">Where the scale of the outcome begins: scaled scores have no nought.</param>
public sealed record Scatter(
    BlockWords Words, ReportNames Names, string StartName, string StartAxis, string OutcomeName, string OutcomeAxis,
    IReadOnlyList<ScatterPupil> Pupils, IReadOnlyList<EstimatePoint> Estimates,
    IReadOnlyList<FilterChip> Chips, string ListTitle, IReadOnlyList<ScatterPupil> Listed, string? MoreText = null, string? MoreHref = null, double Lowest = 0)
{
    public Legend Legend => new(Names, LegendMarks.Standings, (Count(Standing.FarAbove), Count(Standing.AsMost), Count(Standing.FarBelow)));

    private int Count(Standing standing) => Pupils.Count(p => p.Standing == standing);
}

/// <summary>How a pupil lies to the estimate.</summary>
public enum Standing
{
    /// <summary>Within what 8 in 10 with the same start reached.</summary>
    AsMost,
    FarAbove,
    FarBelow,
}

/// <param name="Key">Tells the marks of the chart apart; stands in the page, so no UPN.</param>
/// <param name="Name">As in a list: "Fenwick, Poppy".</param>
/// <param name="SpokenName">As beside its mark: "Poppy Fenwick".</param>
/// <param name="Against">Outcome less estimate; null without an estimate.</param>
/// <param name="Detail">Under the name.</param>
public sealed record ScatterPupil(string Key, string Name, string SpokenName, string Href, double Start, double Outcome, double? Against, Standing Standing, string? Detail = null, bool IsChosen = false);

/// <summary>What pupils with this start reached in the nation, and between what 8 in 10 of them ended.</summary>
public sealed record EstimatePoint(double Start, double Estimate, double Lower, double Upper);
