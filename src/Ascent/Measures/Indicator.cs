namespace Ascent.Measures;

/// <summary>
/// A measure of attainment or attendance by its definition: what one pupil gives to it, and what the figure is a number of. The documentation of
/// each says formula, population and source.
/// </summary>
/// <param name="Code">Short and lasting: it is stored with sums and stands in addresses.</param>
/// <param name="Unit"><see cref="MeasureUnit.Percentage"/> for shares of pupils, <see cref="MeasureUnit.Average"/> for means.</param>
public sealed record Indicator<TPupil>(string Code, MeasureUnit Unit, OutcomeOf<TPupil> OutcomeOf)
{
    public Tally Tally(ReadOnlySpan<TPupil> pupils) => Measures.Tally.Of(pupils, OutcomeOf);

    /// <summary>The figure of these pupils, without an interval.</summary>
    public Measure Of(ReadOnlySpan<TPupil> pupils) => Of(Tally(pupils));

    /// <summary>The figure of pupils who were tallied before.</summary>
    public Measure Of(Tally tally) => Unit == MeasureUnit.Percentage ? tally.Percentage() : tally.Average(Unit);
}
