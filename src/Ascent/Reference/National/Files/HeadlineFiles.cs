using System.Globalization;
using Ascent.Measures;
using Ascent.Shared;

namespace Ascent.Reference.National.Files;

/// <summary>The headline figures of England, one row a measure and one column a year. An empty cell was not published. It says no status and is taken as final.</summary>
internal sealed class HeadlinesFile() : NationalFile(NationalKind.Headlines, "national_headlines_england*.csv", "measure_code")
{
    protected override IEnumerable<ReadDataset> Read(IReadOnlyList<NationalRow> rows, FileFacts facts)
    {
        var years = facts.Headings.Where(h => HeadlineYears.IsYear(h, out _)).ToArray();
        if (years.Length == 0)
            throw new FormatException("the file has no column of a year");
        var gathered = new GatheredHeadlines();
        foreach (var row in rows)
        {
            var measure = NationalMeasures.Find(row.Text("measure_code"));
            facts.LeftOut += measure is null ? 1 : 0;
            foreach (var year in years)
                if (row.Text(year).Length > 0)
                    gathered.Add(row, row.Text("measure_code"), AcademicYear.EndingIn(int.Parse(year, CultureInfo.InvariantCulture)), ReferenceStatus.Final, measure, row.Text(year), year);
        }
        return gathered.ToDatasets(Kind);
    }
}

/// <summary>The same with one row a measure and year, in which the year says how final the figure is: "2025 (prov)". "-" was not published.</summary>
internal sealed class HeadlineSeriesFile() : NationalFile(NationalKind.HeadlineSeries, "lait_england_timeseries*.csv", "topic", "measure_code", "year", "england_value")
{
    protected override IEnumerable<ReadDataset> Read(IReadOnlyList<NationalRow> rows, FileFacts facts)
    {
        var gathered = new GatheredHeadlines();
        foreach (var row in rows)
        {
            var measure = NationalMeasures.Find(row.Text("measure_code"));
            facts.LeftOut += measure is null ? 1 : 0;
            if (row.Text("england_value") is var value && value != "-")
            {
                var (year, status) = HeadlineYears.Read(row.Text("year")) ?? throw row.Refused($"“{NationalRow.Short(row.Text("year"))}” is no year");
                gathered.Add(row, $"{row.Text("topic")}/{row.Text("measure_code")}", year, status, measure, value, "england_value");
            }
        }
        return gathered.ToDatasets(Kind);
    }
}

internal static class HeadlineYears
{
    /// <summary>Four digits: the year in which the school year ended.</summary>
    public static bool IsYear(string text, out int year) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year) && text.Length == 4 && year is > 1990 and < 2100;

    /// <summary>"2024", "2024 (Rev)", "2025 (prov)", "2022/23"; without a word it is final.</summary>
    public static (AcademicYear Year, ReferenceStatus Status)? Read(string text)
    {
        var (begin, word) = text.IndexOf(" (", StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[at..].Trim(' ', '(', ')')) : (text, "final");
        ReferenceStatus? status = word.ToUpperInvariant() switch
        {
            "PROV" or "PROVISIONAL" => ReferenceStatus.Provisional,
            "REV" or "REVISED" => ReferenceStatus.Revised,
            "FINAL" => ReferenceStatus.Final,
            _ => null,
        };
        var year = IsYear(begin, out var ends) ? AcademicYear.EndingIn(ends) : begin.Length == "2022/23".Length ? AcademicYear.Read(begin) : null;
        return status is { } known && year is { } read ? (read, known) : null;
    }
}

/// <summary>Figures that were read so far, by year and status.</summary>
internal sealed class GatheredHeadlines
{
    private const double Most = 1_000_000_000;

    private readonly Dictionary<(AcademicYear, ReferenceStatus), List<HeadlineRow>> editions = [];
    private readonly HashSet<(string, AcademicYear, ReferenceStatus)> seen = [];

    /// <param name="key">What has to be there once a year.</param>
    /// <param name="measure">Null for one that no report shows: it is looked at and left out.</param>
    public void Add(NationalRow row, string key, AcademicYear year, ReferenceStatus status, NationalMeasure? measure, string text, string column)
    {
        if (!seen.Add((key, year, status)))
            throw row.Refused($"{NationalRow.Short(key)} of {year} is there twice");
        var figure = row.Number(column, text, measure?.Least ?? -Most, measure?.Most ?? Most);
        if (measure is null)
            return;
        if (!editions.TryGetValue((year, status), out var rows))
            editions[(year, status)] = rows = [];
        if (rows.Exists(r => r.Measure == measure.Code && r.Phase == measure.Phase && r.Group == measure.GroupCode && r.Value == measure.Value))
            throw row.Refused($"{NationalRow.Short(key)} of {year} is there under another name too");
        rows.Add(new(measure.Code, figure, measure.Phase, measure.GroupCode, measure.Value));
    }

    public IEnumerable<ReadDataset> ToDatasets(NationalKind kind) =>
        editions.OrderBy(e => e.Key.Item1).ThenBy(e => e.Key.Item2).Select(e => new ReadDataset(kind, e.Key.Item1, e.Key.Item2, new Headlines(e.Value)));
}
