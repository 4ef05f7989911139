using System.Globalization;
using Ascent.Measures;
using CsCheck;

namespace Ascent.Tests.Measures;

public sealed class IntervalsTests
{
    // 1.96 × 6 ÷ √n, as the sources state for an SD of 6: n 10 ± 3.7, 28 ± 2.2, 60 ± 1.5, 180 ± 0.9.
    [Theory]
    [InlineData(10, 3.7)]
    [InlineData(28, 2.2)]
    [InlineData(60, 1.5)]
    [InlineData(180, 0.9)]
    public void HalfWidth_AnSdOfSix_IsAsPublished(int n, double expected) => Assert.Equal(expected, Intervals.HalfWidth(6, n), 0.05);

    // Published examples of Wilson's interval at z 1.96: 0 of 10 → 0 to 27.8%; 81 of 263 → 25.5 to 36.6% (Newcombe 1998, table I); 10 of 10 mirrors the first.
    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_KnownShares_AreAsPublished(int met, int n, double lower, double upper)
    {
        var (low, high) = Intervals.Wilson(met, n);

        Assert.Equal(lower, low, 0.00006);
        Assert.Equal(upper, high, 0.00006);
    }

    [Fact]
    public void Wilson_AnyShare_LiesWithinNoughtAndOneAndHoldsIt() =>
        Gen.Select(Gen.Int[1, 5_000], Gen.Double[0, 1]).Hold(one =>
        {
            var met = (int)(one.Item1 * one.Item2);
            var (low, high) = Intervals.Wilson(met, one.Item1);
            var mirrored = Intervals.Wilson(one.Item1 - met, one.Item1);

            Assert.True(low >= 0 && high <= 1 && low < high);
            Assert.InRange((double)met / one.Item1, low - 1e-12, high + 1e-12);
            Assert.Equal(1 - high, mirrored.Lower, 1e-9);
        });

    [Fact]
    public void Intervals_OfNobodyOrNonsense_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Intervals.Wilson(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Intervals.Wilson(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Intervals.HalfWidth(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Intervals.HalfWidth(-1, 4));
    }

    // The cut-offs of Progress 8: 0.496 is published as 0.50 and is well above; −0.504 as −0.50, which is not well below.
    [Theory]
    [InlineData(0.50, 0.10, ProgressBand.WellAbove)]
    [InlineData(0.496, 0.10, ProgressBand.WellAbove)]
    [InlineData(0.494, 0.10, ProgressBand.Above)]
    [InlineData(0.20, 0.10, ProgressBand.Above)]
    [InlineData(0.20, 0.30, ProgressBand.Average)]
    [InlineData(2.00, 2.10, ProgressBand.Average)]
    [InlineData(0.00, 0.10, ProgressBand.Average)]
    [InlineData(-0.20, 0.10, ProgressBand.Below)]
    [InlineData(-0.504, 0.10, ProgressBand.Below)]
    [InlineData(-0.506, 0.10, ProgressBand.WellBelow)]
    [InlineData(-0.65, 0.70, ProgressBand.Average)]
    public void BandOf_AProgress8Score_IsDecidedByIntervalAndThenByCutOff(double score, double half, ProgressBand expected) =>
        Assert.Equal(expected, ProgressCutOffs.Progress8.BandOf(new(score, score - half, score + half, MeasureUnit.Progress, new(100, 100))));

    // What was seen in the published tables of 2018/19, for each measure and band: the lowest and the highest score, with an interval that fits the band.
    [Fact]
    public void BandOf_ScoresSeenInPublishedTables_IsTheirBand()
    {
        var measures = ReferenceFile.Rows("progress_bands_observed_2019.csv").GroupBy(r => r["measure"]).ToArray();
        Assert.Equal(5, measures.Length);

        foreach (var measure in measures)
        {
            var rows = measure.OrderBy(r => r["band"]).ToArray();
            var cutOffs = new ProgressCutOffs(Number(rows[0], "lowest_score_seen"), Number(rows[4], "highest_score_seen"), measure.Key.StartsWith("KS2", StringComparison.Ordinal) ? 1 : 2);
            foreach (var row in rows)
                foreach (var seen in new[] { Number(row, "lowest_score_seen"), Number(row, "highest_score_seen") })
                {
                    var half = row["band"] == "3" ? Math.Abs(seen) + 0.01 : Math.Abs(seen) - 0.001;
                    Assert.Equal((ProgressBand)(int)Number(row, "band"), cutOffs.BandOf(new(seen, seen - half, seen + half, MeasureUnit.Progress, new(90, 90))));
                }
        }
    }

    private static double Number(IReadOnlyDictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);
}
