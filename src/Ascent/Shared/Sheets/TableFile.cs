using Ascent.Shared.Csv;

namespace Ascent.Shared.Sheets;

/// <summary>A table out of a file, CSV or XLSX as its bytes say, row by row in bounded memory. What it reads never throws.</summary>
public sealed class TableFile : IDisposable
{
    private readonly XlsxSheet? sheet;
    private readonly CsvRows? rows;

    private TableFile(XlsxSheet? sheet, CsvRows? rows) => (this.sheet, this.rows) = (sheet, rows);

    /// <summary>Dates come as numbers of days, because a workbook keeps them so.</summary>
    public bool IsWorkbook => sheet is not null;

    /// <summary>Why reading ended before the end of the file; null when it did not.</summary>
    public Refusal? Broken { get; private set; }

    /// <param name="file">Must be able to go back. Left open.</param>
    public static Result<TableFile> Open(Stream file)
    {
        Span<byte> begin = stackalloc byte[4];
        file.Position = 0;
        var read = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (begin[..read].SequenceEqual("PK\u0003\u0004"u8))
        {
            var workbook = XlsxSheet.Open(file);
            return workbook.Succeeded ? new TableFile(workbook.Value, null) : (Result<TableFile>)workbook.Refusals[0];
        }
        if (begin[..read].SequenceEqual((ReadOnlySpan<byte>)[0xd0, 0xcf, 0x11, 0xe0]))
            return new UnreadableFile("This is a spreadsheet in the old XLS format, or one with a password. Save it as XLSX or CSV, without a password.");
        var source = CsvSource.Inspect(file);
        if (!source.Succeeded)
            return source.Refusals[0];
        char delimiter;
        using (var first = source.Value.Open(file))
            delimiter = DelimiterOf(first);
        return new TableFile(null, new CsvRows(source.Value.Open(file), delimiter));
    }

    /// <summary>The next row with something in it; null at the end, or when <see cref="Broken"/>.</summary>
    public CsvRow? Next()
    {
        while (true)
        {
            var row = sheet is null ? NextOfText() : NextOfSheet();
            if (row is null || row.Fault is not null || !row.Cells.All(string.IsNullOrWhiteSpace))
                return row;
        }
    }

    /// <summary>What stands most often in the first line. Copied cells have tabs between them; spreadsheets of other countries write semicolons.</summary>
    public static char DelimiterOf(TextReader text)
    {
        var buffer = new char[4096];
        var first = buffer.AsSpan(0, text.ReadBlock(buffer, 0, buffer.Length)).TrimStart("\r\n");
        var line = first.IndexOfAny('\r', '\n') is var end and >= 0 ? first[..end] : first;
        var (commas, tabs, semicolons) = (line.Count(','), line.Count('\t'), line.Count(';'));
        return tabs > commas && tabs >= semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }

    public void Dispose()
    {
        sheet?.Dispose();
        rows?.Dispose();
    }

    private CsvRow? NextOfText()
    {
        var row = rows!.Next(null);
        if (row is null && rows.GaveUp)
            Broken = new UnreadableFile("Too many rows cannot be told apart: a quotation mark is probably not closed.");
        return row;
    }

    private CsvRow? NextOfSheet()
    {
        var next = sheet!.Next();
        if (next.Succeeded)
            return next.Value;
        Broken = next.Refusals[0];
        return null;
    }
}
