namespace Ascent.Reference.National.Illustrative;

/// <summary>The normal distribution, as far as invented figures need it.</summary>
internal static class Bell
{
    private const double Furthest = 8;
    private const int Halvings = 60;

    /// <summary>The share that lies below. Within 10⁻⁷; source: Abramowitz and Stegun, 26.2.17.</summary>
    public static double Below(double x)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        var above = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return x >= 0 ? 1 - above : above;
    }

    /// <summary>Where this share lies below.</summary>
    public static double At(double share) => Solve(Below, share);

    /// <summary>Where a rising function has a value, by halving.</summary>
    public static double Solve(Func<double, double> rising, double value)
    {
        var (low, high) = (-Furthest, Furthest);
        for (var i = 0; i < Halvings; i++)
            (low, high) = (low + high) / 2 is var middle && rising(middle) < value ? (middle, high) : (low, middle);
        return (low + high) / 2;
    }

    /// <summary>From nought to one, half at nought: how what pupils reach rises with what they had reached before.</summary>
    public static double Rise(double x) => 1 / (1 + Math.Exp(-x));
}
