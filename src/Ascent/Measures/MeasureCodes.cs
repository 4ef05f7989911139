using Ascent.Measures.Ks4;

namespace Ascent.Measures;

/// <summary>The codes of measures that are no <see cref="Indicator{TPupil}"/>: sums over sums, and scores against national estimates. Lasting, like those.</summary>
public static class MeasureCodes
{
    public const string AbsenceOverall = "absence-overall";
    public const string AbsenceAuthorised = "absence-authorised";
    public const string AbsenceUnauthorised = "absence-unauthorised";
    public const string Ks2ProgressReading = "ks2-progress-reading";
    public const string Ks2ProgressWriting = "ks2-progress-writing";
    public const string Ks2ProgressMaths = "ks2-progress-maths";
    public const string Progress8 = "ks4-progress8";
    public const string Progress8English = "ks4-progress8-english";
    public const string Progress8Maths = "ks4-progress8-maths";
    public const string Progress8EBacc = "ks4-progress8-ebacc";
    public const string Progress8Open = "ks4-progress8-open";
    public const string Ks5PointsPerEntry = "ks5-points-per-entry";
    public const string Ks5ValueAdded = "ks5-value-added";

    public static string Of(Progress8Part part) => part switch
    {
        Progress8Part.Total => Progress8,
        Progress8Part.English => Progress8English,
        Progress8Part.Maths => Progress8Maths,
        Progress8Part.EBacc => Progress8EBacc,
        Progress8Part.Open => Progress8Open,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };
}
