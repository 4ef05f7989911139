namespace Ascent.Measures.Primary;

/// <summary>What a teacher judged, in order. Codes of the years are put here by whoever reads results.</summary>
public enum TeacherJudgement : byte
{
    /// <summary>Nothing is stored.</summary>
    NoResult,

    /// <summary>Left, took it before or takes it later: the measure is not about the pupil.</summary>
    NotEligible,

    /// <summary>Absent, disapplied, engagement model, or a pre-key-stage standard without points.</summary>
    BelowStandards,

    /// <summary>Pre-key-stage, foundations (PKF).</summary>
    Foundations,

    /// <summary>WTS; in science HNM.</summary>
    WorkingTowards,

    /// <summary>EXS.</summary>
    Expected,

    /// <summary>GDS.</summary>
    GreaterDepth,
}

public static class TeacherJudgements
{
    /// <summary>Expected standard or better. Of all eligible pupils with a judgement: absent ones have not met it.</summary>
    public static Outcome AtLeast(this TeacherJudgement judgement, TeacherJudgement standard) => judgement switch
    {
        TeacherJudgement.NoResult => Outcome.Missing,
        TeacherJudgement.NotEligible => Outcome.Outside,
        _ => Outcome.Met(judgement >= standard),
    };
}

/// <summary>KS1 teacher assessment of one pupil (statutory to 2023, optional since).</summary>
public readonly record struct Ks1Pupil(TeacherJudgement Reading, TeacherJudgement Writing, TeacherJudgement Maths, TeacherJudgement Science);

/// <summary>Key stage 1. Percent of eligible pupils with a judgement. Source: gov.uk, KS1 teacher assessment frameworks.</summary>
public static class Ks1
{
    public static Indicator<Ks1Pupil> ReadingExpected { get; } = new("ks1-reading", MeasureUnit.Percentage, static (in p) => p.Reading.AtLeast(TeacherJudgement.Expected));

    public static Indicator<Ks1Pupil> WritingExpected { get; } = new("ks1-writing", MeasureUnit.Percentage, static (in p) => p.Writing.AtLeast(TeacherJudgement.Expected));

    public static Indicator<Ks1Pupil> MathsExpected { get; } = new("ks1-maths", MeasureUnit.Percentage, static (in p) => p.Maths.AtLeast(TeacherJudgement.Expected));

    public static Indicator<Ks1Pupil> ScienceExpected { get; } = new("ks1-science", MeasureUnit.Percentage, static (in p) => p.Science.AtLeast(TeacherJudgement.Expected));

    public static Indicator<Ks1Pupil> ReadingHigher { get; } = new("ks1-reading-higher", MeasureUnit.Percentage, static (in p) => p.Reading.AtLeast(TeacherJudgement.GreaterDepth));

    public static Indicator<Ks1Pupil> WritingHigher { get; } = new("ks1-writing-higher", MeasureUnit.Percentage, static (in p) => p.Writing.AtLeast(TeacherJudgement.GreaterDepth));

    public static Indicator<Ks1Pupil> MathsHigher { get; } = new("ks1-maths-higher", MeasureUnit.Percentage, static (in p) => p.Maths.AtLeast(TeacherJudgement.GreaterDepth));

    public static IReadOnlyList<Indicator<Ks1Pupil>> Indicators { get; } =
        [ReadingExpected, ReadingHigher, WritingExpected, WritingHigher, MathsExpected, MathsHigher, ScienceExpected];

    /// <summary>
    /// KS1 average points, the baseline of KS2 progress: ((reading + writing) ÷ 2 + maths) ÷ 2, so that maths weighs as much as English; PKF 4,
    /// WTS 6, EXS 8, GDS 10. Reading 8, writing 6, maths 10 give 8.5. All three are needed. Source: theheadteacher.com, November 2022.
    /// </summary>
    public static PriorAttainment AveragePoints(TeacherJudgement reading, TeacherJudgement writing, TeacherJudgement maths) =>
        Points(reading) is > 0 and var r && Points(writing) is > 0 and var w && Points(maths) is > 0 and var m
            ? PriorAttainment.Of((((r + w) / 2.0) + m) / 2) : PriorAttainment.None;

    private static int Points(TeacherJudgement judgement) => judgement switch
    {
        TeacherJudgement.Foundations => 4,
        TeacherJudgement.WorkingTowards => 6,
        TeacherJudgement.Expected => 8,
        TeacherJudgement.GreaterDepth => 10,
        _ => 0,
    };
}
