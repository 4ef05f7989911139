using Ascent.Measures;
using Ascent.Measures.Ks4;
using CsCheck;

namespace Ascent.Tests.Measures.Ks4;

public sealed class EBaccTests
{
    private static readonly Ks4Entry[] AllRound =
    [
        new(Ks4Subject.EnglishLanguage, 6), new(Ks4Subject.EnglishLiterature, 5), new(Ks4Subject.Maths, 7), new(Ks4Subject.CombinedScience, 5.5), new(Ks4Subject.History, 4),
        new(Ks4Subject.Geography, 5), new(Ks4Subject.Language, 8),
    ];

    // (6 + 7 + 2 × 5.5 + 5 + 8) ÷ 6 = 37 ÷ 6 = 6.17.
    [Fact]
    public void Of_AllPillars_IsEnteredWithTheBetterOfEach()
    {
        var ebacc = EBacc.Of(AllRound);

        Assert.Equal(new EBacc(6, 7, 5.5f, 5, 8, EBaccPillars.All, EBaccPillars.All, EBaccPillars.All), ebacc);
        Assert.Equal(37.0 / 6, ebacc.AveragePoints, 1e-9);
    }

    // Without a language the pillar gives nought: (6 + 7 + 11 + 5 + 0) ÷ 6 = 29 ÷ 6.
    [Fact]
    public void Of_AMissingPillar_IsNotEnteredAndGivesNought()
    {
        var ebacc = EBacc.Of(AllRound.AsSpan(0, AllRound.Length - 1));

        Assert.False(ebacc.IsEntered);
        Assert.Equal(29.0 / 6, ebacc.AveragePoints, 1e-9);
        Assert.Equal(EBaccPillars.All & ~EBaccPillars.Language, ebacc.Strong);
    }

    // English language alone, however good, is no English pillar; it is enough for English and maths 9–5.
    [Fact]
    public void Of_OneEnglishAlone_IsNoPillar()
    {
        var pupil = Ks4Pupil.Of([new(Ks4Subject.EnglishLanguage, 9), new(Ks4Subject.Maths, 5)], default);

        Assert.Equal(EBaccPillars.Maths, pupil.EBacc.Pillars);
        Assert.Equal(Outcome.Met(true), Ks4Indicators.EnglishAndMathsStrong.OutcomeOf(in pupil));
    }

    // Three single sciences with 8, 6 and 4: the best two, 7. Two of them with 5 or better are needed for 9–5: 8, 6 yes; 9, 4, 4 no, though the mean of 9 and 4 is 6.5.
    [Theory]
    [InlineData(new[] { 8, 6, 4 }, 7, true, true, true)]
    [InlineData(new[] { 9, 4, 4 }, 6.5, true, false, true)]
    [InlineData(new[] { 9, 3, 2 }, 6, true, false, false)]
    [InlineData(new[] { 9, 9 }, 0, false, false, false)]
    [InlineData(new[] { 5, 5, 5, 9 }, 7, true, true, true)]
    public void Of_SingleSciences_CountsTheBestTwoOfThree(int[] grades, double points, bool entered, bool strong, bool standard)
    {
        Ks4Subject[] subjects = [Ks4Subject.Biology, Ks4Subject.Physics, Ks4Subject.ComputerScience, Ks4Subject.Chemistry];
        var ebacc = EBacc.Of([.. grades.Select((g, i) => new Ks4Entry(subjects[i], g))]);

        Assert.Equal(points, ebacc.Science);
        Assert.Equal((entered, strong, standard), (ebacc.Pillars == EBaccPillars.Science, ebacc.Strong == EBaccPillars.Science, ebacc.Standard == EBaccPillars.Science));
    }

    // Combined science 5-4 is 4.5: a 4 or better in both, not a 5.
    [Theory]
    [InlineData(5, true, true)]
    [InlineData(4.5, false, true)]
    [InlineData(3.5, false, false)]
    public void Of_CombinedScience_NeedsBothGrades(double points, bool strong, bool standard)
    {
        var ebacc = EBacc.Of([new(Ks4Subject.CombinedScience, points)]);

        Assert.Equal((strong, standard), (ebacc.Strong == EBaccPillars.Science, ebacc.Standard == EBaccPillars.Science));
    }

    [Fact]
    public void Of_BothKindsOfScience_GivesTheBetter()
    {
        var ebacc = EBacc.Of([new(Ks4Subject.CombinedScience, 6), new(Ks4Subject.Biology, 9), new(Ks4Subject.Chemistry, 4), new(Ks4Subject.Physics, 4)]);

        Assert.Equal(6.5f, ebacc.Science);
        Assert.Equal(EBaccPillars.Science, ebacc.Strong);
    }

    [Fact]
    public void Of_AnyEntries_ThresholdsAreStepsDownFromEntry() =>
        Attainment8Tests.Entries.Hold(entries =>
        {
            var ebacc = EBacc.Of(entries);

            Assert.Equal(ebacc.Standard, ebacc.Standard & ebacc.Pillars);
            Assert.Equal(ebacc.Strong, ebacc.Strong & ebacc.Standard);
            Assert.InRange(ebacc.AveragePoints, 0, 9);
        });

    // Four pupils: all round as above; the same without a language; one who took nothing; one whose results are not there. n 4, matched 3.
    // Attainment 8 of the first: English 6 × 2, maths 7 × 2, EBacc 8 + 5.5 + 5.5, open: 5 (geography) + 5 (literature) + 4 (history) = 12 + 14 + 19 + 14 = 59.
    // Of the second: 12 + 14 + (5.5 + 5.5 + 5) + (5 + 4) = 51. Mean (59 + 51 + 0) ÷ 3 = 36.67.
    [Theory]
    [InlineData("ks4-attainment8", 110.0 / 3)]
    [InlineData("ks4-attainment8-english", 8)]
    [InlineData("ks4-attainment8-maths", 28.0 / 3)]
    [InlineData("ks4-attainment8-ebacc", 35.0 / 3)]
    [InlineData("ks4-attainment8-open", 23.0 / 3)]
    [InlineData("ks4-english-maths-95", 200.0 / 3)]
    [InlineData("ks4-english-maths-94", 200.0 / 3)]
    [InlineData("ks4-ebacc-entered", 100.0 / 3)]
    [InlineData("ks4-ebacc-aps", 66.0 / 18)]
    [InlineData("ks4-ebacc-95", 100.0 / 3)]
    [InlineData("ks4-ebacc-94", 100.0 / 3)]
    [InlineData("ks4-slots-ebacc", 2)]
    [InlineData("ks4-slots-open", 5.0 / 3)]
    public void Indicator_OfFourPupils_IsWorkedOutByHand(string code, double expected)
    {
        Ks4Pupil[] pupils = [Ks4Pupil.Of(AllRound, default), Ks4Pupil.Of(AllRound.AsSpan(0, AllRound.Length - 1), default), Ks4Pupil.Of([], default), Ks4Pupil.WithoutResults(PriorAttainment.Of(100))];
        var measure = Assert.IsType<Measure.Scalar>(Ks4Indicators.All.Single(i => i.Code == code).Of(pupils));

        Assert.Equal(expected, measure.Value, 1e-6);
        Assert.Equal(new Population(4, 3), measure.Population);
    }

    // A 5 and a 4: 9–4 and not 9–5. Literature makes up for language.
    [Theory]
    [InlineData(3, 5, 5, true, true)]
    [InlineData(5, 3, 4, false, true)]
    [InlineData(4, 4, 9, false, true)]
    [InlineData(9, 9, 3, false, false)]
    public void EnglishAndMaths_Grades_MeetTheirThreshold(int language, int literature, int maths, bool strong, bool standard)
    {
        var pupil = Ks4Pupil.Of([new(Ks4Subject.EnglishLanguage, language), new(Ks4Subject.EnglishLiterature, literature), new(Ks4Subject.Maths, maths)], default);

        Assert.Equal(Outcome.Met(strong), Ks4Indicators.EnglishAndMathsStrong.OutcomeOf(in pupil));
        Assert.Equal(Outcome.Met(standard), Ks4Indicators.EnglishAndMathsStandard.OutcomeOf(in pupil));
    }
}
