using System.Globalization;
using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Measures.Primary;
using Ascent.Reference.National;
using Ascent.SchoolData.Results;
using Ascent.Shared;

namespace Ascent.Tests.Demo;

/// <summary>Beside Illustrative England the schools of the demonstration look like schools: some are above it, some in line and some below, and none is out of the world.</summary>
[Collection(SeededDemonstration.Name)]
public sealed class IllustrativeEnglandTests(SeededDemonstration seeded)
{
    private static readonly NationalFigures England = NationalFigures.Illustrative;
    private static readonly AcademicYear[] Years = [AcademicYear.StartingIn(2023), AcademicYear.StartingIn(2024), AcademicYear.StartingIn(2025)];

    [Fact]
    public async Task KeyStage2_SchoolsAndYears_LieAboutEngland()
    {
        var gaps = new List<double>();
        foreach (var (school, year) in from urn in (string[])["900001", "900003"] from year in Years select (urn, year))
        {
            var pupils = (await PupilsAsync(school)).Where(p => p.Of("KS2", "ENG", "WRI", year.EndYear, "TA") is not null).Select(p => Ks2Of(p, year)).ToArray();
            foreach (var indicator in (Indicator<Ks2Pupil>[])[Ks2.RwmExpected, Ks2.ReadingExpected, Ks2.MathsExpected, Ks2.ReadingScore, Ks2.MathsScore, Ks2.RwmHigher])
                gaps.Add(Gap(indicator.Of(pupils), indicator.Code, year, indicator.Unit == MeasureUnit.Percentage ? 1 : 0.25));
        }

        Mixed(gaps, 4, 20);
    }

    [Fact]
    public async Task KeyStage4_SchoolsAndYears_LieAboutEngland()
    {
        var gaps = new List<double>();
        foreach (var (school, year) in from urn in (string[])["900002", "900003"] from year in Years select (urn, year))
        {
            var pupils = await Ks4Async(school, year);
            foreach (var indicator in (Indicator<Ks4Pupil>[])[Ks4Indicators.Attainment8, Ks4Indicators.EnglishAndMathsStandard, Ks4Indicators.EnglishAndMathsStrong, Ks4Indicators.EBaccEntered, Ks4Indicators.EBaccAveragePoints])
                gaps.Add(Gap(indicator.Of(pupils), indicator.Code, year, indicator.Code switch { "ks4-ebacc-aps" => 0.1, "ks4-attainment8" => 0.5, _ => 1 }));
        }

        Mixed(gaps, 4, 24);
    }

    [Fact]
    public async Task Progress8_CohortWithTests_IsInTheWorld()
    {
        foreach (var school in (string[])["900002", "900003"])
            foreach (var part in Enum.GetValues<Progress8Part>())
            {
                var score = Progress8.Of(Years[0], await Ks4Async(school, Years[0]), part, England.Progress8(Years[0]));
                Assert.True(score.TryValue(out var value), $"{school} {part}: {score}");
                Assert.InRange(value, -1.1, 1.1);
            }
    }

    private async Task<IEnumerable<SeededPupil>> PupilsAsync(string school) => (await seeded.PupilsAsync()).Where(p => p.Urn == school);

    private async Task<Ks4Pupil[]> Ks4Async(string school, AcademicYear year) =>
    [
        .. (await PupilsAsync(school)).Select(p => (Pupil: p, Gcses: p.Results.Where(r => r.Stage == "KS4" && r.Component == "GCSE" && r.Year == year && r.Value is not "X").ToArray())).Where(p => p.Gcses.Length > 0)
            .Select(p => Ks4Pupil.Of([.. p.Gcses.Select(g => new Ks4Entry(SubjectOf(g.Subject), Points(g)))], Prior(p.Pupil))),
    ];

    private static PriorAttainment Prior(SeededPupil pupil) =>
        Score(pupil.Of("KS2", "ENG", "REA", 2019, "TT")) is > 0 and var reading && Score(pupil.Of("KS2", "MAT", "MAT", 2019, "TT")) is > 0 and var maths
            ? PriorAttainment.OfKeyStage2(reading, maths) : PriorAttainment.None;

    private static Ks2Pupil Ks2Of(SeededPupil pupil, AcademicYear year) => new(
        Test(pupil.Of("KS2", "ENG", "REA", year.EndYear, "TT")), pupil.Of("KS2", "ENG", "WRI", year.EndYear, "TA") switch { "GDS" => TeacherJudgement.GreaterDepth, "EXS" => TeacherJudgement.Expected, _ => TeacherJudgement.WorkingTowards },
        Test(pupil.Of("KS2", "MAT", "MAT", year.EndYear, "TT")), ScaledScore.NoResult, TeacherJudgement.NoResult, PriorAttainment.None);

    private static ScaledScore Test(string? value) => Score(value) is > 0 and var score ? ScaledScore.Of(score) : ScaledScore.WithoutScore;

    private static double Points(PupilResult gcse) => gcse.Value switch
    {
        "U" or "U-U" => 0,
        [var one, '-', var two] => (one + two - '0' - '0') / 2.0,
        var grade => double.Parse(grade!, CultureInfo.InvariantCulture),
    };

    private static Ks4Subject SubjectOf(string code) => code switch
    {
        "ENL" => Ks4Subject.EnglishLanguage,
        "ENT" => Ks4Subject.EnglishLiterature,
        "MAT" => Ks4Subject.Maths,
        "CSC" => Ks4Subject.CombinedScience,
        "BIO" => Ks4Subject.Biology,
        "CHE" => Ks4Subject.Chemistry,
        "PHY" => Ks4Subject.Physics,
        "CSI" => Ks4Subject.ComputerScience,
        "HIS" => Ks4Subject.History,
        "GEO" => Ks4Subject.Geography,
        "FRE" or "SPA" or "GER" => Ks4Subject.Language,
        _ => Ks4Subject.Other,
    };

    private static double Gap(Measure school, string code, AcademicYear year, double unit)
    {
        Assert.True(school.TryValue(out var value), $"{code}: {school}");
        return (value - England.Find(code, year)!.Value.Figure) / unit;
    }

    private static void Mixed(IReadOnlyList<double> gaps, double some, double most)
    {
        var words = string.Join(" ", gaps.Select(g => g.ToString("0.0", CultureInfo.InvariantCulture)));
        Assert.True(gaps.Any(g => g > some) && gaps.Any(g => g < -some) && gaps.Any(g => Math.Abs(g) < some), words);
        Assert.True(gaps.All(g => Math.Abs(g) < most), words);
    }

    private static int Score(string? value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var score) ? score : 0;
}
