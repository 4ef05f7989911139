namespace Ascent.Measures;

/// <summary>The difference between two groups, such as disadvantaged pupils and others.</summary>
public static class Gap
{
    /// <summary>
    /// group − others, in their unit (percentage points, points): below nought where the group is behind. Worked out before rounding, so it may
    /// differ by one from the difference of what is shown. Others are those of the same school, or of the nation.
    /// With two intervals it has one too, by square-and-add: d − √((p₁−l₁)² + (u₂−p₂)²) to d + √((u₁−p₁)² + (p₂−l₂)²), which for means is the
    /// usual one and for shares Newcombe's. Source: R. G. Newcombe, 1998.
    /// </summary>
    /// <returns>Withheld when one of the two is: with the other it would be given away. Otherwise what one of them lacks, the group first.</returns>
    /// <exception cref="ArgumentException">The two are numbers of different things.</exception>
    public static Measure Between(Measure group, Measure others) => (group, others) switch
    {
        (Measure.Withheld one, _) => new Measure.Withheld(one.Reason),
        (_, Measure.Withheld one) => new Measure.Withheld(one.Reason),
        (Measure.NotApplicable or Measure.LowCoverage, _) => group,
        (_, Measure.NotApplicable or Measure.LowCoverage) => others,
        (Measure.Estimated one, Measure.Estimated other) => WithInterval(one, other),
        _ => Plain(Figure(group), Figure(others)),
    };

    private static Measure.Estimated WithInterval(Measure.Estimated one, Measure.Estimated other)
    {
        var gap = one.Point - other.Point;
        return new(
            gap, gap - double.Hypot(one.Point - one.Lower, other.Upper - other.Point), gap + double.Hypot(one.Upper - one.Point, other.Point - other.Lower),
            Same(one.Unit, other.Unit), one.Population + other.Population);
    }

    private static Measure.Scalar Plain(Measure.Scalar one, Measure.Scalar other) =>
        new(one.Value - other.Value, Same(one.Unit, other.Unit), one.Population + other.Population);

    private static Measure.Scalar Figure(Measure measure) => measure switch
    {
        Measure.Estimated one => new(one.Point, one.Unit, one.Population),
        _ => (Measure.Scalar)measure,
    };

    private static MeasureUnit Same(MeasureUnit one, MeasureUnit other) =>
        one == other ? one : throw new ArgumentException($"No gap between {one} and {other}.");
}
