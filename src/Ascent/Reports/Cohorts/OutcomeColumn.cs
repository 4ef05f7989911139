using Ascent.Measures;

namespace Ascent.Reports.Cohorts;

/// <summary>
/// What every pupil of a cohort gives to one measure, in the order of the cohort: in n or not, matched or not, the value, and for sums over sums
/// (sessions missed of those possible) how much it weighs.
/// </summary>
public sealed class OutcomeColumn
{
    private readonly Outcome[] outcomes;
    private readonly double[]? weights;

    /// <param name="weights">Null where every pupil weighs the same. Otherwise a value is a part of its weight, and the figure is Σ value ÷ Σ weight.</param>
    public OutcomeColumn(Outcome[] outcomes, double[]? weights = null) => (this.outcomes, this.weights) = (outcomes, weights);

    public int Count => outcomes.Length;

    public bool IsWeighted => weights is not null;

    public Outcome this[int pupil] => outcomes[pupil];

    public ReadOnlySpan<Outcome> Outcomes => outcomes;

    /// <summary>Of the pupils in these places of the cohort.</summary>
    public Tally Tally(ReadOnlySpan<int> pupils)
    {
        int n = 0, matched = 0;
        double sum = 0, squares = 0;
        foreach (var pupil in pupils)
        {
            ref readonly var outcome = ref outcomes[pupil];
            n += outcome.IsInCohort ? 1 : 0;
            matched += outcome.Counts ? 1 : 0;
            sum += outcome.Value;
            squares += outcome.Value * outcome.Value;
        }
        return new(n, matched, sum, squares);
    }

    /// <summary>The weights of those who count.</summary>
    public double Weight(ReadOnlySpan<int> pupils)
    {
        double sum = 0;
        foreach (var pupil in pupils)
            if (outcomes[pupil].Counts)
                sum += weights is null ? 1 : weights[pupil];
        return sum;
    }
}
