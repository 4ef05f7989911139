using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Web.Components;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.Web.Pages.Reports.Pupils;

/// <summary>A pupil of the list.</summary>
/// <param name="Place">In the cohort.</param>
/// <param name="Outcomes">In the order of the columns.</param>
/// <param name="Outcome">What the scatterplot draws.</param>
/// <param name="Estimate">Null without a start or without national figures.</param>
/// <param name="Groups">What people look for of the groups that the pupil is in.</param>
/// <param name="Flags">With their words.</param>
public sealed record PupilLine(
    NamedPupil Who, int Place, PriorAttainment Prior, IReadOnlyList<Outcome> Outcomes, Outcome Outcome, StartEstimate? Estimate, IReadOnlyList<string> Groups, IReadOnlyList<(PupilFlag Flag, string Text)> Flags)
{
    // What people look for in a list; the groups of everybody else ("English", "Other pupils") would say nothing.
    private static readonly (PupilGroup Group, string[] Values)[] LookedFor =
    [
        (PupilGroup.Disadvantaged, ["yes"]), (PupilGroup.Sen, ["ehc", "support"]), (PupilGroup.Eal, ["other"]), (PupilGroup.LookedAfter, ["yes"]), (PupilGroup.ServiceChild, ["yes"]),
    ];

    /// <summary>Outcome less estimate, in points of the outcome.</summary>
    public double? Against => Outcome.Counts && Estimate is { } estimate ? Outcome.Value - estimate.Estimate : null;

    /// <summary>Outside of where 8 in 10 with the same start ended.</summary>
    public Standing Standing => Against is null ? Standing.AsMost : Outcome.Value > Estimate!.Upper ? Standing.FarAbove : Outcome.Value < Estimate.Lower ? Standing.FarBelow : Standing.AsMost;

    public bool Has(PupilFlag flag) => Flags.Any(f => f.Flag == flag);

    public string? AgainstText => Against is { } against ? MeasureText.Difference(new Ascent.Measures.Measure.Scalar(against, MeasureUnit.Average, default)) : null;

    public static PupilLine Of(Report report, int year, int place, NamedPupil who, IReadOnlyList<PupilColumn> columns, StartAndOutcome? drawn)
    {
        var cohort = report.KnownOf(year).Cohort;
        var prior = drawn is null ? PriorAttainment.None : cohort.Prior[place];
        var groups = LookedFor.SelectMany(f => f.Values.Where(v => f.Group.FindValue(v) == cohort.ValuesOf(f.Group)[place]).Select(v => f.Group.Values()[f.Group.FindValue(v)!.Value].Label)).ToList();
        var flags = PupilFlags.Of(report, year, place, who.IsPersistentlyAbsent).Select(f => (f, f.Label(report.Stage))).ToList();
        return new(who, place, prior, [.. columns.Select(c => report.OutcomeOf(c.Measure, year, place))], drawn?.OutcomeOf(report, year, place) ?? FirstOf(columns, report, year, place),
            drawn?.HasBaseline(cohort.Year) == true ? drawn.EstimateFor(prior, report.NationalOf(cohort.Year)) : null, groups, flags);
    }

    // Without a chart the list is put in order by its first column.
    private static Outcome FirstOf(IReadOnlyList<PupilColumn> columns, Report report, int year, int place) => columns.Count == 0 ? Outcome.Missing : report.OutcomeOf(columns[0].Measure, year, place);
}
