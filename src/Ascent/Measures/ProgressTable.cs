namespace Ascent.Measures;

/// <summary>What pupils of one prior-attainment group reached on average nationally, or that nobody knows.</summary>
public readonly record struct GroupEstimate
{
    private GroupEstimate(double value, double lowestScore) => (IsKnown, Value, LowestScore) = (true, value, lowestScore);

    /// <summary>No figure: nobody nationally was in the group. Its pupils match nothing.</summary>
    public static GroupEstimate None => default;

    public bool IsKnown { get; }

    public double Value { get; }

    /// <summary>The lowest score that counts for a pupil; minus infinity where there is no floor.</summary>
    public double LowestScore { get; }

    public static GroupEstimate Of(double value, double lowestScore = double.NegativeInfinity) => new(value, lowestScore);
}

/// <summary>
/// The national estimates that one progress or value-added measure compares with: one for each prior-attainment group. KS2 progress, Progress 8
/// with its elements, and the value added of subjects all work in this way.
/// </summary>
public sealed class ProgressTable
{
    private readonly GroupEstimate[] estimates;

    /// <param name="estimates">One a group, in their order.</param>
    /// <param name="divisor">What a difference is divided by: 10 for Progress 8 (its ten slots), 2 or 3 for its elements, 1 elsewhere.</param>
    /// <param name="standardDeviation">Of pupils' scores nationally, after dividing.</param>
    /// <exception cref="ArgumentException">Not one estimate a group.</exception>
    public ProgressTable(ReferenceEdition edition, PriorGroups groups, IEnumerable<GroupEstimate> estimates, double divisor, double standardDeviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisor);
        ArgumentOutOfRangeException.ThrowIfNegative(standardDeviation);
        // Place 0 is that of pupils without a group.
        this.estimates = [GroupEstimate.None, .. estimates];
        if (this.estimates.Length != groups.Count + 1)
            throw new ArgumentException($"{groups.Count} groups, {this.estimates.Length - 1} estimates.", nameof(estimates));
        (Edition, Groups, Divisor, StandardDeviation) = (edition, groups, divisor, standardDeviation);
    }

    public ReferenceEdition Edition { get; }

    public PriorGroups Groups { get; }

    public double Divisor { get; }

    public double StandardDeviation { get; }

    public GroupEstimate EstimateFor(PriorAttainment prior) => estimates[Groups.GroupOf(prior)];

    /// <summary>
    /// (outcome − estimate of the pupil's group) ÷ divisor, and no lower than the group's floor. Without prior attainment, or in a group without
    /// an estimate: missing. The published floors (extremely negative scores, about 1% of pupils) come with the table where it has them.
    /// </summary>
    public Outcome ScoreOf(PriorAttainment prior, double outcome)
    {
        ref readonly var estimate = ref estimates[Groups.GroupOf(prior)];
        return estimate.IsKnown ? Outcome.Of(Math.Max((outcome - estimate.Value) / Divisor, estimate.LowestScore)) : Outcome.Missing;
    }
}
