namespace Ascent.Measures.Ks4;

/// <summary>Which place a KS4 qualification can take. Only what parts the measures is told apart.</summary>
public enum Ks4Subject : byte
{
    /// <summary>Counts in the open slots alone: other GCSEs and approved other qualifications.</summary>
    Other,
    EnglishLanguage,
    EnglishLiterature,
    Maths,

    /// <summary>One entry with two grades and two slots; its points are the mean of the two.</summary>
    CombinedScience,
    Biology,
    Chemistry,
    Physics,
    ComputerScience,
    History,
    Geography,

    /// <summary>A modern or ancient language.</summary>
    Language,
}

/// <summary>
/// A KS4 qualification of a pupil that counts in the performance tables. Discounting (two qualifications in one subject, first entries) comes
/// before: an entry that does not count is not given here.
/// </summary>
public readonly record struct Ks4Entry
{
    /// <summary>Above the 9 of a GCSE lie AS levels and graded music.</summary>
    public const double MostPoints = 14;

    /// <param name="points">Of the grade; 0 for U, which is an entry.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to <see cref="MostPoints"/>.</exception>
    public Ks4Entry(Ks4Subject subject, double points)
    {
        if (points is not (>= 0 and <= MostPoints))
            throw new ArgumentOutOfRangeException(nameof(points), points, $"Not 0 to {MostPoints}.");
        (Subject, Points) = (subject, (float)points);
    }

    public Ks4Subject Subject { get; }

    public float Points { get; }
}
