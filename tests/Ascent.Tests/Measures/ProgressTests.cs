using Ascent.Measures;
using Ascent.Shared;

namespace Ascent.Tests.Measures;

public sealed class ProgressTests
{
    private static readonly AcademicYear Year = AcademicYear.EndingIn(2024);

    private static readonly ProgressTable Table = new(new(Year, ReferenceStatus.Illustrative), PriorGroups.UpTo(100), [GroupEstimate.Of(40), GroupEstimate.None], 10, 1.4);

    // Tests were cancelled in the summers of 2020 and 2021: KS1 of then is KS2 of 2024 and 2025, KS2 of then KS4 of 2025 and 2026.
    [Theory]
    [InlineData(Baseline.KeyStage1, 2023, false)]
    [InlineData(Baseline.KeyStage1, 2024, true)]
    [InlineData(Baseline.KeyStage1, 2025, true)]
    [InlineData(Baseline.KeyStage1, 2026, false)]
    [InlineData(Baseline.KeyStage2, 2024, false)]
    [InlineData(Baseline.KeyStage2, 2025, true)]
    [InlineData(Baseline.KeyStage2, 2026, true)]
    [InlineData(Baseline.KeyStage2, 2027, false)]
    [InlineData(Baseline.KeyStage4, 2025, false)]
    public void IsMissing_OfACohort_FollowsTheCancelledYears(Baseline baseline, int endYear, bool expected) =>
        Assert.Equal(expected, Progress.IsMissing(baseline, AcademicYear.EndingIn(endYear)));

    // Whatever is loaded or matched by mistake: no score, never nought, and the reason.
    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    public void Of_ACohortWithoutBaseline_SaysSo(int endYear) =>
        Assert.All([null, Table], table => Assert.Equal(
            new Measure.NotApplicable(NotApplicableReason.NoBaseline, new(150, 0)),
            Progress.Of(Baseline.KeyStage2, AcademicYear.EndingIn(endYear), new(150, 150, 30, 90), table)));

    [Fact]
    public void Of_WithoutNationalFigures_SaysSo() =>
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NoReference, new(150, 0)), Progress.Of(Baseline.KeyStage2, Year, new(150, 0, 0, 0), null));

    [Fact]
    public void Of_NationalFiguresOfAnotherYear_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Progress.Of(Baseline.KeyStage2, Year.Previous, new(1, 1, 0, 0), Table));

    // 49 of 100 are too few, half is enough; nobody of 10, and nobody at all, are something else again.
    [Fact]
    public void Of_FewMatched_IsLowCoverage()
    {
        Assert.Equal(new Measure.LowCoverage(new(100, 49)), Of(new(100, 49, 5, 9)));
        Assert.IsType<Measure.Estimated>(Of(new(100, 50, 5, 9)));
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NobodyCounts, new(10, 0)), Of(new(10, 0, 0, 0)));
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NoPupils, default), Of(default));
        Assert.IsType<Measure.Estimated>(Progress.Of(Baseline.KeyStage2, Year, new(100, 49, 5, 9), Table, leastCoverage: 0.4));
    }

    // (52 − 40) ÷ 10 = +1.2; the second group has no estimate, as a pupil without prior attainment has no group.
    [Fact]
    public void ScoreOf_APupil_IsTheDifferenceFromItsGroup()
    {
        Assert.Equal(Outcome.Of(1.2), Table.ScoreOf(PriorAttainment.Of(95), 52));
        Assert.Equal(Outcome.Missing, Table.ScoreOf(PriorAttainment.Of(105), 52));
        Assert.Equal(Outcome.Missing, Table.ScoreOf(PriorAttainment.None, 52));
        Assert.Throws<ArgumentException>(() => new ProgressTable(Table.Edition, Table.Groups, [GroupEstimate.None], 1, 1));
    }

    private static Measure Of(Tally tally) => Progress.Of(Baseline.KeyStage2, Year, tally, Table);
}
