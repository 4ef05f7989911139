namespace Ascent.Reports.Disclosure;

/// <summary>Where a value of one group lies, by the pupils of the data, inside a value of another. The span contains its years.</summary>
internal sealed class Nesting(IReadOnlyList<DisclosureYear> years, int few)
{
    /// <summary>The pairs of cells of two tables of which one holds all pupils of the other and a few more.</summary>
    public IEnumerable<(int One, int Other)> Pairs(GroupTable one, GroupTable other)
    {
        foreach (var (period, otherPeriod) in Overlapping(one.Periods))
            for (var value = 0; value < one.Values; value++)
                for (var otherValue = 0; otherValue < other.Values; otherValue++)
                {
                    var (cell, otherCell) = (one.Cell(period, value), other.Cell(otherPeriod, otherValue));
                    var (n, otherN) = (one.Number(cell), other.Number(otherCell));
                    if (n == 0 || otherN == 0 || n == otherN || Math.Abs(n - otherN) > few)
                        continue;
                    var set = new Set(one, period, value);
                    var otherSet = new Set(other, otherPeriod, otherValue);
                    if (n < otherN ? Holds(otherSet, set) : Holds(set, otherSet))
                        yield return (cell, otherCell);
                }
    }

    // The span first, as everywhere.
    private static IEnumerable<(int, int)> Overlapping(Periods periods)
    {
        for (var period = periods.Count - 1; period >= 0; period--)
            for (var other = periods.Count - 1; other >= 0; other--)
                if (period == other || (periods.HasSpan && ((period == periods.Span && periods.Covers(period, other)) || (other == periods.Span && periods.Covers(other, period)))))
                    yield return (period, other);
    }

    private bool Holds(Set larger, Set smaller)
    {
        for (var year = 0; year < years.Count; year++)
        {
            if (!smaller.Covers(year))
                continue;
            var standings = years[year].Standings;
            var inSmaller = years[year].Pupils[smaller.Table.Group];
            var inLarger = years[year].Pupils[larger.Table.Group];
            var isCovered = larger.Covers(year);
            for (var i = 0; i < standings.Length; i++)
                if (inSmaller[i] == smaller.Value && standings[i] != Standing.Outside && !(isCovered && inLarger[i] == larger.Value))
                    return false;
        }
        return true;
    }

    private readonly record struct Set(GroupTable Table, int Period, int Value)
    {
        public bool Covers(int year) => Table.Periods.Covers(Period, year);
    }
}
