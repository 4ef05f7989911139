namespace Ascent.Measures.Primary;

/// <summary>What writing counts for in KS2 progress, in points of the scaled score; published with the estimates of a year.</summary>
public readonly record struct Ks2WritingPoints(double WorkingTowards, double Expected, double GreaterDepth);

/// <summary>The national figures of KS2 progress in one year. The groups are by KS1 average points, the same for the three subjects.</summary>
public sealed record Ks2ProgressReference(ProgressTable Reading, ProgressTable Writing, ProgressTable Maths, Ks2WritingPoints WritingPoints);

/// <summary>
/// Progress from KS1 to KS2: a pupil's score less the national mean of the pupils with the same KS1 average points, in points of the scaled score.
/// Only eligible pupils are in n; matched are those with a score and with prior attainment. Extremely negative scores are floored where the table
/// has floors. None for 2023/24 and 2024/25. Source: DfE, primary accountability guide 2025; theheadteacher.com, November 2022.
/// </summary>
public static class Ks2Progress
{
    public static Tally Reading(ReadOnlySpan<Ks2Pupil> pupils, ProgressTable table) => Tally.Of(pupils, (in p) => Score(p.Prior, p.Reading, table));

    public static Tally Maths(ReadOnlySpan<Ks2Pupil> pupils, ProgressTable table) => Tally.Of(pupils, (in p) => Score(p.Prior, p.Maths, table));

    /// <summary>Writing is judged, not tested: each standard counts as so many points. Pupils below WTS are not matched.</summary>
    public static Tally Writing(ReadOnlySpan<Ks2Pupil> pupils, ProgressTable table, Ks2WritingPoints points) => Tally.Of(pupils, (in p) => p.Writing switch
    {
        TeacherJudgement.NotEligible => Outcome.Outside,
        TeacherJudgement.WorkingTowards => table.ScoreOf(p.Prior, points.WorkingTowards),
        TeacherJudgement.Expected => table.ScoreOf(p.Prior, points.Expected),
        TeacherJudgement.GreaterDepth => table.ScoreOf(p.Prior, points.GreaterDepth),
        _ => Outcome.Missing,
    });

    private static Outcome Score(PriorAttainment prior, ScaledScore test, ProgressTable table) => test.Score is { Counts: true, Value: var score } ? table.ScoreOf(prior, score) : test.Score;
}
