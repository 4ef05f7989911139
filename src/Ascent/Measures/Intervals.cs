namespace Ascent.Measures;

/// <summary>95% confidence intervals, as the performance tables use them for means, and Wilson's for shares.</summary>
public static class Intervals
{
    /// <summary>How many standard errors on each side hold 95%.</summary>
    public const double Z = 1.96;

    /// <summary>
    /// Half the width of the interval of a mean, 1.96 × SD ÷ √n, in the unit of the standard deviation.
    /// Source: DfE, KS4 ready reckoner (server.R, 0df3197).
    /// </summary>
    /// <param name="standardDeviation">Of pupils nationally, not of the school.</param>
    /// <param name="matched">At least one.</param>
    public static double HalfWidth(double standardDeviation, int matched)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(standardDeviation);
        ArgumentOutOfRangeException.ThrowIfLessThan(matched, 1);
        return Z * standardDeviation / Math.Sqrt(matched);
    }

    /// <summary>
    /// Wilson's interval of a share: (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), as fractions from 0 to 1. Unlike p ± 1.96√(p(1−p)/n) it
    /// stays within 0 to 1, and has a width also where all or none met it. Source: E. B. Wilson, 1927.
    /// </summary>
    /// <param name="met">0 to <paramref name="matched"/>.</param>
    /// <param name="matched">At least one.</param>
    public static (double Lower, double Upper) Wilson(double met, int matched)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(matched, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(met);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(met, matched);
        var share = met / matched;
        var zz = Z * Z / matched;
        var middle = share + (zz / 2);
        var half = Z * Math.Sqrt(((share * (1 - share)) + (zz / 4)) / matched);
        return (Math.Max(0, (middle - half) / (1 + zz)), Math.Min(1, (middle + half) / (1 + zz)));
    }
}
