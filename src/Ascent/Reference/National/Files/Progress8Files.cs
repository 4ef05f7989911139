using System.Globalization;
using Ascent.Measures;
using Ascent.Shared;

namespace Ascent.Reference.National.Files;

/// <summary>What the files of estimates by the groups of Progress 8 have in common.</summary>
internal static class Progress8Rows
{
    private const int FirstYear = 2016;
    private const int LastYear = 2100;

    public static AcademicYear Year(NationalRow row, string column) =>
        AcademicYear.EndingIn((int)row.Number(column, FirstYear, LastYear) is var year && row.Text(column).Length == 4 ? year : throw row.Refused($"“{row.Text(column)}” in {column} is no year"));

    /// <summary>The group of a row, seen to be the same range of scores as ours: with other ranges the estimates would go to the wrong pupils.</summary>
    public static int Group(NationalRow row, double low, double high)
    {
        var group = row.Count("pag", PriorGroups.Progress8.Count);
        return PriorGroups.Progress8.GroupOf(PriorAttainment.Of(low)) == group && PriorGroups.Progress8.GroupOf(PriorAttainment.Of(high)) == group
            ? group : throw row.Refused(string.Create(CultureInfo.InvariantCulture, $"the scores {low} to {high} are not those of group {group}"));
    }

    /// <summary>The rows in the order of their groups, each there once.</summary>
    public static double[][] InOrder(IEnumerable<(NationalRow Row, int Group, double[] Values)> rows, string edition)
    {
        var found = new double[PriorGroups.Progress8.Count][];
        foreach (var (row, group, values) in rows)
            found[group - 1] = found[group - 1] is null ? values : throw row.Refused($"group {group} is there twice");
        return Array.FindIndex(found, f => f is null) is >= 0 and var missing
            ? throw new FormatException($"{edition} has no group {missing + 1}") : found;
    }
}

internal sealed class Attainment8EstimatesFile() : NationalFile(
    NationalKind.Attainment8Estimates, "progress8_attainment8_estimates*.csv",
    "ks4_year", "status", "pag", "ks2_avg_scaled_low", "ks2_avg_scaled_high", "att8_estimate", "english_estimate", "maths_estimate", "ebacc_estimate", "open_estimate")
{
    private const double Most = 95;

    protected override IEnumerable<ReadDataset> Read(IReadOnlyList<NationalRow> rows, FileFacts facts) =>
        from row in rows
        group row by (Year: Progress8Rows.Year(row, "ks4_year"), Status: row.Status("status")) into edition
        select new ReadDataset(Kind, edition.Key.Year, edition.Key.Status, new GroupEstimates(Progress8Rows.InOrder(edition.Select(Estimates), $"{edition.Key.Year} ({edition.Key.Status})")));

    private static (NationalRow, int, double[]) Estimates(NationalRow row) => (
        row, Progress8Rows.Group(row, row.Number("ks2_avg_scaled_low", 0, 120), row.Number("ks2_avg_scaled_high", 0, 120)),
        [
            row.Number("att8_estimate", 0, Most), row.Number("english_estimate", 0, Most), row.Number("maths_estimate", 0, Most),
            row.Number("ebacc_estimate", 0, Most), row.Number("open_estimate", 0, Most),
        ]);
}

internal sealed class Progress8DeviationsFile() : NationalFile(
    NationalKind.Progress8Deviations, "progress8_national_sd*.csv", "ks4_year", "status", "sd_p8", "sd_english", "sd_maths", "sd_ebacc", "sd_open")
{
    private const double Least = 0.01;
    private const double Most = 10;

    protected override IEnumerable<ReadDataset> Read(IReadOnlyList<NationalRow> rows, FileFacts facts)
    {
        var seen = new HashSet<(AcademicYear, ReferenceStatus)>();
        foreach (var row in rows)
        {
            var (year, status) = (Progress8Rows.Year(row, "ks4_year"), row.Status("status"));
            if (!seen.Add((year, status)))
                throw row.Refused($"{year} ({status}) is there twice");
            yield return new(Kind, year, status, new Deviations(
                [.. ((string[])["sd_p8", "sd_english", "sd_maths", "sd_ebacc", "sd_open"]).Select(c => row.Number(c, Least, Most))]));
        }
    }
}

/// <summary>Year by the file's name; it says no status and is taken as final.</summary>
internal sealed class EBaccEstimatesFile() : NationalFile(
    NationalKind.EBaccEstimates, "ks4_ebacc_subject_va_estimates_*.csv", "pag", "ks2_avg_scaled_range", "science_estimate", "humanities_estimate", "languages_estimate")
{
    private const double Most = 9;

    protected override IEnumerable<ReadDataset> Read(IReadOnlyList<NationalRow> rows, FileFacts facts) =>
    [
        new(Kind, facts.Year, ReferenceStatus.Final, new GroupEstimates(Progress8Rows.InOrder(rows.Select(Estimates), $"{facts.Year}"))),
    ];

    private static (NationalRow, int, double[]) Estimates(NationalRow row)
    {
        var range = row.Text("ks2_avg_scaled_range").Split(" to ");
        if (range.Length != 2)
            throw row.Refused($"“{NationalRow.Short(row.Text("ks2_avg_scaled_range"))}” is no range of scores");
        return (
            row, Progress8Rows.Group(row, row.Number("ks2_avg_scaled_range", range[0], 0, 120), row.Number("ks2_avg_scaled_range", range[1], 0, 120)),
            [row.Number("science_estimate", 0, Most), row.Number("humanities_estimate", 0, Most), row.Number("languages_estimate", 0, Most)]);
    }
}

internal sealed class EBaccDeviationsFile() : NationalFile(
    NationalKind.EBaccDeviations, "ks4_ebacc_subject_va_sd_*.csv", "sd_science_va", "sd_humanities_va", "sd_languages_va")
{
    private const double Least = 0.01;
    private const double Most = 10;

    protected override IEnumerable<ReadDataset> Read(IReadOnlyList<NationalRow> rows, FileFacts facts) => rows switch
    {
        [] => [],
        [var row] =>
        [
            new(Kind, facts.Year, ReferenceStatus.Final, new Deviations([row.Number("sd_science_va", Least, Most), row.Number("sd_humanities_va", Least, Most), row.Number("sd_languages_va", Least, Most)])),
        ],
        [_, var second, ..] => throw second.Refused("only one row is expected"),
    };
}
