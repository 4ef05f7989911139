using Ascent.Shared;

namespace Ascent.Measures.Ks4;

/// <summary>Progress 8 as a whole, or one of its four elements.</summary>
public enum Progress8Part
{
    Total,
    English,
    Maths,
    EBacc,
    Open,
}

/// <summary>What pupils of one prior-attainment group reached nationally, in Attainment 8 points.</summary>
/// <param name="LowestScore">The lowest Progress 8 score that counts for a pupil of the group; minus infinity where none is published.</param>
public readonly record struct Attainment8Estimate(double Attainment8, double English, double Maths, double EBacc, double Open, double LowestScore = double.NegativeInfinity);

/// <summary>National standard deviations of pupils' scores.</summary>
public readonly record struct Progress8Deviations(double Total, double English, double Maths, double EBacc, double Open);

/// <summary>
/// The national figures of one edition: estimates of the 34 groups and standard deviations. Extremely negative scores are floored only in the
/// whole, from 2018, and only where the floors are known; they are in no file that could be read.
/// </summary>
public sealed class Progress8Reference
{
    private readonly ProgressTable[] tables;

    /// <param name="estimates">Of the groups 1 to 34 in order.</param>
    /// <exception cref="ArgumentException">Not 34.</exception>
    public Progress8Reference(ReferenceEdition edition, IReadOnlyList<Attainment8Estimate> estimates, Progress8Deviations deviations)
    {
        Edition = edition;
        tables =
        [
            Table(10, deviations.Total, e => GroupEstimate.Of(e.Attainment8, e.LowestScore)),
            Table(2, deviations.English, e => GroupEstimate.Of(e.English)),
            Table(2, deviations.Maths, e => GroupEstimate.Of(e.Maths)),
            Table(3, deviations.EBacc, e => GroupEstimate.Of(e.EBacc)),
            Table(3, deviations.Open, e => GroupEstimate.Of(e.Open)),
        ];
        ProgressTable Table(double divisor, double deviation, Func<Attainment8Estimate, GroupEstimate> read) =>
            new(edition, PriorGroups.Progress8, estimates.Select(read), divisor, deviation);
    }

    public ReferenceEdition Edition { get; }

    public ProgressTable For(Progress8Part part) => tables[(int)part];
}

/// <summary>
/// Progress 8: (Attainment 8 − the estimate of the pupil's group) ÷ 10, so one grade in each slot more or less; English and maths by ÷ 2, EBacc
/// and open by ÷ 3. A school's score is the mean of its matched pupils. None for 2024/25 and 2025/26.
/// Source: DfE, KS4 ready reckoner (server.R, 0df3197).
/// </summary>
public static class Progress8
{
    /// <summary>One pupil's score. Attainment 8 of 50 with 105 and 103 in KS2: (50 − 42.97) ÷ 10 = +0.703 in 2024.</summary>
    public static Outcome ScoreOf(in Ks4Pupil pupil, Progress8Part part, Progress8Reference reference) =>
        pupil.HasResults ? reference.For(part).ScoreOf(pupil.Prior, Points(pupil.Attainment8, part)) : Outcome.Missing;

    /// <summary>The scores of these pupils, for <see cref="Of(AcademicYear, Tally, Progress8Part, Progress8Reference?)"/>.</summary>
    public static Tally Tally(ReadOnlySpan<Ks4Pupil> pupils, Progress8Part part, Progress8Reference reference)
    {
        var table = reference.For(part);
        return Measures.Tally.Of(pupils, (in p) => p.HasResults ? table.ScoreOf(p.Prior, Points(p.Attainment8, part)) : Outcome.Missing);
    }

    /// <summary>The score of pupils who were tallied before. As <see cref="Progress.Of"/>.</summary>
    public static Measure Of(AcademicYear cohort, Tally tally, Progress8Part part, Progress8Reference? reference) =>
        Progress.Of(Baseline.KeyStage2, cohort, tally, reference?.For(part));

    /// <summary>The score of these pupils. As <see cref="Progress.Of"/>.</summary>
    public static Measure Of(AcademicYear cohort, ReadOnlySpan<Ks4Pupil> pupils, Progress8Part part, Progress8Reference? reference) =>
        Of(cohort, reference is null || Progress.IsMissing(Baseline.KeyStage2, cohort) ? new(pupils.Length, 0, 0, 0) : Tally(pupils, part, reference), part, reference);

    private static double Points(in Attainment8 points, Progress8Part part) => part switch
    {
        Progress8Part.Total => points.Total,
        Progress8Part.English => points.English,
        Progress8Part.Maths => points.Maths,
        Progress8Part.EBacc => points.EBacc,
        Progress8Part.Open => points.Open,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };
}
