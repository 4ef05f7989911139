namespace Ascent.Measures;

/// <summary>
/// All that a mean or a share of any set of pupils needs: how many, how many matched, the sum of their outcomes and of the squares. Tallies of
/// sets without a common pupil add up to the tally of both, so those of schools can be kept and put together. A sum depends on the order of
/// adding in its last bits only, which rounding takes away.
/// </summary>
public readonly record struct Tally(int N, int Matched, double Sum, double SumOfSquares)
{
    public Population Population => new(N, Matched);

    /// <summary>Goes once through the pupils; nothing is allocated.</summary>
    public static Tally Of<TPupil>(ReadOnlySpan<TPupil> pupils, OutcomeOf<TPupil> outcomeOf)
    {
        int n = 0, matched = 0;
        double sum = 0, squares = 0;
        foreach (ref readonly var pupil in pupils)
        {
            var outcome = outcomeOf(in pupil);
            n += outcome.IsInCohort ? 1 : 0;
            matched += outcome.Counts ? 1 : 0;
            sum += outcome.Value;
            squares += outcome.Value * outcome.Value;
        }
        return new(n, matched, sum, squares);
    }

    public static Tally operator +(Tally left, Tally right) =>
        new(left.N + right.N, left.Matched + right.Matched, left.Sum + right.Sum, left.SumOfSquares + right.SumOfSquares);

    /// <summary>What is left of a set when a part of it is taken away.</summary>
    public static Tally operator -(Tally whole, Tally part) =>
        new(whole.N - part.N, whole.Matched - part.Matched, whole.Sum - part.Sum, whole.SumOfSquares - part.SumOfSquares);

    /// <summary>100 × Σ met ÷ matched. Percent, 0 to 100. Without anybody matched: not applicable.</summary>
    public Measure Percentage() => Matched > 0 ? new Measure.Scalar(100 * Sum / Matched, MeasureUnit.Percentage, Population) : Nothing();

    /// <summary>The same with Wilson's 95% interval.</summary>
    public Measure PercentageWithInterval()
    {
        if (Matched == 0)
            return Nothing();
        var (lower, upper) = Intervals.Wilson(Sum, Matched);
        var point = 100 * Sum / Matched;
        return new Measure.Estimated(point, Math.Min(point, 100 * lower), Math.Max(point, 100 * upper), MeasureUnit.Percentage, Population);
    }

    /// <summary>Σ outcomes ÷ matched, in the outcomes' unit. Without anybody matched: not applicable.</summary>
    public Measure Average(MeasureUnit unit = MeasureUnit.Average) => Matched > 0 ? new Measure.Scalar(Sum / Matched, unit, Population) : Nothing();

    /// <summary>The same with the 95% interval that follows from the national spread of pupils.</summary>
    /// <param name="standardDeviation">Of pupils nationally, in the outcomes' unit.</param>
    public Measure AverageWithInterval(double standardDeviation, MeasureUnit unit = MeasureUnit.Average)
    {
        if (Matched == 0)
            return Nothing();
        var half = Intervals.HalfWidth(standardDeviation, Matched);
        var mean = Sum / Matched;
        return new Measure.Estimated(mean, mean - half, mean + half, unit, Population);
    }

    /// <summary>The standard deviation of these very pupils, √((Σ² − (Σ)²÷n) ÷ (n − 1)). With fewer than two matched: not applicable.</summary>
    public Measure Spread(MeasureUnit unit = MeasureUnit.Average) =>
        Matched > 1 ? new Measure.Scalar(Math.Sqrt(Math.Max(0, SumOfSquares - (Sum * Sum / Matched)) / (Matched - 1)), unit, Population) : Nothing();

    internal Measure.NotApplicable Nothing() => new(N == 0 ? NotApplicableReason.NoPupils : NotApplicableReason.NobodyCounts, Population);
}

/// <summary>For measures that are a sum over a sum, and not a mean of pupils: sessions missed of those possible, points per entry.</summary>
public readonly record struct RatioTally(int N, int Matched, double Part, double Whole)
{
    public Population Population => new(N, Matched);

    public static RatioTally operator +(RatioTally left, RatioTally right) =>
        new(left.N + right.N, left.Matched + right.Matched, left.Part + right.Part, left.Whole + right.Whole);

    public static RatioTally operator -(RatioTally whole, RatioTally part) =>
        new(whole.N - part.N, whole.Matched - part.Matched, whole.Part - part.Part, whole.Whole - part.Whole);

    /// <summary>scale × Σ part ÷ Σ whole. With no whole: not applicable.</summary>
    public Measure Ratio(MeasureUnit unit, double scale = 1) =>
        Matched > 0 && Whole > 0
            ? new Measure.Scalar(scale * Part / Whole, unit, Population)
            : new Measure.NotApplicable(N == 0 ? NotApplicableReason.NoPupils : NotApplicableReason.NobodyCounts, Population);
}
