namespace Ascent.Measures.Ks5;

/// <summary>One level 3 qualification of a student.</summary>
public readonly record struct Ks5Entry
{
    /// <param name="points">Of the grade at this size: an A is 50 in an A level and 25 in an AS.</param>
    /// <param name="size">1 for an A level, 0.5 for an AS.</param>
    /// <exception cref="ArgumentOutOfRangeException">Points below nought, or no size.</exception>
    public Ks5Entry(double points, double size, bool isALevel)
    {
        if (!(points >= 0))
            throw new ArgumentOutOfRangeException(nameof(points), points, "Points begin at nought.");
        if (!(size > 0))
            throw new ArgumentOutOfRangeException(nameof(size), size, "An entry has a size.");
        (Points, Size, IsALevel) = ((float)points, (float)size, isALevel);
    }

    public float Points { get; }

    public float Size { get; }

    public bool IsALevel { get; }

    public static Ks5Entry ALevel(double points) => new(points, 1, true);
}

/// <summary>A student at the end of 16 to 18 study, worked out once from the entries of one cohort (A level, applied general …).</summary>
public readonly record struct Ks5Student
{
    private const int Three = 3;

    private Ks5Student(float points, float entries, float bestThree, bool hasThree) => (Points, Entries, BestThree, HasThreeALevels) = (points, entries, bestThree, hasThree);

    public float Points { get; }

    /// <summary>Sizes added up; nought for a student without entries, who is not matched.</summary>
    public float Entries { get; }

    /// <summary>Entered at least three full-size A levels.</summary>
    public bool HasThreeALevels { get; }

    /// <summary>Points of the best three A levels, 0 to 180; nought without three.</summary>
    public float BestThree { get; }

    public static Ks5Student Of(ReadOnlySpan<Ks5Entry> entries)
    {
        float points = 0, size = 0, first = -1, second = -1, third = -1;
        var full = 0;
        foreach (var entry in entries)
        {
            points += entry.Points;
            size += entry.Size;
            if (!entry.IsALevel || entry.Size < 1)
                continue;
            full++;
            (first, second, third) = entry.Points > first ? (entry.Points, first, second)
                : entry.Points > second ? (first, entry.Points, second) : (first, second, Math.Max(third, entry.Points));
        }
        return full >= Three ? new(points, size, first + second + third, true) : new(points, size, 0, false);
    }
}
