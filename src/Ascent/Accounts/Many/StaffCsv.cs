using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Ascent.Accounts.Many;

/// <summary>Writes a list of people as a spreadsheet opens it: the template, and rows that were left out.</summary>
public static class StaffCsv
{
    // A cell that begins like a formula gets an apostrophe before it, so that no spreadsheet runs it.
    private static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    public static async Task WriteAsync(IEnumerable<IReadOnlyList<string>> rows, Stream to, CancellationToken cancellationToken)
    {
        // Spreadsheets take a file without this mark for Windows-1252.
        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, Csv);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var cell in row)
                csv.WriteField(cell);
            await csv.NextRecordAsync();
        }
    }

    /// <summary>The rows as they were given, with the reason of each, to be mended and given again.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(IEnumerable<CheckedRow> rows, bool hasTracking)
    {
        var headings = StaffColumns.Headings(hasTracking);
        var columns = headings.Select(h => StaffColumns.Find(h)!).ToArray();
        yield return [.. headings, "Why it was left out"];
        foreach (var row in rows)
            yield return [.. columns.Select(row.Row.Cell), string.Join("; ", row.Reasons.Select(r => r.Message))];
    }
}
