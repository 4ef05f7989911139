namespace Ascent.Measures.Ks5;

/// <summary>
/// Attainment at 16 to 18, for the students and entries of one cohort. Source: DfE, 16-18 ready reckoner (points); the rules from secondary
/// sources; the grade cut-offs of average points from KS5 statistics 2016 to 2025.
/// </summary>
public static class Ks5Indicators
{
    private static readonly string[] Grades = ["E", "D", "C", "B", "A", "*"];

    /// <summary>Mean of students' total points; grows with the number of entries.</summary>
    public static Indicator<Ks5Student> PointsPerStudent { get; } = new("ks5-points", MeasureUnit.Average, static (in s) => s.Entries > 0 ? Outcome.Of(s.Points) : Outcome.Missing);

    /// <summary>
    /// Best three A levels: mean over the students with at least three full-size A levels of their best three's points ÷ 3, 0 to 60. Students
    /// with fewer are not in n.
    /// </summary>
    public static Indicator<Ks5Student> BestThreeALevels { get; } = new("ks5-best-three", MeasureUnit.Average, static (in s) => s.HasThreeALevels ? Outcome.Of(s.BestThree / 3.0) : Outcome.Outside);

    /// <summary>Average points per entry (APS): Σ points ÷ Σ sizes over all students, 0 to 60; an entry counts by its size.</summary>
    public static RatioTally PerEntry(ReadOnlySpan<Ks5Student> students)
    {
        var matched = 0;
        double points = 0, entries = 0;
        foreach (ref readonly var student in students)
        {
            matched += student.Entries > 0 ? 1 : 0;
            points += student.Points;
            entries += student.Entries;
        }
        return new(students.Length, matched, points, entries);
    }

    /// <summary>The figure of tallied entries.</summary>
    public static Measure PerEntry(RatioTally tally) => tally.Ratio(MeasureUnit.Average);

    /// <summary>
    /// The grade that average points of A levels stand for: each grade's ten points, from five below to five above its own, cut in three. B is
    /// 38⅓ to below 41⅔, B− from 35, B+ to 45. Found in the published pairs of points and grades, not in a text. Below E− (5 points): U.
    /// </summary>
    /// <param name="points">0 to 60.</param>
    public static string GradeOf(double points)
    {
        if (!(points >= 5))
            return "U";
        var third = Math.Min((int)((points - 5) * 3 / 10), (Grades.Length * 3) - 1);
        return Grades[third / 3] + (third % 3) switch { 0 => "-", 1 => "", _ => "+" };
    }
}
