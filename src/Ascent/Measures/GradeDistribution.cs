namespace Ascent.Measures;

/// <summary>
/// How many entries of a subject got each grade. n counts entries, matched those with a grade; shares and means are of the graded ones, as in the
/// department's distributions. For comparing with the national one of the same population (end of KS4, or all ages: they differ by up to 12 points).
/// </summary>
public sealed class GradeDistribution
{
    private readonly int[] counts;
    private readonly Population population;

    private GradeDistribution(GradeScale scale, int[] counts, int withoutGrade)
    {
        var graded = counts.Sum();
        (Scale, this.counts, population) = (scale, counts, new(graded + withoutGrade, graded));
    }

    public GradeScale Scale { get; }

    /// <summary>Entries by grade, the best first.</summary>
    public IReadOnlyList<int> Counts => counts;

    /// <param name="grades">Places in the scale, or <see cref="GradeScale.NoGrade"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A place that the scale does not have.</exception>
    public static GradeDistribution Of(GradeScale scale, ReadOnlySpan<byte> grades)
    {
        var counts = new int[scale.Count];
        var withoutGrade = 0;
        foreach (var grade in grades)
            if (grade == GradeScale.NoGrade)
                withoutGrade++;
            else if (grade < counts.Length)
                counts[grade]++;
            else
                throw new ArgumentOutOfRangeException(nameof(grades), grade, "No such grade in the scale.");
        return new(scale, counts, withoutGrade);
    }

    /// <summary>From published counts.</summary>
    /// <exception cref="ArgumentException">Not one count a grade.</exception>
    public static GradeDistribution OfCounts(GradeScale scale, IReadOnlyList<int> counts, int withoutGrade = 0) =>
        counts.Count == scale.Count ? new(scale, [.. counts], withoutGrade) : throw new ArgumentException($"{scale.Count} grades, {counts.Count} counts.", nameof(counts));

    /// <summary>Percent of the graded entries with this very grade.</summary>
    public Measure Share(byte grade) => Percentage(counts[grade]);

    /// <summary>Percent of the graded entries with this grade or a better one (9–5, A*–B).</summary>
    public Measure AtLeast(byte grade)
    {
        var met = 0;
        for (var i = 0; i <= grade; i++)
            met += counts[i];
        return Percentage(met);
    }

    /// <summary>Mean points of the graded entries.</summary>
    public Measure AveragePoints()
    {
        double sum = 0;
        for (byte i = 0; i < counts.Length; i++)
            sum += counts[i] * Scale.PointsOf(i);
        return new Tally(population.N, population.Matched, sum, 0).Average();
    }

    private Measure Percentage(int met) => new Tally(population.N, population.Matched, met, met).Percentage();
}
