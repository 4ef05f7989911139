using Ascent.Measures;
using CsCheck;

namespace Ascent.Tests.Measures;

public sealed class TallyTests
{
    private static readonly Gen<Outcome> AnOutcome = Gen.Frequency(
        (1, Gen.Const(Outcome.Outside)), (1, Gen.Const(Outcome.Missing)), (4, Gen.Double[-20, 120].Select(Outcome.Of)));

    private static readonly Gen<Outcome> MetOrNot = Gen.Frequency((1, Gen.Const(Outcome.Outside)), (1, Gen.Const(Outcome.Missing)), (4, Gen.Bool.Select(Outcome.Met)));

    // 4, 6 and 11 of five pupils, one of them without a result and one not eligible: n 4, matched 3, Σ 21, Σ² 173, mean 7; spread √((173 − 147) ÷ 2) = √13.
    [Fact]
    public void Of_PupilsInAllStandings_CountsEachAlike()
    {
        var tally = TallyOf([Outcome.Of(4), Outcome.Missing, Outcome.Of(6), Outcome.Outside, Outcome.Of(11)]);

        Assert.Equal(new(4, 3, 21, 173), tally);
        Assert.Equal(new Measure.Scalar(7, MeasureUnit.Average, new(4, 3)), tally.Average());
        Assert.Equal(new Measure.Scalar(Math.Sqrt(13), MeasureUnit.Average, new(4, 3)), tally.Spread());
    }

    // 3 of 4 met: 75%. Wilson: (0.75 + 0.4802 ± 1.96 √(0.046875 + 0.0600…)) ÷ 1.9604 = 0.3006 to 0.9544.
    [Fact]
    public void Percentage_ThreeOfFour_HasWilsonsInterval()
    {
        var tally = TallyOf([Outcome.Met(true), Outcome.Met(true), Outcome.Met(false), Outcome.Met(true)]);

        Assert.Equal(new Measure.Scalar(75, MeasureUnit.Percentage, new(4, 4)), tally.Percentage());
        var interval = Assert.IsType<Measure.Estimated>(tally.PercentageWithInterval());
        Assert.Equal(75, interval.Point);
        Assert.Equal(30.06, interval.Lower, 0.005);
        Assert.Equal(95.44, interval.Upper, 0.005);
    }

    // 47 ± 1.96 × 20 ÷ √25 = 47 ± 7.84.
    [Fact]
    public void AverageWithInterval_TwentyFivePupils_UsesTheNationalSpread()
    {
        var interval = Assert.IsType<Measure.Estimated>(new Tally(25, 25, 47 * 25, 0).AverageWithInterval(20));

        Assert.Equal((47.0, 39.16, 54.84), (interval.Point, Math.Round(interval.Lower, 10), Math.Round(interval.Upper, 10)));
    }

    [Fact]
    public void Figures_WithNobody_AreNotApplicableAndNeverNought()
    {
        var nobody = new Measure.NotApplicable(NotApplicableReason.NoPupils, default);
        var nobodyCounts = new Measure.NotApplicable(NotApplicableReason.NobodyCounts, new(2, 0));
        foreach (var (tally, expected) in new[] { (TallyOf([]), nobody), (TallyOf([Outcome.Outside]), nobody), (TallyOf([Outcome.Missing, Outcome.Missing]), nobodyCounts) })
            Assert.All([tally.Percentage(), tally.PercentageWithInterval(), tally.Average(), tally.AverageWithInterval(1), tally.Spread()], m => Assert.Equal(expected, m));
        Assert.Equal(nobody, default(RatioTally).Ratio(MeasureUnit.Rate));
        Assert.Equal(nobodyCounts, new RatioTally(2, 0, 0, 0).Ratio(MeasureUnit.Rate));
        // One alone has a mean and no spread.
        Assert.IsType<Measure.NotApplicable>(TallyOf([Outcome.Of(3)]).Spread());
    }

    [Fact]
    public void Of_PupilsInAnotherOrder_IsTheSameFigure() =>
        Gen.Select(AnOutcome.Array[0, 60], Gen.Int).Hold(one =>
        {
            var (outcomes, seed) = one;
            var shuffled = outcomes.Select((o, i) => (o, Key: HashCode.Combine(seed, i))).OrderBy(p => p.Key).Select(p => p.o).ToArray();

            Same(TallyOf(outcomes), TallyOf(shuffled));
            Assert.Equal(TallyOf(outcomes).Average().Rounded(), TallyOf(shuffled).Average().Rounded());
        });

    [Fact]
    public void Add_PartsOfASet_IsTheWhole() =>
        Gen.Select(AnOutcome.Array[0, 40], AnOutcome.Array[0, 40]).Hold(one =>
        {
            var (left, right) = one;
            var whole = TallyOf([.. left, .. right]);

            Same(whole, TallyOf(left) + TallyOf(right));
            Same(TallyOf(right), whole - TallyOf(left));
        });

    [Fact]
    public void Interval_OfAnySet_HoldsThePoint() =>
        Gen.Select(AnOutcome.Array[1, 40], MetOrNot.Array[1, 40], Gen.Double[0, 30]).Hold(one =>
        {
            var (points, met, deviation) = one;
            foreach (var measure in new[] { TallyOf(points).AverageWithInterval(deviation), TallyOf(met).PercentageWithInterval() })
                if (measure is Measure.Estimated interval)
                    Assert.InRange(interval.Point, interval.Lower, interval.Upper);
            if (TallyOf(met).PercentageWithInterval() is Measure.Estimated share)
                Assert.True(share is { Lower: >= 0, Upper: <= 100 } && share.Lower < share.Upper);
        });

    // A pupil above the mean pulls it up, one below pulls it down; one who does better than before never lowers it.
    [Fact]
    public void Average_OnePupilMore_MovesTowardsThatPupil() =>
        Gen.Select(Gen.Double[-5, 5].Array[1, 40], Gen.Double[-5, 5], Gen.Double[0, 5]).Hold(one =>
        {
            var (scores, added, better) = one;
            var before = Mean(scores);
            var after = Mean([.. scores, added]);

            Assert.True(added >= before ? after >= before - 1e-12 : after <= before + 1e-12);
            Assert.True(Mean([.. scores[1..], scores[0] + better]) >= before - 1e-12);
        });

    // In the hot loop nothing is made that has to be swept up.
    [Fact]
    public void Of_ManyPupils_AllocatesNothing()
    {
        var outcomes = new Outcome[10_000];
        Array.Fill(outcomes, Outcome.Of(1));
        TallyOf(outcomes);

        Assert.InRange(Property.Allocates(() => TallyOf(outcomes)), 0, Property.LittleMemory);
    }

    private static double Mean(double[] scores) => TallyOf([.. scores.Select(Outcome.Of)]).Average().TryValue(out var mean) ? mean : throw new InvalidOperationException();

    private static Tally TallyOf(Outcome[] outcomes) => Tally.Of<Outcome>(outcomes, static (in o) => o);

    private static void Same(Tally expected, Tally actual)
    {
        Assert.Equal(expected.Population, actual.Population);
        Assert.Equal(expected.Sum, actual.Sum, 1e-8);
        Assert.Equal(expected.SumOfSquares, actual.SumOfSquares, 1e-6);
    }
}
