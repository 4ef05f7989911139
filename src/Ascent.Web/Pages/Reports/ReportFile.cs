using Ascent.Shared.Csv;
using Ascent.Shared.Sheets;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Reports;

/// <summary>What a dashboard shows as a file: the same as on the page, with what they rest on in the last row.</summary>
public static class ReportFile
{
    public enum Kind
    {
        Csv,
        Xlsx,
    }

    public static Kind? Find(string? format) => format switch { "csv" => Kind.Csv, "xlsx" => Kind.Xlsx, _ => null };

    public static IActionResult Of(Kind kind, string name, IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows, string basis)
    {
        IReadOnlyList<IReadOnlyList<string>> all = [heads, .. rows, [], [basis]];
        return kind == Kind.Xlsx
            ? new FileContentResult(XlsxFile.Write("Report", all, numbers: true), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") { FileDownloadName = $"{name}.xlsx" }
            : new CsvFile($"{name}.csv", (to, cancellationToken) => WriteAsync(all, to, cancellationToken));
    }

    private static async Task WriteAsync(IReadOnlyList<IReadOnlyList<string>> rows, Stream to, CancellationToken cancellationToken)
    {
        // Spreadsheets take a file without this mark for Windows-1252.
        await using var text = new StreamWriter(to, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new SpreadsheetCsv(text);
        foreach (var row in rows)
        {
            foreach (var cell in row)
                csv.WriteField(cell);
            await csv.NextRecordAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
