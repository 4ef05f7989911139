using System.Globalization;
using Ascent.Measures;
using Ascent.Measures.Primary;
using Ascent.Reference;
using Ascent.Shared;

namespace Ascent.Reports.Cohorts;

/// <summary>Reads what the primary measures take from the results of a pupil. A value that is not understood is no result.</summary>
internal static class PrimaryResults
{
    private const string Test = "TT";
    private const string Teacher = "TA";

    // Left, taken before, taken later: the measure is not about the pupil.
    private static readonly string[] NotEligible = ["L", "F", "P"];

    public static EarlyYearsPupil EarlyYears(PupilRecord pupil, AcademicYear year)
    {
        var (reached, assessed) = (EarlyLearningGoals.None, false);
        foreach (var result in pupil.Results)
            if (result.Assessment is { Stage: "EYF", Component: ['E', .. var number] } && result.Year == year && result.Kind == ResultKind.Grade
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var goal) && goal is >= 1 and <= 17)
            {
                assessed = true;
                if (result.Code == "2")
                    reached |= (EarlyLearningGoals)(1 << (goal - 1));
            }
        return new(reached, assessed);
    }

    public static CheckMark Phonics(PupilRecord pupil, AcademicYear year) => Mark(pupil.Find(new("KS1", "PHO", "PHO", Teacher), year, year));

    public static CheckMark TablesCheck(PupilRecord pupil, AcademicYear year) => Mark(pupil.Find(new("KS2", "MAT", "MTC", Test), year, year));

    public static Ks1Pupil Ks1(PupilRecord pupil, AcademicYear year) => new(
        Judgement(pupil, "KS1", "ENG", "REA", year, year), Judgement(pupil, "KS1", "ENG", "WRI", year, year), Judgement(pupil, "KS1", "MAT", "MAT", year, year), Judgement(pupil, "KS1", "SCI", "SCI", year, year));

    public static Ks2Pupil Ks2(PupilRecord pupil, AcademicYear year) => new(
        Score(pupil, "ENG", "REA", year), Judgement(pupil, "KS2", "ENG", "WRI", year, year), Score(pupil, "MAT", "MAT", year), Score(pupil, "ENG", "GPS", year),
        Judgement(pupil, "KS2", "SCI", "SCI", year, year), Ks1Points(pupil, year));

    /// <summary>What KS2 progress is measured from: the teacher assessment of key stage 1, whenever it was.</summary>
    public static PriorAttainment Ks1Points(PupilRecord pupil, AcademicYear year)
    {
        var first = AcademicYear.StartingIn(year.StartYear - 10);
        return Measures.Primary.Ks1.AveragePoints(
            Judgement(pupil, "KS1", "ENG", "REA", first, year), Judgement(pupil, "KS1", "ENG", "WRI", first, year), Judgement(pupil, "KS1", "MAT", "MAT", first, year));
    }

    private static CheckMark Mark(StoredResult? result) => result switch
    {
        { Kind: ResultKind.Number, Number: { } mark } => CheckMark.Of(mark),
        { Kind: ResultKind.Grade, Code: "Wa" } => CheckMark.Met,
        { Kind: ResultKind.Grade, Code: "Wt" } => CheckMark.NotMet,
        // Left, or registered by mistake.
        { Kind: ResultKind.Outcome, Code: "L" or "Z" } => CheckMark.NoResult,
        { Kind: ResultKind.Outcome } => CheckMark.NotTaken,
        _ => CheckMark.NoResult,
    };

    private static TeacherJudgement Judgement(PupilRecord pupil, string stage, string subject, string component, AcademicYear from, AcademicYear to) =>
        pupil.Find(new(stage, subject, component, Teacher), from, to) switch
        {
            { Kind: ResultKind.Grade, Code: "GDS" } => TeacherJudgement.GreaterDepth,
            { Kind: ResultKind.Grade, Code: "EXS" } => TeacherJudgement.Expected,
            { Kind: ResultKind.Grade, Code: "WTS" or "HNM" } => TeacherJudgement.WorkingTowards,
            { Kind: ResultKind.Grade, Code: "PKF" } => TeacherJudgement.Foundations,
            { Kind: ResultKind.Grade } => TeacherJudgement.BelowStandards,
            { Kind: ResultKind.Outcome, Code: var code } => NotEligible.Contains(code) ? TeacherJudgement.NotEligible : TeacherJudgement.BelowStandards,
            _ => TeacherJudgement.NoResult,
        };

    private static ScaledScore Score(PupilRecord pupil, string subject, string component, AcademicYear year) =>
        pupil.Find(new("KS2", subject, component, Test), year, year) switch
        {
            { Kind: ResultKind.Number, Number: { } score } => ScaledScore.Of(score),
            { Kind: ResultKind.Outcome, Code: var code } => NotEligible.Contains(code) ? ScaledScore.NotEligible : ScaledScore.WithoutScore,
            // Working below the test, and judged by the teacher instead.
            _ => pupil.Find(new("KS2", subject, component, Teacher), year, year) is { Kind: ResultKind.Grade } ? ScaledScore.WithoutScore : ScaledScore.NoResult,
        };
}
