using System.Globalization;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Sheets;

namespace Ascent.SchoolData.Imports;

/// <summary>A table whose first row names the columns; its cells as they are meant.</summary>
public sealed class HeadedTable : IDisposable
{
    private const int LongestCell = 1_000;

    // A workbook counts days from here; the serial numbers of 1927 to 2172.
    private static readonly DateOnly DayZero = new(1899, 12, 30);
    private const int FirstSerial = 10_000;
    private const int LastSerial = 99_999;

    private readonly TableFile table;

    private HeadedTable(TableFile table, IReadOnlyList<string> headings) => (this.table, Headings) = (table, headings);

    public IReadOnlyList<string> Headings { get; }

    /// <summary>Why reading ended before the end of the file; null when it did not.</summary>
    public Refusal? Broken => table.Broken;

    /// <summary>Opens the table and reads its heading.</summary>
    /// <param name="file">Must be able to go back. Left open.</param>
    /// <param name="fewest">How many columns have to have a name.</param>
    /// <param name="columns">What they are, for the refusal.</param>
    public static Result<HeadedTable> Open(Stream file, int fewest, string columns)
    {
        var opened = TableFile.Open(file);
        if (!opened.Succeeded)
            return opened.Refusals[0];
        var heading = opened.Value.Next();
        var refusal = heading is null ? opened.Value.Broken ?? new UnreadableFile("There is nothing in the file.")
            : heading.Fault is { } fault ? new UnreadableFile($"The heading cannot be read: {fault}.")
            : null;
        var table = refusal is null ? new HeadedTable(opened.Value, heading!.Cells) : null;
        refusal ??= table!.WhyTooFew(fewest, columns);
        if (refusal is null)
            return table!;
        opened.Value.Dispose();
        return refusal;
    }

    /// <summary>Why the first row cannot be the heading; null when it can.</summary>
    public Refusal? WhyTooFew(int fewest, string columns) => Headings.Count(c => !string.IsNullOrWhiteSpace(c)) < fewest
        ? new UnreadableFile($"The first row has to name the columns, one in each cell: {columns}. Take out titles and joined cells above it.") : null;

    /// <returns>Null at the end, or when <see cref="Broken"/>.</returns>
    public CsvRow? Next() => table.Next();

    /// <summary>The next rows as they stand, to show what is in a column.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ReadRaw(int rows)
    {
        var raw = new List<IReadOnlyList<string>>();
        while (raw.Count < rows && table.Next() is { } row)
            raw.Add(row.Cells);
        return raw;
    }

    /// <summary>The cells of a row that are read and not empty, tidied of what spreadsheets put round them.</summary>
    /// <param name="columns">By place; null for what is not read.</param>
    /// <returns>The cells, or why the row cannot be read, as the end of a sentence.</returns>
    public static (IReadOnlyList<(int Place, T Column, string Cell)> Cells, string? Fault) Read<T>(CsvRow row, IReadOnlyList<T?> columns) where T : class
    {
        var cells = new List<(int, T, string)>();
        var fault = row.Fault;
        for (var i = 0; i < row.Cells.Count && fault is null; i++)
        {
            var cell = Unescaped(row.Cells[i].Trim());
            if (cell.Length == 0)
                continue;
            if (i >= columns.Count)
                fault = "it has more cells than the heading: perhaps a cell with a comma in it is not in quotation marks";
            else if (columns[i] is not { } column)
                continue;
            else if (cell.Length > LongestCell)
                fault = string.Create(CultureInfo.InvariantCulture, $"the cell under {column} is longer than {LongestCell:N0} characters");
            else
                cells.Add((i, column, cell));
        }
        return (cells, fault);
    }

    /// <summary>A workbook keeps a day as a number; one that was saved as text from a workbook may carry the time too.</summary>
    public string Day(string cell)
    {
        if (table.IsWorkbook && double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= FirstSerial and <= LastSerial)
            return DayZero.AddDays((int)serial).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return cell.EndsWith("00:00", StringComparison.Ordinal) && cell.IndexOfAny([' ', 'T']) is var end and > 0 ? cell[..end] : cell;
    }

    public void Dispose() => table.Dispose();

    /// <summary>Our own files put an apostrophe before what a spreadsheet would take for a formula.</summary>
    private static string Unescaped(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;
}
