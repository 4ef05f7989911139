using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Reports.Cohorts;
using Ascent.Shared;

namespace Ascent.Reports.Figures;

/// <summary>
/// What pupils of a stage are drawn by: where they started, and one outcome on a scale with national estimates. Key stage 4 has Attainment 8 from
/// KS2, key stage 2 the mean scaled score of reading and maths from KS1; the other stages have no start that is measured.
/// </summary>
public sealed class StartAndOutcome
{
    // Of a normal distribution, 8 in 10 lie within so many standard deviations.
    private const double EightInTen = 1.2816;

    // Fine enough to meet every prior-attainment group: the narrowest are half a point wide or more.
    private const double Step = 0.25;

    private readonly Func<NationalYear, IReadOnlyList<ProgressTable>> tables;
    private readonly IReadOnlyList<ReportMeasure> parts;

    private StartAndOutcome(Baseline baseline, (double, double) range, Func<NationalYear, IReadOnlyList<ProgressTable>> tables, params IEnumerable<string> parts)
    {
        (Baseline, Range, this.tables) = (baseline, range, tables);
        this.parts = [.. parts.Select(code => ReportMeasures.Find(code)!)];
    }

    private static readonly StartAndOutcome Ks4 = new(Baseline.KeyStage2, (0, 90), n => n.Progress8 is { } national ? [national.For(Progress8Part.Total)] : [], "ks4-attainment8");
    private static readonly StartAndOutcome Ks2 = new(Baseline.KeyStage1, (80, 120), n => n.Ks2Progress is { } national ? [national.Reading, national.Maths] : [], "ks2-reading-score", "ks2-maths-score");

    public Baseline Baseline { get; }

    /// <summary>The ends of the scale of the outcome.</summary>
    public (double Low, double High) Range { get; }

    /// <returns>Null for a stage without a measured start.</returns>
    public static StartAndOutcome? Of(CohortStage stage) => stage switch { CohortStage.Ks4 => Ks4, CohortStage.Ks2 => Ks2, _ => null };

    public bool HasBaseline(AcademicYear year) => !Progress.IsMissing(Baseline, year);

    /// <summary>The mean of its parts; missing when one of them is.</summary>
    /// <exception cref="InvalidOperationException">The reader may not see the pupil.</exception>
    public Outcome OutcomeOf(Report report, int year, int pupil)
    {
        var sum = 0d;
        foreach (var part in parts)
        {
            if (report.OutcomeOf(part, year, pupil) is not { Counts: true, Value: var value })
                return Outcome.Missing;
            sum += value;
        }
        return Outcome.Of(sum / parts.Count);
    }

    /// <summary>
    /// What pupils with this start reached nationally, and between what 8 in 10 of them ended: estimate ± 1.2816 × national spread of pupils' scores,
    /// in points of the outcome. For reading and maths together the spread of the mean is not published; the mean of the two spreads stands for it,
    /// which it cannot exceed. Both ends stay on the scale.
    /// </summary>
    /// <returns>Null without a start, without national figures, or where nobody nationally was in the group.</returns>
    public StartEstimate? EstimateFor(PriorAttainment prior, NationalYear national)
    {
        var all = tables(national);
        if (all.Count == 0 || !prior.IsKnown || all.Any(t => !t.EstimateFor(prior).IsKnown))
            return null;
        var (estimate, half) = (all.Average(t => t.EstimateFor(prior).Value), EightInTen * all.Average(t => t.StandardDeviation * t.Divisor));
        return new(prior.Value, estimate, Math.Max(Range.Low, estimate - half), Math.Min(Range.High, estimate + half));
    }

    /// <summary>The estimates along the starts between two, one in the middle of each prior-attainment group, and the two ends.</summary>
    public IReadOnlyList<StartEstimate> Line(double from, double to, NationalYear national)
    {
        if (tables(national) is not [var first, ..])
            return [];
        var groups = Enumerable.Range(0, (int)Math.Round((to - from) / Step) + 1).Select(i => from + (i * Step)).GroupBy(start => first.Groups.GroupOf(PriorAttainment.Of(start)));
        var middles = groups.Select(g => (g.First() + g.Last()) / 2).ToList();
        return [.. middles.Prepend(from).Append(to).Distinct().Order().Select(start => EstimateFor(PriorAttainment.Of(start), national)).OfType<StartEstimate>()];
    }
}

/// <param name="Lower">8 in 10 with the same start ended here or above, up to <paramref name="Upper"/>.</param>
public sealed record StartEstimate(double Start, double Estimate, double Lower, double Upper);
