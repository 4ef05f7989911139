using Ascent.Measures;

namespace Ascent.Web.Pages.Reports.Parts;

/// <summary>
/// A figure of the school beside the national one of the same thing. Both are rounded from the moment that they are here; the judgement is made
/// before. A withheld figure has no judgement and no difference.
/// </summary>
public sealed record Compared
{
    /// <param name="verdict">Judged before rounding; kept only where there is a figure with an interval, and a national one.</param>
    public Compared(Measure school, Measure national, Significance? verdict)
    {
        (School, National) = (school.Rounded(), national.Rounded());
        Verdict = School is Measure.Estimated && National.TryValue(out _) ? verdict : null;
    }

    public Measure School { get; }

    public Measure National { get; }

    public Significance? Verdict { get; }

    /// <summary>Of the two as they are shown, so that readers come to the same when they subtract; and nothing is told that the two do not tell.</summary>
    public Measure Difference => School.TryValue(out var school) && National.TryValue(out var national) ? new Measure.Scalar(school - national, UnitOf(School), default)
        : School.TryValue(out _) ? National : School;

    /// <summary>From figures that are not yet rounded; judges them.</summary>
    public static Compared Of(Measure school, Measure national) =>
        new(school, national, school is Measure.Estimated one && national.TryValue(out var fixedFigure) ? one.Against(fixedFigure) : null);

    /// <summary>Where no national figure exists.</summary>
    public static Compared Alone(Measure school) => new(school, new Measure.NotApplicable(NotApplicableReason.NoReference, default), null);

    private static MeasureUnit UnitOf(Measure measure) => measure.Match<MeasureUnit>(one => one.Unit, one => one.Unit, _ => default, _ => default, _ => default);
}
