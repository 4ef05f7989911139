using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Shared;

namespace Ascent.Tests.Reports.Figures;

public sealed class StartAndOutcomeTests
{
    private static readonly StartAndOutcome Ks4 = StartAndOutcome.Of(CohortStage.Ks4)!;

    // Group n is estimated 2n points; pupils differ by 1.2 grades.
    private static readonly NationalYear National = new(new Progress8Reference(
        new(AcademicYear.StartingIn(2023), ReferenceStatus.Illustrative), [.. Enumerable.Range(1, 34).Select(n => new Attainment8Estimate(2 * n, 0, 0, 0, 0))], new(1.2, 1, 1, 1, 1)));

    [Fact]
    public void EstimateFor_Ks4_IsTheGroupsWithTheBandOfEightInTen()
    {
        // 104 is in group 18: 82, 86, 87.5, 89, 90.5, 92, then a point each.
        var estimate = Ks4.EstimateFor(PriorAttainment.Of(104), National)!;

        Assert.Equal(36, estimate.Estimate);
        Assert.Equal(36 + 15.3792, estimate.Upper, 4);
        Assert.Equal(36 - 15.3792, estimate.Lower, 4);
    }

    [Fact]
    public void EstimateFor_NearTheEndOfTheScale_StaysOnIt() => Assert.Equal(0, Ks4.EstimateFor(PriorAttainment.Of(80), National)!.Lower);

    [Fact]
    public void EstimateFor_WithoutStartOrNationalFigures_IsNone()
    {
        Assert.Null(Ks4.EstimateFor(PriorAttainment.None, National));
        Assert.Null(Ks4.EstimateFor(PriorAttainment.Of(104), NationalYear.Nothing));
        Assert.Empty(Ks4.Line(80, 120, NationalYear.Nothing));
    }

    [Fact]
    public void Line_Ks4_MeetsEveryGroupBetweenItsEndsOnce()
    {
        var line = Ks4.Line(80, 120, National);

        Assert.Equal((80, 120), (line[0].Start, line[^1].Start));
        // 34 groups and the two ends.
        Assert.Equal(Enumerable.Range(1, 34).Select(n => 2d * n), line.Select(p => p.Estimate).Distinct());
        Assert.Equal(36, line.Count);
        Assert.Equal(line.OrderBy(p => p.Start), line);
    }

    [Fact]
    public void HasBaseline_CohortsThatWereNotAssessed_HaveNone()
    {
        Assert.Equal([true, false, false, true], Enumerable.Range(2023, 4).Select(y => Ks4.HasBaseline(AcademicYear.StartingIn(y))));
        Assert.Equal([false, false, true], Enumerable.Range(2023, 3).Select(y => StartAndOutcome.Of(CohortStage.Ks2)!.HasBaseline(AcademicYear.StartingIn(y))));
        Assert.Null(StartAndOutcome.Of(CohortStage.Ks1));
    }
}
