using Ascent.Measures;
using CsCheck;

namespace Ascent.Tests.Measures;

public sealed class ThreeYearsTests
{
    // +2, +1, −1 with equal cohorts: (3 × 2 + 2 × 1 − 1) ÷ 6 = 7/6. With cohorts of 40, 30 and 50: (3×40×2 + 2×30×1 − 50) ÷ (120 + 60 + 50) = 250 ÷ 230.
    [Theory]
    [InlineData(30, 30, 30, 7.0 / 6)]
    [InlineData(40, 30, 50, 250.0 / 230)]
    [InlineData(40, 30, 0, 300.0 / 180)]
    [InlineData(0, 0, 50, -1)]
    public void Weighted_ThreeYears_CountTheNewestMost(int newest, int before, int oldest, double expected)
    {
        var score = Assert.IsType<Measure.Estimated>(ThreeYears.Weighted(Year(newest, 2), Year(before, 1), Year(oldest, -1)));

        Assert.Equal(expected, score.Point, 1e-12);
        Assert.Equal(newest + before + oldest, score.Population.Matched);
    }

    // SD 6 in cohorts of 36 each: √((9 + 4 + 1) × 36 × 36) ÷ (6 × 36) = √14 × 36 ÷ 216 = 0.6236; × 1.96 = 1.2223. One year alone: 1.96 × 6 ÷ 6 = 1.96.
    [Fact]
    public void Weighted_ThreeYears_HasTheIntervalOfAWeightedMean()
    {
        var score = Assert.IsType<Measure.Estimated>(ThreeYears.Weighted(Year(36, 0), Year(36, 0), Year(36, 0)));
        var alone = Assert.IsType<Measure.Estimated>(ThreeYears.Weighted(default, Year(36, 0), default));

        Assert.Equal(1.2223, score.Upper, 0.00005);
        Assert.Equal(1.96, alone.Upper, 1e-9);
    }

    [Fact]
    public void Weighted_NobodyInAnyYear_IsNotApplicable()
    {
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NoPupils, default), ThreeYears.Weighted(default, default, default));
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NobodyCounts, new(9, 0)), ThreeYears.Weighted(new(new(9, 0, 0, 0), 6), default, default));
    }

    [Fact]
    public void Weighted_AnyYears_LieBetweenTheirScores() =>
        Gen.Select(Gen.Int[1, 300], Gen.Double[-3, 3]).Array[3].Hold(years =>
        {
            var score = Assert.IsType<Measure.Estimated>(ThreeYears.Weighted(Year(years[0].Item1, years[0].Item2), Year(years[1].Item1, years[1].Item2), Year(years[2].Item1, years[2].Item2)));

            Assert.InRange(score.Point, years.Min(y => y.Item2) - 1e-9, years.Max(y => y.Item2) + 1e-9);
        });

    // Eight schools; two below, two equal: (2 + half of 2) ÷ 8 = 37.5.
    [Theory]
    [InlineData(0.2, 37.5)]
    [InlineData(-9, 0)]
    [InlineData(9, 100)]
    [InlineData(0.3, 50)]
    public void PercentileOf_AScore_IsItsPlaceAmongSchools(double score, double expected)
    {
        double[] schools = [-1, -0.5, 0.2, 0.2, 0.5, 0.6, 0.7, 1];

        Assert.Equal(new Measure.Scalar(expected, MeasureUnit.Percentile, new(120, 110)), ThreeYears.PercentileOf(Score(score), schools));
    }

    // Percentiles 10 at −0.5, 50 at 0, 90 at 0.5: 0.125 is a quarter of the way from 50 to 90.
    [Theory]
    [InlineData(0.125, 60)]
    [InlineData(-0.5, 10)]
    [InlineData(-2, 10)]
    [InlineData(0.5, 90)]
    [InlineData(2, 90)]
    public void PercentileOf_AScore_LiesBetweenKnownPercentiles(double score, double expected) =>
        Assert.Equal(expected, Assert.IsType<Measure.Scalar>(ThreeYears.PercentileOf(Score(score), [(10.0, -0.5), (50, 0), (90, 0.5)])).Value, 1e-9);

    [Fact]
    public void PercentileOf_AScoreThatIsNotThere_SaysWhy()
    {
        Measure none = new Measure.NotApplicable(NotApplicableReason.NoBaseline, new(120, 0)), kept = new Measure.Withheld(WithheldReason.Few);

        Assert.Equal(none, ThreeYears.PercentileOf(none, [0.1, 0.2]));
        Assert.Equal(kept, ThreeYears.PercentileOf(kept, [(50.0, 0.0)]));
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NoReference, new(120, 110)), ThreeYears.PercentileOf(Score(1), Array.Empty<double>()));
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NoReference, new(120, 110)), ThreeYears.PercentileOf(Score(1), Array.Empty<(double, double)>()));
    }

    // Every published percentile of school scores, read as a school's score, comes out as itself (or as one with the same score).
    [Fact]
    public void PercentileOf_PublishedPercentiles_IsThemselves()
    {
        string[] columns = ["p01", "p05", "p10", "p20", "p25", "p30", "p40", "p50", "p60", "p70", "p75", "p80", "p90", "p95", "p99"];
        var rows = ReferenceFile.Rows("national_school_distributions_2019.csv").Where(r => r["field"] is "P8MEA" or "READPROG" && r["scope"].StartsWith("state", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, rows.Length);

        foreach (var row in rows)
        {
            (double Percent, double Score)[] known = [.. columns.Select(c => (NationalFigures.Number(c[1..]), NationalFigures.Number(row[c])))];
            Assert.All(known, k => Assert.Equal(k.Percent, Assert.IsType<Measure.Scalar>(ThreeYears.PercentileOf(Score(k.Score), known)).Value, 1e-9));
        }
    }

    private static ProgressYear Year(int n, double mean) => new(new(n, n, n * mean, 0), 6);

    private static Measure.Estimated Score(double point) => new(point, point - 0.1, point + 0.1, MeasureUnit.Progress, new(120, 110));
}
