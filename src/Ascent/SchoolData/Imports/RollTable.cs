using System.Globalization;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Sheets;

namespace Ascent.SchoolData.Imports;

/// <summary>Reads a table of pupils row by row. A row that cannot be understood carries its fault; reading goes on.</summary>
public sealed class RollTable : IDisposable
{
    private const int LongestCell = 1_000;

    // A workbook counts days from here; the serial numbers of 1927 to 2172.
    private static readonly DateOnly DayZero = new(1899, 12, 30);
    private const int FirstSerial = 10_000;
    private const int LastSerial = 99_999;

    private readonly TableFile table;
    private IReadOnlyList<RollColumn?> columns = [];

    private RollTable(TableFile table, IReadOnlyList<string> headings) => (this.table, Headings) = (table, headings);

    public IReadOnlyList<string> Headings { get; }

    /// <summary>Why reading ended before the end of the file; null when it did not.</summary>
    public Refusal? Broken => table.Broken;

    /// <summary>Opens the table and reads its heading.</summary>
    /// <param name="file">Must be able to go back. Left open.</param>
    public static Result<RollTable> Open(Stream file)
    {
        var opened = TableFile.Open(file);
        if (!opened.Succeeded)
            return opened.Refusals[0];
        var heading = opened.Value.Next();
        var refusal = heading is null ? opened.Value.Broken ?? new UnreadableFile("There is nothing in the file.")
            : heading.Fault is { } fault ? new UnreadableFile($"The heading cannot be read: {fault}.")
            : heading.Cells.Count(c => !string.IsNullOrWhiteSpace(c)) < 3 ? new UnreadableFile("The first row has to name the columns, one in each cell: surname, forename, date of birth, sex and what else there is. Take out titles and joined cells above it.")
            : null;
        if (refusal is null)
            return new RollTable(opened.Value, heading!.Cells);
        opened.Value.Dispose();
        return refusal;
    }

    /// <summary>What each place of a row is, before the first is read.</summary>
    public void Take(IReadOnlyList<RollColumn?> byPlace) => columns = byPlace;

    /// <returns>Null at the end, or when <see cref="Broken"/>.</returns>
    public PupilInFile? Next() => table.Next() is { } row ? Read(row) : null;

    /// <summary>The next rows as they stand, to show what is in a column.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ReadRaw(int rows)
    {
        var raw = new List<IReadOnlyList<string>>();
        while (raw.Count < rows && table.Next() is { } row)
            raw.Add(row.Cells);
        return raw;
    }

    public void Dispose() => table.Dispose();

    private PupilInFile Read(CsvRow row)
    {
        var fields = new Dictionary<PupilField, string>();
        string? fault = row.Fault, className = null, former = null;
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
                fault = string.Create(CultureInfo.InvariantCulture, $"the cell under {column.Heading} is longer than {LongestCell:N0} characters");
            else if (column.Name == RollColumns.Class)
                className = cell;
            else if (column.Name == RollColumns.FormerUpn)
                former = cell;
            else
                fields[column.Field!.Value] = column.Field is PupilField.BornOn or PupilField.EnrolledOn ? Day(cell) : cell;
        }
        return new(row.Line, fields) { Class = className, FormerUpns = former is null ? [] : former.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries), Fault = fault };
    }

    /// <summary>Our own files put an apostrophe before what a spreadsheet would take for a formula.</summary>
    private static string Unescaped(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;

    /// <summary>A workbook keeps a day as a number; one that was saved as text from a workbook may carry the time too.</summary>
    private string Day(string cell)
    {
        if (table.IsWorkbook && double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= FirstSerial and <= LastSerial)
            return DayZero.AddDays((int)serial).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return cell.EndsWith("00:00", StringComparison.Ordinal) && cell.IndexOfAny([' ', 'T']) is var end and > 0 ? cell[..end] : cell;
    }
}
