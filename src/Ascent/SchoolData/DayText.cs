using System.Globalization;

namespace Ascent.SchoolData;

/// <summary>
/// Days as files and people write them: 31/01/2016, 31-1-2016, 31.01.2016, 31 January 2016, 2016-01-31. Day before month always; a year of two
/// digits is refused, because 16 may be 1916 to a spreadsheet.
/// </summary>
public static class DayText
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    private static readonly string[] YearFirst = ["yyyy-M-d"];
    private static readonly string[] DayFirst = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d MMMM yyyy", "d MMM yyyy"];

    /// <returns>Null when it is no day.</returns>
    public static DateOnly? Read(string text) =>
        // Each form costs as much as the reading itself, and files have hundreds of thousands of days.
        DateOnly.TryParseExact(text, text is [_, _, _, _, '-', ..] ? YearFirst : DayFirst, British, DateTimeStyles.None, out var day) && day.Year >= 1900 ? day : null;

    /// <summary>The reason, and how to write it.</summary>
    /// <param name="what">What the day is, in the middle of a sentence.</param>
    public static string WhyNot(string text, string what)
    {
        var parts = text.Split('/', '-', '.', ' ');
        if (parts.Length != 3 || !parts.All(p => p.Length is > 0 and <= 4 && p.All(char.IsAsciiDigit)))
            return $"Write the {what} like 31/01/2016";
        var (day, month, year) = parts[0].Length == 4 ? (parts[2], parts[1], parts[0]) : (parts[0], parts[1], parts[2]);
        if (year.Length != 4)
            return $"Write the year of the {what} with four digits, like 31/01/2016";
        if (month.Length > 2 || int.Parse(month, CultureInfo.InvariantCulture) is not (>= 1 and <= 12 and var number))
            return $"The {what} has no month {month}: write the day first, like 31/01/2016";
        if (day.Length <= 2)
            return $"The {what}: {British.DateTimeFormat.GetMonthName(number)} {year} has no day {int.Parse(day, CultureInfo.InvariantCulture)}";
        return $"Write the {what} like 31/01/2016";
    }
}
