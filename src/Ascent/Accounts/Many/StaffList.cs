using System.Globalization;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Sheets;
using Ascent.Shared.Text;

namespace Ascent.Accounts.Many;

/// <summary>The file, or what was pasted, is no list of people; nothing of it is kept.</summary>
public sealed record UnreadableList(string Message, string At) : Refusal("list-unreadable", Message, RefusalKind.Field, At);

/// <param name="NotRead">Headings of columns that mean nothing here.</param>
public sealed record StaffList(IReadOnlyList<StaffRow> Rows, IReadOnlyList<string> NotRead)
{
    /// <summary>The columns that the list has, by their names in <see cref="StaffColumns"/>.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>How the file's bytes were taken; null where nothing had to be decided.</summary>
    public string? Encoding { get; init; }
}

/// <summary>Reads a list of people from CSV, from XLSX, or from what was copied out of a spreadsheet. Never throws for what it reads.</summary>
public static class ReadStaffList
{
    public const int MostRows = 2_000;

    private const string Upload = "Upload";
    private const string Paste = "Pasted";

    /// <param name="file">Must be able to go back. Left open.</param>
    /// <param name="name">What its owner calls it. Its ending must say what the contents are; no ending says nothing.</param>
    public static Result<StaffList> FromFile(Stream file, string name = "")
    {
        Span<byte> begin = stackalloc byte[4];
        var read = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (begin[..read].SequenceEqual("PK\u0003\u0004"u8))
            return Ends(name, ".xlsx") ? FromXlsx(file) : new UnreadableList("This is a spreadsheet, and the ending of its name says something else. Save it anew as XLSX or CSV", Upload);
        if (begin[..read].SequenceEqual((ReadOnlySpan<byte>)[0xd0, 0xcf, 0x11, 0xe0]))
            return new UnreadableList("This is a spreadsheet in the old XLS format, or one with a password. Save it as XLSX or CSV, without a password", Upload);
        var source = CsvSource.Inspect(file);
        if (!source.Succeeded)
            return At(Upload, source.Refusals[0]);
        if (!Ends(name, ".csv", ".txt", ".tsv"))
            return new UnreadableList("This is text, and the ending of its name says something else. Save it anew as XLSX or CSV", Upload);
        using var first = source.Value.Open(file);
        var delimiter = TableFile.DelimiterOf(first);
        using var text = source.Value.Open(file);
        var list = FromText(text, delimiter, Upload);
        return list.Succeeded ? list.Value with { Encoding = source.Value.EncodingName } : list;
    }

    private static bool Ends(string name, params ReadOnlySpan<string> endings)
    {
        var ending = Path.GetExtension(name);
        if (ending.Length == 0)
            return true;
        foreach (var expected in endings)
            if (ending.Equals(expected, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    public static Result<StaffList> FromPasted(string pasted)
    {
        using var first = new StringReader(pasted);
        var delimiter = TableFile.DelimiterOf(first);
        using var text = new StringReader(pasted);
        return FromText(text, delimiter, Paste);
    }

    private static Result<StaffList> FromText(TextReader text, char delimiter, string at)
    {
        using var rows = new CsvRows(text, delimiter);
        var list = Collect(() => rows.Next(null), at);
        return rows.GaveUp ? new UnreadableList("Too many rows cannot be told apart: a quotation mark is probably not closed", at) : list;
    }

    private static Result<StaffList> FromXlsx(Stream file)
    {
        var opened = XlsxSheet.Open(file);
        if (!opened.Succeeded)
            return At(Upload, opened.Refusals[0]);
        using var sheet = opened.Value;
        Refusal? broken = null;
        var list = Collect(() =>
        {
            var next = sheet.Next();
            broken = next.Succeeded ? null : next.Refusals[0];
            return next.Succeeded ? next.Value : null;
        }, Upload);
        return broken is null ? list : At(Upload, broken);
    }

    private static Result<StaffList> Collect(Func<CsvRow?> next, string at)
    {
        if (next() is not { } heading)
            return new UnreadableList("There is nothing in it", at);
        if (heading.Fault is { } fault)
            return new UnreadableList($"The heading cannot be read: {fault}", at);
        var columns = heading.Cells.Select(h => h.Length > StaffRow.LongestCell ? null : StaffColumns.Find(h)).ToArray();
        if (Missing(columns, heading.Cells) is { } wrong)
            return new UnreadableList(wrong, at);
        var rows = new List<StaffRow>();
        while (next() is { } row)
        {
            if (row.Fault is null && row.Cells.All(string.IsNullOrWhiteSpace))
                continue;
            if (rows.Count == MostRows)
                return new UnreadableList(string.Create(CultureInfo.InvariantCulture, $"There are more than {MostRows:N0} people in it: give it in parts"), at);
            rows.Add(Read(row, columns, rows.Count + 1));
        }
        var notRead = heading.Cells.Where((h, i) => columns[i] is null && !string.IsNullOrWhiteSpace(h)).Select(StaffRow.Quote).Take(20).ToArray();
        return rows.Count == 0 ? new UnreadableList("There is a heading, and no row beneath it", at) : new StaffList(rows, notRead) { Columns = [.. columns.OfType<string>()] };
    }

    private static string? Missing(string?[] columns, IReadOnlyList<string> headings)
    {
        var missing = StaffColumns.Required.Where(r => !columns.Contains(r)).ToArray();
        if (missing.Length > 0)
            return $"The first row must name the columns. {(missing.Length == 1 ? "This one is" : "These are")} missing: {InWords.List(missing)}";
        return columns.Select((c, i) => (c, i)).Where(x => x.c is not null).GroupBy(x => x.c).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? $"Two columns say the same: {InWords.List(twice.Select(x => $"“{StaffRow.Quote(headings[x.i])}”"))}. Take one of them out"
            : null;
    }

    private static StaffRow Read(CsvRow row, string?[] columns, int number)
    {
        var cells = new Dictionary<string, string>();
        var fault = row.Fault;
        for (var i = 0; i < row.Cells.Count && fault is null; i++)
        {
            var cell = row.Cells[i];
            if (i >= columns.Length)
                fault = cell.Length > 0 ? "it has more cells than the heading" : null;
            else if (columns[i] is { } column && cell.Length > StaffRow.LongestCell)
                fault = $"the cell under {column} is longer than {StaffRow.LongestCell} characters";
            else if (columns[i] is { } name && !string.IsNullOrWhiteSpace(cell))
                cells[name] = cell;
        }
        return new() { Number = number, Cells = cells, Fault = fault };
    }

    private static UnreadableList At(string field, Refusal refusal) => new(refusal.Message.TrimEnd('.'), field);
}
