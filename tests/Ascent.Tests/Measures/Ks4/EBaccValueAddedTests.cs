using Ascent.Measures;
using Ascent.Measures.Ks4;

namespace Ascent.Tests.Measures.Ks4;

public sealed class EBaccValueAddedTests
{
    // Science 5.5 and 7 against the estimates of groups 18 and 30, entered by two of four: one has no science, one has no results yet.
    [Fact]
    public void Tally_OfFourPupils_IsOfThoseWhoEnteredThePillar()
    {
        var table = new ProgressTable(new(NationalFigures.Year2024, ReferenceStatus.Illustrative), PriorGroups.Progress8, Enumerable.Range(1, 34).Select(g => GroupEstimate.Of(g / 5.0)), 1, 1.4566);
        Ks4Pupil[] pupils =
        [
            Ks4Pupil.Of([new(Ks4Subject.CombinedScience, 5.5), new(Ks4Subject.History, 4), new(Ks4Subject.Language, 3)], PriorAttainment.Of(104)),
            Ks4Pupil.Of([new(Ks4Subject.CombinedScience, 7)], PriorAttainment.Of(116)), Ks4Pupil.Of([new(Ks4Subject.Maths, 7)], PriorAttainment.Of(116)), Ks4Pupil.WithoutResults(PriorAttainment.Of(100)),
        ];

        // 5.5 − 3.6 = 1.9; 7 − 6 = 1.
        var science = EBaccValueAdded.Tally(pupils, EBaccPillars.Science, table);
        Assert.Equal(new Population(3, 2), science.Population);
        Assert.Equal(2.9, science.Sum, 1e-9);
        // 4 − 3.6 and 3 − 3.6.
        Assert.Equal(0.4, EBaccValueAdded.Tally(pupils, EBaccPillars.Humanities, table).Sum, 1e-9);
        Assert.Equal(-0.6, EBaccValueAdded.Tally(pupils, EBaccPillars.Language, table).Sum, 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => EBaccValueAdded.Tally(pupils, EBaccPillars.English, table));
    }

    // The published estimates lie on the scale of grades, as the pillars do.
    [Fact]
    public void Estimates_AsPublished_AreInGrades() =>
        Assert.All(ReferenceFile.Rows("ks4_ebacc_subject_va_estimates_2024.csv"), row =>
            Assert.All(["science_estimate", "humanities_estimate", "languages_estimate"], column => Assert.InRange(NationalFigures.Number(row[column]), 0, 9)));
}
