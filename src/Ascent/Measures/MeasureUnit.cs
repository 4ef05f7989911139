namespace Ascent.Measures;

/// <summary>What a figure is a number of; it decides how many decimals may leave the house.</summary>
public enum MeasureUnit
{
    /// <summary>A share of pupils or entries, 0 to 100. Whole.</summary>
    Percentage,

    /// <summary>A share of sessions, 0 to 100. One decimal: the national rates differ by less than one from year to year.</summary>
    Rate,

    /// <summary>A mean of points, marks or scores. One decimal.</summary>
    Average,

    /// <summary>A mean difference from an estimate: Progress 8, value added. Two decimals.</summary>
    Progress,

    /// <summary>How many. Whole.</summary>
    Count,

    /// <summary>A place among schools, 0 to 100. Whole.</summary>
    Percentile,
}

public static class MeasureRounding
{
    /// <summary>How many decimals are shown of a unit. Source: the specification (4, Reports); the department shows Progress 8 with two.</summary>
    public static int Decimals(this MeasureUnit unit) => unit switch
    {
        MeasureUnit.Percentage or MeasureUnit.Count or MeasureUnit.Percentile => 0,
        MeasureUnit.Rate or MeasureUnit.Average => 1,
        MeasureUnit.Progress => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, null),
    };

    /// <summary>A figure as it is shown: halves away from zero, as schools round (62.5 → 63, −0.125 → −0.13), and never "−0".</summary>
    public static double Round(this MeasureUnit unit, double value) => ToDecimals(value, unit.Decimals());

    // Through decimal: 0.285 as a binary number lies below itself, and would go down to 0.28.
    internal static double ToDecimals(double value, int decimals) => (double)Math.Round((decimal)value, decimals, MidpointRounding.AwayFromZero) + 0.0;
}
