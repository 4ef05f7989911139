using Ascent.Measures;
using Ascent.Reference;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.Reports.Cohorts;

/// <summary>The value that a pupil has in each group on the day of the cohort.</summary>
internal static class CohortGroups
{
    private const int January = 1;
    private const int May = 5;
    private const int September = 9;

    // KS1 average points: in all three at the expected standard is 8; from half of them beyond it on, high.
    private const double MiddleFromKs1 = 8;
    private const double HighFromKs1 = 9;

    /// <summary>Places in the lists of <see cref="PupilGroups"/>, in the groups' order.</summary>
    public static byte[] Of(PupilRecord pupil, StageDefinition stage, AcademicYear year, DateOnly day, PriorAttainment prior) =>
    [
        Value(PupilGroup.Disadvantaged, YesNo(pupil, PupilField.Disadvantaged, day)),
        Value(PupilGroup.Sex, pupil.Sex == Sex.Female ? "girls" : "boys"),
        Value(PupilGroup.Sen, pupil.CharacteristicOn(PupilField.SenProvision, day) switch { "E" => "ehc", "K" => "support", "N" => "none", _ => "not-known" }),
        Value(PupilGroup.Eal, pupil.CharacteristicOn(PupilField.Eal, day) switch { "Y" => "other", "N" => "english", _ => "not-known" }),
        Value(PupilGroup.PriorAttainment, Band(stage.Stage, prior)),
        Value(PupilGroup.TermOfBirth, pupil.BornOn.Month switch { >= September => "autumn", >= January and < May => "spring", _ => "summer" }),
        Value(PupilGroup.Mobility, pupil.EnrolledOn <= CohortStages.AutumnDay(AcademicYear.StartingIn(year.StartYear - stage.ThroughoutFrom)) ? "stayed" : "joined"),
        Value(PupilGroup.Ethnicity, Ethnic(pupil.CharacteristicOn(PupilField.Ethnicity, day))),
        Value(PupilGroup.LookedAfter, YesNo(pupil, PupilField.LookedAfter, day)),
        Value(PupilGroup.ServiceChild, YesNo(pupil, PupilField.ServiceChild, day)),
    ];

    private static string Band(CohortStage stage, PriorAttainment prior) => (stage, prior) switch
    {
        (_, { IsKnown: false }) => "none",
        (CohortStage.Ks4, _) => PriorBands.ByKeyStage2(prior) switch { Ks2Band.Low => "low", Ks2Band.Middle => "middle", _ => "high" },
        (_, { Value: < MiddleFromKs1 }) => "low",
        (_, { Value: < HighFromKs1 }) => "middle",
        _ => "high",
    };

    private static string Ethnic(string code) => CodeLists.Ethnicities.Find(code)?.Group switch
    {
        "Asian or Asian British" => "asian",
        "Black or Black British" => "black",
        "Chinese" => "chinese",
        "Mixed" => "mixed",
        "White" => "white",
        "Other" => "other",
        _ => "not-known",
    };

    private static string YesNo(PupilRecord pupil, PupilField field, DateOnly day) => pupil.CharacteristicOn(field, day) switch { "Y" => "yes", "N" => "no", _ => "not-known" };

    private static byte Value(PupilGroup group, string code) => group.FindValue(code) ?? throw new InvalidOperationException($"{group} has no value {code}.");
}
