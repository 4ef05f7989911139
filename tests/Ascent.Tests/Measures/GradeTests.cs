using Ascent.Measures;
using CsCheck;

namespace Ascent.Tests.Measures;

public sealed class GradeTests
{
    private static readonly ReferenceEdition Edition = new(NationalFigures.Year2024, ReferenceStatus.Illustrative);

    [Fact]
    public void Points_OfEachScale_AreThePublishedOnes()
    {
        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], Points(GradeScale.Gcse));
        Assert.Equal([8.5, 7, 5.5, 4, 3, 2, 1.5, 1, 0], Points(GradeScale.GcseLegacy));
        Assert.Equal([60, 50, 40, 30, 20, 10, 0], Points(GradeScale.ALevel));
        Assert.Equal([25, 20, 15, 10, 5, 0], Points(GradeScale.ASLevel));
        // Seventeen pairs and U; the mean of the two digits.
        Assert.Equal(18, GradeScale.CombinedScience.Count);
        Assert.All(GradeScale.CombinedScience.Labels.Where(l => l != "UU"), label => Assert.Equal((label[0] - '0' + label[1] - '0') / 2.0, PointsOf(GradeScale.CombinedScience, label)));
        Assert.False(GradeScale.Gcse.TryFind("A*", out _));
        Assert.Throws<ArgumentException>(() => new GradeScale(("A", 5), ("B", 5)));
    }

    // 9, 7, 7, 4, U and one absent: graded 5 of 6. Share of 7: 40%; 9–7: 60%; 9–4: 80%; mean (9 + 7 + 7 + 4 + 0) ÷ 5 = 5.4.
    [Fact]
    public void Distribution_SixEntries_IsWorkedOutByHand()
    {
        var distribution = GradeDistribution.Of(GradeScale.Gcse, [Grade("9"), Grade("7"), Grade("7"), Grade("4"), Grade("U"), GradeScale.NoGrade]);

        Assert.Equal([1, 0, 2, 0, 0, 1, 0, 0, 0, 1], distribution.Counts);
        Assert.Equal(new Measure.Scalar(40, MeasureUnit.Percentage, new(6, 5)), distribution.Share(Grade("7")));
        Assert.Equal(new Measure.Scalar(60, MeasureUnit.Percentage, new(6, 5)), distribution.AtLeast(Grade("7")));
        Assert.Equal(new Measure.Scalar(80, MeasureUnit.Percentage, new(6, 5)), distribution.AtLeast(Grade("4")));
        Assert.Equal(new Measure.Scalar(5.4, MeasureUnit.Average, new(6, 5)), distribution.AveragePoints());
    }

    [Fact]
    public void Distribution_OfNobodyOrNonsense_IsNotApplicableOrRefused()
    {
        Assert.IsType<Measure.NotApplicable>(GradeDistribution.Of(GradeScale.Gcse, []).AveragePoints());
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NobodyCounts, new(1, 0)), GradeDistribution.Of(GradeScale.Gcse, [GradeScale.NoGrade]).Share(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradeDistribution.Of(GradeScale.Gcse, [10]));
        Assert.Throws<ArgumentException>(() => GradeDistribution.OfCounts(GradeScale.Gcse, [1, 2]));
    }

    [Fact]
    public void Distribution_AnyGrades_AddsUpAndFallsInSteps() =>
        Gen.Byte[0, 9].Array[1, 60].Hold(grades =>
        {
            var distribution = GradeDistribution.Of(GradeScale.Gcse, grades);

            Assert.Equal(100, Enumerable.Range(0, 10).Sum(g => Value(distribution.Share((byte)g))), 1e-9);
            Assert.Equal(100, Value(distribution.AtLeast(9)), 1e-9);
            // Mean points are the sum of the shares that reach each grade from 1 to 9.
            Assert.Equal(Enumerable.Range(0, 9).Sum(g => Value(distribution.AtLeast((byte)g))) / 100, Value(distribution.AveragePoints()), 1e-9);
        });

    // All 34 subjects of the published national distribution, from the counts: percent at each grade, 7+, 5+, 4+ and the mean.
    [Fact]
    public void Distribution_OfNationalCounts_IsThePublishedOne()
    {
        var counts = ReferenceFile.Rows("ks2_ks4_transition_2024_gcse_grades_all_pupils.csv").Where(r => r["ks2_scaled_score_group"] == "Total").ToDictionary(r => r["subject"]);
        var published = ReferenceFile.Rows("gcse_grade_distribution_2024_end_of_ks4.csv");
        Assert.Equal(34, published.Count);

        foreach (var row in published)
        {
            var distribution = GradeDistribution.OfCounts(GradeScale.Gcse, NationalFigures.GcseCounts(counts[row["subject"]]));
            Assert.All(GradeScale.Gcse.Labels, label => Assert.Equal(NationalFigures.Number(row[$"pct_{label}"]), Value(distribution.Share(Grade(label))), 0.0051));
            Assert.All(["7", "5", "4"], label => Assert.Equal(NationalFigures.Number(row[$"pct_{label}plus"]), Value(distribution.AtLeast(Grade(label))), 0.051));
            Assert.Equal(NationalFigures.Number(row["mean_points"]), Value(distribution.AveragePoints()), 0.00051);
        }
    }

    // Two groups, four pupils each: 9, 9, 7, 7 (mean 8) and 5, 5, 5, 1 (mean 4); a third group with nobody. Spread: (1+1+1+1 + 1+1+1+9) ÷ 8 = 2, √2.
    // A 9 from the first group +1, a 4 from the second 0, a 5 from the third nothing, one absent nothing, one without prior attainment nothing.
    [Fact]
    public void Matrix_TwoGroups_GivesEstimatesSpreadAndValueAdded()
    {
        var matrix = new TransitionMatrix(Edition, GradeScale.Gcse, PriorGroups.From(100, 110), [Row(("5", 3), ("1", 1)), Row(("9", 2), ("7", 2)), Row()]);
        var table = matrix.ToProgressTable();
        SubjectEntry[] entries =
        [
            new(PriorAttainment.Of(105), Grade("9")), new(PriorAttainment.Of(99.5), Grade("4")), new(PriorAttainment.Of(112), Grade("5")), new(PriorAttainment.Of(105), GradeScale.NoGrade),
            new(PriorAttainment.None, Grade("5")),
        ];

        Assert.Equal([4, 8], new[] { 99.5, 100 }.Select(p => table.EstimateFor(PriorAttainment.Of(p)).Value));
        Assert.False(table.EstimateFor(PriorAttainment.Of(110)).IsKnown);
        Assert.Equal(Math.Sqrt(2), table.StandardDeviation, 1e-12);
        Assert.Equal(new Tally(5, 2, 1, 1), TransitionMatrix.ValueAdded(entries, GradeScale.Gcse, table));
        Assert.Equal(2, matrix.RowOf(PriorAttainment.Of(105))[0]);
        Assert.True(matrix.RowOf(PriorAttainment.None).IsEmpty);
        Assert.Throws<ArgumentException>(() => new TransitionMatrix(Edition, GradeScale.Gcse, PriorGroups.From(100), [Row()]));
    }

    // The nation compared with itself: in every group, and so in the whole, value added is nought.
    [Theory]
    [InlineData("Mathematics")]
    [InlineData("French")]
    [InlineData("Ancient History")]
    public void Matrix_OfTheNation_HasNoValueAddedToItself(string subject)
    {
        var matrix = NationalFigures.GcseMatrix(subject);
        var table = matrix.ToProgressTable();
        var all = default(Tally);
        double[] inEachBand = [74, 85, 92, 98, 101, 103, 106, 108.5, 111, 115, 118];
        foreach (var prior in inEachBand.Select(PriorAttainment.Of))
            for (byte grade = 0; grade < GradeScale.Gcse.Count; grade++)
            {
                var n = matrix.RowOf(prior)[grade];
                var score = n > 0 ? table.ScoreOf(prior, GradeScale.Gcse.PointsOf(grade)).Value : 0;
                all += new Tally(n, n, n * score, n * score * score);
            }

        Assert.Equal(0, all.Sum / all.Matched, 1e-9);
        Assert.Equal(table.StandardDeviation, Math.Sqrt(all.SumOfSquares / all.Matched), 1e-9);
    }

    // Points of A levels come in tens: an A against a mean of 40 is one grade.
    [Fact]
    public void ValueAdded_OfALevels_IsInGrades()
    {
        var table = new TransitionMatrix(Edition, GradeScale.ALevel, PriorGroups.From(7), [[0, 0, 0, 4, 0, 0, 0], [0, 1, 2, 1, 0, 0, 0]]).ToProgressTable(pointsPerGrade: 10);

        Assert.Equal(new Tally(1, 1, 1, 1), TransitionMatrix.ValueAdded([new(PriorAttainment.Of(7), 1)], GradeScale.ALevel, table));
        Assert.Equal(0.5, table.StandardDeviation, 1e-12);
    }

    private static int[] Row(params (string Grade, int Count)[] counts) => [.. GradeScale.Gcse.Labels.Select(l => counts.FirstOrDefault(c => c.Grade == l).Count)];

    private static byte Grade(string label) => GradeScale.Gcse.TryFind(label, out var grade) ? grade : throw new ArgumentException(label, nameof(label));

    private static double PointsOf(GradeScale scale, string label) => scale.TryFind(label, out var grade) ? scale.PointsOf(grade) : throw new ArgumentException(label, nameof(label));

    private static IEnumerable<double> Points(GradeScale scale) => scale.Labels.Select(l => PointsOf(scale, l));

    private static double Value(Measure measure) => measure.TryValue(out var value) ? value : throw new InvalidOperationException();
}
