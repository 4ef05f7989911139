namespace Ascent.Measures.Ks4;

/// <summary>
/// Value added in the EBacc subject areas, by the method of Progress 8: points of the pillar less the estimate of the pupil's group, in grades.
/// Population: pupils who entered the pillar. <see cref="Progress.Of"/> makes the score of the tally.
/// Source: DfE, KS4 ready reckoner (0df3197).
/// </summary>
public static class EBaccValueAdded
{
    /// <param name="pillar">Science, humanities or language.</param>
    /// <param name="table">Its estimates, by the groups of Progress 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">English and maths have elements of Progress 8 instead.</exception>
    public static Tally Tally(ReadOnlySpan<Ks4Pupil> pupils, EBaccPillars pillar, ProgressTable table)
    {
        if (pillar is not (EBaccPillars.Science or EBaccPillars.Humanities or EBaccPillars.Language))
            throw new ArgumentOutOfRangeException(nameof(pillar), pillar, "Science, humanities or language.");
        return Measures.Tally.Of(pupils, (in p) => !p.HasResults ? Outcome.Missing
            : !p.EBacc.Pillars.HasFlag(pillar) ? Outcome.Outside
            : table.ScoreOf(p.Prior, pillar switch { EBaccPillars.Science => p.EBacc.Science, EBaccPillars.Humanities => p.EBacc.Humanities, _ => p.EBacc.Language }));
    }
}
