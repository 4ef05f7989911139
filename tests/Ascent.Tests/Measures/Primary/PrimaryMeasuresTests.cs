using Ascent.Measures;
using Ascent.Measures.Primary;

namespace Ascent.Tests.Measures.Primary;

public sealed class PrimaryMeasuresTests
{
    // Four profiles and one still to come: all 12 goals and no other; all 17; 11 of the 12 and the other five; none. GLD 2 of 4, all goals 1 of 4,
    // mean (12 + 17 + 16 + 0) ÷ 4 = 11.25.
    [Fact]
    public void EarlyYears_FourProfiles_AreWorkedOutByHand()
    {
        EarlyYearsPupil[] pupils =
        [
            new(EarlyLearningGoals.GoodLevel, true), new(EarlyLearningGoals.All, true), new(EarlyLearningGoals.All & ~EarlyLearningGoals.WordReading, true),
            new(EarlyLearningGoals.None, true), new(EarlyLearningGoals.None, false),
        ];

        Assert.Equal(Percentage(50, 5, 4), EarlyYears.GoodLevelOfDevelopment.Of(pupils));
        Assert.Equal(Percentage(25, 5, 4), EarlyYears.AllGoals.Of(pupils));
        Assert.Equal(new Measure.Scalar(11.25, MeasureUnit.Average, new(5, 4)), EarlyYears.AverageGoals.Of(pupils));
    }

    [Fact]
    public void Goals_OfAGoodLevel_AreTwelveOfSeventeen()
    {
        Assert.Equal(12, int.PopCount((int)EarlyLearningGoals.GoodLevel));
        Assert.Equal(17, int.PopCount((int)EarlyLearningGoals.All));
        Assert.Equal(17, Enum.GetValues<EarlyLearningGoals>().Count(g => int.PopCount((int)g) == 1));
    }

    // Marks 32, 31 and 40, one by code Wa, one Wt, one absent, one without a result. Met: 32, 40, Wa of six = 50%; mean mark (32 + 31 + 40) ÷ 3 = 34.33…
    [Fact]
    public void Phonics_SevenPupils_CountTheAbsentAsNotMet()
    {
        CheckMark[] pupils = [CheckMark.Of(32), CheckMark.Of(31), CheckMark.Of(40), CheckMark.Met, CheckMark.NotMet, CheckMark.NotTaken, CheckMark.NoResult];

        Assert.Equal(Percentage(50, 7, 6), Phonics.MetStandard(32).Of(pupils));
        Assert.Equal(new Measure.Scalar(103.0 / 3, MeasureUnit.Average, new(7, 3)), Phonics.AverageMark.Of(pupils));
        // With a threshold of 31 one more has met it.
        Assert.Equal(100.0 * 4 / 6, Value(Phonics.MetStandard(31).Of(pupils)), 1e-9);
    }

    // 25, 25, 18 and 0 were taken, two were not. Mean 68 ÷ 4 = 17; full marks 2 of 4.
    [Fact]
    public void MultiplicationCheck_SixPupils_CountsThoseWhoTookIt()
    {
        CheckMark[] pupils = [CheckMark.Of(25), CheckMark.Of(25), CheckMark.Of(18), CheckMark.Of(0), CheckMark.NotTaken, CheckMark.NoResult];

        Assert.Equal(new Measure.Scalar(17, MeasureUnit.Average, new(6, 4)), MultiplicationCheck.AverageMark.Of(pupils));
        Assert.Equal(Percentage(50, 6, 4), MultiplicationCheck.FullMarks.Of(pupils));
    }

    // Reading: EXS, GDS, WTS, absent, one left, one without a judgement: n 5, matched 4, expected 2 of 4, higher 1 of 4.
    [Fact]
    public void Ks1_SixPupils_AreWorkedOutByHand()
    {
        TeacherJudgement[] judgements =
            [TeacherJudgement.Expected, TeacherJudgement.GreaterDepth, TeacherJudgement.WorkingTowards, TeacherJudgement.BelowStandards, TeacherJudgement.NotEligible, TeacherJudgement.NoResult];
        Ks1Pupil[] pupils = [.. judgements.Select(j => new Ks1Pupil(j, j, j, j))];

        Assert.All([Ks1.ReadingExpected, Ks1.WritingExpected, Ks1.MathsExpected, Ks1.ScienceExpected], i => Assert.Equal(Percentage(50, 5, 4), i.Of(pupils)));
        Assert.All([Ks1.ReadingHigher, Ks1.WritingHigher, Ks1.MathsHigher], i => Assert.Equal(Percentage(25, 5, 4), i.Of(pupils)));
    }

    [Fact]
    public void Ks1_OneJudgementAlone_MovesItsOwnSubject()
    {
        Assert.Equal(100, Value(Ks1.WritingExpected.Of([new(TeacherJudgement.WorkingTowards, TeacherJudgement.Expected, TeacherJudgement.WorkingTowards, TeacherJudgement.WorkingTowards)])));
        Assert.Equal(0, Value(Ks1.ReadingExpected.Of([new(TeacherJudgement.WorkingTowards, TeacherJudgement.Expected, TeacherJudgement.Expected, TeacherJudgement.Expected)])));
        Assert.Equal(0, Value(Ks1.MathsExpected.Of([new(TeacherJudgement.Expected, TeacherJudgement.Expected, TeacherJudgement.Foundations, TeacherJudgement.Expected)])));
    }

    // Reading 8, writing 6, maths 10: ((8 + 6) ÷ 2 + 10) ÷ 2 = 8.5.
    [Fact]
    public void AveragePoints_OfKs1_WeighMathsAsMuchAsEnglish()
    {
        Assert.Equal(8.5, Ks1.AveragePoints(TeacherJudgement.Expected, TeacherJudgement.WorkingTowards, TeacherJudgement.GreaterDepth).Value);
        Assert.Equal(4, Ks1.AveragePoints(TeacherJudgement.Foundations, TeacherJudgement.Foundations, TeacherJudgement.Foundations).Value);
        Assert.False(Ks1.AveragePoints(TeacherJudgement.Expected, TeacherJudgement.NoResult, TeacherJudgement.Expected).IsKnown);
        Assert.False(Ks1.AveragePoints(TeacherJudgement.BelowStandards, TeacherJudgement.Expected, TeacherJudgement.Expected).IsKnown);
    }

    // English is a whole number, so its half with a half of maths makes halves, from 4 to 10 in all steps.
    [Fact]
    public void AveragePoints_OfAllJudgements_AreHalves()
    {
        TeacherJudgement[] all = [TeacherJudgement.Foundations, TeacherJudgement.WorkingTowards, TeacherJudgement.Expected, TeacherJudgement.GreaterDepth];
        var points = (from r in all from w in all from m in all select Ks1.AveragePoints(r, w, m).Value).Distinct().Order().ToArray();

        Assert.Equal(Enumerable.Range(8, 13).Select(n => n / 2.0), points);
    }

    internal static Measure Percentage(double value, int n, int matched) => new Measure.Scalar(value, MeasureUnit.Percentage, new(n, matched));

    private static double Value(Measure measure) => measure.TryValue(out var value) ? value : throw new InvalidOperationException();
}
