using System.Globalization;
using CsvHelper.Configuration;

namespace Ascent.Shared.Csv;

/// <summary>How files that people open in a spreadsheet are written.</summary>
public static class CsvText
{
    /// <summary>A cell that begins like a formula gets an apostrophe before it, so that no spreadsheet runs it.</summary>
    public static CsvConfiguration ForSpreadsheets { get; } = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };
}
