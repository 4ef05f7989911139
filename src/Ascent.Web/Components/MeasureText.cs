using System.Globalization;
using Ascent.Measures;

namespace Ascent.Web.Components;

/// <summary>
/// A measure in words. Nothing else writes one, so that a figure reads the same on every page, and what leaves is always rounded. A withheld
/// one is its letter and nothing more, whatever the reason.
/// </summary>
public static class MeasureText
{
    /// <summary>Stands where a figure is withheld.</summary>
    public const string Withheld = "c";

    /// <summary>What the letter means, for who points at it.</summary>
    public const string WithheldTitle = "Withheld, so that nobody can be recognised";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>With the sign of its unit: "64%", "5.3", "+0.24", "c", "No baseline".</summary>
    public static string Of(Measure measure) => Write(measure, (value, unit) => Plain(value, unit) + Sign(unit));

    /// <summary>Where a heading says the unit: "64".</summary>
    public static string Plain(Measure measure) => Write(measure, Plain);

    /// <summary>A difference: "+4", "−0.7", "0.0".</summary>
    public static string Difference(Measure measure) => Write(measure, Signed);

    /// <summary>"51 to 75"; null for what has no interval.</summary>
    public static string? Interval(Measure measure) => measure.Rounded() is Measure.Estimated one ? $"{Plain(one.Lower, one.Unit)} to {Plain(one.Upper, one.Unit)}" : null;

    /// <summary>How many it is about: "58", "56 of 58" where two could not be matched, "c".</summary>
    public static string Pupils(Measure measure) =>
        !measure.TryPopulation(out var population) ? Withheld
        // Where nobody could count, the words beside it say why.
        : population.Matched == population.N || measure is Measure.NotApplicable ? Count(population.N)
        : $"{Count(population.Matched)} of {Count(population.N)}";

    public static string Count(int count) => count.ToString("N0", English);

    /// <summary>What stands behind the figure: "%", or nothing.</summary>
    public static string Sign(MeasureUnit unit) => unit is MeasureUnit.Percentage or MeasureUnit.Rate ? "%" : "";

    /// <summary>Why there is no figure. Not for a withheld one: that has a letter.</summary>
    public static string Why(NotApplicableReason reason) => reason switch
    {
        NotApplicableReason.NoPupils => "No pupils",
        NotApplicableReason.NobodyCounts => "No results yet",
        NotApplicableReason.NoBaseline => "No baseline",
        NotApplicableReason.NoReference => "No national figures",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    private static string Write(Measure measure, Func<double, MeasureUnit, string> write) => measure.Rounded().Match(
        one => write(one.Value, one.Unit),
        one => write(one.Point, one.Unit),
        _ => Withheld,
        one => Why(one.Reason),
        _ => "Too few matched");

    // A mean difference from an estimate is always signed: without its sign nobody sees that it is one.
    private static string Plain(double value, MeasureUnit unit) => unit == MeasureUnit.Progress ? Signed(value, unit) : Digits(value, unit);

    private static string Signed(double value, MeasureUnit unit) => (value > 0 ? "+" : "") + Digits(value, unit);

    // The typographic minus is as wide as the plus, and is read out as "minus".
    private static string Digits(double value, MeasureUnit unit) => value.ToString($"N{unit.Decimals()}", English).Replace('-', '−');
}
