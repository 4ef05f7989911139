namespace Ascent.Reports.Disclosure;

/// <summary>From how many pupils on a figure may be shown.</summary>
public sealed record DisclosureSettings
{
    public const int LowestThreshold = 3;
    public const int HighestThreshold = 20;

    /// <summary>As the control is delivered: a figure about 1 to 5 pupils is withheld.</summary>
    public static DisclosureSettings Default { get; } = new(6);

    /// <param name="threshold">The smallest number of pupils that is shown.</param>
    public DisclosureSettings(int threshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, LowestThreshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, HighestThreshold);
        Threshold = threshold;
    }

    public int Threshold { get; }

    /// <summary>The smallest number inside and outside a sensitive value, and of which all or none may be shown: 10, or the threshold where that is higher.</summary>
    public int SensitiveThreshold => Math.Max(10, Threshold);
}
