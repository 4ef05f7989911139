using System.Diagnostics;

namespace Ascent.Measures;

/// <summary>How many a figure is about.</summary>
/// <param name="N">Pupils (or entries, where the measure says so) that the question is about.</param>
/// <param name="Matched">Of them, those whose outcome is in the figure: who have a result, and prior attainment where it needs that.</param>
public readonly record struct Population(int N, int Matched)
{
    public static Population operator +(Population left, Population right) => new(left.N + right.N, left.Matched + right.Matched);
}

/// <summary>Why there is no figure at all.</summary>
public enum NotApplicableReason
{
    /// <summary>The question is about nobody.</summary>
    NoPupils,

    /// <summary>There are pupils, and none of them has what the measure needs.</summary>
    NobodyCounts,

    /// <summary>The cohort was never tested on what progress is measured from. It will not come.</summary>
    NoBaseline,

    /// <summary>The national figures that it needs are not loaded.</summary>
    NoReference,
}

/// <summary>Why a figure is kept back. For the control and its tests; to a reader they all look alike.</summary>
public enum WithheldReason
{
    /// <summary>Too few pupils.</summary>
    Few,

    /// <summary>Too few pupils outside the group.</summary>
    FewOthers,

    /// <summary>All or none of a small group.</summary>
    AllOrNone,

    /// <summary>It would give another withheld figure away.</summary>
    Recoverable,

    /// <summary>A figure of another group is about the same pupils but a few.</summary>
    Nested,
}

/// <summary>
/// A figure, or the reason why there is none; one of five. A number that is missing is never a null and never a nought, so nobody can add it,
/// rank it or draw it by mistake. Whoever shows one goes through <see cref="Match"/>, which forgets none of the five.
/// </summary>
public abstract record Measure
{
    // Nobody else can add a sixth.
    private Measure()
    {
    }

    /// <summary>A figure without an interval.</summary>
    public sealed record Scalar(double Value, MeasureUnit Unit, Population Population) : Measure
    {
        public double Value { get; } = Checked(Value);
    }

    /// <summary>A figure with its 95% confidence interval.</summary>
    public sealed record Estimated(double Point, double Lower, double Upper, MeasureUnit Unit, Population Population) : Measure
    {
        public double Point { get; } = Checked(Point) >= Checked(Lower) && Point <= Checked(Upper)
            ? Point : throw new ArgumentOutOfRangeException(nameof(Point), Point, $"Not within {Lower} to {Upper}.");

        /// <summary>Where a fixed figure, such as the national one, lies to the interval; read before rounding.</summary>
        public Significance Against(double comparator) =>
            Lower > comparator ? Significance.Above : Upper < comparator ? Significance.Below : Significance.NoDifference;
    }

    /// <summary>Kept back by disclosure control. It carries no numbers of pupils: those are kept back with it.</summary>
    public sealed record Withheld(WithheldReason Reason) : Measure;

    /// <summary>There is no such figure.</summary>
    public sealed record NotApplicable(NotApplicableReason Reason, Population Population) : Measure;

    /// <summary>Too small a part of the cohort could be matched for a progress score to speak for it.</summary>
    public sealed record LowCoverage(Population Population) : Measure;

    public T Match<T>(
        Func<Scalar, T> scalar, Func<Estimated, T> estimated, Func<Withheld, T> withheld, Func<NotApplicable, T> notApplicable, Func<LowCoverage, T> lowCoverage) => this switch
        {
            Scalar one => scalar(one),
            Estimated one => estimated(one),
            Withheld one => withheld(one),
            NotApplicable one => notApplicable(one),
            LowCoverage one => lowCoverage(one),
            _ => throw new UnreachableException(),
        };

    /// <summary>The measure as it may leave the house: with the decimals of its unit. Bands and significance are judged before.</summary>
    public Measure Rounded() => this switch
    {
        Scalar one => new Scalar(one.Unit.Round(one.Value), one.Unit, one.Population),
        Estimated one => new Estimated(one.Unit.Round(one.Point), one.Unit.Round(one.Lower), one.Unit.Round(one.Upper), one.Unit, one.Population),
        _ => this,
    };

    /// <summary>The figure itself, for drawing and comparing.</summary>
    /// <returns>False for the three kinds that have none.</returns>
    public bool TryValue(out double value)
    {
        (var has, value) = this switch
        {
            Scalar one => (true, one.Value),
            Estimated one => (true, one.Point),
            _ => (false, 0),
        };
        return has;
    }

    /// <returns>False for a withheld measure, which has none to tell.</returns>
    public bool TryPopulation(out Population population)
    {
        (var has, population) = this switch
        {
            Scalar one => (true, one.Population),
            Estimated one => (true, one.Population),
            NotApplicable one => (true, one.Population),
            LowCoverage one => (true, one.Population),
            _ => (false, default),
        };
        return has;
    }

    private static double Checked(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A figure is a number.");
}
