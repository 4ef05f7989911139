using Ascent.Measures;
using Ascent.Measures.Attendance;
using Ascent.Measures.Ks4;
using Ascent.Measures.Ks5;
using Ascent.Measures.Primary;
using Ascent.Reference;
using Ascent.Reference.National;
using Ascent.Shared;

namespace Ascent.Tests.Reference.National;

/// <summary>Illustrative England has everything that reports may ask for, and hangs together.</summary>
public sealed class IllustrativeTests
{
    private static readonly AcademicYear[] Years = [AcademicYear.StartingIn(2023), AcademicYear.StartingIn(2024), AcademicYear.StartingIn(2025)];
    private static readonly NationalFigures Figures = NationalFigures.Illustrative;

    private static (string Code, MeasureUnit Unit)[] Attainment =>
    [
        .. Ks4Indicators.All.Select(i => (i.Code, i.Unit)), .. Ks2.Indicators.Select(i => (i.Code, i.Unit)), .. Ks1.Indicators.Select(i => (i.Code, i.Unit)),
        .. EarlyYears.Indicators.Select(i => (i.Code, i.Unit)), .. MultiplicationCheck.Indicators.Select(i => (i.Code, i.Unit)),
        (Phonics.MetStandard(32).Code, MeasureUnit.Percentage), (Phonics.AverageMark.Code, MeasureUnit.Average),
        (Ks5Indicators.PointsPerStudent.Code, MeasureUnit.Average), (Ks5Indicators.BestThreeALevels.Code, MeasureUnit.Average), (MeasureCodes.Ks5PointsPerEntry, MeasureUnit.Average),
    ];

    private static (string, MeasureUnit)[] Absences =>
        [(Absence.Persistent.Code, MeasureUnit.Percentage), (Absence.Severe.Code, MeasureUnit.Percentage), (MeasureCodes.AbsenceOverall, MeasureUnit.Rate), (MeasureCodes.AbsenceAuthorised, MeasureUnit.Rate), (MeasureCodes.AbsenceUnauthorised, MeasureUnit.Rate)];

    public static TheoryData<string, MeasureUnit, NationalPhase> Asked
    {
        get
        {
            var asked = new TheoryData<string, MeasureUnit, NationalPhase>();
            foreach (var (code, unit) in Attainment)
                asked.Add(code, unit, NationalPhase.All);
            foreach (var (code, unit) in Absences)
                foreach (var phase in Enum.GetValues<NationalPhase>())
                    asked.Add(code, unit, phase);
            return asked;
        }
    }

    public static TheoryData<string, NationalPhase> AskedWithoutUnit => [.. Asked.Select(a => (a.Data.Item1, a.Data.Item3))];

    [Theory, MemberData(nameof(Asked))]
    public void Find_EveryMeasureAndGroupValue_IsThereForThreeYears(string code, MeasureUnit unit, NationalPhase phase)
    {
        foreach (var year in Years)
        {
            var whole = Figures.Find(code, year, phase)!.Value;
            Assert.Equal(new ReferenceEdition(year, ReferenceStatus.Illustrative), whole.Edition);
            foreach (var group in PupilGroups.All)
            {
                var values = Enumerable.Range(0, group.Values().Count).Select(v => Figures.Find(code, year, group, (byte)v, phase)!.Value.Figure).ToArray();
                if (unit is MeasureUnit.Percentage or MeasureUnit.Rate)
                    Assert.All(values, v => Assert.InRange(v, 0.001, 99.999));
                Assert.InRange(whole.Figure, values.Min(), values.Max());
            }
            var spread = Figures.SchoolPercentiles(code, year, phase)!;
            Assert.Equal(spread.Percentiles.ToArray().OrderBy(p => p.Score), spread.Percentiles.ToArray());
            Assert.InRange(whole.Figure, spread.Percentiles.Span[0].Score, spread.Percentiles.Span[^1].Score);
        }
    }

    // The shares of the invented country; every pupil has one value of a group.
    [Theory, MemberData(nameof(AskedWithoutUnit))]
    public void Find_ValuesOfDisadvantage_TogetherAreTheWhole(string code, NationalPhase phase)
    {
        double[] shares = [0.26, 0.72, 0.02];
        var together = shares.Select((s, v) => s * Figures.Find(code, Years[0], PupilGroup.Disadvantaged, (byte)v, phase)!.Value.Figure).Sum();

        Assert.Equal(Figures.Find(code, Years[0], phase)!.Value.Figure, together, 0.01);
        var (yes, no) = (Figures.Find(code, Years[0], PupilGroup.Disadvantaged, 0, phase)!.Value.Figure, Figures.Find(code, Years[0], PupilGroup.Disadvantaged, 1, phase)!.Value.Figure);
        Assert.True(Absences.Any(a => a.Item1 == code) ? yes > no : yes < no, $"{code}: {yes}, {no}");
    }

    [Fact]
    public void Progress8_Estimates_RiseAndAddUp()
    {
        var reference = Figures.Progress8(Years[0])!;
        double Estimate(Progress8Part part, double score) => reference.For(part).EstimateFor(PriorAttainment.Of(score)).Value;
        double[] scores = [70, 84, 87, 88.5, 90, 91.5, .. Enumerable.Range(93, 28).Select(n => (double)n)];

        Assert.Equal(34, scores.Length);
        foreach (var part in Enum.GetValues<Progress8Part>())
            Assert.All(scores.Zip(scores.Skip(1)), pair => Assert.True(Estimate(part, pair.First) < Estimate(part, pair.Second), $"{part} at {pair.First}"));
        Assert.All(scores, s => Assert.Equal(Estimate(Progress8Part.Total, s), Enum.GetValues<Progress8Part>().Skip(1).Sum(p => Estimate(p, s)), 1e-9));
        Assert.InRange(Estimate(Progress8Part.Total, 120), 60, 90);
        Assert.InRange(Estimate(Progress8Part.Total, 104), 40, 48);
        Assert.Equal(0, Figures.Find(MeasureCodes.Progress8, Years[0])!.Value.Figure);
    }

    // No KS2 tests in 2020 and 2021; no KS1 of those who took KS2 in 2024 and 2025.
    [Fact]
    public void Progress_YearsWithoutABaseline_HaveNone()
    {
        Assert.Equal([true, false, false], Years.Select(y => Figures.Progress8(y) is not null));
        Assert.Equal([true, false, false], Years.Select(y => Figures.EBaccValueAdded(y, EBaccPillars.Science) is not null));
        Assert.Equal([true, false, false], Years.Select(y => Figures.Gcse("MAT", y) is not null));
        Assert.Equal([true, false, false], Years.Select(y => Figures.Find(MeasureCodes.Progress8, y) is not null));
        Assert.Equal([false, false, true], Years.Select(y => Figures.Ks2Progress(y) is not null));
        Assert.Equal([false, false, true], Years.Select(y => Figures.Find(MeasureCodes.Ks2ProgressMaths, y) is not null));
    }

    [Fact]
    public void Gcse_EverySubjectOfKs4_HasGradesThatFollowPriorAttainment()
    {
        foreach (var subject in Subjects.All.Where(s => s.Stages.Contains(KeyStage.KS4)))
        {
            var table = Figures.Gcse(subject.Code, Years[0])!.ToProgressTable();
            double[] scores = [70, 85, 93, 98, 101, 103, 106, 108, 111, 115, 118];
            Assert.All(scores.Zip(scores.Skip(1)), pair => Assert.True(table.EstimateFor(PriorAttainment.Of(pair.First)).Value < table.EstimateFor(PriorAttainment.Of(pair.Second)).Value, subject.Code));
            foreach (var year in Years)
            {
                var grades = Figures.GcseGrades(subject.Code, year)!;
                Assert.Equal(year, grades.Edition.Year);
                Assert.All(grades.Grades.Counts, n => Assert.True(n > 0, subject.Code));
            }
        }
    }

    [Fact]
    public void EBaccValueAdded_ThreePillars_HaveEstimatesThatRise()
    {
        foreach (var pillar in (EBaccPillars[])[EBaccPillars.Science, EBaccPillars.Humanities, EBaccPillars.Language])
        {
            var table = Figures.EBaccValueAdded(Years[0], pillar)!;
            Assert.True(table.EstimateFor(PriorAttainment.Of(90)).Value < table.EstimateFor(PriorAttainment.Of(100)).Value);
            Assert.InRange(table.EstimateFor(PriorAttainment.Of(120)).Value, 5, 9);
        }
    }

    [Fact]
    public void Ks2Progress_Estimates_RiseInsideTheScale()
    {
        var reference = Figures.Ks2Progress(Years[2])!;
        foreach (var table in (ProgressTable[])[reference.Reading, reference.Writing, reference.Maths])
        {
            var estimates = Enumerable.Range(8, 13).Select(i => table.EstimateFor(PriorAttainment.Of(i / 2.0)).Value).ToArray();
            Assert.Equal(estimates.Order(), estimates);
            Assert.Equal(13, estimates.Distinct().Count());
            Assert.InRange(estimates[0], 80, 95);
            Assert.InRange(estimates[^1], 108, 120);
        }
    }

    [Fact]
    public void Name_OfEditions_SaysWhoseAndHowFinal() =>
        Assert.Equal(
            ["England 2025/26 (provisional)", "England 2025/26 (revised)", "England 2025/26", "Illustrative England 2025/26"],
            Enum.GetValues<ReferenceStatus>().Select(s => new ReferenceEdition(Years[2], s).Name));
}
