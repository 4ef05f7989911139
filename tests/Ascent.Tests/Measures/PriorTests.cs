using Ascent.Measures;
using CsCheck;

namespace Ascent.Tests.Measures;

public sealed class PriorTests
{
    [Fact]
    public void Prior_ThatIsNotKnown_IsInNoGroupAndNoBand()
    {
        Assert.Equal(PriorAttainment.None, default);
        Assert.Throws<InvalidOperationException>(() => PriorAttainment.None.Value);
        Assert.Equal(0, PriorGroups.Progress8.GroupOf(PriorAttainment.None));
        Assert.Equal(Ks2Band.None, PriorBands.ByKeyStage2(PriorAttainment.None));
        Assert.Equal(Ks1Band.None, PriorBands.ByKeyStage1Levels(PriorAttainment.None));
        // Nought is known: some scales begin there.
        Assert.True(PriorAttainment.Of(0).IsKnown);
        Assert.Throws<ArgumentOutOfRangeException>(() => PriorAttainment.Of(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => PriorAttainment.Of(-1));
    }

    // Reading 105, maths 103 → 104, group 18; 104 and 103 → 103.5, which is group 18 too; 103 and 103 → 103, group 17.
    [Theory]
    [InlineData(105, 103, 104, 18)]
    [InlineData(104, 103, 103.5, 18)]
    [InlineData(103, 103, 103, 17)]
    [InlineData(70, 79, 74.5, 1)]
    public void OfKeyStage2_TwoScores_IsTheirMeanAndNotRounded(double reading, double maths, double mean, int group)
    {
        var prior = PriorAttainment.OfKeyStage2(reading, maths);

        Assert.Equal(mean, prior.Value);
        Assert.Equal(group, PriorGroups.Progress8.GroupOf(prior));
    }

    // The published range of each of the 34 groups, in all editions: both ends.
    [Fact]
    public void GroupOf_EndsOfThePublishedRanges_IsTheirGroup()
    {
        var rows = ReferenceFile.Rows("progress8_attainment8_estimates.csv");
        Assert.Equal(170, rows.Count);

        Assert.All(rows, row => Assert.All(["ks2_avg_scaled_low", "ks2_avg_scaled_high"], end =>
            Assert.Equal((int)NationalFigures.Number(row["pag"]), PriorGroups.Progress8.GroupOf(PriorAttainment.Of(NationalFigures.Number(row[end]))))));
    }

    [Fact]
    public void GroupOf_BoundsOfBothKinds_BelongBelowOrAbove()
    {
        var upTo = PriorGroups.UpTo(10, 20);
        var from = PriorGroups.From(10, 20);

        Assert.Equal([1, 1, 2, 2, 3], new[] { 0, 10.0, 10.5, 20, 21 }.Select(v => upTo.GroupOf(PriorAttainment.Of(v))));
        Assert.Equal([1, 2, 2, 3, 3], new[] { 0, 10.0, 10.5, 20, 21 }.Select(v => from.GroupOf(PriorAttainment.Of(v))));
        Assert.Throws<ArgumentException>(() => PriorGroups.UpTo(10, 10));
        Assert.Throws<ArgumentException>(() => PriorGroups.From(20, double.NaN));
    }

    // The same by counting, for any value and any bounds; and a higher value is never in a lower group.
    [Fact]
    public void GroupOf_AnyValue_IsOneMoreThanTheBoundsBelowIt() =>
        Gen.Select(Gen.Int[0, 240].HashSet[0, 30], Gen.Int[0, 240], Gen.Int[0, 20]).Hold(one =>
        {
            var (set, halves, more) = one;
            double[] bounds = [.. set.Order().Select(b => b / 2.0)];
            var value = halves / 2.0;
            var prior = PriorAttainment.Of(value);

            Assert.Equal(1 + bounds.Count(b => value > b), PriorGroups.UpTo(bounds).GroupOf(prior));
            Assert.Equal(1 + bounds.Count(b => value >= b), PriorGroups.From(bounds).GroupOf(prior));
            Assert.True(PriorGroups.UpTo(bounds).GroupOf(PriorAttainment.Of(value + more)) >= PriorGroups.UpTo(bounds).GroupOf(prior));
        });

    // Not rounded: 99.5 is low, 109.5 middle. Reading 116 and maths 98 → 107, middle.
    [Theory]
    [InlineData(99.5, Ks2Band.Low)]
    [InlineData(100, Ks2Band.Middle)]
    [InlineData(107, Ks2Band.Middle)]
    [InlineData(109.5, Ks2Band.Middle)]
    [InlineData(110, Ks2Band.High)]
    public void ByKeyStage2_AMean_IsInTheDepartmentsBand(double mean, Ks2Band expected) => Assert.Equal(expected, PriorBands.ByKeyStage2(PriorAttainment.Of(mean)));

    [Theory]
    [InlineData(11.5, Ks1Band.Low)]
    [InlineData(12, Ks1Band.Middle)]
    [InlineData(17.5, Ks1Band.Middle)]
    [InlineData(18, Ks1Band.High)]
    public void ByKeyStage1Levels_Points_AreInTheDepartmentsBand(double points, Ks1Band expected) => Assert.Equal(expected, PriorBands.ByKeyStage1Levels(PriorAttainment.Of(points)));

    // Six pupils with scores and one without: places 1–2 lower, 3–4 middle, 5–6 upper. All of them are in the department's middle band.
    [Fact]
    public void ByThirds_SixScores_AreCutInEqualParts()
    {
        var thirds = Thirds([105, 101, null, 109, 103, 102, 107]);

        Assert.Equal([PriorThird.Middle, PriorThird.Lower, PriorThird.None, PriorThird.Upper, PriorThird.Middle, PriorThird.Lower, PriorThird.Upper], thirds);
    }

    // Four of six are equal and hold places 2 to 5; their middle, 3.5, is in the middle third.
    [Fact]
    public void ByThirds_EqualScores_StayTogether() =>
        Assert.Equal([PriorThird.Lower, PriorThird.Middle, PriorThird.Middle, PriorThird.Middle, PriorThird.Middle, PriorThird.Upper], Thirds([90, 100, 100, 100, 100, 110]));

    [Fact]
    public void ByThirds_AnyYear_NoThirdIsLargerThanAThirdWithoutTies() =>
        Gen.Int[0, 4_000].HashSet[0, 60].Hold(set =>
        {
            var thirds = Thirds([.. set.Select(s => (double?)s)]);

            Assert.All([PriorThird.Lower, PriorThird.Middle, PriorThird.Upper], third => Assert.InRange(thirds.Count(t => t == third), set.Count / 3, (set.Count + 2) / 3));
            var ordered = set.Zip(thirds).OrderBy(p => p.First).Select(p => p.Second).ToArray();
            Assert.Equal(ordered.Order(), ordered);
        });

    private static PriorThird[] Thirds(double?[] scores)
    {
        var thirds = new PriorThird[scores.Length];
        PriorBands.ByThirds([.. scores.Select(s => s is { } score ? PriorAttainment.Of(score) : PriorAttainment.None)], thirds);
        return thirds;
    }
}
