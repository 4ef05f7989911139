using Ascent.Measures;
using Ascent.Web.Components;

namespace Ascent.Web.Pages.Reports.Parts;

/// <summary>Pupil groups one under another, each row with its own strip, and the gap of each group above its values.</summary>
public sealed record GroupTable(BlockWords Words, ReportNames Names, StripScale Scale, IReadOnlyList<GroupBlock> Groups)
{
    public Legend Legend => new(Names, LegendMarks.Interval | (HasNational ? LegendMarks.SameGroup : 0) | (HasNational && Groups.Any(g => g.Gap is not null) ? LegendMarks.Gaps : 0));

    /// <summary>Whether any of the groups has a national figure; without one its columns would be empty.</summary>
    public bool HasNational => Groups.Any(g => g.Rows.Any(r => r.Figure.National.TryValue(out _)));

    public string Stripes => $"{Words.Id}-stripes";
}

/// <summary>A group: "Gap by sex", girls and boys.</summary>
/// <param name="Gap">Null for a group whose values have no order, such as ethnic groups: it has a heading alone.</param>
public sealed record GroupBlock(string Title, GroupGap? Gap, IReadOnlyList<GroupRow> Rows)
{
    /// <summary>The two that the bar lies between; none when a gap is not shown.</summary>
    public (Measure, Measure) Ends(Func<Compared, Measure> side) => Gap is { } gap && side(gap.Figure).TryValue(out _)
        ? (side(Rows[gap.From].Figure), side(Rows[gap.To].Figure))
        : (NoEnd, NoEnd);

    private static readonly Measure NoEnd = new Measure.NotApplicable(NotApplicableReason.NoPupils, default);
}

/// <summary>A gap, with its sign as given; page and table say who is ahead.</summary>
/// <param name="From">The place of the row that the bar begins at.</param>
/// <param name="To">The place of the row that it ends at.</param>
public sealed record GroupGap(Compared Figure, int From, int To);

public sealed record GroupRow(string Label, Compared Figure);
