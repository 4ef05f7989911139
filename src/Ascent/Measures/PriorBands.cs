namespace Ascent.Measures;

/// <summary>
/// The department's three bands of KS4 reports, by fixed scores in KS2. Not to be mixed with <see cref="PriorThird"/>: nationally far more than a
/// third are in the middle.
/// </summary>
public enum Ks2Band : byte
{
    /// <summary>No prior attainment; bands need not add up to the cohort.</summary>
    None,
    Low,
    Middle,
    High,
}

/// <summary>The department's bands of older KS2 reports, by KS1 average points of the former levels.</summary>
public enum Ks1Band : byte
{
    None,
    Low,
    Middle,
    High,
}

/// <summary>The thirds of target setting: all pupils of a year in their order, cut in three equal parts.</summary>
public enum PriorThird : byte
{
    None,
    Lower,
    Middle,
    Upper,
}

public static class PriorBands
{
    /// <summary>
    /// Mean of KS2 reading and maths: low below 100, middle 100 to below 110, high 110 and above. Nothing is rounded: 99.5 is low, 109.5 middle.
    /// Source: DfE performance tables, by SISRA's page on bands.
    /// </summary>
    public static Ks2Band ByKeyStage2(PriorAttainment prior) => prior switch
    {
        { IsKnown: false } => Ks2Band.None,
        { Value: < 100 } => Ks2Band.Low,
        { Value: < 110 } => Ks2Band.Middle,
        _ => Ks2Band.High,
    };

    /// <summary>
    /// KS1 average points of the former levels (to 2015): low below 12, middle 12 to below 18, high 18 and above. Not for the points 4 to 10 of
    /// later years. Source: education.gov.uk, performance tables 2011.
    /// </summary>
    public static Ks1Band ByKeyStage1Levels(PriorAttainment prior) => prior switch
    {
        { IsKnown: false } => Ks1Band.None,
        { Value: < 12 } => Ks1Band.Low,
        { Value: < 18 } => Ks1Band.Middle,
        _ => Ks1Band.High,
    };

    /// <summary>
    /// Ranks all pupils of a year by prior attainment and cuts the order in exact thirds. Pupils with the same value stay together, in the third
    /// in which the middle of their places lies; so the order of the pupils does not matter, and with ties thirds may differ in size. Who has no
    /// prior attainment is in none. Source: FFT Aspire, target setting (help page on bands).
    /// </summary>
    /// <param name="thirds">Takes the third of each pupil; as long as <paramref name="priors"/>.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void ByThirds(ReadOnlySpan<PriorAttainment> priors, Span<PriorThird> thirds)
    {
        if (priors.Length != thirds.Length)
            throw new ArgumentException($"{priors.Length} pupils, {thirds.Length} places.", nameof(thirds));
        var sorted = new double[priors.Length];
        var known = 0;
        foreach (var prior in priors)
            if (prior.IsKnown)
                sorted[known++] = prior.Value;
        Array.Sort(sorted, 0, known);
        for (var i = 0; i < priors.Length; i++)
            thirds[i] = priors[i].IsKnown ? Third(sorted.AsSpan(0, known), priors[i].Value) : PriorThird.None;
    }

    private static PriorThird Third(ReadOnlySpan<double> sorted, double value)
    {
        var (below, upTo) = Places.Of(sorted, value);
        // Twice the middle of the places, against twice a third: whole numbers, so nothing falls on the wrong side of a cut.
        var twiceMiddle = below + upTo;
        return 3 * twiceMiddle <= 2 * sorted.Length ? PriorThird.Lower : 3 * twiceMiddle <= 4 * sorted.Length ? PriorThird.Middle : PriorThird.Upper;
    }
}

/// <summary>Where a value stands among others in rising order.</summary>
internal static class Places
{
    /// <returns>How many lie below it, and how many not above it.</returns>
    public static (int Below, int UpTo) Of(ReadOnlySpan<double> sorted, double value) => (First(sorted, value, orEqual: true), First(sorted, value, orEqual: false));

    // The first place whose value is above (or equal to) the given one.
    private static int First(ReadOnlySpan<double> sorted, double value, bool orEqual)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] > value || (orEqual && sorted[middle].Equals(value)))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
