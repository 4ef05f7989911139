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

/// <summary>Which schools count as primary, and so have Pupil Tracking.</summary>
public static class PrimaryRule
{
    private const int OldestPrimaryStart = 10;

    /// <param name="phase">As registered.</param>
    /// <param name="lowAge">Statutory low age in years; null when unknown, which counts as not primary unless the phase decides.</param>
    public static bool IsPrimary(SchoolPhase phase, int? lowAge) => phase switch
    {
        SchoolPhase.Nursery or SchoolPhase.Primary or SchoolPhase.MiddleDeemedPrimary or SchoolPhase.MiddleDeemedSecondary or SchoolPhase.AllThrough => true,
        SchoolPhase.SixteenPlus => false,
        _ => lowAge <= OldestPrimaryStart,
    };
}
