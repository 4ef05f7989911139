using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Shared;

namespace Ascent.Reports.Figures;

/// <summary>One year's pupils of a figure.</summary>
/// <param name="Column">Null while the national figures for it are not there.</param>
/// <param name="Table">Of a progress measure, with the column.</param>
/// <param name="Pupils">Their places in the cohort.</param>
internal readonly record struct YearPart(AcademicYear Year, OutcomeColumn? Column, ProgressTable? Table, int[] Pupils);

/// <summary>Makes the figure of a measure from pupils of one year or of several, before any disclosure control and rounding.</summary>
internal static class Figure
{
    public static Measure Of(ReportMeasure measure, params ReadOnlySpan<YearPart> parts) => measure.Kind switch
    {
        MeasureKind.Share => Sum(parts).PercentageWithInterval(),
        MeasureKind.Average => Mean(Sum(parts)),
        MeasureKind.Rate => Rate(parts),
        MeasureKind.Progress when parts.Length == 1 => Single(measure, parts[0]),
        MeasureKind.Progress => Together(measure, parts),
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    private static Tally Sum(ReadOnlySpan<YearPart> parts)
    {
        var sum = default(Tally);
        foreach (var part in parts)
            sum += part.Column!.Tally(part.Pupils);
        return sum;
    }

    // The spread is that of these very pupils: a national one is not published for every mean. One pupil has none.
    private static Measure Mean(Tally tally) => tally.Spread() is Measure.Scalar { Value: var spread } ? tally.AverageWithInterval(spread) : tally.Average();

    private static Measure Rate(ReadOnlySpan<YearPart> parts)
    {
        var (sum, whole) = (Sum(parts), 0d);
        foreach (var part in parts)
            whole += part.Column!.Weight(part.Pupils);
        return new RatioTally(sum.N, sum.Matched, sum.Sum, whole).Ratio(MeasureUnit.Rate, 100);
    }

    private static Measure Single(ReportMeasure measure, YearPart part) =>
        Progress.Of(measure.Baseline!.Value, part.Year, part.Column?.Tally(part.Pupils) ?? new(part.Pupils.Length, 0, 0, 0), part.Table);

    // Years without a baseline or without national figures fall out, with their pupils; n says how many are left.
    private static Measure Together(ReportMeasure measure, ReadOnlySpan<YearPart> parts)
    {
        var (all, variance, n, reason) = (default(Tally), 0d, 0, NotApplicableReason.NoReference);
        foreach (var part in parts)
        {
            if (Progress.IsMissing(measure.Baseline!.Value, part.Year))
                (n, reason) = (n + part.Pupils.Length, NotApplicableReason.NoBaseline);
            else if (part is { Column: { } column, Table: { } table })
            {
                var tally = column.Tally(part.Pupils);
                (all, variance) = (all + tally, variance + (tally.Matched * table.StandardDeviation * table.StandardDeviation));
            }
            else
                n += part.Pupils.Length;
        }
        if (all.N == 0)
            return new Measure.NotApplicable(n == 0 ? NotApplicableReason.NoPupils : reason, new(n, 0));
        if (all.Matched == 0)
            return new Measure.NotApplicable(NotApplicableReason.NobodyCounts, all.Population);
        if (all.Matched < Progress.LeastCoverage * all.N)
            return new Measure.LowCoverage(all.Population);
        var (mean, half) = (all.Sum / all.Matched, Intervals.Z * Math.Sqrt(variance) / all.Matched);
        return new Measure.Estimated(mean, mean - half, mean + half, MeasureUnit.Progress, all.Population);
    }

    /// <summary>
    /// "Your school": <see cref="ThreeYears.Weighted"/> over the parts that have a baseline and national figures. The weight hangs on the calendar, so
    /// that a year that is missing does not move the others up. A score that speaks for less than half of the pupils is none.
    /// </summary>
    /// <param name="newest">The year that weighs most.</param>
    public static Measure Weighted(ReportMeasure measure, IReadOnlyList<YearPart> parts, AcademicYear newest)
    {
        if (parts.Count == 0)
            return new Measure.NotApplicable(Progress.IsMissing(measure.Baseline!.Value, newest) ? NotApplicableReason.NoBaseline : NotApplicableReason.NoReference, default);
        var (one, before, oldest) = (Of(newest), Of(newest.Previous), Of(newest.Previous.Previous));
        var all = one.Tally + before.Tally + oldest.Tally;
        return all.Matched > 0 && all.Matched < Progress.LeastCoverage * all.N ? new Measure.LowCoverage(all.Population) : ThreeYears.Weighted(one, before, oldest);

        ProgressYear Of(AcademicYear year) => parts.FirstOrDefault(p => p.Year == year) is { Column: { } column, Table: { } table } part ? new(column.Tally(part.Pupils), table.StandardDeviation) : default;
    }
}
