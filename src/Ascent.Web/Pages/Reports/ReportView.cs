using Ascent.Measures;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.Reports;

/// <summary>
/// What a reader has chosen on a dashboard, as it stands in the address: a year ("latest", a fixed one, or the latest three together), one value of
/// one pupil group, and for readers with pupil-level reports a class by its id and a value of a second group. Never a name.
/// </summary>
public sealed record ReportView
{
    public const string Latest = "latest";
    public const string Together = "three-years";

    public string Year { get; init; } = Latest;

    public PupilGroup? Group { get; init; }

    public byte Value { get; init; }

    /// <summary>A class, by its id.</summary>
    public Guid? Class { get; init; }

    /// <summary>The value of a second group.</summary>
    public (PupilGroup Group, byte Value)? And { get; init; }

    /// <summary>The address asked for a class or a second group, which are not for this reader.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The address asked for two values of one group.</summary>
    public bool IsTwice { get; init; }

    /// <summary>What the address asked for and nothing here answers to: "the year".</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>What was left out, in sentences that the page tells.</summary>
    public string? Dropped => string.Join(' ', new[]
    {
        Gone.Count == 0 ? null : $"The address asks for something that is not here any more: {InWords.List(Gone)}. The page shows the rest.",
        IsRefused ? "The address asks for a class or a second pupil group. Those are for holders of pupil-level data, so the page shows the rest." : null,
        IsTwice ? "A pupil has one value of a pupil group, so the second one of the same group is left out." : null,
    }.OfType<string>()) is { Length: > 0 } text ? text : null;

    public required ReportPeriod Period { get; init; }

    /// <summary>Reads an address. What is unknown or gone is left out and said; the rest stands.</summary>
    /// <param name="latest">The place of the year that is meant where the address has none.</param>
    public static ReportView Read(Report report, string? year, string? group, int latest)
    {
        var dropped = new List<string>();
        var (period, text) = (ReportPeriod.Year(latest), Latest);
        if (year == Together && report.Years.Count > 1)
            (period, text) = (ReportPeriod.Span, Together);
        else if (year is { Length: > 0 } and not Latest)
        {
            var place = AcademicYear.Read(year) is { } fixedYear ? report.Years.ToList().IndexOf(fixedYear) : -1;
            if (place >= 0)
                (period, text) = (ReportPeriod.Year(place), Text(report.Years[place]));
            else
                dropped.Add("the year");
        }
        var its = FindGroup(group);
        if (its is null && group is { Length: > 0 })
            dropped.Add("the pupil group");
        return new() { Year = text, Period = period, Group = its?.Group, Value = its?.Value ?? 0, Gone = dropped };
    }

    /// <summary>Reads "sex-girls".</summary>
    /// <returns>Null for what is no value of a group.</returns>
    public static (PupilGroup Group, byte Value)? FindGroup(string? text)
    {
        // Codes have hyphens of their own, so the group is the longest one that fits.
        var of = PupilGroups.All.Where(g => text?.StartsWith($"{g.Code()}-", StringComparison.Ordinal) == true).Select(g => (PupilGroup?)g).MaxBy(g => g!.Value.Code().Length);
        return of is { } found && found.FindValue(text![(found.Code().Length + 1)..]) is { } place ? (found, place) : null;
    }

    /// <summary>Reads the id of a class.</summary>
    public static Guid? FindClass(string? text) => Guid.TryParseExact(text, "N", out var id) ? id : null;

    public static string Text(AcademicYear year) => year.PerformanceTables;

    public static string Text(PupilGroup group, byte value) => $"{group.Code()}-{group.Values()[value].Code}";

    /// <summary>The address of a page with what is chosen.</summary>
    public string In(string path)
    {
        var query = new Dictionary<string, string?>();
        if (Year != Latest)
            query["year"] = Year;
        if (Group is { } group)
            query["group"] = Text(group, Value);
        if (Class is { } its)
            query["class"] = its.ToString("N");
        if (And is { } second)
            query["and"] = Text(second.Group, second.Value);
        return QueryHelpers.AddQueryString(path, query);
    }
}
