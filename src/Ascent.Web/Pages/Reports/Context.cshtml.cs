using Ascent.Measures;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Web.Components;

namespace Ascent.Web.Pages.Reports;

/// <summary>Who the pupils are: how many of each value of each group, over the years.</summary>
public sealed class ContextModel(ReadReport readReport, ExportReport exportReport) : ReportPage(readReport, exportReport)
{
    protected override string Path => ReportsLinks.Context(School.Urn, Stage);

    protected override string Name => "context";

    protected override bool TakesClass => true;

    protected override bool TakesGroup => false;

    // The table has every year.
    protected override IEnumerable<ReportPeriod> Shown => Report!.Years.Select((_, place) => ReportPeriod.Year(place));

    /// <summary>A group with its values; each with how many it has in each year.</summary>
    public IReadOnlyList<(PupilGroup Group, IReadOnlyList<(GroupValue Value, IReadOnlyList<Measure> Counts)> Values)> Groups { get; private set; } = [];

    /// <summary>All pupils of each year.</summary>
    public IReadOnlyList<Measure> All { get; private set; } = [];

    protected override bool Find()
    {
        var periods = Report!.Years.Select((_, place) => ReportPeriod.Year(place)).ToList();
        All = [.. periods.Select(p => Report.CountOf(p))];
        Groups =
        [
            .. from @group in PupilGroups.All
               let values = @group.Values().Select((value, place) => (value, Counts: (IReadOnlyList<Measure>)[.. periods.Select(p => Report.CountOf(p, @group, (byte)place))]))
                   .Where(v => v.Counts.Any(c => c is not Measure.NotApplicable)).ToList()
               where values.Count > 0
               select (@group, (IReadOnlyList<(GroupValue, IReadOnlyList<Measure>)>)values),
        ];
        return true;
    }

    /// <summary>"17, 29%": the share is of the year's pupils, where both may be shown.</summary>
    public string Text(Measure count, int year) => count switch
    {
        Measure.Withheld => MeasureText.Withheld,
        Measure.NotApplicable => "0",
        _ when count.TryPopulation(out var part) && All[year].TryPopulation(out var whole) && whole.Matched > 0 =>
            $"{MeasureText.Count(part.Matched)}, {MeasureUnit.Percentage.Round(100.0 * part.Matched / whole.Matched):0}%",
        _ when count.TryPopulation(out var part) => MeasureText.Count(part.Matched),
        _ => "",
    };

    protected override IEnumerable<ReportRow> Rows()
    {
        foreach (var (group, values) in Groups)
            foreach (var (value, counts) in values)
                foreach (var (year, count) in counts.Index())
                    yield return new(group.Label(), "Number of pupils", value.Label, Report!.Years[year].ToString(), new(CountOf(count), NoNation, null));
    }

    private static Measure CountOf(Measure count) => count switch
    {
        Measure.NotApplicable => new Measure.Scalar(0, MeasureUnit.Count, default),
        _ when count.TryPopulation(out var population) => new Measure.Scalar(population.Matched, MeasureUnit.Count, population),
        _ => count,
    };

    private static readonly Measure NoNation = new Measure.NotApplicable(NotApplicableReason.NoReference, default);
}
