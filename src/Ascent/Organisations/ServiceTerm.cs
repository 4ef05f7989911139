using System.Globalization;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Organisations;

/// <summary>Whether a service is on: without end, until the end of a day in England, or not.</summary>
public readonly record struct ServiceTerm(bool IsOn, DateOnly? LastDay)
{
    private const string DayFormat = "yyyy-MM-dd";

    public static ServiceTerm On => new(true, null);

    public static ServiceTerm Off => new(false, null);

    public static ServiceTerm Until(DateOnly lastDay) => new(true, lastDay);

    /// <param name="offFrom">The first day without it, as a school keeps it.</param>
    public static ServiceTerm Of(DateOnly? offFrom, DateOnly today) => offFrom is not { } from ? On : from <= today ? Off : Until(from.AddDays(-1));

    /// <summary>"on until 31 August 2027".</summary>
    public string Words => !IsOn ? "off" : LastDay is { } day ? $"on until {InWords.Date(day)}" : "on";

    /// <summary>As it stands in the log and is typed at the command line: "until 2027-08-31".</summary>
    public override string ToString() => !IsOn ? "off" : LastDay is { } day ? $"until {day.ToString(DayFormat, CultureInfo.InvariantCulture)}" : "on";

    /// <summary>Reads what <see cref="ToString"/> writes; null for anything else.</summary>
    public static ServiceTerm? Read(string? text) => text switch
    {
        "on" => On,
        "off" => Off,
        { } until when until.StartsWith("until ", StringComparison.Ordinal) && DateOnly.TryParseExact(until["until ".Length..], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => Until(day),
        _ => null,
    };
}

public static class ServiceTerms
{
    public static ServiceTerm Term(this School school, SchoolServices service, DateOnly today) => ServiceTerm.Of(school.OffFrom(service), today);
}
