using System.Globalization;

namespace Ascent.Shared.Text;

/// <summary>Lists, counts and dates as sentences have them.</summary>
public static class InWords
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"Ann", "Ann and Bob", "Ann, Bob and Cy"; empty for none.</summary>
    public static string List(IEnumerable<string> items, string last = "and")
    {
        var all = items.ToArray();
        return all.Length switch
        {
            0 => "",
            1 => all[0],
            _ => $"{string.Join(", ", all[..^1])} {last} {all[^1]}",
        };
    }

    /// <summary>"23 November 2026".</summary>
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", British);

    /// <summary>"23 November 2026", the day in England.</summary>
    public static string Date(DateTime utc) => Date(LondonTime.DateOf(utc));

    /// <summary>"today at 09:14", "yesterday at 16:07", "20 November at 08:05", "20 November 2025 at 08:05".</summary>
    public static string Moment(DateTime utc, DateTime now)
    {
        var local = LondonTime.ToLocal(utc);
        var day = DateOnly.FromDateTime(local);
        var today = LondonTime.DateOf(now);
        var words = day == today ? "today"
            : day == today.AddDays(-1) ? "yesterday"
            : day == today.AddDays(1) ? "tomorrow"
            : day.ToString(day.Year == today.Year ? "d MMMM" : "d MMMM yyyy", British);
        return string.Create(British, $"{words} at {local:HH:mm}");
    }

    /// <summary>"23 November 2026 at 09:14": for what is kept, where "today" would be another day.</summary>
    public static string Moment(DateTime utc) => string.Create(British, $"{Date(utc)} at {LondonTime.ToLocal(utc):HH:mm}");

    /// <summary>"today", "yesterday", "20 November", "20 November 2025": the day in England.</summary>
    public static string Day(DateTime utc, DateTime now)
    {
        var (day, today) = (LondonTime.DateOf(utc), LondonTime.DateOf(now));
        return day == today ? "today" : day == today.AddDays(-1) ? "yesterday" : day.ToString(day.Year == today.Year ? "d MMMM" : "d MMMM yyyy", British);
    }

    /// <summary>Words as the beginning of a sentence.</summary>
    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpper(words[0], British) + words[1..];

    /// <summary>"1 person", "2 people"; thousands with commas.</summary>
    public static string Count(long n, string one, string many) => string.Create(British, $"{n:N0} {(n == 1 ? one : many)}");

    /// <summary>"Hannah’s", "James’".</summary>
    public static string Possessive(string name) => name.EndsWith('s') ? $"{name}’" : $"{name}’s";

    /// <summary>Two initials for an avatar, whole characters in any script.</summary>
    public static string Initials(string forename, string surname) => First(forename) + First(surname);

    private static string First(string name) => name.Length == 0 ? "" : StringInfo.GetNextTextElement(name).ToUpper(British);
}
