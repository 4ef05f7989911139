using Ascent.Measures;
using Ascent.Shared;

namespace Ascent.Reference.National.Illustrative;

/// <param name="Share">Of all pupils.</param>
/// <param name="Ahead">How far the mean of its pupils lies ahead of others in attainment, in standard deviations of pupils.</param>
/// <param name="Away">The same of absence: above nought is absent more.</param>
internal readonly record struct GroupMake(double Share, double Ahead, double Away);

/// <summary>
/// The invented country: who lives in it, and how groups of pupils differ. The numbers are chosen, not measured; they have the directions that
/// everybody knows, and shares of each group that add up to one.
/// </summary>
internal static class IllustrativeCountry
{
    public const double Ks2Mean = 105;
    public const double Ks2Spread = 7.7;

    /// <summary>Pupils of one year group.</summary>
    public const int Pupils = 600_000;

    /// <summary>The oldest first; the demonstration has results of the same ones.</summary>
    public static IReadOnlyList<AcademicYear> Years { get; } = [AcademicYear.StartingIn(2023), AcademicYear.StartingIn(2024), AcademicYear.StartingIn(2025)];

    private static readonly Dictionary<PupilGroup, (string Value, GroupMake Make)[]> Groups = new()
    {
        [PupilGroup.Disadvantaged] = [("yes", new(0.26, -0.46, 0.42)), ("no", new(0.72, 0.17, -0.15)), ("not-known", new(0.02, -0.2, 0.1))],
        // Girls are ahead in one subject and behind in another; each measure says by how much.
        [PupilGroup.Sex] = [("girls", new(0.49, 0.5, 0.01)), ("boys", new(0.51, -0.5, -0.01))],
        [PupilGroup.Sen] = [("ehc", new(0.045, -1.6, 0.5)), ("support", new(0.14, -0.8, 0.3)), ("none", new(0.805, 0.23, -0.08)), ("not-known", new(0.01, -0.3, 0.1))],
        [PupilGroup.Eal] = [("other", new(0.21, 0.02, -0.12)), ("english", new(0.775, 0.01, 0.03)), ("not-known", new(0.015, -0.5, 0.3))],
        [PupilGroup.PriorAttainment] = [("low", new(0.2, -1.15, 0.3)), ("middle", new(0.5, -0.02, 0)), ("high", new(0.24, 1.1, -0.25)), ("none", new(0.06, -0.3, 0.2))],
        [PupilGroup.TermOfBirth] = [("autumn", new(0.34, 0.13, -0.01)), ("spring", new(0.32, 0, 0)), ("summer", new(0.34, -0.13, 0.01))],
        [PupilGroup.Mobility] = [("stayed", new(0.93, 0.03, -0.03)), ("joined", new(0.07, -0.4, 0.35))],
        [PupilGroup.Ethnicity] =
        [
            ("asian", new(0.125, 0.18, -0.15)), ("black", new(0.065, 0.02, -0.25)), ("chinese", new(0.01, 0.75, -0.6)), ("mixed", new(0.075, 0.03, 0.06)),
            ("white", new(0.69, -0.05, 0.04)), ("other", new(0.023, 0.06, -0.05)), ("not-known", new(0.012, -0.25, 0.1)),
        ],
        [PupilGroup.LookedAfter] = [("yes", new(0.007, -0.95, 0.1)), ("no", new(0.983, 0.01, 0)), ("not-known", new(0.01, -0.1, 0))],
        [PupilGroup.ServiceChild] = [("yes", new(0.012, 0.06, -0.05)), ("no", new(0.973, 0, 0)), ("not-known", new(0.015, -0.1, 0))],
    };

    /// <summary>The makes of a group's values, in the order of <see cref="PupilGroups.Values"/>.</summary>
    public static GroupMake[] Of(PupilGroup group) => [.. group.Values().Select(v => Groups[group].Single(g => g.Value == v.Code).Make)];
}
