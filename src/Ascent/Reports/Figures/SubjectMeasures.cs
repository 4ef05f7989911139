using Ascent.Measures;
using Ascent.Reports.Cohorts;

namespace Ascent.Reports.Figures;

/// <summary>The measures of one GCSE subject, over the pupils who take it.</summary>
public static class SubjectMeasures
{
    private const string GradePrefix = "gcse-grade-";

    private const string Entries = "Of the pupils who take the subject and have a grade. U counts as 0. ";

    /// <summary>How many measures of <see cref="Of"/> stand before those of the single grades.</summary>
    public const int BeforeGrades = 5;

    /// <summary>The average, three thresholds, value added; then each grade of the scale, the best first.</summary>
    public static IReadOnlyList<ReportMeasure> Of(string subject, CohortScale scale) =>
    [
        Average(subject), Standard(subject), Threshold(subject, "gcse-95", "Grades 9 to 5", "Strong pass and above", 5),
        Threshold(subject, "gcse-97", "Grades 9 to 7", "Top grades", 7), ValueAdded(subject), .. scale.Scale().Labels.Select((label, place) => Grade(subject, label, (byte)place)),
    ];

    public static ReportMeasure Average(string subject) => new("gcse-average", CohortStage.Ks4, MeasureKind.Average, "Average grade", "Grades 9 to 1, U as 0",
        Entries + "The interval is mean ± 1.96 × the spread of these pupils ÷ √ pupils, at 95%.", (c, _) => Column(c, subject, points => Outcome.Of(points)))
    { Subject = subject, Range = (0, 9) };

    /// <summary>The share with a 4 or better.</summary>
    public static ReportMeasure Standard(string subject) => Threshold(subject, "gcse-94", "Grades 9 to 4", "Standard pass and above", 4);

    private static ReportMeasure Threshold(string subject, string code, string title, string detail, double points) => new(code, CohortStage.Ks4, MeasureKind.Share, title, detail,
        Entries + "The interval is Wilson’s, at 95%.", (c, _) => Column(c, subject, p => Outcome.Met(p >= points)))
    { Subject = subject };

    private static ReportMeasure ValueAdded(string subject) => new("gcse-va", CohortStage.Ks4, MeasureKind.Progress, "Value added", "Against pupils with the same start, in grades",
        Entries + "A pupil’s points less the mean of pupils nationally with the same start in key stage 2, averaged. The interval is ± 1.96 × the national spread ÷ √ pupils.",
        (c, n) => n.Gcse(subject) is { } table ? ValueAdded(c, subject, table) : null)
    { Subject = subject, Table = n => n.Gcse(subject), Baseline = Baseline.KeyStage2, Range = (-1.5, 1.5) };

    /// <summary>Which grades a share of this subject is about: this one and better, or this one alone.</summary>
    internal static (byte Grade, bool IsOnly)? GradesOf(ReportMeasure measure, GradeScale scale)
    {
        if (measure.Code.StartsWith(GradePrefix, StringComparison.Ordinal))
            return scale.TryFind(measure.Code[GradePrefix.Length..], out var only) ? (only, true) : null;
        var points = measure.Code switch { "gcse-94" => 4, "gcse-95" => 5, "gcse-97" => 7, _ => double.NaN };
        for (var grade = scale.Count - 1; grade >= 0; grade--)
            if (scale.PointsOf((byte)grade) >= points)
                return ((byte)grade, false);
        return null;
    }

    private static ReportMeasure Grade(string subject, string label, byte place) => new($"{GradePrefix}{label}", CohortStage.Ks4, MeasureKind.Share, $"Grade {label}", "Pupils with this grade",
        Entries + "The interval is Wilson’s, at 95%.", (c, _) => Grades(c, subject, grade => Outcome.Met(grade == place)))
    { Subject = subject };

    private static OutcomeColumn ValueAdded(Cohort cohort, string subject, ProgressTable table)
    {
        var outcomes = new Outcome[cohort.Count];
        if (Find(cohort, subject) is { } entries)
            for (var i = 0; i < entries.Pupils.Length; i++)
                outcomes[entries.Pupils[i]] = entries.Grades[i] == GradeScale.NoGrade ? Outcome.Missing : table.ScoreOf(cohort.Prior[entries.Pupils[i]], entries.Scale.Scale().PointsOf(entries.Grades[i]));
        return new(outcomes);
    }

    private static OutcomeColumn Column(Cohort cohort, string subject, Func<double, Outcome> read) =>
        Grades(cohort, subject, grade => read(Find(cohort, subject)!.Scale.Scale().PointsOf(grade)));

    // Who does not take it is outside.
    private static OutcomeColumn Grades(Cohort cohort, string subject, Func<byte, Outcome> read)
    {
        var outcomes = new Outcome[cohort.Count];
        if (Find(cohort, subject) is { } entries)
            for (var i = 0; i < entries.Pupils.Length; i++)
                outcomes[entries.Pupils[i]] = entries.Grades[i] == GradeScale.NoGrade ? Outcome.Missing : read(entries.Grades[i]);
        return new(outcomes);
    }

    private static SubjectEntries? Find(Cohort cohort, string subject) => cohort.Subjects.FirstOrDefault(s => s.Code == subject);
}
