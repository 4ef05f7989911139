using System.Collections;
using System.Globalization;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Text;

namespace Ascent.Organisations.Gias;

/// <summary>The file is readable, but is not the register's list of establishments.</summary>
public sealed record NotTheRegister(string Message) : Refusal("not-the-register", Message, RefusalKind.Refused);

/// <summary>
/// Reads the register's extract of all establishments (GIAS, "edubasealldata" CSV; Windows-1252, sometimes UTF-8) row by row in bounded
/// memory. A row that cannot be taken is told with its line and the reason, and the rest goes on; nothing that a file holds throws.
/// </summary>
public sealed class GiasFile : IDisposable
{
    private const int Numbers = 10_000_000;

    private readonly CsvRows rows;
    private readonly int width;
    private readonly Dictionary<string, int> places;

    private GiasFile(CsvRows rows, int width, Dictionary<string, int> places, CsvSource source)
    {
        this.rows = rows;
        this.width = width;
        this.places = places;
        Source = source;
        MissingColumns = [.. GiasColumns.All.Where(column => !places.ContainsKey(column))];
    }

    public CsvSource Source { get; }

    /// <summary>Columns that would be read and are not in this file; what they tell is left as it is known.</summary>
    public IReadOnlyList<string> MissingColumns { get; }

    /// <summary>Reading was given up, because too many rows could not be told apart. Known when <see cref="Read"/> has come to its end.</summary>
    public bool GaveUp => rows.GaveUp;

    /// <summary>True when the file has this column, so that an empty cell of it means "none".</summary>
    public bool Tells(string column) => places.ContainsKey(column);

    /// <summary>Reads the encoding and the first line.</summary>
    /// <param name="file">Read from its beginning. It must be able to go back, and stays open.</param>
    /// <returns>The file, or in words why it is none (<see cref="UnreadableFile"/>, <see cref="NotTheRegister"/>).</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Result<GiasFile> Open(Stream file)
    {
        var source = CsvSource.Inspect(file);
        if (!source.Succeeded)
            return Result.Refuse<GiasFile>(source.Refusals);
        if (source.Value.IsDamaged)
            return new UnreadableFile($"The file begins as {source.Value.EncodingName} but has bytes in it that are no {source.Value.EncodingName}: it was damaged, or put together from two files. Download it again.");
        var rows = new CsvRows(source.Value.Open(file));
        var heading = rows.Next(width: null);
        Result<Dictionary<string, int>> places = heading?.Fault is { } fault
            ? new NotTheRegister($"The first line has to name the columns, but {fault}.")
            : Places(heading?.Cells ?? []);
        if (places.Succeeded)
            return new GiasFile(rows, heading!.Cells.Count, places.Value, source.Value);
        rows.Dispose();
        return Result.Refuse<GiasFile>(places.Refusals);
    }

    /// <summary>Every row below the first line, in the order of the file. Can be read once.</summary>
    public IEnumerable<GiasLine> Read()
    {
        var seen = new BitArray(Numbers);
        while (rows.Next(width) is { } row)
        {
            var line = row.Fault is null ? new GiasCells(places, row).Read() : new(null, new(row.Line, null, row.Fault));
            if (line.School is { } school)
            {
                var urn = int.Parse(school.Urn, CultureInfo.InvariantCulture);
                if (seen[urn])
                    line = new(null, new(row.Line, school.Urn, "this URN stands in an earlier row already; the earlier row counts"));
                seen[urn] = true;
            }
            yield return line;
        }
    }

    public void Dispose() => rows.Dispose();

    private static Result<Dictionary<string, int>> Places(IReadOnlyList<string> heading)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < heading.Count; i++)
        {
            var known = GiasColumns.All.FirstOrDefault(column => column.Equals(heading[i].Trim(), StringComparison.OrdinalIgnoreCase));
            if (known is not null && !places.TryAdd(known, i))
                return new NotTheRegister($"The column {known} stands there twice.");
        }
        var missing = GiasColumns.Indispensable.Where(column => !places.ContainsKey(column)).ToArray();
        return missing.Length == 0 ? places : new NotTheRegister(
            $"This is not the register’s list of all establishments: its first line does not name {InWords.List(missing.Select(c => $"“{c}”"), "or")}. "
            + "Its file is called edubasealldata and a date.");
    }
}
