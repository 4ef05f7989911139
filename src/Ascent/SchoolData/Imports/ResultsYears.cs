using System.Globalization;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>
/// The school year of a result as files write it. "2025" alone is two different years in different files, so it is read only where somebody
/// has said which.
/// </summary>
public static class ResultsYears
{
    private static readonly string[] SummerMonths = ["SUMMER", "MAY", "JUNE", "JUN", "JULY", "JUL", "AUGUST", "AUG"];
    private static readonly string[] AutumnMonths = ["AUTUMN", "OCTOBER", "OCT", "NOVEMBER", "NOV"];

    /// <summary>"2024/25 (summer 2025)": both ways to name it.</summary>
    public static string InWords(AcademicYear year) => string.Create(CultureInfo.InvariantCulture, $"{year} (summer {year.EndYear})");

    /// <summary>Reads what cannot mean two years: "2024/25", "2024/25 (summer 2025)", "Summer 2025", "Nov 2024", a day.</summary>
    /// <returns>Null for anything else, a bare "2025" included.</returns>
    public static AcademicYear? Read(string text)
    {
        var tidy = PlainText.Tidy(text);
        if (tidy.IndexOf('(', StringComparison.Ordinal) is var bracket and > 0 && tidy[^1] == ')')
            return Read(tidy[..bracket]) is { } before && before == Read(tidy[(bracket + 1)..^1]) ? before : null;
        if (AcademicYear.Read(tidy) is { } year)
            return year;
        if (DayText.Read(tidy) is { } day)
            return AcademicYear.Of(day);
        return tidy.ToUpperInvariant().Split(' ') is [var season, var number] && ReadNumber(number) is { } calendar
            ? SummerMonths.Contains(season) ? AcademicYear.EndingIn(calendar) : AutumnMonths.Contains(season) ? AcademicYear.StartingIn(calendar) : null
            : null;
    }

    /// <summary>The same, and a bare year by what somebody has said of its column.</summary>
    /// <param name="column">The name of one of the columns for years.</param>
    public static AcademicYear? Read(string text, string column) =>
        Read(text) ?? (column == ResultsColumns.Year ? null : ReadNumber(text.Trim()) is not { } calendar ? null
            : column == ResultsColumns.YearItEnds ? AcademicYear.EndingIn(calendar) : AcademicYear.StartingIn(calendar));

    /// <summary>Why it was not read, and how to write it.</summary>
    public static string WhyNot(string text) => ReadNumber(text.Trim()) is { } year
        ? string.Create(CultureInfo.InvariantCulture, $"“{year}” can be two years. Write {AcademicYear.EndingIn(year)} if its results are of the summer {year}, or {AcademicYear.StartingIn(year)} if it begins then.")
        : "Write it like 2024/25.";

    private static int? ReadNumber(string text) =>
        text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1950 and < 2200 ? year : null;
}
