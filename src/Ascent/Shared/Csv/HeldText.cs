namespace Ascent.Shared.Csv;

/// <summary>
/// Gives text to a parser and keeps the row that is being read, so that after a fault reading can begin again at the row's second
/// line. Line ends of every kind become <c>\n</c>. Memory is bounded by the longest row.
/// </summary>
internal sealed class HeldText(TextReader inner, int longestRow) : TextReader
{
    private const int Chunk = 4096;

    private readonly char[] held = new char[longestRow + Chunk];
    private readonly char[] chunk = new char[Chunk];
    private int row;
    private int given;
    private int end;
    private bool lastWasReturn;

    /// <summary>The parser wanted more than the longest row; it was told that the text ends here.</summary>
    public bool Exceeded { get; private set; }

    /// <summary>How many physical lines the first <paramref name="count"/> characters of the row take.</summary>
    public int LinesIn(int count) => Row(count).Count('\n');

    /// <summary>The row of <paramref name="count"/> characters has been dealt with.</summary>
    public void Release(int count) => row += Row(count).Length;

    /// <summary>Gives up the rest of the row's first line; what follows it is given again.</summary>
    public void SkipLine()
    {
        Exceeded = false;
        while (true)
        {
            var line = held.AsSpan(row, end - row).IndexOf('\n');
            row = given = line < 0 ? end : row + line + 1;
            if (line >= 0 || !Fill())
                return;
        }
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (given == end && !Fill())
            return 0;
        var count = Math.Min(buffer.Length, end - given);
        held.AsSpan(given, count).CopyTo(buffer);
        given += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private ReadOnlySpan<char> Row(int count) => held.AsSpan(row, Math.Min(count, end - row));

    private bool Fill()
    {
        if (end - row > longestRow)
        {
            Exceeded = true;
            return false;
        }
        held.AsSpan(row, end - row).CopyTo(held);
        (row, given, end) = (0, given - row, end - row);
        while (true)
        {
            var read = inner.Read(chunk);
            foreach (var c in chunk.AsSpan(0, read))
            {
                if (c != '\n' || !lastWasReturn)
                    held[end++] = c == '\r' ? '\n' : c;
                lastWasReturn = c == '\r';
            }
            // A chunk that was nothing but the second half of a line end is no end of the text.
            if (read == 0 || end > given)
                return read > 0;
        }
    }
}
