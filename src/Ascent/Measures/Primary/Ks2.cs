namespace Ascent.Measures.Primary;

/// <summary>What a pupil got in a KS2 test: a scaled score, none although eligible (absent, below the test, no score awarded), not eligible, or no result.</summary>
public readonly record struct ScaledScore
{
    public const int Lowest = 80;
    public const int Highest = 120;

    /// <summary>The expected standard.</summary>
    public const int Expected = 100;

    /// <summary>The higher standard.</summary>
    public const int Higher = 110;

    private const byte Unscored = 1;
    private const byte Ineligible = 2;

    private readonly byte code;

    private ScaledScore(byte code) => this.code = code;

    /// <summary>Nothing is stored.</summary>
    public static ScaledScore NoResult => default;

    /// <summary>Outcomes A, B, T, M, H, Q, N: eligible, and the standard is not met.</summary>
    public static ScaledScore WithoutScore => new(Unscored);

    /// <summary>Left, took it before or takes it later.</summary>
    public static ScaledScore NotEligible => new(Ineligible);

    /// <exception cref="ArgumentOutOfRangeException">Not 80 to 120.</exception>
    public static ScaledScore Of(int score)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(score, Lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(score, Highest);
        return new((byte)score);
    }

    public bool TryScore(out int score)
    {
        score = code;
        return code >= Lowest;
    }

    /// <summary>The score, for means: only of pupils who have one.</summary>
    public Outcome Score => code switch { >= Lowest => Outcome.Of(code), Ineligible => Outcome.Outside, _ => Outcome.Missing };

    /// <summary>Whether a standard was met, for shares: of all eligible pupils with a result.</summary>
    public Outcome AtLeast(int standard) => code switch { 0 => Outcome.Missing, Ineligible => Outcome.Outside, _ => Outcome.Met(code >= standard) };
}

/// <summary>Key stage 2 of one pupil.</summary>
/// <param name="Writing">Teacher assessment, as <paramref name="Science"/>.</param>
/// <param name="Prior">KS1 average points, where there are any.</param>
public readonly record struct Ks2Pupil(ScaledScore Reading, TeacherJudgement Writing, ScaledScore Maths, ScaledScore Gps, TeacherJudgement Science, PriorAttainment Prior);

/// <summary>
/// Key stage 2 attainment. Shares are percent of the eligible pupils with a result (absent and below the test count as not met); means are of
/// the pupils with a score. Source: gov.uk, primary accountability guide 2025; the denominator is inferred.
/// </summary>
public static class Ks2
{
    /// <summary>Scaled score of 100 or more.</summary>
    public static Indicator<Ks2Pupil> ReadingExpected { get; } = new("ks2-reading", MeasureUnit.Percentage, static (in p) => p.Reading.AtLeast(ScaledScore.Expected));

    /// <summary>Scaled score of 110 or more.</summary>
    public static Indicator<Ks2Pupil> ReadingHigher { get; } = new("ks2-reading-higher", MeasureUnit.Percentage, static (in p) => p.Reading.AtLeast(ScaledScore.Higher));

    /// <summary>Mean scaled score, 80 to 120.</summary>
    public static Indicator<Ks2Pupil> ReadingScore { get; } = new("ks2-reading-score", MeasureUnit.Average, static (in p) => p.Reading.Score);

    /// <summary>Teacher assessment EXS or GDS.</summary>
    public static Indicator<Ks2Pupil> WritingExpected { get; } = new("ks2-writing", MeasureUnit.Percentage, static (in p) => p.Writing.AtLeast(TeacherJudgement.Expected));

    /// <summary>Teacher assessment GDS.</summary>
    public static Indicator<Ks2Pupil> WritingHigher { get; } = new("ks2-writing-higher", MeasureUnit.Percentage, static (in p) => p.Writing.AtLeast(TeacherJudgement.GreaterDepth));

    public static Indicator<Ks2Pupil> MathsExpected { get; } = new("ks2-maths", MeasureUnit.Percentage, static (in p) => p.Maths.AtLeast(ScaledScore.Expected));

    public static Indicator<Ks2Pupil> MathsHigher { get; } = new("ks2-maths-higher", MeasureUnit.Percentage, static (in p) => p.Maths.AtLeast(ScaledScore.Higher));

    public static Indicator<Ks2Pupil> MathsScore { get; } = new("ks2-maths-score", MeasureUnit.Average, static (in p) => p.Maths.Score);

    /// <summary>Grammar, punctuation and spelling.</summary>
    public static Indicator<Ks2Pupil> GpsExpected { get; } = new("ks2-gps", MeasureUnit.Percentage, static (in p) => p.Gps.AtLeast(ScaledScore.Expected));

    public static Indicator<Ks2Pupil> GpsHigher { get; } = new("ks2-gps-higher", MeasureUnit.Percentage, static (in p) => p.Gps.AtLeast(ScaledScore.Higher));

    public static Indicator<Ks2Pupil> GpsScore { get; } = new("ks2-gps-score", MeasureUnit.Average, static (in p) => p.Gps.Score);

    /// <summary>Teacher assessment EXS.</summary>
    public static Indicator<Ks2Pupil> ScienceExpected { get; } = new("ks2-science", MeasureUnit.Percentage, static (in p) => p.Science.AtLeast(TeacherJudgement.Expected));

    /// <summary>Reading, writing and maths (RWM) combined: reading ≥ 100 and maths ≥ 100 and writing EXS or GDS. Matched with all three.</summary>
    public static Indicator<Ks2Pupil> RwmExpected { get; } = new("ks2-rwm", MeasureUnit.Percentage, static (in p) => All(
        p.Reading.AtLeast(ScaledScore.Expected), p.Writing.AtLeast(TeacherJudgement.Expected), p.Maths.AtLeast(ScaledScore.Expected)));

    /// <summary>RWM higher standard: ≥ 110, ≥ 110 and GDS.</summary>
    public static Indicator<Ks2Pupil> RwmHigher { get; } = new("ks2-rwm-higher", MeasureUnit.Percentage, static (in p) => All(
        p.Reading.AtLeast(ScaledScore.Higher), p.Writing.AtLeast(TeacherJudgement.GreaterDepth), p.Maths.AtLeast(ScaledScore.Higher)));

    public static IReadOnlyList<Indicator<Ks2Pupil>> Indicators { get; } =
    [
        RwmExpected, RwmHigher, ReadingExpected, ReadingHigher, ReadingScore, WritingExpected, WritingHigher, MathsExpected, MathsHigher, MathsScore,
        GpsExpected, GpsHigher, GpsScore, ScienceExpected,
    ];

    // Not eligible in one: not in the cohort. No result in one: not matched, even where another shows that it was not met; who is complete is
    // counted alike, met or not.
    private static Outcome All(Outcome reading, Outcome writing, Outcome maths)
    {
        if (!reading.IsInCohort || !writing.IsInCohort || !maths.IsInCohort)
            return Outcome.Outside;
        return reading.Counts && writing.Counts && maths.Counts ? Outcome.Met(reading.Value + writing.Value + maths.Value > 2) : Outcome.Missing;
    }
}
