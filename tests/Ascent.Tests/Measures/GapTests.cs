using Ascent.Measures;
using CsCheck;

namespace Ascent.Tests.Measures;

public sealed class GapTests
{
    // Disadvantaged 12 of 25 met = 48%, others 42 of 60 = 70%: −22 points.
    [Fact]
    public void Between_TwoShares_IsTheGroupLessTheOthers() =>
        Assert.Equal(new Measure.Scalar(-22, MeasureUnit.Percentage, new(90, 85)), Gap.Between(new Tally(27, 25, 12, 12).Percentage(), new Tally(63, 60, 42, 42).Percentage()));

    // Newcombe 1998, table II (a), method 10: 56 of 70 and 48 of 80 differ by 0.2, with 0.0524 to 0.3339.
    [Fact]
    public void Between_TwoSharesWithIntervals_HasNewcombesInterval()
    {
        var gap = Assert.IsType<Measure.Estimated>(Gap.Between(new Tally(70, 70, 56, 56).PercentageWithInterval(), new Tally(80, 80, 48, 48).PercentageWithInterval()));

        Assert.Equal(20, gap.Point, 1e-9);
        Assert.Equal(5.24, gap.Lower, 0.005);
        Assert.Equal(33.39, gap.Upper, 0.005);
        Assert.Equal(Significance.Above, gap.Against(0));
    }

    // −0.57 ± 0.3 against 0.16 ± 0.4: −0.73 ± √(0.09 + 0.16) = ± 0.5.
    [Fact]
    public void Between_TwoProgressScores_AddsTheSquares()
    {
        var gap = Assert.IsType<Measure.Estimated>(Gap.Between(Score(-0.57, 0.3), Score(0.16, 0.4)));

        Assert.Equal((-0.73, -1.23, -0.23), (Math.Round(gap.Point, 9), Math.Round(gap.Lower, 9), Math.Round(gap.Upper, 9)));
    }

    // The national figure has no interval: then the gap has none.
    [Fact]
    public void Between_AScoreAndAPlainFigure_IsPlain() =>
        Assert.Equal(-0.6, Assert.IsType<Measure.Scalar>(Gap.Between(Score(-0.57, 0.3), new Measure.Scalar(0.03, MeasureUnit.Progress, new(100, 100)))).Value, 1e-9);

    [Fact]
    public void Between_AFigureThatIsNotThere_HasNone()
    {
        var figure = Score(0.5, 0.2);
        Measure few = new Measure.Withheld(WithheldReason.Few), none = new Measure.NotApplicable(NotApplicableReason.NoPupils, default), low = new Measure.LowCoverage(new(9, 2));

        Assert.Equal(few, Gap.Between(figure, few));
        Assert.Equal(few, Gap.Between(none, few));
        Assert.Equal(none, Gap.Between(none, low));
        Assert.Equal(low, Gap.Between(figure, low));
    }

    [Fact]
    public void Between_NumbersOfDifferentThings_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Gap.Between(new Tally(5, 5, 3, 3).Percentage(), new Tally(5, 5, 3, 3).Average()));

    [Fact]
    public void Between_AnyTwo_TurnsRoundWithThem() =>
        Gen.Select(Gen.Double[-2, 2], Gen.Double[0, 1], Gen.Double[-2, 2], Gen.Double[0, 1]).Hold(one =>
        {
            var (left, right) = (Score(one.Item1, one.Item2), Score(one.Item3, one.Item4));
            var there = Assert.IsType<Measure.Estimated>(Gap.Between(left, right));
            var back = Assert.IsType<Measure.Estimated>(Gap.Between(right, left));

            Assert.Equal(-there.Point, back.Point, 1e-9);
            Assert.Equal(-there.Lower, back.Upper, 1e-9);
        });

    private static Measure.Estimated Score(double point, double half) => new(point, point - half, point + half, MeasureUnit.Progress, new(50, 48));
}
