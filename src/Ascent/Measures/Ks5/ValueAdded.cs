using Ascent.Shared;

namespace Ascent.Measures.Ks5;

/// <summary>One entry: the student's average points at KS4, and the points reached.</summary>
public readonly record struct ValueAddedEntry(PriorAttainment Prior, float Points);

/// <summary>The entries of a school in one subject and qualification, with the line that they were tallied by.</summary>
public readonly record struct SubjectValueAdded(Tally Tally, ValueAddedLine Line);

/// <summary>
/// Value added at 16 to 18, in grades. n counts entries; matched are those whose prior attainment lies on the line. Source: DfE, 16-18 ready
/// reckoner (server.R, 142823c).
/// </summary>
public static class ValueAdded
{
    public static Tally Tally(ReadOnlySpan<ValueAddedEntry> entries, ValueAddedLine line) => Measures.Tally.Of(entries, (in e) => line.ScoreOf(e.Prior, e.Points));

    /// <summary>A subject: the mean of its entries' value added in grades, ± 1.96 × sd_suqu ÷ √matched.</summary>
    /// <param name="cohort">The year of the students.</param>
    /// <returns>Estimated; NotApplicable when no entry is matched.</returns>
    /// <exception cref="ArgumentException">The line describes another year: years are not mixed.</exception>
    public static Measure OfSubject(AcademicYear cohort, SubjectValueAdded subject) => OfAll(cohort, [subject]);

    /// <summary>
    /// A qualification or a whole cohort: Σ weighting × value added ÷ Σ weighting over the entries. The standard errors of the subjects are
    /// combined by their shares of size, √Σ(se × n·size ÷ Σ n·size)².
    /// </summary>
    /// <returns>Estimated; NotApplicable when no entry is matched.</returns>
    /// <exception cref="ArgumentException">A line describes another year.</exception>
    public static Measure OfAll(AcademicYear cohort, ReadOnlySpan<SubjectValueAdded> subjects)
    {
        var all = default(Tally);
        double sum = 0, weights = 0, sizes = 0, squares = 0;
        foreach (var (tally, line) in subjects)
        {
            if (line.Edition.Year != cohort)
                throw new ArgumentException($"Students of {cohort}, national figures of {line.Edition.Year}.", nameof(subjects));
            all += tally;
            sum += line.Weighting * tally.Sum;
            weights += line.Weighting * tally.Matched;
            sizes += line.Size * tally.Matched;
            // (SD ÷ √n × n × size)²
            squares += line.StandardDeviation * line.StandardDeviation * tally.Matched * line.Size * line.Size;
        }
        if (!(weights > 0))
            return all.Nothing();
        var half = Intervals.Z * Math.Sqrt(squares) / sizes;
        return new Measure.Estimated(sum / weights, (sum / weights) - half, (sum / weights) + half, MeasureUnit.Progress, all.Population);
    }
}
