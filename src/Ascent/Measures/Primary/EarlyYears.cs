namespace Ascent.Measures.Primary;

/// <summary>The 17 early learning goals of the EYFS profile (since 2021), those that a pupil has reached ("expected").</summary>
[Flags]
public enum EarlyLearningGoals
{
    None = 0,
    ListeningAttentionAndUnderstanding = 1 << 0,
    Speaking = 1 << 1,
    SelfRegulation = 1 << 2,
    ManagingSelf = 1 << 3,
    BuildingRelationships = 1 << 4,
    GrossMotorSkills = 1 << 5,
    FineMotorSkills = 1 << 6,
    Comprehension = 1 << 7,
    WordReading = 1 << 8,
    Writing = 1 << 9,
    Number = 1 << 10,
    NumericalPatterns = 1 << 11,
    PastAndPresent = 1 << 12,
    PeopleCultureAndCommunities = 1 << 13,
    TheNaturalWorld = 1 << 14,
    CreatingWithMaterials = 1 << 15,
    BeingImaginativeAndExpressive = 1 << 16,

    /// <summary>Communication and language; personal, social and emotional; physical; literacy; mathematics: 12 goals.</summary>
    GoodLevel = (1 << 12) - 1,

    All = (1 << 17) - 1,
}

/// <summary>The profile of one pupil at the end of Reception.</summary>
/// <param name="Assessed">False while there is no profile: the pupil is in n and not matched.</param>
public readonly record struct EarlyYearsPupil(EarlyLearningGoals Reached, bool Assessed);

/// <summary>Early years foundation stage profile. Source: gov.uk; LAIT dictionary. Population: pupils with a profile.</summary>
public static class EarlyYears
{
    /// <summary>Good level of development (GLD): percent of pupils at expected in all 12 goals of <see cref="EarlyLearningGoals.GoodLevel"/>.</summary>
    public static Indicator<EarlyYearsPupil> GoodLevelOfDevelopment { get; } = new("eyfs-gld", MeasureUnit.Percentage, static (in p) => Has(p, EarlyLearningGoals.GoodLevel));

    /// <summary>Percent of pupils at expected in all 17 goals.</summary>
    public static Indicator<EarlyYearsPupil> AllGoals { get; } = new("eyfs-all-goals", MeasureUnit.Percentage, static (in p) => Has(p, EarlyLearningGoals.All));

    /// <summary>Mean number of goals at expected, 0 to 17 (nationally 14.1).</summary>
    public static Indicator<EarlyYearsPupil> AverageGoals { get; } = new(
        "eyfs-average-goals", MeasureUnit.Average, static (in p) => p.Assessed ? Outcome.Of(int.PopCount((int)(p.Reached & EarlyLearningGoals.All))) : Outcome.Missing);

    public static IReadOnlyList<Indicator<EarlyYearsPupil>> Indicators { get; } = [GoodLevelOfDevelopment, AllGoals, AverageGoals];

    private static Outcome Has(EarlyYearsPupil pupil, EarlyLearningGoals goals) => pupil.Assessed ? Outcome.Met((pupil.Reached & goals) == goals) : Outcome.Missing;
}
