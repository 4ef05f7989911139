using Ascent.Reports.Cohorts;
using Ascent.Shared;

namespace Ascent.Tests.Reports.Cohorts;

public sealed class CohortStagesTests
{
    private static readonly AcademicYear Year = AcademicYear.StartingIn(2025);

    // Published census days of 2025/26.
    [Fact]
    public void Days_OfAYear_AreTheCensusDays()
    {
        Assert.Equal(new(2025, 10, 2), CohortStages.AutumnDay(Year));
        Assert.Equal(new(2026, 1, 15), CohortStage.Ks4.CensusDay(Year));
        Assert.Equal(new(2026, 5, 21), CohortStage.Ks2.CensusDay(Year));
    }

    [Theory]
    [InlineData("2025-09-01", "2025-09-01")]
    [InlineData("2025-10-01", "2025-09-01")]
    [InlineData("2025-10-02", "2025-10-02")]
    [InlineData("2026-01-14", "2025-10-02")]
    [InlineData("2026-01-15", "2026-01-15")]
    [InlineData("2026-08-31", "2026-05-21")]
    [InlineData("2026-09-01", "2026-09-01")]
    public void LastTurn_OnADay_IsTheLastOneThatHasCome(string today, string turn) =>
        Assert.Equal(DateOnly.ParseExact(turn, "yyyy-MM-dd"), CohortStages.LastTurn(DateOnly.ParseExact(today, "yyyy-MM-dd")));

    [Fact]
    public void Codes_OfAllStages_LeadBackToThem() => Assert.All(CohortStages.All, s => Assert.Equal(s.Stage, CohortStages.Find(s.Code)));
}
