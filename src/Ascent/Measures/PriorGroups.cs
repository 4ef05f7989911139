namespace Ascent.Measures;

/// <summary>
/// Prior-attainment groups (PAG): the scale cut into ranges, each with one national estimate. They are many and narrow; the three bands for
/// reading reports are <see cref="Ks2Band"/> and <see cref="PriorThird"/>.
/// </summary>
public sealed class PriorGroups
{
    private readonly double[] bounds;
    private readonly bool boundBelongsBelow;

    private PriorGroups(IEnumerable<double> bounds, bool boundBelongsBelow)
    {
        this.bounds = [.. bounds];
        this.boundBelongsBelow = boundBelongsBelow;
        for (var i = 1; i < this.bounds.Length; i++)
            if (!(this.bounds[i] > this.bounds[i - 1]))
                throw new ArgumentException($"The bounds of groups have to rise: {this.bounds[i]} follows {this.bounds[i - 1]}.", nameof(bounds));
    }

    /// <summary>
    /// The 34 groups of Progress 8 from 2022 on, by the mean of KS2 reading and maths. Upper bounds: 82, 86, 87.5, 89, 90.5, 92, then one a whole
    /// point to 119; group 34 lies above. Source: DfE, KS4 ready reckoner (0df3197), re-derived from its ranges.
    /// </summary>
    public static PriorGroups Progress8 { get; } = UpTo([82, 86, 87.5, 89, 90.5, 92, .. Enumerable.Range(93, 27).Select(n => (double)n)]);

    public int Count => bounds.Length + 1;

    /// <summary>Groups that end with their upper bound; the last one has none.</summary>
    /// <exception cref="ArgumentException">They do not rise.</exception>
    public static PriorGroups UpTo(params IEnumerable<double> upperBounds) => new(upperBounds, true);

    /// <summary>Groups that begin with their lower bound; before the first of them lies one more group.</summary>
    /// <exception cref="ArgumentException">They do not rise.</exception>
    public static PriorGroups From(params IEnumerable<double> lowerBounds) => new(lowerBounds, false);

    /// <returns>1 to <see cref="Count"/>; 0 for a pupil without prior attainment, who is in no group.</returns>
    public int GroupOf(PriorAttainment prior)
    {
        if (!prior.IsKnown)
            return 0;
        var value = prior.Value;
        int low = 0, high = bounds.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (boundBelongsBelow ? value > bounds[middle] : value >= bounds[middle])
                low = middle + 1;
            else
                high = middle;
        }
        return low + 1;
    }
}
