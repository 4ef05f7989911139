using Ascent.Measures;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.Reports;

/// <summary>
/// What a reader has chosen on a dashboard, as it stands in the address: a year ("latest", a fixed one, or the latest three together), and one value
/// of one pupil group. Never a name.
/// </summary>
public sealed record ReportView
{
    public const string Latest = "latest";
    public const string Together = "three-years";

    public string Year { get; init; } = Latest;

    public PupilGroup? Group { get; init; }

    public byte Value { get; init; }

    /// <summary>What the address asked for and nothing here answers to: "the year".</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>The same as a sentence, told on the page.</summary>
    public string? Dropped => Gone.Count == 0 ? null : $"The address asks for something that is not here any more: {InWords.List(Gone)}. The page shows the rest.";

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
        var (of, value) = (default(PupilGroup?), (byte)0);
        if (group is { Length: > 0 })
        {
            // "sex-girls": codes have hyphens of their own, so the group is the longest one that fits.
            of = PupilGroups.All.Where(g => group.StartsWith($"{g.Code()}-", StringComparison.Ordinal)).Select(g => (PupilGroup?)g).MaxBy(g => g!.Value.Code().Length);
            if (of is { } found && found.FindValue(group[(found.Code().Length + 1)..]) is { } place)
                value = place;
            else
            {
                of = null;
                dropped.Add("the pupil group");
            }
        }
        return new() { Year = text, Period = period, Group = of, Value = value, Gone = dropped };
    }

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
        return QueryHelpers.AddQueryString(path, query);
    }
}
