using Ascent.Measures;
using Ascent.Shared;

namespace Ascent.Reference.National.Illustrative;

/// <summary>
/// Grades of GCSEs: points that follow the scores from KS2 on a straight line and spread about it, each rounded to the nearest grade. Numbers of
/// entries are those of the invented country.
/// </summary>
internal static class IllustrativeGrades
{
    private const string CombinedScience = "CSC";

    /// <summary>How much of what is reached follows from KS2.</summary>
    private const double Follows = 0.72;

    /// <summary>What a later year brings, in grades.</summary>
    private const double Yearly = 0.02;

    private const double WithoutPrior = 0.06;
    private const double WithoutGrade = 0.008;

    /// <param name="Taken">Share of all pupils.</param>
    /// <param name="Mean">Of the grades, U being 0.</param>
    private sealed record Make(double Taken, double Mean, double Spread);

    private static readonly Dictionary<string, Make> Makes = new(StringComparer.Ordinal)
    {
        ["MAT"] = new(0.97, 4.65, 2.35), ["ENL"] = new(0.96, 4.65, 2.15), ["ENT"] = new(0.94, 4.7, 2.2), [CombinedScience] = new(0.65, 4.3, 2),
        ["BIO"] = new(0.25, 5.9, 1.8), ["CHE"] = new(0.245, 5.9, 1.85), ["PHY"] = new(0.245, 5.9, 1.85),
        ["HIS"] = new(0.46, 4.4, 2.7), ["GEO"] = new(0.42, 4.5, 2.6), ["FRE"] = new(0.19, 4.8, 2.3), ["SPA"] = new(0.19, 4.7, 2.3), ["GER"] = new(0.05, 5, 2.2),
        ["REL"] = new(0.33, 5, 2.4), ["ART"] = new(0.28, 4.9, 1.9), ["BUS"] = new(0.19, 4.6, 2.1), ["CSI"] = new(0.13, 4.7, 2.3),
    };

    private static readonly Make Usual = new(0.06, 4.8, 2.1);

    public static SubjectGrades Gcses(AcademicYear year) =>
        new([.. Subjects.All.Where(s => s.Code != CombinedScience && s.Stages.Contains(KeyStage.KS4)).Select(s => Of(s.Code, GradeScale.Gcse, year))]);

    public static SubjectGrades Combined(AcademicYear year) => new([Of(CombinedScience, GradeScale.CombinedScience, year)]);

    private static GradesOfSubject Of(string subject, GradeScale scale, AcademicYear year)
    {
        var make = Makes.GetValueOrDefault(subject, Usual);
        var mean = make.Mean + (Yearly * (year.StartYear - IllustrativeCountry.Years[0].StartYear));
        var entries = IllustrativeCountry.Pupils * make.Taken;
        var groups = new double[NationalGroups.Transition.Count][];
        for (var group = 0; group < groups.Length; group++)
            groups[group] = new double[scale.Count];
        foreach (var (score, share) in IllustrativeProgress.Halves())
        {
            var group = groups[NationalGroups.Transition.GroupOf(PriorAttainment.Of(score)) - 1];
            var expected = mean + (make.Spread * Follows * (score - IllustrativeCountry.Ks2Mean) / IllustrativeCountry.Ks2Spread);
            for (var grade = 0; grade < group.Length; grade++)
                group[grade] += entries * (1 - WithoutPrior) * share * Share(scale, grade, expected, make.Spread * Math.Sqrt(1 - (Follows * Follows)));
        }
        int[][] byGroup = [.. groups.Select(g => g.Select(n => (int)Math.Round(n)).ToArray())];
        var all = Enumerable.Range(0, scale.Count).Select(grade => byGroup.Sum(g => g[grade]) + (int)Math.Round(entries * WithoutPrior * Share(scale, grade, mean, make.Spread))).ToArray();
        // The two years after had no KS2 tests.
        return new(subject, all, (int)(entries * WithoutGrade), year == IllustrativeProgress.Progress8Year ? byGroup : []);
    }

    // From half-way down to the next grade, to half-way up; the best has no upper end and the last no lower one.
    private static double Share(GradeScale scale, int grade, double mean, double spread)
    {
        var upper = grade == 0 ? 1 : Bell.Below((Half(grade - 1) - mean) / spread);
        var lower = grade == scale.Count - 1 ? 0 : Bell.Below((Half(grade) - mean) / spread);
        return upper - lower;

        double Half(int better) => (scale.PointsOf((byte)better) + scale.PointsOf((byte)(better + 1))) / 2;
    }
}
