using Ascent.Measures;

namespace Ascent.Reports.Disclosure;

/// <summary>
/// What may be shown of one measure without access to single pupils. It decides for the whole family of questions at once: year, or the span of the latest
/// three, × all pupils or one value of one group; so the order of asking does not matter, nor that of the pupils.
/// <para>
/// 1. A figure about too few pupils is withheld, one about a sensitive value under 10 inside or outside it, and all or none of under 10.
/// 2. In each group's table further cells are withheld until the shown ones, added and subtracted in any way, yield no set of too few pupils and no
/// cell of the first or third rule. A whole is withheld for all groups, and none of them may then add up to it.
/// 3. Where two values of different groups are known and one holds the other and a few more, that of the later group is withheld, and the
/// second rule is applied again. It looks within a period, and between the span and its years.
/// </para>
/// <para>
/// Not covered: sums of several cells of one group against those of another; sets of sensitive pupils under 10 which are no value of a group; what a
/// reader knows from elsewhere; what a later import changes. See docs/adr/0023.
/// </para>
/// </summary>
public static class DisclosureControl
{
    public const int MostYears = 12;

    /// <param name="years">The single years that may be shown, from the oldest.</param>
    public static DisclosureDecision Decide(IReadOnlyList<DisclosureYear> years, DisclosureSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfZero(years.Count, nameof(years));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(years.Count, MostYears, nameof(years));
        return new Run(years, settings).Decide();
    }

    /// <summary>
    /// For a reader who sees some pupils by name: what he can take away from every figure. The decision over all pupils together with that over the
    /// pupils who are not his own.
    /// </summary>
    /// <param name="own">For each year, whether each pupil is the reader's own.</param>
    public static DisclosureDecision Decide(IReadOnlyList<DisclosureYear> years, IReadOnlyList<bool[]> own, DisclosureSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(own.Count, years.Count, nameof(own));
        return Decide(years, settings).And(Decide([.. years.Zip(own, (year, mine) => year.Without(mine))], settings));
    }

    private sealed class Run
    {
        private readonly GroupTable[] _tables;
        private readonly Derivations[] _derivations;
        private readonly Nesting _nesting;
        private readonly DisclosureSettings _settings;

        public Run(IReadOnlyList<DisclosureYear> years, DisclosureSettings settings)
        {
            var few = settings.Threshold - 1;
            (_nesting, _settings) = (new(years, few), settings);
            _tables = [.. PupilGroups.All.Select(group => new GroupTable(group, years))];
            _derivations = [.. _tables.Select(table => new Derivations(table, few))];
        }

        public DisclosureDecision Decide()
        {
            foreach (var table in _tables)
                for (var cell = 0; cell < table.Cells; cell++)
                    if (table.Small(cell, _settings) is { } reason)
                        table.Withhold(cell, reason);
            KeepFromComingOut();
            for (var later = 1; later < _tables.Length; later++)
                for (var earlier = 0; earlier < later; earlier++)
                    KeepApart(earlier, later);
            return new(_tables[0].Periods, [.. _tables.Select(t => t.Reasons)]);
        }

        // The second rule, group by group; a whole that is withheld on the way opens the tables before it again.
        private void KeepFromComingOut()
        {
            while (Array.FindIndex(_tables, t => t.IsOpen) is >= 0 and var at)
                if (_derivations[at].Next() is { } cell)
                    Withhold(_tables[at], cell, WithheldReason.Recoverable);
                else
                    _tables[at].IsOpen = false;
        }

        // The third. Cells only ever become unknown, so one look at each pair is enough.
        private void KeepApart(int earlier, int later)
        {
            foreach (var (one, other) in _nesting.Pairs(_tables[earlier], _tables[later]))
                if (_derivations[earlier].IsKnown(one) && _derivations[later].IsKnown(other))
                {
                    Withhold(_tables[later], other, WithheldReason.Nested);
                    KeepFromComingOut();
                }
        }

        private void Withhold(GroupTable table, int cell, WithheldReason reason)
        {
            table.Withhold(cell, reason);
            if (!table.IsWhole(cell))
                return;
            foreach (var other in _tables)
                other.Withhold(other.Cell(cell / (table.Values + 1), other.Values), reason);
        }
    }
}
