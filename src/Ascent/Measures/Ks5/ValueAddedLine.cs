namespace Ascent.Measures.Ks5;

/// <summary>
/// The national line of one qualification in one subject (L3VA): 22 knots, each with prior attainment (KS4 average points) and the mean points
/// that students with it reached. Source: DfE, 16-18 ready reckoner (server.R, 142823c), layout of its national bands.
/// </summary>
public sealed class ValueAddedLine
{
    public const int Knots = 22;

    private readonly double[] prior;
    private readonly double[] points;

    /// <param name="prior">x₀ to x₂₁, not falling; neighbours may be equal.</param>
    /// <param name="points">y₀ to y₂₁.</param>
    /// <param name="size">Of the qualification: 1 for an A level.</param>
    /// <param name="standardDeviation">Of students' value added nationally, in grades (sd_suqu).</param>
    /// <param name="pointsPerGrade">10; 1 for technical certificates (cohort code 6).</param>
    /// <param name="weighting">Of an entry in the score of its qualification and cohort.</param>
    /// <exception cref="ArgumentException">Not 22 knots, or falling ones.</exception>
    public ValueAddedLine(
        ReferenceEdition edition, IReadOnlyList<double> prior, IReadOnlyList<double> points, double size, double weighting, double standardDeviation, double pointsPerGrade = 10)
    {
        if (prior.Count != Knots || points.Count != Knots)
            throw new ArgumentException($"A line has {Knots} knots.", nameof(prior));
        for (var i = 1; i < Knots; i++)
            if (!(prior[i] >= prior[i - 1]))
                throw new ArgumentException($"Prior attainment falls at knot {i}.", nameof(prior));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pointsPerGrade);
        (this.prior, this.points) = ([.. prior], [.. points]);
        (Edition, Size, Weighting, StandardDeviation, PointsPerGrade) = (edition, size, weighting, standardDeviation, pointsPerGrade);
    }

    public ReferenceEdition Edition { get; }

    public double Size { get; }

    public double Weighting { get; }

    public double StandardDeviation { get; }

    public double PointsPerGrade { get; }

    /// <summary>
    /// The points that students with this prior attainment reached on average: on the straight line between the neighbouring knots. Where several
    /// knots have the same prior attainment the last of them begins the line; at the very end it is the first of those at x₂₁.
    /// A level Maths 2025 at 7.2: 40.771.
    /// </summary>
    /// <returns>False without prior attainment, and outside x₀ to x₂₁.</returns>
    public bool TryEstimate(PriorAttainment from, out double estimate)
    {
        estimate = 0;
        if (!from.IsKnown)
            return false;
        var x = from.Value;
        if (x < prior[0] || x > prior[^1])
            return false;
        if (x >= prior[^1])
        {
            estimate = points[Array.IndexOf(prior, prior[^1])];
            return true;
        }
        var knot = 0;
        while (knot < Knots - 2 && prior[knot + 1] <= x)
            knot++;
        estimate = points[knot] + ((points[knot + 1] - points[knot]) * (x - prior[knot]) / (prior[knot + 1] - prior[knot]));
        return true;
    }

    /// <summary>(points − estimate) ÷ size ÷ points of a grade: a student's value added in grades.</summary>
    public Outcome ScoreOf(PriorAttainment from, double reached) =>
        TryEstimate(from, out var estimate) ? Outcome.Of((reached - estimate) / Size / PointsPerGrade) : Outcome.Missing;
}
