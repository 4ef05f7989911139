using System.Runtime.InteropServices;
using Ascent.Measures;

namespace Ascent.Reports.Disclosure;

/// <summary>How a pupil stands to one measure.</summary>
public enum Standing : byte
{
    /// <summary>Not in the figure: not asked about, or without a result.</summary>
    Outside,

    /// <summary>In the figure of a measure that is no share of pupils.</summary>
    Counts,

    /// <summary>In a share of pupils, and did not meet it.</summary>
    NotMet,

    /// <summary>In a share of pupils, and met it.</summary>
    Met,
}

/// <summary>The pupils of one year, a column for each group: the place of each pupil's value. Read once, and used for every measure.</summary>
public sealed class PupilColumns
{
    private readonly byte[][] _columns;

    /// <param name="columns">In the order of <see cref="PupilGroups.All"/>, all of one length. They are kept, not copied.</param>
    public PupilColumns(params byte[][] columns)
    {
        if (columns.Length != PupilGroups.All.Count || columns.Any(c => c.Length != columns[0].Length))
            throw new ArgumentException("One column for each group, all of one length.", nameof(columns));
        foreach (var group in PupilGroups.All)
            if (columns[(int)group].AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(group.Values().Count - 1)))
                throw new ArgumentException($"{group} has no such value.", nameof(columns));
        _columns = columns;
    }

    public int Count => _columns[0].Length;

    public ReadOnlySpan<byte> this[PupilGroup group] => _columns[(int)group];
}

/// <summary>A single year of one measure: its pupils, and who of them is in the figure.</summary>
public sealed class DisclosureYear
{
    private readonly Standing[] _standings;

    /// <param name="standings">One for each pupil. They are kept, not copied.</param>
    public DisclosureYear(PupilColumns pupils, Standing[] standings)
    {
        if (standings.Length != pupils.Count || MemoryMarshal.Cast<Standing, byte>(standings).ContainsAnyExceptInRange((byte)Standing.Outside, (byte)Standing.Met))
            throw new ArgumentException("One standing for each pupil.", nameof(standings));
        (Pupils, _standings) = (pupils, standings);
    }

    public PupilColumns Pupils { get; }

    public ReadOnlySpan<Standing> Standings => _standings;

    /// <summary>The same year without some pupils, such as those whom the reader knows by name.</summary>
    public DisclosureYear Without(ReadOnlySpan<bool> left)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(left.Length, Pupils.Count);
        var standings = (Standing[])_standings.Clone();
        for (var i = 0; i < standings.Length; i++)
            if (left[i])
                standings[i] = Standing.Outside;
        return new(Pupils, standings);
    }
}
