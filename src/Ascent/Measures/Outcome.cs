namespace Ascent.Measures;

/// <summary>What one pupil gives to one measure: a number, or the reason for none.</summary>
public readonly record struct Outcome
{
    private readonly Standing standing;

    private Outcome(Standing standing, double value) => (this.standing, Value) = (standing, value);

    private enum Standing : byte
    {
        Outside,
        Missing,
        Counts,
    }

    /// <summary>The measure is not about this pupil (not eligible): neither in n nor matched.</summary>
    public static Outcome Outside => default;

    /// <summary>The measure is about this pupil, and what it needs is not there: in n, not matched.</summary>
    public static Outcome Missing => new(Standing.Missing, 0);

    public bool IsInCohort => standing != Standing.Outside;

    public bool Counts => standing == Standing.Counts;

    /// <summary>Of an outcome that <see cref="Counts"/>; nought otherwise.</summary>
    public double Value { get; }

    public static Outcome Of(double value) => new(Standing.Counts, value);

    /// <summary>For shares of pupils: one who met it, or did not.</summary>
    public static Outcome Met(bool met) => new(Standing.Counts, met ? 1 : 0);
}

/// <summary>Reads from a pupil what it gives to a measure.</summary>
public delegate Outcome OutcomeOf<TPupil>(in TPupil pupil);
