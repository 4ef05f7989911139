using Ascent.Measures;

namespace Ascent.Tests.Measures;

public sealed class MeasureTests
{
    private static readonly Population Some = new(30, 28);

    private static readonly Measure[] OneOfEach =
    [
        new Measure.Scalar(62.5, MeasureUnit.Percentage, Some), new Measure.Estimated(0.285, -0.055, 0.555, MeasureUnit.Progress, Some),
        new Measure.Withheld(WithheldReason.Few), new Measure.NotApplicable(NotApplicableReason.NoBaseline, new(30, 0)), new Measure.LowCoverage(new(30, 12)),
    ];

    // A sixth kind would have to be thought of wherever one is shown.
    [Fact]
    public void Kinds_OfTheFamily_AreFive() =>
        Assert.Equal(
            OneOfEach.Select(m => m.GetType()).ToHashSet(),
            typeof(Measure).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Measure))).ToHashSet());

    [Fact]
    public void Match_EachKind_TakesItsOwnWay() =>
        Assert.Equal(["s", "e", "w", "n", "l"], OneOfEach.Select(m => m.Match(_ => "s", _ => "e", _ => "w", _ => "n", _ => "l")));

    [Fact]
    public void TryValue_KindsWithoutAFigure_GiveNone() =>
        Assert.Equal([true, true, false, false, false], OneOfEach.Select(m => m.TryValue(out _)));

    // How many are in a withheld cell is withheld with it.
    [Fact]
    public void TryPopulation_OfAWithheldMeasure_IsNotTold()
    {
        Assert.Equal([true, true, false, true, true], OneOfEach.Select(m => m.TryPopulation(out _)));
        Assert.Equal([nameof(Measure.Withheld.Reason)], typeof(Measure.Withheld).GetProperties().Select(p => p.Name));
    }

    [Fact]
    public void Rounded_EachKind_HasTheDecimalsOfItsUnit() =>
        Assert.Equal(
            [new Measure.Scalar(63, MeasureUnit.Percentage, Some), new Measure.Estimated(0.29, -0.06, 0.56, MeasureUnit.Progress, Some), .. OneOfEach[2..]],
            OneOfEach.Select(m => m.Rounded()));

    // Halves away from zero; 0.285 and 1.005 lie, as binary numbers, below themselves.
    [Theory]
    [InlineData(MeasureUnit.Percentage, 62.5, 63)]
    [InlineData(MeasureUnit.Percentage, 62.4999, 62)]
    [InlineData(MeasureUnit.Percentage, 0.4, 0)]
    [InlineData(MeasureUnit.Percentile, 49.5, 50)]
    [InlineData(MeasureUnit.Count, 12, 12)]
    [InlineData(MeasureUnit.Rate, 8.45, 8.5)]
    [InlineData(MeasureUnit.Average, 45.95, 46)]
    [InlineData(MeasureUnit.Average, 104.04999, 104)]
    [InlineData(MeasureUnit.Progress, 0.285, 0.29)]
    [InlineData(MeasureUnit.Progress, 1.005, 1.01)]
    [InlineData(MeasureUnit.Progress, -0.125, -0.13)]
    [InlineData(MeasureUnit.Progress, -0.5049, -0.5)]
    public void Round_AFigure_GoesToTheDecimalsOfItsUnit(MeasureUnit unit, double value, double expected) => Assert.Equal(expected, unit.Round(value));

    [Fact]
    public void Round_ATinyNegativeFigure_IsNought() => Assert.False(double.IsNegative(MeasureUnit.Progress.Round(-0.0004)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Scalar_OfNoNumber_IsRefused(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Measure.Scalar(value, MeasureUnit.Average, Some));

    [Theory]
    [InlineData(1.0, 1.1, 2.0)]
    [InlineData(2.1, 1.0, 2.0)]
    [InlineData(double.NaN, 1.0, 2.0)]
    public void Estimated_PointOutsideItsInterval_IsRefused(double point, double lower, double upper) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Measure.Estimated(point, lower, upper, MeasureUnit.Average, Some));

    [Theory]
    [InlineData(4.6, 1.7, 7.4, Significance.Above)]
    [InlineData(-3.2, -5.9, -0.5, Significance.Below)]
    [InlineData(0.8, -1.5, 3.2, Significance.NoDifference)]
    [InlineData(1.0, 0.0, 2.0, Significance.NoDifference)]
    public void Against_Nought_ReadsTheWholeInterval(double point, double lower, double upper, Significance expected) =>
        Assert.Equal(expected, new Measure.Estimated(point, lower, upper, MeasureUnit.Progress, Some).Against(0));
}
