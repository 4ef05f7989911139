namespace Ascent.Measures;

/// <summary>One year's pupils in an average of three years; an empty tally for a year without.</summary>
/// <param name="StandardDeviation">Of pupils nationally in that year.</param>
public readonly record struct ProgressYear(Tally Tally, double StandardDeviation);

/// <summary>"Your school": one score from three years, the newest counting most, and its place among all schools.</summary>
public static class ThreeYears
{
    /// <summary>What a pupil of each year weighs, the newest first. Source: FFT Aspire, help page on "Your school".</summary>
    public static ReadOnlySpan<double> Weights => [3, 2, 1];

    /// <summary>
    /// Σ w·n·VA ÷ Σ w·n over the years, w = 3, 2, 1 from the newest: with cohorts of one size they count 50%, 33% and 17%. A year without matched
    /// pupils falls out by itself. The interval is that of a weighted mean, ± 1.96 × √(Σ w²·n·SD²) ÷ Σ w·n. Unit: that of the scores.
    /// </summary>
    /// <returns>Estimated; NotApplicable when nobody is matched in any year.</returns>
    public static Measure Weighted(ProgressYear newest, ProgressYear before, ProgressYear oldest)
    {
        ReadOnlySpan<ProgressYear> years = [newest, before, oldest];
        double sum = 0, weight = 0, variance = 0;
        var all = default(Tally);
        for (var i = 0; i < years.Length; i++)
        {
            var (tally, deviation) = years[i];
            sum += Weights[i] * tally.Sum;
            weight += Weights[i] * tally.Matched;
            variance += Weights[i] * Weights[i] * tally.Matched * deviation * deviation;
            all += tally;
        }
        if (all.Matched == 0)
            return all.Nothing();
        var half = Intervals.Z * Math.Sqrt(variance) / weight;
        return new Measure.Estimated(sum / weight, (sum / weight) - half, (sum / weight) + half, MeasureUnit.Progress, all.Population);
    }

    /// <summary>
    /// The place of a score among those of all mainstream schools: the share of schools below it, with half of those that are equal, 0 to 100;
    /// 75 means as good as or better than three quarters. A score that is not there has no place, and says why.
    /// </summary>
    /// <param name="schools">The schools' scores in rising order.</param>
    /// <returns>NotApplicable with NoReference when there are no schools to compare with.</returns>
    public static Measure PercentileOf(Measure score, ReadOnlySpan<double> schools)
    {
        if (!score.TryValue(out var value) || !score.TryPopulation(out var population))
            return score;
        if (schools.IsEmpty)
            return new Measure.NotApplicable(NotApplicableReason.NoReference, population);
        var (below, upTo) = Places.Of(schools, value);
        return new Measure.Scalar(50.0 * (below + upTo) / schools.Length, MeasureUnit.Percentile, population);
    }

    /// <summary>
    /// The same where only percentiles of the schools are known (national_school_distributions): a straight line between neighbouring ones. Below
    /// the first and above the last it stays at that percentile, because nothing is known further out.
    /// </summary>
    /// <param name="percentiles">Percent (1, 5, 10 …) and the score that it lies at, both rising; scores may repeat.</param>
    public static Measure PercentileOf(Measure score, ReadOnlySpan<(double Percent, double Score)> percentiles)
    {
        if (!score.TryValue(out var value) || !score.TryPopulation(out var population))
            return score;
        if (percentiles.IsEmpty)
            return new Measure.NotApplicable(NotApplicableReason.NoReference, population);
        var next = 0;
        while (next < percentiles.Length && percentiles[next].Score < value)
            next++;
        var percent = next == 0 ? percentiles[0].Percent : next == percentiles.Length ? percentiles[^1].Percent : Between(percentiles[next - 1], percentiles[next], value);
        return new Measure.Scalar(percent, MeasureUnit.Percentile, population);
    }

    private static double Between((double Percent, double Score) low, (double Percent, double Score) high, double value) =>
        low.Percent + ((high.Percent - low.Percent) * (value - low.Score) / (high.Score - low.Score));
}
