namespace Ascent.Measures.Primary;

/// <summary>
/// What a pupil got in a check that has marks (phonics, multiplication tables): a mark, only whether the standard was met, nothing because it was
/// not taken, or no result at all.
/// </summary>
public readonly record struct CheckMark
{
    private readonly Standing standing;
    private readonly byte mark;

    private CheckMark(Standing standing, byte mark = 0) => (this.standing, this.mark) = (standing, mark);

    private enum Standing : byte
    {
        NoResult,
        NotTaken,
        Met,
        NotMet,
        Mark,
    }

    /// <summary>Nothing is stored.</summary>
    public static CheckMark NoResult => default;

    /// <summary>Absent, working below it, unable to take it: a result without a mark.</summary>
    public static CheckMark NotTaken => new(Standing.NotTaken);

    /// <summary>The standard was met; the mark is not known (code Wa).</summary>
    public static CheckMark Met => new(Standing.Met);

    /// <summary>The standard was not met; the mark is not known (code Wt).</summary>
    public static CheckMark NotMet => new(Standing.NotMet);

    public bool IsKnown => standing != Standing.NoResult;

    public static CheckMark Of(int mark)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mark);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mark, byte.MaxValue);
        return new(Standing.Mark, (byte)mark);
    }

    public bool TryMark(out int value)
    {
        value = mark;
        return standing == Standing.Mark;
    }

    /// <summary>Met the threshold, by its mark or by its code. Who did not take it has not met it.</summary>
    public bool HasMet(int threshold) => standing == Standing.Met || (standing == Standing.Mark && mark >= threshold);
}
