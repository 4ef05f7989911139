using System.Globalization;

namespace Ascent.SchoolData.Imports.Ctf;

/// <summary>Small values as a CTF writes them.</summary>
internal static class CtfText
{
    /// <summary>Half days in a year: there are some 380.</summary>
    public const int MostSessions = 1_000;

    /// <summary>2016-01-31, also with a time or a time zone behind it; null for anything else.</summary>
    public static DateOnly? Day(string text) =>
        text.Length >= 10 && (text.Length == 10 || text[10] is 'T' or 'Z' or '+' or '-')
        && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1900 ? day : null;

    /// <summary>Four digits; null for anything else.</summary>
    public static int? Year(string text) =>
        text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1950 and < 2200 ? year : null;

    /// <summary>A number of half days; null for what cannot be one of a year.</summary>
    public static int? Sessions(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sessions) && sessions <= MostSessions ? sessions : null;
}
