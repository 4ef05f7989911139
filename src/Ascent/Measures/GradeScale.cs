namespace Ascent.Measures;

/// <summary>The grades of a qualification, the best first, each with its points. A grade is stored as its place here.</summary>
public sealed class GradeScale
{
    /// <summary>In place of a grade: entered, and no grade (absent, not awarded).</summary>
    public const byte NoGrade = byte.MaxValue;

    private readonly string[] labels;
    private readonly double[] points;

    /// <exception cref="ArgumentException">Points that do not fall from grade to grade.</exception>
    public GradeScale(params (string Label, double Points)[] grades)
    {
        (labels, points) = ([.. grades.Select(g => g.Label)], [.. grades.Select(g => g.Points)]);
        for (var i = 1; i < points.Length; i++)
            if (points[i] >= points[i - 1])
                throw new ArgumentException($"{labels[i]} is not below {labels[i - 1]}.", nameof(grades));
    }

    /// <summary>Points = grade, 9 to 1; U 0. Source: DfE, Attainment 8 guidance.</summary>
    public static GradeScale Gcse { get; } = new(("9", 9), ("8", 8), ("7", 7), ("6", 6), ("5", 5), ("4", 4), ("3", 3), ("2", 2), ("1", 1), ("U", 0));

    /// <summary>Unreformed GCSEs in the tables of 2017 and 2018. Source: a school's page and TES, quoting the DfE.</summary>
    public static GradeScale GcseLegacy { get; } = new(("A*", 8.5), ("A", 7), ("B", 5.5), ("C", 4), ("D", 3), ("E", 2), ("F", 1.5), ("G", 1), ("U", 0));

    /// <summary>Combined science: two grades in 17 pairs. Points are their mean, which fills each of its two slots.</summary>
    public static GradeScale CombinedScience { get; } = new(
        ("99", 9), ("98", 8.5), ("88", 8), ("87", 7.5), ("77", 7), ("76", 6.5), ("66", 6), ("65", 5.5), ("55", 5), ("54", 4.5), ("44", 4), ("43", 3.5), ("33", 3), ("32", 2.5), ("22", 2), ("21", 1.5), ("11", 1), ("UU", 0));

    /// <summary>A level, points at full size. Source: DfE, 16-18 ready reckoner (142823c).</summary>
    public static GradeScale ALevel { get; } = new(("*", 60), ("A", 50), ("B", 40), ("C", 30), ("D", 20), ("E", 10), ("U", 0));

    /// <summary>AS level that was not continued, half the size. Source: the same.</summary>
    public static GradeScale ASLevel { get; } = new(("A", 25), ("B", 20), ("C", 15), ("D", 10), ("E", 5), ("U", 0));

    public int Count => labels.Length;

    public IReadOnlyList<string> Labels => labels;

    /// <summary>The points of the grade in a place.</summary>
    public double PointsOf(byte grade) => points[grade];

    /// <returns>The place of a grade; false when the scale has no such grade.</returns>
    public bool TryFind(string label, out byte grade)
    {
        var found = Array.IndexOf(labels, label);
        grade = found < 0 ? NoGrade : (byte)found;
        return found >= 0;
    }
}
