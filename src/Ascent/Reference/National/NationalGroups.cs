using Ascent.Measures;

namespace Ascent.Reference.National;

/// <summary>The prior-attainment groups of national files that <see cref="PriorGroups"/> does not have.</summary>
public static class NationalGroups
{
    private const int Points = 13;

    /// <summary>Mean of KS2 reading and maths: below 80, 80 to 89.5, … 117 to 120. Source: DfE, transition matrices from KS2 to KS4.</summary>
    public static PriorGroups Transition { get; } = PriorGroups.From(80, 90, 96, 100, 102.5, 105, 107.5, 110, 113.5, 117);

    /// <summary>As the files write them, in order.</summary>
    internal static readonly string[] TransitionLabels =
        ["Less than 80", "80 - 89.5", "90 - 95.5", "96 - 99.5", "100 - 102", "102.5 - 104.5", "105 - 107", "107.5 - 109.5", "110 - 113", "113.5 - 116.5", "117 - 120"];

    /// <summary>KS1 average points, 4 to 10 by halves, as they come of the four judgements: a group each.</summary>
    public static PriorGroups KeyStage1 { get; } = PriorGroups.From(Enumerable.Range(1, Points - 1).Select(i => 4 + (i / 2.0)));
}
