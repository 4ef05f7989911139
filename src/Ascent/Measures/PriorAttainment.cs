namespace Ascent.Measures;

/// <summary>
/// What a pupil had reached when the stage began, on one scale (KS1 average points, mean KS2 scaled score, KS4 average points), or that it is not
/// known. A pupil without it is in no group and no band, and matches nothing.
/// </summary>
public readonly record struct PriorAttainment
{
    private readonly double value;

    private PriorAttainment(double value) => (this.value, IsKnown) = (value, true);

    public static PriorAttainment None => default;

    public bool IsKnown { get; }

    /// <exception cref="InvalidOperationException">It is not known.</exception>
    public double Value => IsKnown ? value : throw new InvalidOperationException("There is no prior attainment.");

    /// <exception cref="ArgumentOutOfRangeException">Not a number, or below nought.</exception>
    public static PriorAttainment Of(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "Not a number.");
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new(value);
    }

    /// <summary>
    /// The baseline of Progress 8: the mean of the scaled scores in KS2 reading and maths (or of what stands for them, <see cref="Ks4.NominalScores"/>),
    /// not rounded, so halves occur. Both are needed. Source: DfE, KS4 ready reckoner (0df3197).
    /// </summary>
    public static PriorAttainment OfKeyStage2(double reading, double maths) => Of((reading + maths) / 2);

    public override string ToString() => IsKnown ? value.ToString(System.Globalization.CultureInfo.InvariantCulture) : "none";
}
