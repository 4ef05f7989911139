namespace Ascent.Measures;

/// <summary>One entry of a subject: where the pupil came from, and the grade.</summary>
/// <param name="Grade">Its place in the scale, or <see cref="GradeScale.NoGrade"/>.</param>
public readonly record struct SubjectEntry(PriorAttainment Prior, byte Grade);

/// <summary>
/// How many pupils of each prior-attainment group got each grade nationally, in one subject: the department's transition matrices from KS2 to
/// GCSE and from KS4 to A level.
/// </summary>
public sealed class TransitionMatrix
{
    private readonly int[][] counts;

    /// <param name="counts">For each group in order, the entries by grade, the best first. Rows without prior attainment are left out.</param>
    /// <exception cref="ArgumentException">Not a row a group, or not a count a grade.</exception>
    public TransitionMatrix(ReferenceEdition edition, GradeScale scale, PriorGroups groups, IReadOnlyList<IReadOnlyList<int>> counts)
    {
        if (counts.Count != groups.Count || counts.Any(row => row.Count != scale.Count))
            throw new ArgumentException($"A matrix of {groups.Count} groups and {scale.Count} grades is needed.", nameof(counts));
        (Edition, Scale, Groups, this.counts) = (edition, scale, groups, [.. counts.Select(row => row.ToArray())]);
    }

    public ReferenceEdition Edition { get; }

    public GradeScale Scale { get; }

    public PriorGroups Groups { get; }

    /// <summary>Entries by grade of the group that a pupil with this prior attainment belongs to; empty without prior attainment.</summary>
    public ReadOnlySpan<int> RowOf(PriorAttainment prior) => Groups.GroupOf(prior) is > 0 and var group ? counts[group - 1] : [];

    /// <summary>
    /// The estimates that lie in the matrix: mean points of each group, none for a group that nobody was in; and as spread the pupil SD about
    /// them, √(Σ count × (points − mean of the group)² ÷ Σ count).
    /// </summary>
    /// <param name="pointsPerGrade">1 for GCSE, 10 for A level points: scores come out in grades.</param>
    public ProgressTable ToProgressTable(double pointsPerGrade = 1)
    {
        var estimates = new GroupEstimate[counts.Length];
        double squares = 0, entries = 0;
        for (var group = 0; group < counts.Length; group++)
        {
            var (n, mean) = Mean(counts[group]);
            if (n == 0)
                continue;
            estimates[group] = GroupEstimate.Of(mean);
            entries += n;
            for (byte grade = 0; grade < Scale.Count; grade++)
                squares += counts[group][grade] * Math.Pow((Scale.PointsOf(grade) - mean) / pointsPerGrade, 2);
        }
        return new(Edition, Groups, estimates, pointsPerGrade, entries > 0 ? Math.Sqrt(squares / entries) : 0);
    }

    /// <summary>
    /// Value added of a subject: for each entry the points of its grade less the estimate of the pupil's group, in grades. An entry without a
    /// grade or without prior attainment is in n and not matched. <see cref="Progress.Of"/> makes the score of it.
    /// </summary>
    public static Tally ValueAdded(ReadOnlySpan<SubjectEntry> entries, GradeScale scale, ProgressTable table) =>
        Tally.Of(entries, (in e) => e.Grade == GradeScale.NoGrade ? Outcome.Missing : table.ScoreOf(e.Prior, scale.PointsOf(e.Grade)));

    private (long N, double Mean) Mean(int[] row)
    {
        long n = 0;
        double sum = 0;
        for (byte grade = 0; grade < row.Length; grade++)
        {
            n += row[grade];
            sum += row[grade] * Scale.PointsOf(grade);
        }
        return (n, n > 0 ? sum / n : 0);
    }
}
