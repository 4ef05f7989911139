using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Ascent.Shared.Csv;

/// <param name="Line">The physical line on which the row begins; the first is 1.</param>
/// <param name="Cells">Empty when there is a fault.</param>
/// <param name="Fault">Why the row could not be told apart, as the end of a sentence; null when it could.</param>
public sealed record CsvRow(int Line, IReadOnlyList<string> Cells, string? Fault)
{
    internal bool IsBlank => Cells is [""];
}

/// <summary>
/// Reads comma-separated text (RFC 4180) row by row in bounded memory. Never throws for what it reads: a row that cannot be told apart
/// carries its fault, and reading goes on at the next line, so that one stray quotation mark costs one row and not the rest of the file.
/// </summary>
public sealed class CsvRows : IDisposable
{
    /// <summary>In characters; a longer row is a fault. The longest row of the national register has some 3,000.</summary>
    public const int LongestRow = 65_536;

    // Each restart may read one longest row again, so their number bounds the work for a hostile file.
    private const int MostRestarts = 1_000;

    private readonly HeldText text;
    private readonly char delimiter;
    private CsvParser parser;
    private long taken;
    private int restarts;
    private int line = 1;
    private bool badQuote;

    /// <param name="delimiter">What stands between cells: a comma, or what a spreadsheet puts there when cells are pasted.</param>
    public CsvRows(TextReader reader, char delimiter = ',')
    {
        this.delimiter = delimiter;
        text = new HeldText(reader, LongestRow);
        parser = NewParser();
    }

    /// <summary>Reading was given up before the end of the text, because too many rows could not be told apart.</summary>
    public bool GaveUp => restarts > MostRestarts;

    /// <summary>The next row that is not blank, or null at the end.</summary>
    /// <param name="width">How many cells a row must have; null takes any number.</param>
    public CsvRow? Next(int? width)
    {
        while (!GaveUp && ReadRow(width) is { } row)
            if (!row.IsBlank || width == 1)
                return row;
        return null;
    }

    public void Dispose()
    {
        parser.Dispose();
        text.Dispose();
    }

    private CsvRow? ReadRow(int? width)
    {
        var start = line;
        badQuote = false;
        if (!parser.Read())
            return null;
        var length = (int)Math.Min(parser.CharCount - taken, int.MaxValue);
        if (text.Exceeded || length > LongestRow)
            return Restart(new(start, [], string.Create(CultureInfo.InvariantCulture, $"the row is longer than {LongestRow:N0} characters: perhaps a quotation mark is not closed")));
        var cells = parser.Record!;
        var fault = badQuote ? "a quotation mark is not closed, or stands inside a cell without being doubled"
            : width is { } right && cells.Length != right && cells is not [""] ? $"the row has {cells.Length} cells, the heading has {right}"
            : null;
        if (fault is not null && text.LinesIn(length) > 1)
            return Restart(new(start, [], fault));
        line += text.LinesIn(length);
        text.Release(length);
        taken = parser.CharCount;
        return new(start, fault is null ? cells : [], fault);
    }

    private CsvRow Restart(CsvRow faulty)
    {
        restarts++;
        line++;
        text.SkipLine();
        parser.Dispose();
        parser = NewParser();
        taken = 0;
        return faulty;
    }

    private CsvParser NewParser() => new(text, new CsvConfiguration(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter.ToString(),
        IgnoreBlankLines = false,
        // Its cache of cells keeps every different one for good, so it stays off.
        CacheFields = false,
        BadDataFound = _ => badQuote = true,
    }, leaveOpen: true);
}
