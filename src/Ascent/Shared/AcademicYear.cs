using System.Globalization;

namespace Ascent.Shared;

/// <summary>
/// A school year in England, 1 September to 31 August, known by the calendar year in which it starts. "2025" means different years in
/// different files, so every reading and writing has a name of its own here.
/// </summary>
/// <param name="StartYear">2025 for the year from 1 September 2025 to 31 August 2026.</param>
public readonly record struct AcademicYear(int StartYear) : IComparable<AcademicYear>
{
    /// <summary>The month in which a school year begins.</summary>
    private const int September = 9;

    /// <summary>The calendar year in which it ends.</summary>
    public int EndYear => StartYear + 1;

    public DateOnly FirstDay => new(StartYear, September, 1);

    public DateOnly LastDay => new(EndYear, September - 1, 31);

    public AcademicYear Next => new(StartYear + 1);

    public AcademicYear Previous => new(StartYear - 1);

    /// <summary>The year in which a day lies.</summary>
    public static AcademicYear Of(DateOnly day) => new(day.Month >= September ? day.Year : day.Year - 1);

    /// <summary>The header of a CTF and the two digits in a UPN name the year by its start.</summary>
    public static AcademicYear StartingIn(int year) => new(year);

    /// <summary>Results in a CTF, and OneRoster's school year, name the year by its end: the summer in which it was assessed.</summary>
    public static AcademicYear EndingIn(int year) => new(year - 1);

    /// <summary>"2025/2026", as in the National Pupil Database.</summary>
    public string Npd => Write($"{StartYear:0000}/{EndYear:0000}");

    /// <summary>"202526", the time period of Explore Education Statistics.</summary>
    public string Ees => Write($"{StartYear:0000}{EndYear % 100:00}");

    /// <summary>"2025-2026", as in the performance tables.</summary>
    public string PerformanceTables => Write($"{StartYear:0000}-{EndYear:0000}");

    /// <summary>"25.0", the version of the Common Transfer File that is made for this year: the digits of its start.</summary>
    public string CtfVersion => Write($"{StartYear % 100:00}.0");

    /// <summary>"2025/26", on screen.</summary>
    public override string ToString() => Write($"{StartYear:0000}/{EndYear % 100:00}");

    /// <summary>
    /// Reads a year that says itself which one it is: "2025/26", "2025/2026", "2025-2026", "202526". A single number is refused, because it
    /// may be the start or the end.
    /// </summary>
    /// <returns>Null for anything else, and for two years that do not follow each other.</returns>
    public static AcademicYear? Read(string? text)
    {
        var digits = new string([.. (text ?? "").Where(char.IsAsciiDigit)]);
        var marks = (text ?? "").Trim().Where(c => !char.IsAsciiDigit(c)).ToArray();
        if (marks is not ([] or ['/'] or ['-'] or ['–']) || digits.Length is not (6 or 8))
            return null;
        var start = int.Parse(digits[..4], CultureInfo.InvariantCulture);
        var end = int.Parse(digits[4..], CultureInfo.InvariantCulture);
        return start is >= 1900 and < 2200 && end == (digits.Length == 6 ? (start + 1) % 100 : start + 1) ? new(start) : null;
    }

    public int CompareTo(AcademicYear other) => StartYear.CompareTo(other.StartYear);

    public static bool operator <(AcademicYear left, AcademicYear right) => left.CompareTo(right) < 0;

    public static bool operator >(AcademicYear left, AcademicYear right) => left.CompareTo(right) > 0;

    public static bool operator <=(AcademicYear left, AcademicYear right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AcademicYear left, AcademicYear right) => left.CompareTo(right) >= 0;

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
