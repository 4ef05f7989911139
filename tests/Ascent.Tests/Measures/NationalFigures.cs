using System.Globalization;
using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Measures.Ks5;
using Ascent.Shared;

namespace Ascent.Tests.Measures;

/// <summary>The published national figures, read from the reference folder; a test that needs them is skipped where it is not there.</summary>
internal static class NationalFigures
{
    public static readonly AcademicYear Year2024 = AcademicYear.EndingIn(2024);

    public static ReferenceEdition Edition2024 => new(Year2024, ReferenceStatus.Final);

    public static Progress8Reference Progress8(int year = 2024, string status = "as published")
    {
        var estimates = ReferenceFile.Rows("progress8_attainment8_estimates.csv").Where(r => IsOf(r, year, status)).OrderBy(r => (int)Number(r["pag"]))
            .Select(r => new Attainment8Estimate(Number(r["att8_estimate"]), Number(r["english_estimate"]), Number(r["maths_estimate"]), Number(r["ebacc_estimate"]), Number(r["open_estimate"])));
        var sd = ReferenceFile.Rows("progress8_national_sd.csv").Single(r => IsOf(r, year, status));
        return new(
            new(AcademicYear.EndingIn(year), ReferenceStatus.Final), [.. estimates],
            new(Number(sd["sd_p8"]), Number(sd["sd_english"]), Number(sd["sd_maths"]), Number(sd["sd_ebacc"]), Number(sd["sd_open"])));
    }

    /// <summary>The bands of the transition matrices from KS2: below 80, 80–89.5, … 117–120.</summary>
    public static PriorGroups TransitionGroups => PriorGroups.From(80, 90, 96, 100, 102.5, 105, 107.5, 110, 113.5, 117);

    public static readonly string[] TransitionLabels =
        ["Less than 80", "80 - 89.5", "90 - 95.5", "96 - 99.5", "100 - 102", "102.5 - 104.5", "105 - 107", "107.5 - 109.5", "110 - 113", "113.5 - 116.5", "117 - 120"];

    public static TransitionMatrix GcseMatrix(string subject)
    {
        var rows = ReferenceFile.Rows("ks2_ks4_transition_2024_gcse_grades_all_pupils.csv").Where(r => r["subject"] == subject).ToDictionary(r => r["ks2_scaled_score_group"]);
        return new(Edition2024, GradeScale.Gcse, TransitionGroups, [.. TransitionLabels.Select(l => GcseCounts(rows[l]))]);
    }

    public static int[] GcseCounts(IReadOnlyDictionary<string, string> row) => [.. GradeScale.Gcse.Labels.Select(g => (int)Number(row[$"num_{g}"]))];

    public static ValueAddedLine ALevelLine(string subject)
    {
        var bands = ReferenceFile.Rows("l3va_2025_national_bands.csv").Single(r => r["subject_name"] == subject && r["qualification_name"] == "GCE A level" && r["cohort_name"] == "A level");
        return Line(bands, ReferenceFile.Rows("l3va_2025_subject_variance.csv").Single(r => r["qual_id"] == bands["qual_id"]));
    }

    public static ValueAddedLine Line(IReadOnlyDictionary<string, string> bands, IReadOnlyDictionary<string, string> variance) => new(
        new(AcademicYear.EndingIn(2025), ReferenceStatus.Revised), Knots(bands, "x"), Knots(bands, "y"), Number(variance["size"]), Number(variance["weighting"]), Number(variance["sd_suqu"]),
        variance["exam_cohort"] == "6" ? 1 : 10);

    public static double Number(string text) => text.Length == 0 ? 0 : double.Parse(text, CultureInfo.InvariantCulture);

    private static double[] Knots(IReadOnlyDictionary<string, string> row, string axis) => [.. Enumerable.Range(0, ValueAddedLine.Knots).Select(i => Number(row[$"{axis}_{i}"]))];

    private static bool IsOf(IReadOnlyDictionary<string, string> row, int year, string status) =>
        (int)Number(row["ks4_year"]) == year && row["status"].StartsWith(status, StringComparison.Ordinal);
}
