using System.Globalization;
using System.Text.RegularExpressions;
using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Shared;
using CsCheck;

namespace Ascent.Tests.Measures.Ks4;

public sealed partial class Progress8Tests
{
    private static readonly AcademicYear Year = NationalFigures.Year2024;

    // Invented: every group is estimated at half its number more than 20, and each element at a quarter of that.
    private static readonly Progress8Reference Invented = new(
        new(Year, ReferenceStatus.Illustrative), [.. Enumerable.Range(1, 34).Select(g => new Attainment8Estimate(20 + (g / 2.0), 5 + (g / 8.0), 5 + (g / 8.0), 5 + (g / 8.0), 5 + (g / 8.0), LowestScore: -3))],
        new(1.4, 1.6, 1.5, 1.6, 1.6));

    [Fact]
    public void Vectors_OfTheReferenceFolder_AreMet()
    {
        var reference = NationalFigures.Progress8();
        var rows = ReferenceFile.Rows("progress8_test_vectors.csv");
        Assert.Equal(["pag", "pupil_p8_2024", "school_ci_2024"], rows.Select(r => r["kind"]).Distinct());

        foreach (var row in rows)
        {
            var (input, expected) = (row["input"], row["expected"]);
            double[] numbers = [.. ANumber().Matches(input.Replace("A8", "", StringComparison.Ordinal)).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
            if (row["kind"] == "pag")
                Assert.Equal(expected, PriorGroups.Progress8.GroupOf(PriorAttainment.Of(numbers[0])).ToString(CultureInfo.InvariantCulture));
            else if (row["kind"] == "pupil_p8_2024")
                Assert.Equal(NationalFigures.Number(expected), reference.For(Progress8Part.Total).ScoreOf(PriorAttainment.OfKeyStage2(numbers[1], numbers[2]), numbers[0]).Value, 0.00005);
            else
                MeetsInterval(reference, mean: numbers[0], n: (int)numbers[1], expected, row["note"]);
        }
    }

    // Groups 18, 22 and 10 with Attainment 8 of 39, 21 and 25: estimates 29, 31 and 25 → +1, −1, 0. One more without KS2: n 4, matched 3.
    // Mean 0 ± 1.96 × 1.4 ÷ √3 = ± 1.584.
    [Fact]
    public void Of_FourPupils_IsWorkedOutByHand()
    {
        Ks4Pupil[] pupils = [Pupil(39, 104), Pupil(21, 108), Pupil(25, 96), Pupil(90, null)];

        var score = Assert.IsType<Measure.Estimated>(Progress8.Of(Year, pupils, Progress8Part.Total, Invented));

        Assert.Equal((0, -1.584, 1.584), (score.Point, Math.Round(score.Lower, 3), Math.Round(score.Upper, 3)));
        Assert.Equal(new Population(4, 3), score.Population);
        Assert.Equal(ProgressBand.Average, ProgressCutOffs.Progress8.BandOf(score));
    }

    // English 7 and 6, maths 8, EBacc 7 + 7 + 6, open 9 + 6 + 5; KS2 104, group 18, each element estimated at 7.25:
    // (14 − 7.25) ÷ 2 = 3.375; (16 − 7.25) ÷ 2 = 4.375; (20 − 7.25) ÷ 3 = 4.25; the same; the whole (70 − 29) ÷ 10 = 4.1.
    [Theory]
    [InlineData(Progress8Part.Total, 4.1)]
    [InlineData(Progress8Part.English, 3.375)]
    [InlineData(Progress8Part.Maths, 4.375)]
    [InlineData(Progress8Part.EBacc, 4.25)]
    [InlineData(Progress8Part.Open, 4.25)]
    public void ScoreOf_EachElement_IsDividedByItsSlots(Progress8Part part, double expected)
    {
        var pupil = Ks4Pupil.Of(
            [
                new(Ks4Subject.EnglishLanguage, 7), new(Ks4Subject.EnglishLiterature, 6), new(Ks4Subject.Maths, 8), new(Ks4Subject.History, 7), new(Ks4Subject.Geography, 7),
                new(Ks4Subject.Biology, 6), new(Ks4Subject.Physics, 5), new(Ks4Subject.Other, 9), new(Ks4Subject.Other, 4),
            ],
            PriorAttainment.OfKeyStage2(105, 103));

        Assert.Equal(expected, Progress8.ScoreOf(in pupil, part, Invented).Value, 1e-9);
        Assert.Equal(expected, Progress8.Tally([pupil], part, Invented).Sum, 1e-9);
    }

    // No results yet: in n, not matched. Nothing taken: (0 − 29) ÷ 10 = −2.9. In group 34 it would be −3.7, and stops at the floor of −3.
    [Fact]
    public void ScoreOf_PupilsWithoutPoints_TellsMissingFromNought()
    {
        Assert.Equal(Outcome.Missing, Progress8.ScoreOf(Ks4Pupil.WithoutResults(PriorAttainment.Of(104)), Progress8Part.Total, Invented));
        Assert.Equal(-2.9, Progress8.ScoreOf(Ks4Pupil.Of([], PriorAttainment.Of(104)), Progress8Part.Total, Invented).Value, 1e-9);
        Assert.Equal(-3, Progress8.ScoreOf(Ks4Pupil.Of([], PriorAttainment.Of(120)), Progress8Part.Total, Invented).Value);
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    public void Of_ACohortWithoutKs2_IsNotApplicable(int endYear) =>
        Assert.All(Enum.GetValues<Progress8Part>(), part => Assert.Equal(
            new Measure.NotApplicable(NotApplicableReason.NoBaseline, new(1, 0)), Progress8.Of(AcademicYear.EndingIn(endYear), [Pupil(50, 104)], part, Invented)));

    [Fact]
    public void Of_WithoutReference_IsNotApplicable() =>
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NoReference, new(1, 0)), Progress8.Of(Year, [Pupil(50, 104)], Progress8Part.Total, null));

    // A pupil who does better than before, or one more who stands above the score, never lowers it.
    [Fact]
    public void Of_OneBetterPupil_NeverLowersTheScore() =>
        Gen.Select(Gen.Select(Gen.Int[0, 90], Gen.Int[160, 240]).Array[1, 30], Gen.Int[1, 9]).Hold(one =>
        {
            var (pupils, more) = one;
            Ks4Pupil[] before = [.. pupils.Select(p => Pupil(Math.Min(p.Item1, 80), p.Item2 / 2.0))];
            Ks4Pupil[] better = [Pupil(Math.Min(pupils[0].Item1, 80) + more, pupils[0].Item2 / 2.0), .. before[1..]];
            var score = Point(before);

            Assert.True(Point(better) >= score);
            foreach (var candidate in before)
                if (Progress8.ScoreOf(in candidate, Progress8Part.Total, Invented).Value >= score)
                    Assert.True(Point([.. before, candidate]) >= score - 1e-12);
        });

    // Every published edition: the four elements make up the whole, and in each a higher group is expected to do better.
    [Fact]
    public void Reference_OfEachPublishedEdition_AddsUp()
    {
        foreach (var (year, status) in new[] { (2022, "provisional"), (2022, "revised"), (2023, "provisional"), (2023, "revised"), (2024, "as published") })
        {
            var reference = NationalFigures.Progress8(year, status);
            var all = Enumerable.Range(160, 81).Select(h => PriorAttainment.Of(h / 2.0)).ToArray();

            Assert.All(all, prior => Assert.Equal(
                reference.For(Progress8Part.Total).EstimateFor(prior).Value,
                new[] { Progress8Part.English, Progress8Part.Maths, Progress8Part.EBacc, Progress8Part.Open }.Sum(p => reference.For(p).EstimateFor(prior).Value), 0.035));
            Assert.True(all.Select(p => reference.For(Progress8Part.Total).EstimateFor(p).Value).ToArray() is var rising && rising.Order().SequenceEqual(rising));
        }
    }

    // England 2024: the pupils of each band of the transition matrices, spread over the band's scores, each with the estimate of its group. Their mean
    // Attainment 8 comes near the published 45.9 of all pupils; pupils without KS2 (7%) are not in it, so a point either way is as near as it gets.
    [Fact]
    public void Estimates_WeighedByTheNationalCohort_GiveTheNationalAttainment8()
    {
        var table = NationalFigures.Progress8().For(Progress8Part.Total);
        double sum = 0, pupils = 0;
        foreach (var (scores, cohort, _) in NationalCohort())
        {
            sum += cohort * scores.Average(s => table.EstimateFor(s).Value);
            pupils += cohort;
        }

        Assert.InRange(pupils, 580_000, 595_000);
        Assert.InRange(sum / pupils, 45.4, 47.4);
    }

    // The same cohort with the grades in GCSE maths that each band really got, nought for who has none: nationally the maths element has to come out near 0.
    [Fact]
    public void Maths_OfTheNation_IsNearNought()
    {
        var table = NationalFigures.Progress8().For(Progress8Part.Maths);
        var all = default(Tally);
        foreach (var (scores, cohort, grades) in NationalCohort())
            for (byte grade = 0; grade <= GradeScale.Gcse.Count; grade++)
            {
                var n = grade < GradeScale.Gcse.Count ? grades[grade] : cohort - grades.Sum();
                var points = grade < GradeScale.Gcse.Count ? 2 * GradeScale.Gcse.PointsOf(grade) : 0;
                all += new Tally(n, n, n * scores.Average(s => table.ScoreOf(s, points).Value), 0);
            }

        var score = Assert.IsType<Measure.Estimated>(Progress.Of(Baseline.KeyStage2, Year, all, table));
        Assert.InRange(score.Point, -0.05, 0.05);
    }

    [Theory]
    [InlineData(2019, "N", 79)]
    [InlineData(2016, "BLW", 70)]
    [InlineData(2017, "BLW", 71)]
    [InlineData(2016, "PKE", 76)]
    [InlineData(2017, "PKG", 79)]
    [InlineData(2018, "PKF", 0)]
    [InlineData(2017, "A", 0)]
    public void NominalScore_OfAnOutcome_StandsForAScaledScore(int year, string outcome, int expected)
    {
        Assert.Equal(expected > 0, NominalScores.TryFind(year, outcome, out var score));
        Assert.Equal(expected, score);
    }

    [Fact]
    public void NominalScores_AllPublished_AreKnown() =>
        Assert.All(ReferenceFile.Rows("progress8_ks2_nominal_scores.csv"), row =>
        {
            Assert.True(NominalScores.TryFind(row["ks2_exam_year"] == "any" ? 2018 : (int)NationalFigures.Number(row["ks2_exam_year"]), row["ks2_outcome"], out var score));
            Assert.Equal(NationalFigures.Number(row["score_used"]), score);
        });

    private static void MeetsInterval(Progress8Reference reference, double mean, int n, string expected, string band)
    {
        var score = Assert.IsType<Measure.Estimated>(Progress8.Of(Year, new Tally(n, n, mean * n, 0), Progress8Part.Total, reference));
        var ends = expected.Split(" to ").Select(NationalFigures.Number).ToArray();

        Assert.Equal(ends[0], score.Lower, 0.00006);
        Assert.Equal(ends[1], score.Upper, 0.00006);
        Assert.Equal(band.Replace(" ", "", StringComparison.Ordinal), ProgressCutOffs.Progress8.BandOf(score).ToString(), ignoreCase: true);
    }

    private static double Point(Ks4Pupil[] pupils) => Progress8.Of(Year, pupils, Progress8Part.Total, Invented).TryValue(out var point) ? point : throw new InvalidOperationException();

    // Attainment 8 of a given height out of grades: nine in each slot until it is used up.
    private static Ks4Pupil Pupil(int attainment8, double? keyStage2)
    {
        var left = attainment8;
        var maths = Math.Min(left / 2, 9);
        left -= 2 * maths;
        Ks4Subject[] slots = [Ks4Subject.History, Ks4Subject.Geography, Ks4Subject.Language, Ks4Subject.Other, Ks4Subject.Other, Ks4Subject.Other];
        List<Ks4Entry> entries = [new(Ks4Subject.Maths, maths)];
        foreach (var slot in slots)
        {
            entries.Add(new(slot, Math.Min(left, 9)));
            left -= Math.Min(left, 9);
        }
        var english = left / 2;
        // Literature without points makes language count twice, and takes no slot from a better one.
        entries.AddRange([new(Ks4Subject.EnglishLanguage, english + (left % 2 / 2.0)), new(Ks4Subject.EnglishLiterature, 0)]);
        return Ks4Pupil.Of([.. entries], keyStage2 is { } mean ? PriorAttainment.Of(mean) : PriorAttainment.None);
    }

    // The scores of each band of the transition matrices, its pupils, and their grades in GCSE maths.
    private static IEnumerable<(PriorAttainment[] Scores, int Cohort, int[] Maths)> NationalCohort()
    {
        (double From, double To)[] bands = [(74, 79.5), (80, 89.5), (90, 95.5), (96, 99.5), (100, 102), (102.5, 104.5), (105, 107), (107.5, 109.5), (110, 113), (113.5, 116.5), (117, 120)];
        var cohorts = ReferenceFile.Rows("ks2_ks4_transition_2024_measures.csv").Where(r => r["breakdown"] == "Total").ToDictionary(r => r["ks2_scaled_score_group"]);
        var maths = NationalFigures.GcseMatrix("Mathematics");
        for (var i = 0; i < bands.Length; i++)
        {
            var cohort = cohorts[NationalFigures.TransitionLabels[i]];
            PriorAttainment[] scores = [.. Enumerable.Range(0, (int)((bands[i].To - bands[i].From) * 2) + 1).Select(half => PriorAttainment.Of(bands[i].From + (half / 2.0)))];
            yield return (scores, (int)(NationalFigures.Number(cohort["Entered_for_EBacc"]) + NationalFigures.Number(cohort["Not_Entered"])), maths.RowOf(scores[0]).ToArray());
        }
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex ANumber();
}
