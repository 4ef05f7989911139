using Ascent.Measures;

namespace Ascent.Web.Components;

/// <summary>What the strips of one table or one set of tiles are drawn to.</summary>
/// <param name="Ticks">Where lines stand, the lowest first; the ends among them.</param>
/// <param name="Unit">How the numbers over the lines are written.</param>
public sealed record StripScale(double From, double To, IReadOnlyList<double> Ticks, MeasureUnit Unit)
{
    private static readonly double[] Steps = [1, 2, 5, 10];

    public static StripScale Percent { get; } = new(0, 100, [0, 25, 50, 75, 100], MeasureUnit.Percentage);

    /// <summary>A scale with round numbers that holds every figure and interval which is shown; shares keep 0 to 100.</summary>
    public static StripScale Around(IEnumerable<Measure> measures, MeasureUnit unit)
    {
        if (unit is MeasureUnit.Percentage or MeasureUnit.Percentile)
            return Percent with { Unit = unit };
        var ends = measures.Select(m => m.Rounded()).SelectMany(Ends).ToArray();
        if (ends.Length == 0)
            return new(0, 1, [0, 1], unit);
        var (from, to) = (ends.Min(), ends.Max());
        var step = Step(to - from, unit);
        (from, to) = (Math.Floor(from / step) * step, Math.Ceiling(to / step) * step);
        if (to - from < step)
            to = from + step;
        return new(from, to, [.. Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(i => Math.Round(from + (i * step), 6))], unit);
    }

    /// <summary>Where a value lies, in percent of the width; what is beyond an end lies at the end.</summary>
    public double At(double value) => Math.Clamp((value - From) / (To - From) * 100, 0, 100);

    private static double[] Ends(Measure measure) => measure.Match<double[]>(one => [one.Value], one => [one.Lower, one.Point, one.Upper], _ => [], _ => [], _ => []);

    // About five lines; never finer than the figures themselves.
    private static double Step(double width, MeasureUnit unit)
    {
        var finest = Math.Pow(10, -unit.Decimals());
        var rough = Math.Max(width / 5, finest);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return Steps.First(s => s * power >= rough * 0.999) * power;
    }
}
