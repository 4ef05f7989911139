using System.Globalization;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.Tests.Demo;

/// <summary>The invented results look like the country's: shares within some points of the published figures (ASCENT_REFERENCE).</summary>
[Collection(SeededDemonstration.Name)]
public sealed class DistributionTests(SeededDemonstration seeded)
{
    private static readonly int[] Summers = [2024, 2025, 2026];

    [Theory]
    [InlineData("MAT", "Mathematics", 4)]
    [InlineData("ENL", "English Language", 4)]
    [InlineData("ENT", "English Literature", 5)]
    [InlineData("HIS", "History", 7)]
    [InlineData("GEO", "Geography", 7)]
    public async Task Gcse_GradesOfThreeYears_AreSpreadLikeTheNationalOnes(string code, string name, double points)
    {
        var national = ReferenceFile.Rows("gcse_grade_distribution_2024_end_of_ks4.csv").Single(r => r["subject"] == name);
        var grades = (await MainstreamAsync()).SelectMany(p => Summers.Select(y => p.Of("KS4", code, "GCSE", y, "EX"))).Where(g => g is not null and not "X")
            .Select(g => g == "U" ? 0 : int.Parse(g!, CultureInfo.InvariantCulture)).ToArray();

        foreach (var least in (int[])[4, 5, 7])
            Near(Number(national[$"pct_{least}plus"]), Share(grades, g => g >= least), points, $"{name} {least}+ of {grades.Length}");
        Assert.All(Enumerable.Range(0, 10), grade => Assert.Contains(grade, grades));
    }

    [Fact]
    public async Task KeyStage2_ThreeYears_IsSpreadLikeTheNationalOne()
    {
        var sat = (await MainstreamAsync()).Where(p => p.Urn is "900001" or "900003").SelectMany(p => Summers.Select(y => (p.Pupil, Reading: p.Of("KS2", "ENG", "REA", y, "TT"), Maths: p.Of("KS2", "MAT", "MAT", y, "TT"), Writing: p.Of("KS2", "ENG", "WRI", y, "TA"))))
            .Where(p => p.Writing is not null).ToArray();

        Near(National("KS2RWM_Expected_STD"), Share(sat, p => Score(p.Reading) >= 100 && Score(p.Maths) >= 100 && p.Writing is "EXS" or "GDS"), 6, $"reading, writing and maths of {sat.Length}");
        Near(National("KS2RWM_Higher_STD"), Share(sat, p => Score(p.Reading) >= 110 && Score(p.Maths) >= 110 && p.Writing == "GDS"), 4, "higher standard");
        var gap = Share(sat.Where(p => p.Pupil.Disadvantaged == false), p => Score(p.Reading) >= 100 && Score(p.Maths) >= 100 && p.Writing is "EXS" or "GDS")
            - Share(sat.Where(p => p.Pupil.Disadvantaged == true), p => Score(p.Reading) >= 100 && Score(p.Maths) >= 100 && p.Writing is "EXS" or "GDS");
        Assert.InRange(gap, 12, 34);
    }

    [Fact]
    public async Task Younger_ThreeYears_AreSpreadLikeTheNationalOnes()
    {
        var pupils = (await MainstreamAsync()).Where(p => p.Urn is "900001" or "900003" or "900004").ToArray();
        var phonics = pupils.SelectMany(p => p.Results.Where(r => r.Subject == "PHO" && Summers.Contains(r.Year.EndYear) && r.Year.StartYear == AcademicYear.Of(p.Pupil.BornOn).StartYear + 6)).ToArray();
        var tables = pupils.SelectMany(p => p.Results.Where(r => r.Component == "MTC" && r.Number is not null && Summers.Contains(r.Year.EndYear))).ToArray();
        var goals = pupils.Select(p => p.Results.Where(r => r.Stage == "EYF" && Summers.Contains(r.Year.EndYear)).ToArray()).Where(g => g.Length == 17).ToArray();

        Near(National("KS1P_all", "2024"), Share(phonics, r => r.Number >= 32), 5, $"phonics of {phonics.Length}");
        Near(34, Share(tables, r => r.Number == 25), 6, $"full marks of {tables.Length}");
        Near(National("FSP_NEW_GOODDEV"), Share(goals, g => g.All(r => r.Subject is "UTW" or "EAD" || r.Value == "2")), 6, $"good level of development of {goals.Length}");
    }

    [Fact]
    public async Task Attendance_PersistentAbsence_IsAsCommonAsInTheCountry()
    {
        var pupils = await MainstreamAsync();

        Near(National("SFPriPerAbNew"), Persistent("900001", "900004"), 5, "primary");
        Near(National("SFSecPerAbNew"), Persistent("900002"), 6, "secondary");

        double Persistent(params string[] urns) => Share(pupils.Where(p => urns.Contains(p.Urn)).SelectMany(p => p.Attendance), a => (a.Possible - a.Attended) * 10 >= a.Possible);
    }

    // What a dashboard of progress stands on: who has done well goes on so, and the disadvantaged fall behind.
    [Fact]
    public async Task Gcse_CohortWithTests_FollowsPriorAttainment()
    {
        var cohort = (await MainstreamAsync()).Select(p => (Prior: Score(p.Of("KS2", "MAT", "MAT", 2019, "TT")), Grade: p.Of("KS4", "MAT", "GCSE", 2024, "EX"))).Where(p => p is { Prior: > 0, Grade: not null and not "X" and not "U" })
            .Select(p => (Prior: (double)p.Prior, Grade: double.Parse(p.Grade!, CultureInfo.InvariantCulture))).ToArray();
        var (priors, grades) = (cohort.Average(c => c.Prior), cohort.Average(c => c.Grade));

        var correlation = cohort.Sum(c => (c.Prior - priors) * (c.Grade - grades)) / Math.Sqrt(cohort.Sum(c => Math.Pow(c.Prior - priors, 2)) * cohort.Sum(c => Math.Pow(c.Grade - grades, 2)));

        Assert.True(cohort.Length > 150);
        Assert.InRange(correlation, 0.6, 0.85);
        // The two years after had no tests in Year 6.
        Assert.DoesNotContain((await seeded.PupilsAsync()).SelectMany(p => p.Results), r => r.Stage == "KS2" && r.Year.EndYear is 2020 or 2021);
    }

    private async Task<SeededPupil[]> MainstreamAsync() => [.. (await seeded.PupilsAsync()).Where(p => p.Urn is "900001" or "900002" or "900003" or "900004")];

    private static int Score(string? value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var score) ? score : 0;

    private static double National(string code, string year = "2025") => Number(ReferenceFile.Rows("national_headlines_england.csv").First(r => r["measure_code"] == code)[year]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Share<T>(IEnumerable<T> all, Func<T, bool> which) => 100.0 * all.Count(which) / all.Count();

    private static void Near(double expected, double actual, double points, string what) =>
        Assert.True(Math.Abs(expected - actual) <= points, string.Create(CultureInfo.InvariantCulture, $"{what}: {actual:0.0}, nationally {expected:0.0}"));
}
