namespace Ascent.Organisations;

/// <summary>Phase of education, with the register's codes (GIAS, "PhaseOfEducation (code)").</summary>
public enum SchoolPhase
{
    NotApplicable = 0,
    Nursery = 1,
    Primary = 2,
    MiddleDeemedPrimary = 3,
    Secondary = 4,
    MiddleDeemedSecondary = 5,
    SixteenPlus = 6,
    AllThrough = 7,
}

public static class SchoolPhases
{
    /// <summary>The phase as the register words it.</summary>
    public static string Label(SchoolPhase phase) => phase switch
    {
        SchoolPhase.NotApplicable => "Not applicable",
        SchoolPhase.MiddleDeemedPrimary => "Middle deemed primary",
        SchoolPhase.MiddleDeemedSecondary => "Middle deemed secondary",
        SchoolPhase.SixteenPlus => "16 plus",
        SchoolPhase.AllThrough => "All-through",
        _ => phase.ToString(),
    };
}

/// <summary>Which schools count as primary, and so have Pupil Tracking.</summary>
public static class PrimaryRule
{
    private const int OldestPrimaryStart = 10;

    /// <param name="phase">As registered.</param>
    /// <param name="lowAge">Statutory low age in years; null when unknown, which counts as not primary unless the phase decides.</param>
    public static bool IsPrimary(SchoolPhase phase, int? lowAge) => ByPhase(phase) ?? lowAge <= OldestPrimaryStart;

    /// <summary>Why, as the end of a sentence: "the phase is Primary", "it begins at age 11, later than 10".</summary>
    public static string Reason(SchoolPhase phase, int? lowAge) => (ByPhase(phase), lowAge) switch
    {
        (not null, _) => $"the phase is {SchoolPhases.Label(phase)}",
        (_, null) => $"the phase is {SchoolPhases.Label(phase)} and the lowest age is not known",
        (_, <= OldestPrimaryStart) => $"it begins at age {lowAge}, which is {OldestPrimaryStart} or under",
        _ => $"it begins at age {lowAge}, later than {OldestPrimaryStart}",
    };

    private static bool? ByPhase(SchoolPhase phase) => phase switch
    {
        SchoolPhase.Nursery or SchoolPhase.Primary or SchoolPhase.MiddleDeemedPrimary or SchoolPhase.MiddleDeemedSecondary or SchoolPhase.AllThrough => true,
        SchoolPhase.SixteenPlus => false,
        _ => null,
    };
}
