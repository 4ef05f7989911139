using Ascent.Shared;

namespace Ascent.Reports.Cohorts;

/// <summary>What a report is about: pupils at one point of schooling, or all of the school.</summary>
public enum CohortStage : byte
{
    EarlyYears,
    Phonics,
    Ks1,
    TablesCheck,
    Ks2,
    Ks4,

    /// <summary>Everybody on the roll, for context and attendance.</summary>
    School,
}

/// <param name="Code">In addresses and stored.</param>
/// <param name="Title">Of its dashboards: "Key stage 2".</param>
/// <param name="Pupils">Who they are, in a sentence: "every pupil at the end of key stage 2".</param>
/// <param name="Year">Null for the whole school.</param>
/// <param name="ThroughoutFrom">Years before the one of the assessment in which a pupil has to have been here from the autumn on, so as not to have joined late.</param>
public sealed record StageDefinition(CohortStage Stage, string Code, string Title, string Pupils, NcYear? Year, int ThroughoutFrom);

public static class CohortStages
{
    private static readonly StageDefinition[] Table =
    [
        new(CohortStage.EarlyYears, "eyfs", "Early years", "every pupil at the end of Reception", new NcYear(0), 0),
        new(CohortStage.Phonics, "phonics", "Phonics check", "every pupil of Year 1", new NcYear(1), 0),
        new(CohortStage.Ks1, "ks1", "Key stage 1", "every pupil at the end of key stage 1", new NcYear(2), 1),
        new(CohortStage.TablesCheck, "tables", "Multiplication tables check", "every pupil of Year 4", new NcYear(4), 1),
        new(CohortStage.Ks2, "ks2", "Key stage 2", "every pupil at the end of key stage 2", new NcYear(6), 1),
        new(CohortStage.Ks4, "ks4", "Key stage 4", "every pupil at the end of key stage 4", new NcYear(11), 1),
        new(CohortStage.School, "school", "Whole school", "every pupil on the roll", null, 0),
    ];

    public static IReadOnlyList<StageDefinition> All => Table;

    public static StageDefinition Definition(this CohortStage stage) => Table[(int)stage];

    public static string Code(this CohortStage stage) => stage.Definition().Code;

    public static string Title(this CohortStage stage) => stage.Definition().Title;

    /// <returns>Null for a code that there is none of.</returns>
    public static CohortStage? Find(string? code) => Array.Find(Table, s => s.Code == code)?.Stage;

    /// <summary>
    /// The day on which a pupil has to be on the roll to be in the cohort: the spring census, the third Thursday of January, for key stage 4
    /// and the whole school, and the summer census, the third Thursday of May, for the primary stages, whose tests are in May and June.
    /// </summary>
    public static DateOnly CensusDay(this CohortStage stage, AcademicYear year) =>
        stage is CohortStage.Ks4 or CohortStage.School ? Thursday(new(year.EndYear, 1, 1), 3) : Thursday(new(year.EndYear, 5, 1), 3);

    /// <summary>The autumn census, the first Thursday of October: who came after it has joined late; and the whole school is counted on it until the spring.</summary>
    public static DateOnly AutumnDay(AcademicYear year) => Thursday(new(year.StartYear, 10, 1), 1);

    /// <summary>The last day on which cohorts changed of themselves, a census or the first day of a school year, up to and with a day.</summary>
    public static DateOnly LastTurn(DateOnly today)
    {
        var year = AcademicYear.Of(today);
        DateOnly[] days = [year.FirstDay, AutumnDay(year), CohortStage.Ks4.CensusDay(year), CohortStage.Ks2.CensusDay(year)];
        return days.Last(d => d <= today);
    }

    private static DateOnly Thursday(DateOnly firstOfMonth, int which) =>
        firstOfMonth.AddDays((((int)DayOfWeek.Thursday - (int)firstOfMonth.DayOfWeek + 7) % 7) + (7 * (which - 1)));
}
