using Ascent.Shared;

namespace Ascent.Measures;

/// <summary>What progress is measured from.</summary>
public enum Baseline
{
    /// <summary>KS1 teacher assessment: KS2 progress.</summary>
    KeyStage1,

    /// <summary>KS2 tests: Progress 8 and its elements, value added of GCSE subjects.</summary>
    KeyStage2,

    /// <summary>GCSEs: value added at 16 to 18.</summary>
    KeyStage4,
}

public static class Progress
{
    /// <summary>
    /// Which part of a cohort has to be matched for a score to speak for it. The tables print LOWCOV below a threshold that is not published in
    /// what could be read; a half is assumed, and can be given anew.
    /// </summary>
    public const double LeastCoverage = 0.5;

    /// <summary>
    /// Whether the cohort of a year has no baseline, because it was not assessed in 2020 and 2021. KS2 progress has none in 2023/24 and 2024/25;
    /// Progress 8, and all else from KS2, none in 2024/25 and 2025/26. Source: DfE, primary accountability guide (11 September 2025); KS4 statistics 2024/25.
    /// </summary>
    public static bool IsMissing(Baseline baseline, AcademicYear cohort) => baseline switch
    {
        Baseline.KeyStage1 => cohort.StartYear is 2023 or 2024,
        Baseline.KeyStage2 => cohort.StartYear is 2024 or 2025,
        _ => false,
    };

    /// <summary>
    /// A school's or group's score: the mean of its matched pupils' scores, with mean ± 1.96 × national SD ÷ √matched. Progress units (points,
    /// scaled score or grades), two decimals; 0 is the national average. Source: DfE, KS4 ready reckoner (0df3197).
    /// </summary>
    /// <param name="cohort">The year of the pupils.</param>
    /// <param name="tally">Of their scores by <paramref name="table"/>; of pupils without scores where there is no table.</param>
    /// <param name="table">Null while no national figures are loaded.</param>
    /// <returns>
    /// NotApplicable with NoBaseline for a cohort that has none, whatever is loaded; with NoReference without a table; with NoPupils or
    /// NobodyCounts. LowCoverage below <paramref name="leastCoverage"/>. Otherwise Estimated. Never a nought in place of a missing score.
    /// </returns>
    /// <exception cref="ArgumentException">The table describes another year: years are not mixed.</exception>
    public static Measure Of(Baseline baseline, AcademicYear cohort, Tally tally, ProgressTable? table, double leastCoverage = LeastCoverage)
    {
        if (IsMissing(baseline, cohort))
            return new Measure.NotApplicable(NotApplicableReason.NoBaseline, new(tally.N, 0));
        if (table is null)
            return new Measure.NotApplicable(NotApplicableReason.NoReference, new(tally.N, 0));
        if (table.Edition.Year != cohort)
            throw new ArgumentException($"Pupils of {cohort}, national figures of {table.Edition.Year}.", nameof(table));
        if (tally.Matched == 0)
            return tally.Nothing();
        return tally.Matched < leastCoverage * tally.N
            ? new Measure.LowCoverage(tally.Population)
            : tally.AverageWithInterval(table.StandardDeviation, MeasureUnit.Progress);
    }
}
