using Ascent.Measures;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;

namespace Ascent.Reports.WhatIfs;

/// <summary>The figures of a cohort as it is, and with pupils left out. Of a reader of own classes both are about the own pupils alone.</summary>
public sealed class WhatIfFigures
{
    private readonly Report asItIs;
    private readonly Report without;
    private readonly ReportPeriod period;

    /// <param name="year">The place of the cohort's year.</param>
    /// <exception cref="InvalidOperationException">The reader has school-level reports only.</exception>
    public WhatIfFigures(Report report, int year, IReadOnlySet<Guid> leftOut)
    {
        period = ReportPeriod.Year(year);
        asItIs = report.Narrowed((_, _) => true);
        without = asItIs.Narrowed((cohort, pupil) => !leftOut.Contains(cohort.PupilIds[pupil]));
        (All, Left) = (asItIs.KnownOf(year).Known.Count, without.KnownOf(year).Known.Count);
    }

    /// <summary>How many pupils there are whom the reader knows.</summary>
    public int All { get; }

    /// <summary>How many of them are left.</summary>
    public int Left { get; }

    public (Measure AsItIs, Measure Without) Of(ReportMeasure measure) => (asItIs.Of(measure, period), without.Of(measure, period));
}
