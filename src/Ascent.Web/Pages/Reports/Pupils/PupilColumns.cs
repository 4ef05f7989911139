using System.Globalization;
using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Web.Components;

namespace Ascent.Web.Pages.Reports.Pupils;

/// <summary>A column of the list: what each pupil gave to a measure.</summary>
/// <param name="Head">Short: the list has several beside each other.</param>
public sealed record PupilColumn(ReportMeasure Measure, string Head)
{
    private static readonly Dictionary<string, string> Heads = new(StringComparer.Ordinal)
    {
        ["eyfs-gld"] = "Good level", ["eyfs-all-goals"] = "All goals", ["eyfs-average-goals"] = "Goals of 17",
        ["phonics-met"] = "Met the standard", ["phonics-mark"] = "Mark of 40",
        ["ks1-reading"] = "Reading", ["ks1-writing"] = "Writing", ["ks1-maths"] = "Maths",
        ["mtc-mark"] = "Mark of 25", ["mtc-full"] = "Full marks",
        ["ks2-rwm"] = "All three", ["ks2-rwm-higher"] = "Higher, all three", ["ks2-reading"] = "Reading", ["ks2-writing"] = "Writing", ["ks2-maths"] = "Maths", ["ks2-gps"] = "Grammar",
        ["ks4-attainment8"] = "Attainment 8", ["ks4-english-maths-95"] = "Eng. and maths 9–5", ["ks4-english-maths-94"] = "Eng. and maths 9–4", ["ks4-ebacc-entered"] = "EBacc entered", ["ks4-ebacc-aps"] = "EBacc points",
    };

    /// <summary>The headline measures of a stage but progress, which stands against the estimate.</summary>
    public static IReadOnlyList<PupilColumn> Of(CohortStage stage) =>
        [.. ReportMeasures.Of(stage).Where(m => m.IsHeadline && m.Kind != MeasureKind.Progress).Select(m => new PupilColumn(m, Heads.GetValueOrDefault(m.Code, m.Title)))];

    /// <summary>"Yes", "49.5", "+0.70"; null where the pupil has none.</summary>
    public static string? Text(ReportMeasure measure, Outcome outcome) => !outcome.Counts ? null : measure.Kind switch
    {
        MeasureKind.Share => outcome.Value > 0 ? "Yes" : "No",
        MeasureKind.Progress => MeasureText.Difference(new Ascent.Measures.Measure.Scalar(outcome.Value, MeasureUnit.Progress, default)),
        _ => Number(outcome.Value, Decimals(measure.Code)),
    };

    /// <summary>One pupil's points or score; a column has the same decimals throughout.</summary>
    public static string Number(double value, int decimals = 1) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    // Marks and goals are counted, EBacc points are sixths.
    private static int Decimals(string code) => code switch { "eyfs-average-goals" or "phonics-mark" or "mtc-mark" => 0, "ks4-ebacc-aps" => 2, _ => 1 };
}
