using Ascent.Measures;

namespace Ascent.Reports.Disclosure;

/// <summary>What may be shown of one measure, for every cell of the family at once: year or span × the whole or one value of one group.</summary>
public sealed class DisclosureDecision
{
    // By period and place of the value, the whole last; 0 is shown, else the reason + 1.
    private readonly byte[][] _cells;
    private readonly Periods _periods;

    internal DisclosureDecision(Periods periods, byte[][] cells) => (_periods, _cells) = (periods, cells);

    public int Years => _periods.Years;

    public bool HasSpan => _periods.HasSpan;

    /// <returns>Null where the figure of all pupils is shown.</returns>
    public WithheldReason? Whole(ReportPeriod period) => Cell(0, period, PupilGroups.All[0].Values().Count);

    /// <param name="value">The place in <see cref="PupilGroups.Values"/>.</param>
    /// <returns>Null where the figure is shown.</returns>
    public WithheldReason? Value(ReportPeriod period, PupilGroup group, int value) => Cell((int)group, period, CheckedValue(group, value));

    /// <summary>Withheld by either is withheld: for a reader to whom two decisions apply. The reason is that of this one where both withhold.</summary>
    public DisclosureDecision And(DisclosureDecision other)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Years, Years);
        return new(_periods, [.. _cells.Zip(other._cells, (mine, others) => mine.Zip(others, (one, two) => one != 0 ? one : two).ToArray())]);
    }

    private static int CheckedValue(PupilGroup group, int value) =>
        value >= 0 && value < group.Values().Count ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{group} has no such value.");

    private WithheldReason? Cell(int group, ReportPeriod period, int value)
    {
        var values = PupilGroups.All[group].Values().Count;
        return _cells[group][(period.PlaceIn(_periods) * (values + 1)) + value] is not 0 and var reason ? (WithheldReason)(reason - 1) : null;
    }
}
