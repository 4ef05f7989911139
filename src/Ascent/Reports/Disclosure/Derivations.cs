using System.Numerics;

namespace Ascent.Reports.Disclosure;

/// <summary>
/// What can be worked out from the shown cells of one group's table, by adding and subtracting in any way, exactly and without trying combinations.
/// <para>
/// Each period in the span, and the span itself, is a row, each value and the whole a column: the values of a row add up to its whole, the years of
/// a column to its span. These sums are all that is known of the withheld cells, and each cell stands in one row and one column. So take rows and
/// columns as points and the withheld cells as lines between them. A sum of withheld cells can be worked out just when there are numbers on the
/// points such that on every line the number of its row less that of its column is what the cell counts in the sum: +1 for a value of a year that
/// is in it, −1 for a value of the span, 0 for what is not in it. For a single cell: when nothing else connects its two ends. The numbers are also the recipe:
/// which sums to add, and with them which shown cells take part: those whose two ends have different numbers. A year before the span has no sums
/// of columns: its line ends in a point of its own.
/// </para>
/// <para>
/// A set of few pupils consists of values of single years with as few or fewer. On all other lines both ends have the same number, so whatever
/// they connect is one part; of parts with a row there are at most four, and their numbers differ by less than that, so all are tried.
/// </para>
/// <para>Cells without pupils are known to be empty and in nobody's way.</para>
/// </summary>
internal sealed class Derivations
{
    private readonly GroupTable _table;
    private readonly int _few;
    private readonly ulong _rows;
    private readonly int[] _row;
    private readonly int[] _column;

    // Point → points at the other end of a withheld cell; the second without values of single years that are few.
    private readonly ulong[] _linked;
    private readonly ulong[] _fixed;
    private readonly int[] _numbers;

    // The withheld cells, and of them those that are few.
    private readonly List<int> _withheld = [];
    private readonly List<int> _small = [];

    private (int Count, long Order, int Cell)? _next;

    /// <param name="few">The most pupils that are too few.</param>
    public Derivations(GroupTable table, int few)
    {
        (_table, _few) = (table, few);
        var (periods, values) = (table.Periods, table.Values);
        var points = periods.Count + values + 1 + periods.FirstInSpan;
        if (points > 64)
            throw new ArgumentException($"{periods.Years} years are too many.", nameof(table));
        (_linked, _fixed, _numbers) = (new ulong[points], new ulong[points], new int[points]);
        (_row, _column) = (new int[table.Cells], new int[table.Cells]);
        _rows = (1UL << periods.Count) - 1;
        for (var cell = 0; cell < table.Cells; cell++)
        {
            var (period, value) = Math.DivRem(cell, values + 1);
            (_row[cell], _column[cell]) = (period, periods.Count + (periods.StandsAlone(period) ? values + 1 + period : value));
        }
    }

    /// <summary>
    /// The next cell to withhold. Of all ways in which a protected cell or a set of few pupils is given away it takes the one with the fewest shown
    /// cells, and of those that take part in it the first in the order. A way goes through the rows and columns that the withheld cells
    /// connect, and not by detours through others, so no cell is given up that has nothing to do with it.
    /// </summary>
    /// <returns>Null when nothing is given away.</returns>
    public int? Next()
    {
        Link();
        _next = null;
        foreach (var cell in _withheld)
            if (_table.IsProtected(cell) && IsGivenAway(cell, out var side))
                Consider(side | Reach(_linked, _column[cell]), side);
        for (ulong left = _small.Count == 0 ? 0 : _rows, part; left != 0; left &= ~part)
        {
            part = Reach(_linked, BitOperations.TrailingZeroCount(left));
            FewIn(part);
        }
        return _next?.Cell;
    }

    /// <summary>Whether the figure of a cell can be had: shown, or worked out.</summary>
    public bool IsKnown(int cell)
    {
        if (!_table.IsWithheld(cell))
            return true;
        Link();
        return IsGivenAway(cell, out _);
    }

    private void Link()
    {
        Array.Clear(_linked);
        Array.Clear(_fixed);
        _withheld.Clear();
        _small.Clear();
        for (var cell = 0; cell < _row.Length; cell++)
        {
            if (!_table.IsWithheld(cell))
                continue;
            _withheld.Add(cell);
            Join(_linked, cell);
            if (!_table.IsWhole(cell) && _row[cell] < _table.Periods.Years && _table.Number(cell) <= _few)
                _small.Add(cell);
            else
                Join(_fixed, cell);
        }
    }

    private void Join(ulong[] links, int cell)
    {
        links[_row[cell]] |= 1UL << _column[cell];
        links[_column[cell]] |= 1UL << _row[cell];
    }

    private static ulong Reach(ulong[] links, int point)
    {
        var reached = 1UL << point;
        for (var open = reached; open != 0;)
        {
            var at = BitOperations.TrailingZeroCount(open);
            open = (open & (open - 1)) | (links[at] & ~reached);
            reached |= links[at];
        }
        return reached;
    }

    // Nothing else connects the two ends. The side is the row's. A year that stands alone has one point for all its columns.
    private bool IsGivenAway(int cell, out ulong side)
    {
        var (row, column) = (_row[cell], _column[cell]);
        side = 1UL << row;
        if (_table.Periods.StandsAlone(row))
            return _withheld.TrueForAll(other => other == cell || _row[other] != row);
        _linked[row] ^= 1UL << column;
        side = Reach(_linked, row);
        _linked[row] ^= 1UL << column;
        return (side & (1UL << column)) == 0;
    }

    private void Consider(ulong part, ulong side)
    {
        Set(part, 0);
        Set(side, 1);
        Consider(part);
    }

    // With the same number taken from all points of the part the sum stays the same, and points with nought take no part.
    private void Consider(ulong part)
    {
        for (var points = part; points != 0; points &= points - 1)
            if (Way(part, _numbers[BitOperations.TrailingZeroCount(points)]) is var way && (_next is not { } next || way.CompareTo(next) < 0))
                _next = way;
    }

    // How many shown cells take part, and the first of them to be given up.
    private (int Count, long Order, int Cell) Way(ulong part, int less)
    {
        var (count, first) = (0, (Order: long.MaxValue, Cell: -1));
        for (var cell = 0; cell < _row.Length; cell++)
        {
            if (_table.IsWithheld(cell) || _table.Number(cell) == 0 || NumberAt(_row[cell]) == NumberAt(_column[cell]))
                continue;
            count++;
            if (_table.Order(cell) is var order && order < first.Order)
                first = (order, cell);
        }
        return (count, first.Order, first.Cell);

        int NumberAt(int point) => (part & (1UL << point)) == 0 ? 0 : _numbers[point] - less;
    }

    private void FewIn(ulong part)
    {
        Span<ulong> parts = stackalloc ulong[4];
        var (count, free) = (0, part);
        for (var left = part & _rows; left != 0; left = free & _rows)
        {
            parts[count] = Reach(_fixed, BitOperations.TrailingZeroCount(left));
            free &= ~parts[count++];
        }
        if (count == 1 && free == 0)
            return;
        Set(parts[0], 0);
        var (width, ways) = ((2 * count) - 1, 1);
        for (var i = 1; i < count; i++)
            ways *= width;
        for (var way = 0; way < ways; way++)
        {
            for (var (i, rest) = (1, way); i < count; i++, rest /= width)
                Set(parts[i], (rest % width) - (count - 1));
            FewWith(part, free);
        }
    }

    // The numbers of all parts with a row are set; what is left are columns each of which has few in all its withheld years.
    private void FewWith(ulong part, ulong free)
    {
        var pupils = 0;
        foreach (var cell in _small)
        {
            if ((part & (1UL << _row[cell])) == 0 || (free & (1UL << _column[cell])) != 0)
                continue;
            var difference = _numbers[_row[cell]] - _numbers[_column[cell]];
            if (difference is not (0 or 1))
                return;
            pupils += difference * _table.Number(cell);
        }
        for (var columns = free; columns != 0; columns &= columns - 1)
        {
            var column = BitOperations.TrailingZeroCount(columns);
            if (Lay(column) is not { } more)
                return;
            pupils += more;
        }
        if (pupils > 0 && pupils <= _few)
            Consider(part);
        for (var columns = pupils == 0 ? free : 0; columns != 0; columns &= columns - 1)
            ConsiderAll(part, BitOperations.TrailingZeroCount(columns));
    }

    // The highest number that a column may have is the lowest of its rows. Gives the pupils that are then in the sum; null where no number will do.
    private int? Lay(int column)
    {
        var (lowest, highest, pupils) = (int.MaxValue, int.MinValue, 0);
        foreach (var cell in _small)
            if (_column[cell] == column)
                (lowest, highest) = (Math.Min(lowest, _numbers[_row[cell]]), Math.Max(highest, _numbers[_row[cell]]));
        _numbers[column] = lowest;
        foreach (var cell in _small)
            if (_column[cell] == column)
                pupils += (_numbers[_row[cell]] - lowest) * _table.Number(cell);
        return highest - lowest > 1 ? null : pupils;
    }

    // Nobody is in the sum so far: the withheld years of one column together.
    private void ConsiderAll(ulong part, int column)
    {
        var pupils = 0;
        foreach (var cell in _small)
            pupils += _column[cell] == column ? _table.Number(cell) : 0;
        if (pupils > _few)
            return;
        _numbers[column]--;
        Consider(part);
        _numbers[column]++;
    }

    private void Set(ulong points, int number)
    {
        for (; points != 0; points &= points - 1)
            _numbers[BitOperations.TrailingZeroCount(points)] = number;
    }
}
