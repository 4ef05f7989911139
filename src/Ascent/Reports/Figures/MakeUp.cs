using Ascent.Measures;
using Ascent.Reports.Cohorts;

namespace Ascent.Reports.Figures;

/// <summary>Who is in a cohort, as a measure like any other, so that the same control decides what may be counted.</summary>
public static class MakeUp
{
    public const string Code = "make-up";

    public static ReportMeasure Measure(CohortStage stage) => new(Code, stage, MeasureKind.Average, "Pupils", "How many", "Pupils on the roll on the day of the census.", (c, _) => new(Everybody(c)));

    private static Outcome[] Everybody(Cohort cohort)
    {
        var outcomes = new Outcome[cohort.Count];
        Array.Fill(outcomes, Outcome.Of(1));
        return outcomes;
    }
}
