using Ascent.Measures;
using Ascent.Reports.Cohorts;

namespace Ascent.Reports.Figures;

/// <summary>What is worth a second look at a pupil of a cohort. Worked out each time and stored nowhere.</summary>
public enum PupilFlag
{
    /// <summary>Below where 8 in 10 with the same start ended.</summary>
    FarBelow,

    /// <summary>Did not reach what the stage expects, in one of its subjects or more.</summary>
    BelowExpected,

    /// <summary>Missed a tenth or more of the possible sessions of that year.</summary>
    PersistentlyAbsent,

    /// <summary>Came after the autumn in which <see cref="PupilGroup.Mobility"/> begins to count.</summary>
    JoinedLate,

    /// <summary>No result is stored of the first measure of the stage.</summary>
    NoResult,
}

public static class PupilFlags
{
    // Whoever has not met one of these is below what is expected; without a result of any nothing is said.
    private static readonly Dictionary<CohortStage, string[]> Expected = new()
    {
        [CohortStage.EarlyYears] = ["eyfs-gld"],
        [CohortStage.Phonics] = ["phonics-met"],
        [CohortStage.Ks1] = ["ks1-reading", "ks1-writing", "ks1-maths"],
        [CohortStage.Ks2] = ["ks2-reading", "ks2-writing", "ks2-maths"],
        [CohortStage.Ks4] = ["ks4-english-maths-94"],
    };

    public static IReadOnlyList<PupilFlag> All { get; } = Enum.GetValues<PupilFlag>();

    /// <summary>In addresses.</summary>
    public static string Code(this PupilFlag flag) => flag switch
    {
        PupilFlag.FarBelow => "far-below",
        PupilFlag.BelowExpected => "below-expected",
        PupilFlag.PersistentlyAbsent => "absent",
        PupilFlag.JoinedLate => "joined-late",
        _ => "no-result",
    };

    /// <returns>Null for a code of none.</returns>
    public static PupilFlag? Find(string? code) => All.Select(f => (PupilFlag?)f).FirstOrDefault(f => f!.Value.Code() == code);

    public static string Label(this PupilFlag flag, CohortStage stage) => flag switch
    {
        PupilFlag.FarBelow => "Far below the estimate",
        PupilFlag.BelowExpected => stage switch { CohortStage.EarlyYears => "Below a good level", CohortStage.Ks4 => "Below grade 4 in English or maths", _ => "Below the expected standard" },
        PupilFlag.PersistentlyAbsent => "Persistently absent",
        PupilFlag.JoinedLate => stage.Definition().ThroughoutFrom == 0 ? "Joined in the stage’s last year" : "Joined in the stage’s last two years",
        _ => "No result",
    };

    /// <summary>In the order of <see cref="PupilFlag"/>.</summary>
    /// <exception cref="InvalidOperationException">The reader may not see the pupil.</exception>
    public static IReadOnlyList<PupilFlag> Of(Report report, int year, int pupil, bool isPersistentlyAbsent)
    {
        var cohort = report.KnownOf(year).Cohort;
        var first = ReportMeasures.Of(report.Stage).First(m => m.IsHeadline);
        return [.. All.Where(flag => flag switch
        {
            PupilFlag.FarBelow => IsFarBelow(report, cohort, year, pupil),
            PupilFlag.BelowExpected => Expected.GetValueOrDefault(report.Stage, []).Any(code => report.OutcomeOf(ReportMeasures.Find(code)!, year, pupil) is { Counts: true, Value: 0 }),
            PupilFlag.PersistentlyAbsent => isPersistentlyAbsent,
            PupilFlag.JoinedLate => cohort.ValuesOf(PupilGroup.Mobility)[pupil] == PupilGroup.Mobility.FindValue("joined"),
            _ => report.OutcomeOf(first, year, pupil) is { IsInCohort: true, Counts: false },
        })];
    }

    private static bool IsFarBelow(Report report, Cohort cohort, int year, int pupil) =>
        StartAndOutcome.Of(report.Stage) is { } drawn && drawn.HasBaseline(cohort.Year)
        && drawn.EstimateFor(cohort.Prior[pupil], report.NationalOf(cohort.Year)) is { } estimate
        && drawn.OutcomeOf(report, year, pupil) is { Counts: true, Value: var value } && value < estimate.Lower;
}
