using Ascent.Measures;
using Ascent.Measures.Primary;
using Ascent.Shared;
using CsCheck;

namespace Ascent.Tests.Measures.Primary;

public sealed class Ks2Tests
{
    private static readonly AcademicYear Year2019 = AcademicYear.EndingIn(2019);

    private static readonly Gen<ScaledScore> AScore = Gen.Frequency(
        (1, OneOf.These(ScaledScore.NoResult, ScaledScore.WithoutScore, ScaledScore.NotEligible)), (5, Gen.Int[80, 120].Select(ScaledScore.Of)));

    private static readonly Gen<Ks2Pupil> APupil = Gen.Select(AScore, OneOf.These(Enum.GetValues<TeacherJudgement>()), AScore, AScore)
        .Select((r, w, m, g) => new Ks2Pupil(r, w, m, g, w, PriorAttainment.None));

    // 1 at 110/GDS/110, 2 at 100/EXS/100, 3 at 99/EXS/100, 4 absent in reading, 5 WTS in writing with 115/115, 6 without a writing judgement, 7 left.
    // RWM expected: 1 and 2 of the five who are complete, 40%; higher: 1 of 5, 20%.
    private static readonly Ks2Pupil[] Seven =
    [
        Pupil(ScaledScore.Of(110), TeacherJudgement.GreaterDepth, ScaledScore.Of(110), ScaledScore.Of(110)),
        Pupil(ScaledScore.Of(100), TeacherJudgement.Expected, ScaledScore.Of(100), ScaledScore.Of(109)),
        Pupil(ScaledScore.Of(99), TeacherJudgement.Expected, ScaledScore.Of(100), ScaledScore.Of(100)),
        Pupil(ScaledScore.WithoutScore, TeacherJudgement.Expected, ScaledScore.Of(101), ScaledScore.WithoutScore),
        Pupil(ScaledScore.Of(115), TeacherJudgement.WorkingTowards, ScaledScore.Of(115), ScaledScore.Of(99)),
        Pupil(ScaledScore.Of(104), TeacherJudgement.NoResult, ScaledScore.Of(98), ScaledScore.NoResult),
        Pupil(ScaledScore.NotEligible, TeacherJudgement.NotEligible, ScaledScore.NotEligible, ScaledScore.NotEligible),
    ];

    // Reading, of the six eligible: 110, 100, 115, 104 met of 6 = 66.7%; 110 and 115 higher; mean (110 + 100 + 99 + 115 + 104) ÷ 5 = 105.6.
    // Writing, matched 5: 4 expected = 80%, 1 greater depth = 20%. Maths, 6: 5 met = 83.3%, 2 higher, mean (110+100+100+101+115+98) ÷ 6 = 104.
    // GPS, matched 5: 110, 109, 100 met = 60%, 1 higher = 20%, mean (110 + 109 + 100 + 99) ÷ 4 = 104.5. Science as writing: 4 of 5.
    [Theory]
    [InlineData("ks2-rwm", 40, 5)]
    [InlineData("ks2-rwm-higher", 20, 5)]
    [InlineData("ks2-reading", 400.0 / 6, 6)]
    [InlineData("ks2-reading-higher", 200.0 / 6, 6)]
    [InlineData("ks2-reading-score", 105.6, 5)]
    [InlineData("ks2-writing", 80, 5)]
    [InlineData("ks2-writing-higher", 20, 5)]
    [InlineData("ks2-maths", 500.0 / 6, 6)]
    [InlineData("ks2-maths-higher", 200.0 / 6, 6)]
    [InlineData("ks2-maths-score", 104, 6)]
    [InlineData("ks2-gps", 60, 5)]
    [InlineData("ks2-gps-higher", 20, 5)]
    [InlineData("ks2-gps-score", 104.5, 4)]
    [InlineData("ks2-science", 80, 5)]
    public void Indicator_OfSevenPupils_IsWorkedOutByHand(string code, double expected, int matched)
    {
        var indicator = Ks2.Indicators.Single(i => i.Code == code);
        var measure = Assert.IsType<Measure.Scalar>(indicator.Of(Seven));

        Assert.Equal(expected, measure.Value, 1e-9);
        Assert.Equal(new Population(6, matched), measure.Population);
        Assert.Equal(code.EndsWith("score", StringComparison.Ordinal) ? MeasureUnit.Average : MeasureUnit.Percentage, measure.Unit);
    }

    // In every cohort: higher is never more than expected, combined never more than a single subject of the same pupils.
    [Fact]
    public void Rwm_OfAnyCohort_IsNeverAboveItsParts() =>
        APupil.Array[0, 40].Hold(pupils =>
        {
            var complete = pupils.Where(p => Ks2.RwmExpected.OutcomeOf(in p).Counts).ToArray();

            Assert.True(Ks2.RwmHigher.Tally(pupils).Sum <= Ks2.RwmExpected.Tally(pupils).Sum);
            Assert.All([Ks2.ReadingExpected, Ks2.WritingExpected, Ks2.MathsExpected], part => Assert.True(Ks2.RwmExpected.Tally(complete).Sum <= part.Tally(complete).Sum));
            Assert.All(Ks2.Indicators, i => Assert.InRange(i.Tally(pupils).Matched, 0, i.Tally(pupils).N));
        });

    [Theory]
    [InlineData(79)]
    [InlineData(121)]
    [InlineData(0)]
    public void ScaledScore_OutsideTheScale_IsRefused(int score) => Assert.Throws<ArgumentOutOfRangeException>(() => ScaledScore.Of(score));

    // Two groups by KS1 points, up to 7.5 with a mean of 98 and above with 105. Scores 100 and 104 in the first, 103 in the second: +2, +6, −2; mean +2;
    // with an SD of 6: ± 1.96 × 6 ÷ √3 = ± 6.79. One without prior attainment, one without a score: n 5, matched 3.
    [Fact]
    public void Reading_FivePupils_IsWorkedOutByHand()
    {
        var table = Table([GroupEstimate.Of(98), GroupEstimate.Of(105)]);
        Ks2Pupil[] pupils =
        [
            With(100, PriorAttainment.Of(6)), With(104, PriorAttainment.Of(7.5)), With(103, PriorAttainment.Of(8)), With(110, PriorAttainment.None),
            Pupil(ScaledScore.WithoutScore, TeacherJudgement.Expected, ScaledScore.WithoutScore, ScaledScore.NoResult) with { Prior = PriorAttainment.Of(8) },
            Pupil(ScaledScore.NotEligible, TeacherJudgement.NotEligible, ScaledScore.NotEligible, ScaledScore.NotEligible),
        ];

        foreach (var tally in new[] { Ks2Progress.Reading(pupils, table), Ks2Progress.Maths(pupils, table) })
        {
            Assert.Equal(new Tally(5, 3, 6, 44), tally);
            var score = Assert.IsType<Measure.Estimated>(Progress.Of(Baseline.KeyStage1, Year2019, tally, table));
            Assert.Equal((2, -4.79, 8.79), (score.Point, Math.Round(score.Lower, 2), Math.Round(score.Upper, 2)));
            Assert.Equal(MeasureUnit.Progress, score.Unit);
        }
    }

    // WTS 91, EXS 103, GDS 113 against 98 and 105: −7, +5, +8.
    [Fact]
    public void Writing_ThreeJudgements_CountAsTheirPoints()
    {
        Ks2Pupil[] pupils = [Judged(TeacherJudgement.WorkingTowards, 6), Judged(TeacherJudgement.Expected, 7), Judged(TeacherJudgement.GreaterDepth, 9), Judged(TeacherJudgement.BelowStandards, 5)];

        var tally = Ks2Progress.Writing(pupils, Table([GroupEstimate.Of(98), GroupEstimate.Of(105)]), new(91, 103, 113));

        Assert.Equal(new Tally(4, 3, 6, 49 + 25 + 64), tally);
    }

    // A floor of −10: a score of 80 against 98 would be −18.
    [Fact]
    public void Reading_ExtremelyNegativeScore_StopsAtTheFloorOfItsGroup()
    {
        Ks2Pupil[] pupils = [With(80, PriorAttainment.Of(6)), With(120, PriorAttainment.Of(6))];

        Assert.Equal(-10 + 22, Ks2Progress.Reading(pupils, Table([GroupEstimate.Of(98, lowestScore: -10), GroupEstimate.Of(105)])).Sum);
        Assert.Equal(-18 + 22, Ks2Progress.Reading(pupils, Table([GroupEstimate.Of(98), GroupEstimate.Of(105)])).Sum);
    }

    private static ProgressTable Table(GroupEstimate[] estimates) => new(new(Year2019, ReferenceStatus.Illustrative), PriorGroups.UpTo(7.5), estimates, 1, 6);

    private static Ks2Pupil Pupil(ScaledScore reading, TeacherJudgement writing, ScaledScore maths, ScaledScore gps) => new(reading, writing, maths, gps, writing, PriorAttainment.None);

    private static Ks2Pupil With(int score, PriorAttainment prior) => new(ScaledScore.Of(score), TeacherJudgement.Expected, ScaledScore.Of(score), ScaledScore.Of(score), TeacherJudgement.Expected, prior);

    private static Ks2Pupil Judged(TeacherJudgement writing, double prior) => new(ScaledScore.NoResult, writing, ScaledScore.NoResult, ScaledScore.NoResult, writing, PriorAttainment.Of(prior));
}
