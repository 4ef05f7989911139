namespace Ascent.Measures;

/// <summary>How a figure with an interval lies to a fixed one.</summary>
public enum Significance
{
    /// <summary>The interval holds it.</summary>
    NoDifference,
    Above,
    Below,
}

/// <summary>The five bands of the performance tables, the best first.</summary>
public enum ProgressBand
{
    WellAbove = 1,
    Above = 2,
    Average = 3,
    Below = 4,
    WellBelow = 5,
}

/// <summary>Where the outer bands of a progress measure begin. Progress 8 has fixed ones; those of KS2 and A levels are drawn anew each year.</summary>
/// <param name="WellAbove">The lowest score of band 1.</param>
/// <param name="WellBelow">The highest score of band 5.</param>
/// <param name="Decimals">With how many the score is published. The published score is judged: no school stands at 0.50 in band 2.</param>
public readonly record struct ProgressCutOffs(double WellAbove, double WellBelow, int Decimals)
{
    /// <summary>
    /// Well above: +0.50 and more; well below: less than −0.50. Source: DfE, secondary accountability measures; seen in the 2018/19 tables, where
    /// band 1 begins at 0.50, band 2 ends at 0.49, band 4 ends at −0.50 and band 5 begins at −0.51.
    /// </summary>
    public static ProgressCutOffs Progress8 => new(0.50, -0.51, 2);

    /// <summary>
    /// The band of a score. The interval decides first: while it holds nought, the score is average, however high or low. Only then do the
    /// cut-offs part above from well above, below from well below.
    /// </summary>
    public ProgressBand BandOf(Measure.Estimated score)
    {
        var published = MeasureRounding.ToDecimals(score.Point, Decimals);
        return score.Against(0) switch
        {
            Significance.Above => published >= WellAbove ? ProgressBand.WellAbove : ProgressBand.Above,
            Significance.Below => published <= WellBelow ? ProgressBand.WellBelow : ProgressBand.Below,
            _ => ProgressBand.Average,
        };
    }
}
