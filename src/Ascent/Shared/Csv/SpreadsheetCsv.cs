using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;

namespace Ascent.Shared.Csv;

/// <summary>
/// Writes files that people open in a spreadsheet. A cell that begins like a formula gets an apostrophe before it, so that no spreadsheet runs it;
/// a number stays one, below nought too.
/// </summary>
public sealed partial class SpreadsheetCsv(TextWriter to) : CsvWriter(to, Configuration)
{
    private static new readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    /// <summary>"-0.24": not "007", which is a code.</summary>
    public static bool IsNumber(string? cell) => cell is not null && Number.IsMatch(cell);

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?\z")]
    private static partial Regex Number { get; }

    // The library takes a minus for the beginning of a formula.
    protected override string? SanitizeForInjection(string? field) => IsNumber(field) ? field : base.SanitizeForInjection(field);
}
