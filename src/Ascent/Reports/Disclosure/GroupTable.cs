using Ascent.Measures;

namespace Ascent.Reports.Disclosure;

/// <summary>
/// One group of one measure: periods × values, with the whole of each period as a last column, which the tables of all groups have in common.
/// It counts, knows what is withheld, and applies the rule of small numbers.
/// </summary>
internal sealed class GroupTable
{
    private readonly int[] _numbers;
    private readonly int[] _met;
    private readonly int[] _notMet;
    private readonly int[] _codeOrder;

    public GroupTable(PupilGroup group, IReadOnlyList<DisclosureYear> years)
    {
        (Group, Periods, Values) = (group, new(years.Count), group.Values().Count);
        var cells = Periods.Count * (Values + 1);
        (_numbers, _met, _notMet, Reasons) = (new int[cells], new int[cells], new int[cells], new byte[cells]);
        _codeOrder = CodeOrders[(int)group];
        for (var year = 0; year < years.Count; year++)
            Count(years[year], year);
    }

    public PupilGroup Group { get; }

    public Periods Periods { get; }

    /// <summary>How many values the group has; it is also the place of the whole.</summary>
    public int Values { get; }

    public int Cells => _numbers.Length;

    /// <summary>0 is shown, else the reason + 1.</summary>
    public byte[] Reasons { get; }

    /// <summary>Whether something was withheld since it was last found to give nothing away.</summary>
    public bool IsOpen { get; set; } = true;

    public int Cell(int period, int value) => (period * (Values + 1)) + value;

    public int Number(int cell) => _numbers[cell];

    public bool IsWhole(int cell) => cell % (Values + 1) == Values;

    public bool IsWithheld(int cell) => Reasons[cell] != 0;

    /// <summary>
    /// Whether a withheld cell may not come out in any way: those of the other rules, and every whole, which otherwise the values of another group
    /// would add up to. A value that was withheld for the sake of another is not kept for its own.
    /// </summary>
    public bool IsProtected(int cell) => Reasons[cell] != 0 && (IsWhole(cell) || Reasons[cell] != Code(WithheldReason.Recoverable));

    public void Withhold(int cell, WithheldReason reason)
    {
        Reasons[cell] = Code(reason);
        IsOpen = true;
    }

    /// <summary>In which order cells are given up: value before whole, span before single year, older before newer, smaller before larger, then by code.</summary>
    public long Order(int cell)
    {
        var (period, value) = Math.DivRem(cell, Values + 1);
        var isSpan = Periods.HasSpan && period == Periods.Span;
        long order = value == Values ? 1 : 0;
        order = (order << 1) | (isSpan ? 0L : 1L);
        order = (order << 8) | (isSpan ? 0L : (long)period);
        order = (order << 32) | (long)_numbers[cell];
        return (order << 8) | (value == Values ? 0L : (long)_codeOrder[value]);
    }

    /// <summary>
    /// Why a cell is withheld for what it is; null for nobody and for enough. A sensitive value that everybody has is the whole itself and is judged as
    /// that: otherwise no whole of 6 to 9 could be shown, since in hardly any of them somebody is looked after.
    /// </summary>
    public WithheldReason? Small(int cell, DisclosureSettings settings)
    {
        var n = _numbers[cell];
        var others = _numbers[cell - (cell % (Values + 1)) + Values] - n;
        var isSensitive = others > 0 && Group.IsSensitive();
        return n == 0 ? null
            : n < (isSensitive ? settings.SensitiveThreshold : settings.Threshold) ? WithheldReason.Few
            : isSensitive && others < settings.SensitiveThreshold ? WithheldReason.FewOthers
            : n < settings.SensitiveThreshold && (_met[cell] == n || _notMet[cell] == n) ? WithheldReason.AllOrNone
            : null;
    }

    private static readonly int[][] CodeOrders = [.. PupilGroups.All.Select(g => CodeOrder([.. g.Values().Select(v => v.Code)]))];

    private static int[] CodeOrder(string[] codes) => [.. codes.Select(code => codes.Count(other => string.CompareOrdinal(other, code) < 0))];

    private static byte Code(WithheldReason reason) => (byte)(reason + 1);

    private void Count(DisclosureYear year, int place)
    {
        Span<int> counts = stackalloc int[4 * (Values + 1)];
        counts.Clear();
        var column = year.Pupils[Group];
        var standings = year.Standings;
        for (var i = 0; i < standings.Length; i++)
            counts[(column[i] << 2) | (int)standings[i]]++;
        for (var value = 0; value < Values; value++)
            foreach (var (period, at) in (ReadOnlySpan<(int, int)>)[(place, value), (place, Values), (Periods.Span, value), (Periods.Span, Values)])
                if (Periods.Covers(period, place))
                    Add(Cell(period, at), counts.Slice(4 * value, 4));
    }

    private void Add(int cell, ReadOnlySpan<int> counts)
    {
        _met[cell] += counts[(int)Standing.Met];
        _notMet[cell] += counts[(int)Standing.NotMet];
        _numbers[cell] += counts[(int)Standing.Met] + counts[(int)Standing.NotMet] + counts[(int)Standing.Counts];
    }
}
