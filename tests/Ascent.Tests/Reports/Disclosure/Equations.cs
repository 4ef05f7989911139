using System.Numerics;

namespace Ascent.Tests.Reports.Disclosure;

/// <summary>Sums of unknowns that are known, and the question which other sums follow. Exact: fractions without a bound, kept as whole numbers.</summary>
internal sealed class Equations(int unknowns)
{
    private readonly List<BigInteger[]> _rows = [];
    private long[][] _kernel = [];

    public void Add(Func<int, bool> isIn) => _rows.Add([.. Enumerable.Range(0, unknowns).Select(i => isIn(i) ? BigInteger.One : BigInteger.Zero)]);

    /// <summary>Gauss and Jordan. What is left free makes the kernel: the ways in which the unknowns may change and no known sum with them.</summary>
    public void Solve()
    {
        var pivots = new List<int>();
        for (var column = 0; column < unknowns; column++)
        {
            var at = _rows.FindIndex(pivots.Count, row => !row[column].IsZero);
            if (at < 0)
                continue;
            (_rows[at], _rows[pivots.Count]) = (_rows[pivots.Count], _rows[at]);
            var pivot = _rows[pivots.Count];
            foreach (var row in _rows.Where(row => row != pivot && !row[column].IsZero))
                Clear(row, pivot, column);
            pivots.Add(column);
        }
        _kernel = [.. Enumerable.Range(0, unknowns).Except(pivots).Select(free => Free(free, pivots))];
    }

    /// <summary>Whether a sum follows from the known ones: when it changes in none of the ways that are left.</summary>
    public bool Give(int[] sum)
    {
        foreach (var way in _kernel)
        {
            var change = 0L;
            foreach (var unknown in sum)
                change += way[unknown];
            if (change != 0)
                return false;
        }
        return true;
    }

    private static void Clear(BigInteger[] row, BigInteger[] pivot, int column)
    {
        var (mine, its) = (row[column], pivot[column]);
        var divisor = BigInteger.Zero;
        for (var i = 0; i < row.Length; i++)
            divisor = BigInteger.GreatestCommonDivisor(divisor, row[i] = (row[i] * its) - (pivot[i] * mine));
        for (var i = 0; divisor > 1 && i < row.Length; i++)
            row[i] /= divisor;
    }

    private long[] Free(int free, List<int> pivots)
    {
        var common = pivots.Select((column, row) => _rows[row][column]).Aggregate(BigInteger.One, (a, b) => a * b / BigInteger.GreatestCommonDivisor(a, b));
        var way = new long[unknowns];
        way[free] = (long)common;
        for (var row = 0; row < pivots.Count; row++)
            way[pivots[row]] = (long)(-_rows[row][free] * common / _rows[row][pivots[row]]);
        return way;
    }
}
