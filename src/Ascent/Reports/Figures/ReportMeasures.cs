using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Measures.Primary;
using Ascent.Reports.Cohorts;

namespace Ascent.Reports.Figures;

/// <summary>The measures of every stage, in the order of the screen.</summary>
public static class ReportMeasures
{
    private const string Shares = "Pupils who met it ÷ pupils with a result × 100. Who was absent, or worked below the level of the test, has a result and has not met it. The interval is Wilson’s, at 95%.";
    private const string Means = "Sum ÷ pupils with a score. The interval is mean ± 1.96 × the spread of these pupils ÷ √ pupils, at 95%.";

    public static IReadOnlyList<ReportMeasure> All { get; } = [.. EarlyYearsOnes(), .. PhonicsOnes(), .. Ks1Ones(), .. TablesOnes(), .. Ks2Ones(), .. Ks4Ones(), .. Attendance()];

    public static IReadOnlyList<ReportMeasure> Of(CohortStage stage) => [.. All.Where(m => m.Stage == stage)];

    /// <returns>Null for a code of no measure.</returns>
    public static ReportMeasure? Find(string? code) => All.FirstOrDefault(m => m.Code == code);

    private static IEnumerable<ReportMeasure> EarlyYearsOnes() =>
    [
        Share(CohortStage.EarlyYears, "eyfs-gld", "Good level of development", "Expected in twelve goals", "A pupil has a good level of development with at least “expected” in the 12 goals of the prime areas, literacy and mathematics. " + Shares, true),
        Share(CohortStage.EarlyYears, "eyfs-all-goals", "All early learning goals", "Expected in all seventeen", Shares, true),
        Mean(CohortStage.EarlyYears, "eyfs-average-goals", "Goals reached", "Mean of seventeen", (0, 17), Means, true),
    ];

    private static IEnumerable<ReportMeasure> PhonicsOnes() =>
    [
        Share(CohortStage.Phonics, "phonics-met", "Phonics check", "Met the standard in Year 1", "The standard is 32 of 40 words. " + Shares, true),
        Mean(CohortStage.Phonics, "phonics-mark", "Phonics mark", "Mean of forty", (0, 40), "Of pupils with a mark. " + Means, true),
    ];

    private static IEnumerable<ReportMeasure> Ks1Ones() =>
    [
        Share(CohortStage.Ks1, "ks1-reading", "Reading", "Teacher assessment, expected standard", Shares, true),
        Share(CohortStage.Ks1, "ks1-writing", "Writing", "Teacher assessment, expected standard", Shares, true),
        Share(CohortStage.Ks1, "ks1-maths", "Maths", "Teacher assessment, expected standard", Shares, true),
        Share(CohortStage.Ks1, "ks1-reading-higher", "Reading", "Greater depth", Shares),
        Share(CohortStage.Ks1, "ks1-writing-higher", "Writing", "Greater depth", Shares),
        Share(CohortStage.Ks1, "ks1-maths-higher", "Maths", "Greater depth", Shares),
        Share(CohortStage.Ks1, "ks1-science", "Science", "Teacher assessment, expected standard", Shares),
    ];

    private static IEnumerable<ReportMeasure> TablesOnes() =>
    [
        Mean(CohortStage.TablesCheck, "mtc-mark", "Tables check", "Mean mark of twenty-five", (0, 25), "Of pupils who took it. " + Means, true),
        Share(CohortStage.TablesCheck, "mtc-full", "Full marks", "All twenty-five right", "Pupils with 25 of 25 ÷ pupils who took the check × 100. The interval is Wilson’s, at 95%.", true),
    ];

    private static IEnumerable<ReportMeasure> Ks2Ones() =>
    [
        Share(CohortStage.Ks2, "ks2-rwm", "Reading, writing and maths", "Expected standard", "Met with 100 or more in both tests, and writing at the expected standard or greater depth. " + Shares, true),
        Share(CohortStage.Ks2, "ks2-rwm-higher", "Reading, writing and maths", "Higher standard", "Met with 110 or more in both tests, and writing at greater depth. " + Shares, true),
        Share(CohortStage.Ks2, "ks2-reading", "Reading test", "Expected standard", "Met with a scaled score of 100 or more. " + Shares, true),
        Share(CohortStage.Ks2, "ks2-writing", "Writing", "Teacher assessment, expected standard", Shares, true),
        Share(CohortStage.Ks2, "ks2-maths", "Maths test", "Expected standard", "Met with a scaled score of 100 or more. " + Shares, true),
        Share(CohortStage.Ks2, "ks2-gps", "Grammar, punctuation, spelling", "Test, expected standard", "Met with a scaled score of 100 or more. " + Shares, true),
        Share(CohortStage.Ks2, "ks2-reading-higher", "Reading test", "Higher standard", "Met with a scaled score of 110 or more. " + Shares),
        Share(CohortStage.Ks2, "ks2-writing-higher", "Writing", "Greater depth", Shares),
        Share(CohortStage.Ks2, "ks2-maths-higher", "Maths test", "Higher standard", "Met with a scaled score of 110 or more. " + Shares),
        Share(CohortStage.Ks2, "ks2-gps-higher", "Grammar, punctuation, spelling", "Test, higher standard", "Met with a scaled score of 110 or more. " + Shares),
        Share(CohortStage.Ks2, "ks2-science", "Science", "Teacher assessment, expected standard", Shares),
        Mean(CohortStage.Ks2, "ks2-reading-score", "Reading test", "Mean scaled score", (80, 120), Means),
        Mean(CohortStage.Ks2, "ks2-maths-score", "Maths test", "Mean scaled score", (80, 120), Means),
        Mean(CohortStage.Ks2, "ks2-gps-score", "Grammar, punctuation, spelling", "Mean scaled score", (80, 120), Means),
        Ks2Progress("ks2-progress-reading", "Reading progress", n => n.Ks2Progress?.Reading, (c, n) => Score(c, "ks2-reading-score", n.Ks2Progress!.Reading)),
        Ks2Progress("ks2-progress-writing", "Writing progress", n => n.Ks2Progress?.Writing, (c, n) => Writing(c, n.Ks2Progress!)),
        Ks2Progress("ks2-progress-maths", "Maths progress", n => n.Ks2Progress?.Maths, (c, n) => Score(c, "ks2-maths-score", n.Ks2Progress!.Maths)),
    ];

    private static IEnumerable<ReportMeasure> Ks4Ones() =>
    [
        Mean(CohortStage.Ks4, "ks4-attainment8", "Attainment 8", "Mean points, 0 to 90", (0, 90), "Points of up to eight qualifications, English and maths doubled; who took nothing counts with nought. " + Means, true),
        Progress8Of("ks4-progress8", "Progress 8", "All eight slots, in grades", Progress8Part.Total, "ks4-attainment8", true) with { CutOffs = ProgressCutOffs.Progress8 },
        Share(CohortStage.Ks4, "ks4-english-maths-95", "English and maths", "Grades 9 to 5", "A 5 or better in maths, and in English language or literature. " + Shares, true),
        Share(CohortStage.Ks4, "ks4-english-maths-94", "English and maths", "Grades 9 to 4", "A 4 or better in maths, and in English language or literature. " + Shares, true),
        Share(CohortStage.Ks4, "ks4-ebacc-entered", "EBacc", "Entered all five pillars", "English, maths, sciences, a language, and history or geography. Of all pupils at the end of key stage 4. The interval is Wilson’s, at 95%.", true),
        Mean(CohortStage.Ks4, "ks4-ebacc-aps", "EBacc", "Mean points, 0 to 9", (0, 9), "(English + maths + 2 × science + humanities + language) ÷ 6; a pillar that was not entered gives nought. " + Means, true),
        Share(CohortStage.Ks4, "ks4-ebacc-95", "EBacc", "Grades 9 to 5 in every pillar", Shares),
        Share(CohortStage.Ks4, "ks4-ebacc-94", "EBacc", "Grades 9 to 4 in every pillar", Shares),
        Mean(CohortStage.Ks4, "ks4-attainment8-english", "Attainment 8: English", "Mean points, 0 to 18", (0, 18), Means),
        Mean(CohortStage.Ks4, "ks4-attainment8-maths", "Attainment 8: maths", "Mean points, 0 to 18", (0, 18), Means),
        Mean(CohortStage.Ks4, "ks4-attainment8-ebacc", "Attainment 8: EBacc slots", "Mean points, 0 to 27", (0, 27), Means),
        Mean(CohortStage.Ks4, "ks4-attainment8-open", "Attainment 8: open slots", "Mean points, 0 to 27", (0, 27), Means),
        Mean(CohortStage.Ks4, "ks4-slots-ebacc", "EBacc slots filled", "Mean of three", (0, 3), Means),
        Mean(CohortStage.Ks4, "ks4-slots-open", "Open slots filled", "Mean of three", (0, 3), Means),
        Progress8Of("ks4-progress8-english", "Progress 8: English", "In grades", Progress8Part.English, "ks4-attainment8-english"),
        Progress8Of("ks4-progress8-maths", "Progress 8: maths", "In grades", Progress8Part.Maths, "ks4-attainment8-maths"),
        Progress8Of("ks4-progress8-ebacc", "Progress 8: EBacc slots", "In grades", Progress8Part.EBacc, "ks4-attainment8-ebacc"),
        Progress8Of("ks4-progress8-open", "Progress 8: open slots", "In grades", Progress8Part.Open, "ks4-attainment8-open"),
        PillarValueAdded("ks4-va-science", "Science value added", n => n.Science, CohortParts.Science),
        PillarValueAdded("ks4-va-humanities", "Humanities value added", n => n.Humanities, CohortParts.Humanities),
        PillarValueAdded("ks4-va-languages", "Languages value added", n => n.Languages, CohortParts.Languages),
    ];

    private static IEnumerable<ReportMeasure> Attendance() =>
    [
        new("absence-overall", CohortStage.School, MeasureKind.Rate, "Absence", "Sessions missed",
            "Sessions missed, with leave or without ÷ sessions possible × 100, over all pupils with sessions.",
            (c, _) => new(Rates(c), Weights(c)), IsHeadline: true) { MoreIsBetter = false, Range = (0, 20) },
        Share(CohortStage.School, "absence-persistent", "Persistent absence", "Missed a tenth or more", "Pupils who missed 10% or more of their own possible sessions ÷ pupils with sessions × 100. The interval is Wilson’s, at 95%.", true) with { MoreIsBetter = false, Range = (0, 60) },
        Share(CohortStage.School, "absence-severe", "Severe absence", "Missed half or more", "Pupils who missed 50% or more of their own possible sessions ÷ pupils with sessions × 100. The interval is Wilson’s, at 95%.", true) with { MoreIsBetter = false, Range = (0, 20) },
    ];

    private static ReportMeasure Share(CohortStage stage, string code, string title, string detail, string how, bool headline = false) =>
        new(code, stage, MeasureKind.Share, title, detail, how, (c, _) => new(c.Columns[code]), headline);

    private static ReportMeasure Mean(CohortStage stage, string code, string title, string detail, (double, double) range, string how, bool headline = false) =>
        new(code, stage, MeasureKind.Average, title, detail, how, (c, _) => new(c.Columns[code]), headline) { Range = range };

    private static ReportMeasure Ks2Progress(string code, string title, Func<NationalYear, ProgressTable?> table, Func<Cohort, NationalYear, OutcomeColumn> column) =>
        new(code, CohortStage.Ks2, MeasureKind.Progress, title, "From key stage 1, in points of the scaled score",
            "A pupil’s score less the national mean of pupils with the same start in key stage 1, averaged. The interval is ± 1.96 × the national spread ÷ √ pupils.",
            (c, n) => n.Ks2Progress is null ? null : column(c, n))
        { Table = table, Baseline = Baseline.KeyStage1, Range = (-6, 6) };

    private static ReportMeasure Progress8Of(string code, string title, string detail, Progress8Part part, string points, bool headline = false) =>
        new(code, CohortStage.Ks4, MeasureKind.Progress, title, detail,
            "A pupil’s points less the national estimate for pupils with the same start in key stage 2, divided by the number of slots, averaged over pupils with a start. The interval is ± 1.96 × the national spread ÷ √ pupils.",
            (c, n) => n.Progress8 is { } national ? Score(c, points, national.For(part)) : null, headline)
        { Table = n => n.Progress8?.For(part), Baseline = Baseline.KeyStage2, Range = (-1.5, 1.5) };

    private static ReportMeasure PillarValueAdded(string code, string title, Func<NationalYear, ProgressTable?> table, string points) =>
        new(code, CohortStage.Ks4, MeasureKind.Progress, title, "EBacc pillar, in grades",
            "A pupil’s points in the pillar less the national estimate for pupils with the same start in key stage 2, averaged over those who entered it. The interval is ± 1.96 × the national spread ÷ √ pupils.",
            (c, n) => table(n) is { } estimates ? Score(c, points, estimates) : null)
        { Table = table, Baseline = Baseline.KeyStage2, Range = (-1.5, 1.5) };

    private static OutcomeColumn Score(Cohort cohort, string points, ProgressTable table)
    {
        var (from, scores) = (cohort.Columns[points], new Outcome[cohort.Count]);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = from[i].Counts ? table.ScoreOf(cohort.Prior[i], from[i].Value) : from[i];
        return new(scores);
    }

    private static OutcomeColumn Writing(Cohort cohort, Ks2ProgressReference national)
    {
        var (from, scores) = (cohort.Columns[CohortParts.WritingStandard], new Outcome[cohort.Count]);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = !from[i].Counts ? from[i] : national.Writing.ScoreOf(cohort.Prior[i], (TeacherJudgement)(int)from[i].Value switch
            {
                TeacherJudgement.WorkingTowards => national.WritingPoints.WorkingTowards,
                TeacherJudgement.Expected => national.WritingPoints.Expected,
                _ => national.WritingPoints.GreaterDepth,
            });
        return new(scores);
    }

    private static Outcome[] Rates(Cohort cohort) => cohort.Columns[CohortParts.SessionsMissed];

    private static double[] Weights(Cohort cohort) => [.. cohort.Columns[CohortParts.SessionsPossible].Select(o => o.Value)];
}
