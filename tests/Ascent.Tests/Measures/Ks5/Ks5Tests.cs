using Ascent.Measures;
using Ascent.Measures.Ks5;
using Ascent.Shared;
using CsCheck;

namespace Ascent.Tests.Measures.Ks5;

public sealed class Ks5Tests
{
    private static readonly AcademicYear Year2025 = AcademicYear.EndingIn(2025);

    // A, B, C, E and an AS at B (20, half size); A*, A, A; one A level alone; nobody's. Points 150, 160, 30.
    private static readonly Ks5Student[] Students =
    [
        Ks5Student.Of([Ks5Entry.ALevel(50), Ks5Entry.ALevel(40), Ks5Entry.ALevel(30), Ks5Entry.ALevel(10), new(20, 0.5, false)]),
        Ks5Student.Of([Ks5Entry.ALevel(50), Ks5Entry.ALevel(60), Ks5Entry.ALevel(50)]), Ks5Student.Of([Ks5Entry.ALevel(30)]), Ks5Student.Of([]),
    ];

    // Per entry: (150 + 160 + 30) ÷ (4.5 + 3 + 1) = 40. Best three: (50 + 40 + 30) ÷ 3 = 40 and 160 ÷ 3: mean 46.67. Points a student: 340 ÷ 3.
    [Fact]
    public void Indicators_OfFourStudents_AreWorkedOutByHand()
    {
        Assert.Equal(new Measure.Scalar(40, MeasureUnit.Average, new(4, 3)), Ks5Indicators.PerEntry(Ks5Indicators.PerEntry(Students)));
        var best = Assert.IsType<Measure.Scalar>(Ks5Indicators.BestThreeALevels.Of(Students));
        Assert.Equal(280.0 / 6, best.Value, 1e-9);
        Assert.Equal(new Population(2, 2), best.Population);
        Assert.Equal(new Measure.Scalar(340.0 / 3, MeasureUnit.Average, new(4, 3)), Ks5Indicators.PointsPerStudent.Of(Students));
    }

    [Fact]
    public void PerEntry_PartsOfASixthForm_AddUp()
    {
        var whole = Ks5Indicators.PerEntry(Students);
        var part = Ks5Indicators.PerEntry(Students.AsSpan(0, 1));

        Assert.Equal(whole, part + Ks5Indicators.PerEntry(Students.AsSpan(1)));
        Assert.Equal(Ks5Indicators.PerEntry(Students.AsSpan(1)), whole - part);
    }

    // The best three, whatever the order and however many.
    [Fact]
    public void BestThree_OfAnyEntries_AreTheHighest() =>
        Gen.Select(Gen.Int[0, 6].Select(g => g * 10), OneOf.These(1.0, 0.5), Gen.Bool).Select((points, size, isA) => new Ks5Entry(points, size, isA)).Array[0, 7].Hold(entries =>
        {
            var full = entries.Where(e => e.IsALevel && e.Size >= 1).Select(e => e.Points).OrderDescending().ToArray();
            var student = Ks5Student.Of(entries);

            Assert.Equal((full.Length >= 3, full.Length >= 3 ? full.Take(3).Sum() : 0), (student.HasThreeALevels, student.BestThree));
        });

    [Fact]
    public void Entry_WithoutSizeOrBelowNought_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ks5Entry(-1, 1, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ks5Entry(10, 0, true));
    }

    [Theory]
    [InlineData(0, "U")]
    [InlineData(4.99, "U")]
    [InlineData(5, "E-")]
    [InlineData(30, "C")]
    [InlineData(35, "B-")]
    [InlineData(38.4, "B")]
    [InlineData(44.9, "B+")]
    [InlineData(60, "*")]
    public void GradeOf_Points_IsTheThirdOfItsGrade(double points, string expected) => Assert.Equal(expected, Ks5Indicators.GradeOf(points));

    // Every pair of A level points and grade that was published from 2016 to 2025.
    [Fact]
    public void GradeOf_PublishedPoints_IsThePublishedGrade()
    {
        var rows = ReferenceFile.Rows("ks5_all_attainment_with_2025.csv").Where(r => r["cert_type"] == "A level" && char.IsAsciiLetter(r["aps_grade"][0]) && r["aps_grade"] is not ("z" or "NA")).ToArray();
        Assert.True(rows.Length > 100, $"Only {rows.Length} pairs were read");

        Assert.All(rows, r => Assert.Equal(r["aps_grade"], Ks5Indicators.GradeOf(NationalFigures.Number(r["aps"]))));
    }

    // A level Maths 2025: prior 7.2 → 40.771 points; an A (50) is +9.229 points, +0.923 of a grade.
    [Fact]
    public void TryEstimate_MathsAtSevenPointTwo_IsThePublishedLine()
    {
        var line = NationalFigures.ALevelLine("Mathematics");

        Assert.True(line.TryEstimate(PriorAttainment.Of(7.2), out var estimate));
        Assert.Equal(40.771, estimate, 0.0005);
        Assert.Equal(0.9229, line.ScoreOf(PriorAttainment.Of(7.2), 50).Value, 0.00005);
        Assert.Equal(1.2291, line.StandardDeviation, 0.00005);
    }

    // All published lines: at each knot that stands alone the estimate is its points, and outside the line there is none.
    [Fact]
    public void TryEstimate_EveryKnotOfEveryLine_IsItsPoints()
    {
        var variance = ReferenceFile.Rows("l3va_2025_subject_variance.csv").ToDictionary(r => r["qual_id"]);
        var bands = ReferenceFile.Rows("l3va_2025_national_bands.csv");
        Assert.Equal(504, bands.Count);

        foreach (var row in bands)
        {
            var line = NationalFigures.Line(row, variance[row["qual_id"]]);
            var knots = Enumerable.Range(0, ValueAddedLine.Knots).Select(i => (X: NationalFigures.Number(row[$"x_{i}"]), Y: NationalFigures.Number(row[$"y_{i}"]))).ToArray();
            foreach (var (x, y) in knots.Where(k => knots.Count(o => o.X.Equals(k.X)) == 1))
                Assert.Equal(y, Estimate(line, x), 1e-9);
            Assert.False(line.TryEstimate(PriorAttainment.Of(knots[^1].X + 0.0001), out _));
            Assert.False(knots[0].X > 0.001 && line.TryEstimate(PriorAttainment.Of(knots[0].X - 0.0001), out _));
            Assert.False(line.TryEstimate(PriorAttainment.None, out _));
        }
    }

    // Knots at 1, 2, 2, 2, 3 …: at 2 the last of the three begins the line, so its points hold; half way to 3 it is half way to the next; at the very
    // end, with the same prior twice, the first of them.
    [Fact]
    public void TryEstimate_RepeatedKnots_StartFromTheLastAndEndAtTheFirst()
    {
        double[] x = [1, 2, 2, 2, .. Enumerable.Range(3, 17).Select(i => (double)i), 19];
        double[] y = [10, 11, 12, 14, .. Enumerable.Range(0, 17).Select(i => 20.0 + i), 99];
        var line = new ValueAddedLine(new(Year2025, ReferenceStatus.Illustrative), x, y, 1, 1, 1);

        Assert.Equal([10, 10.5, 14, 17, 20, 36], new[] { 1, 1.5, 2, 2.5, 3, 19 }.Select(p => Estimate(line, p)));
    }

    [Fact]
    public void Line_WithFallingOrMissingKnots_IsRefused()
    {
        double[] rising = [.. Enumerable.Range(0, 22).Select(i => (double)i)];
        double[] falling = [.. rising[..21], 3];

        Assert.Throws<ArgumentException>(() => new ValueAddedLine(default, falling, rising, 1, 1, 1));
        Assert.Throws<ArgumentException>(() => new ValueAddedLine(default, rising[..21], rising[..21], 1, 1, 1));
    }

    // A flat line at 30: A, B, C, D and one outside the line → +2, +1, 0, −1 grades: mean 0.5 ± 1.96 × 1.2 ÷ √4 = ± 1.176.
    // An AS (half size) at a flat 15, 25 and 20 points: (10 + 5) ÷ 0.5 ÷ 10 = 2 + 1: mean 1.5 ± 1.96 × 1.5 ÷ √2 = ± 2.079.
    // Together, weights 1 and 0.5: (1 × 2 + 0.5 × 3) ÷ (4 + 1) = 0.7; √(1.44 × 4 × 1 + 2.25 × 2 × 0.25) ÷ (4 + 1) × 1.96 = 2.6240 ÷ 5 × 1.96 = 1.0286.
    [Fact]
    public void OfAll_TwoSubjects_AreWeighedBySize()
    {
        ValueAddedLine a = Flat(30, 1, 1.2), half = Flat(15, 0.5, 1.5);
        SubjectValueAdded maths = new(ValueAdded.Tally([Entry(50), Entry(40), Entry(30), Entry(20), new(PriorAttainment.Of(30), 60)], a), a), art = new(ValueAdded.Tally([Entry(25), Entry(20)], half), half);

        Is(0.5, 1.176, new(5, 4), ValueAdded.OfSubject(Year2025, maths));
        Is(1.5, 2.0789, new(2, 2), ValueAdded.OfSubject(Year2025, art));
        Is(0.7, 1.0286, new(7, 6), ValueAdded.OfAll(Year2025, [maths, art]));
        Is(0.7, 1.0286, new(7, 6), ValueAdded.OfAll(Year2025, [art, maths]));
    }

    [Fact]
    public void OfAll_NobodyOrAnotherYear_HasNoScore()
    {
        var line = Flat(30, 1, 1);

        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NoPupils, default), ValueAdded.OfAll(Year2025, []));
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NobodyCounts, new(1, 0)), ValueAdded.OfSubject(Year2025, new(ValueAdded.Tally([new(PriorAttainment.None, 50)], line), line)));
        Assert.Throws<ArgumentException>(() => ValueAdded.OfAll(Year2025.Previous, [new(default, line)]));
    }

    private static void Is(double point, double half, Population population, Measure measure)
    {
        var score = Assert.IsType<Measure.Estimated>(measure);
        Assert.Equal(point, score.Point, 1e-9);
        Assert.Equal(half, score.Upper - score.Point, 0.00006);
        Assert.Equal(population, score.Population);
    }

    private static ValueAddedLine Flat(double points, double size, double deviation) =>
        new(new(Year2025, ReferenceStatus.Illustrative), [.. Enumerable.Range(0, 22).Select(i => i / 2.0)], [.. Enumerable.Repeat(points, 22)], size, size, deviation);

    private static ValueAddedEntry Entry(float points) => new(PriorAttainment.Of(6.3), points);

    private static double Estimate(ValueAddedLine line, double prior) => line.TryEstimate(PriorAttainment.Of(prior), out var estimate) ? estimate : throw new InvalidOperationException($"{prior}");
}
