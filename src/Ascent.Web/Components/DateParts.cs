using System.Globalization;

namespace Ascent.Web.Components;

/// <summary>A date as it was typed in three boxes. It binds without a binder of its own and keeps what cannot be read.</summary>
public sealed class DateParts
{
    public string? Day { get; set; }

    public string? Month { get; set; }

    public string? Year { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Month) && string.IsNullOrWhiteSpace(Year);

    /// <summary>Day, month and year with strokes between, as typed; empty when all three are.</summary>
    public string Text => IsEmpty ? "" : $"{Day?.Trim()}/{Month?.Trim()}/{Year?.Trim()}";

    /// <summary>Null when empty, and when the three do not make a date of this calendar with a year of four figures.</summary>
    public DateOnly? Date =>
        Number(Day) is { } day && Number(Month) is { } month && Number(Year) is { } year
        && year is >= 1000 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    public static DateParts From(DateOnly? date) => date is not { } set
        ? new DateParts()
        : new DateParts
        {
            Day = set.Day.ToString(CultureInfo.InvariantCulture),
            Month = set.Month.ToString(CultureInfo.InvariantCulture),
            Year = set.Year.ToString(CultureInfo.InvariantCulture),
        };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}
