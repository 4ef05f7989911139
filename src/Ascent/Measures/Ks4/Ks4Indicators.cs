namespace Ascent.Measures.Ks4;

/// <summary>
/// Key stage 4 attainment. Population: all pupils at the end of KS4; who took nothing counts with nought, or as not met. Source: DfE, secondary
/// accountability measures, as far as its parts name no other.
/// </summary>
public static class Ks4Indicators
{
    /// <summary>Mean Attainment 8, 0 to 90.</summary>
    public static Indicator<Ks4Pupil> Attainment8 { get; } = new("ks4-attainment8", MeasureUnit.Average, static (in p) => Points(p, p.Attainment8.Total));

    public static Indicator<Ks4Pupil> Attainment8English { get; } = new("ks4-attainment8-english", MeasureUnit.Average, static (in p) => Points(p, p.Attainment8.English));

    public static Indicator<Ks4Pupil> Attainment8Maths { get; } = new("ks4-attainment8-maths", MeasureUnit.Average, static (in p) => Points(p, p.Attainment8.Maths));

    public static Indicator<Ks4Pupil> Attainment8EBacc { get; } = new("ks4-attainment8-ebacc", MeasureUnit.Average, static (in p) => Points(p, p.Attainment8.EBacc));

    public static Indicator<Ks4Pupil> Attainment8Open { get; } = new("ks4-attainment8-open", MeasureUnit.Average, static (in p) => Points(p, p.Attainment8.Open));

    /// <summary>Mean number of EBacc slots filled, 0 to 3.</summary>
    public static Indicator<Ks4Pupil> EBaccSlots { get; } = new("ks4-slots-ebacc", MeasureUnit.Average, static (in p) => Points(p, p.Attainment8.EBaccSlots));

    /// <summary>Mean number of open slots filled, 0 to 3.</summary>
    public static Indicator<Ks4Pupil> OpenSlots { get; } = new("ks4-slots-open", MeasureUnit.Average, static (in p) => Points(p, p.Attainment8.OpenSlots));

    /// <summary>English and maths 9–5: percent with a 5 or better in maths and in language or literature; one of the two is enough.</summary>
    public static Indicator<Ks4Pupil> EnglishAndMathsStrong { get; } = new("ks4-english-maths-95", MeasureUnit.Percentage, static (in p) => Met(p, p.English >= 5 && p.Maths >= 5));

    /// <summary>English and maths 9–4.</summary>
    public static Indicator<Ks4Pupil> EnglishAndMathsStandard { get; } = new("ks4-english-maths-94", MeasureUnit.Percentage, static (in p) => Met(p, p.English >= 4 && p.Maths >= 4));

    /// <summary>Percent who entered all five pillars.</summary>
    public static Indicator<Ks4Pupil> EBaccEntered { get; } = new("ks4-ebacc-entered", MeasureUnit.Percentage, static (in p) => Met(p, p.EBacc.IsEntered));

    /// <summary>Mean EBacc average points, 0 to 9 (<see cref="EBacc.AveragePoints"/>).</summary>
    public static Indicator<Ks4Pupil> EBaccAveragePoints { get; } = new("ks4-ebacc-aps", MeasureUnit.Average, static (in p) => Points(p, p.EBacc.AveragePoints));

    /// <summary>Percent with a 5 or better in every pillar; of all pupils, entered or not.</summary>
    public static Indicator<Ks4Pupil> EBaccStrong { get; } = new("ks4-ebacc-95", MeasureUnit.Percentage, static (in p) => Met(p, p.EBacc.Strong == EBaccPillars.All));

    /// <summary>The same with a 4 or better.</summary>
    public static Indicator<Ks4Pupil> EBaccStandard { get; } = new("ks4-ebacc-94", MeasureUnit.Percentage, static (in p) => Met(p, p.EBacc.Standard == EBaccPillars.All));

    public static IReadOnlyList<Indicator<Ks4Pupil>> All { get; } =
    [
        Attainment8, EnglishAndMathsStrong, EnglishAndMathsStandard, EBaccEntered, EBaccAveragePoints, EBaccStrong, EBaccStandard,
        Attainment8English, Attainment8Maths, Attainment8EBacc, Attainment8Open, EBaccSlots, OpenSlots,
    ];

    private static Outcome Points(in Ks4Pupil pupil, double points) => pupil.HasResults ? Outcome.Of(points) : Outcome.Missing;

    private static Outcome Met(in Ks4Pupil pupil, bool met) => pupil.HasResults ? Outcome.Met(met) : Outcome.Missing;
}
