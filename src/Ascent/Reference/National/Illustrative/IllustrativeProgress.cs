using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Measures.Primary;
using Ascent.Shared;

namespace Ascent.Reference.National.Illustrative;

/// <summary>The estimates of the invented country, by smooth curves: what pupils reach rises with what they had reached, slowly at both ends.</summary>
internal static class IllustrativeProgress
{
    private const int Decimals = 2;
    private const double LowestScore = 60;
    private const double HighestScore = 120;

    /// <summary>The one year of <see cref="IllustrativeCountry.Years"/> whose pupils had KS2 tests.</summary>
    public static AcademicYear Progress8Year { get; } = AcademicYear.StartingIn(2023);

    /// <summary>And the one whose pupils had KS1.</summary>
    public static AcademicYear Ks2Year { get; } = AcademicYear.StartingIn(2025);

    /// <summary>Of Progress 8 and its elements, in the order of <see cref="Progress8Part"/>.</summary>
    public static readonly double[] Deviations = [1.3, 1.55, 1.5, 1.6, 1.58];

    /// <summary>Of value added in science, humanities and languages.</summary>
    public static readonly double[] EBaccDeviations = [1.4, 1.75, 1.9];

    /// <summary>A curve from <paramref name="Low"/> to <paramref name="Low"/> + <paramref name="Height"/>, half-way at <paramref name="Middle"/>.</summary>
    private sealed record Curve(double Low, double Height, double Middle, double Breadth)
    {
        public double At(double score) => Low + (Height * Bell.Rise((score - Middle) / Breadth));
    }

    private static readonly Dictionary<Progress8Part, Curve> Parts = new()
    {
        [Progress8Part.English] = new(2.4, 14.2, 104.4, 9),
        [Progress8Part.Maths] = new(1.4, 15.8, 105.2, 8),
        [Progress8Part.EBacc] = new(2, 24.6, 106.3, 8.5),
        [Progress8Part.Open] = new(3.6, 22, 106, 9.2),
    };

    private static readonly Curve[] Pillars = [new(0.9, 7.8, 106.2, 8.2), new(0.8, 7.9, 106.6, 8.4), new(2.3, 6.4, 107.5, 8)];

    /// <summary>KS1 average points of pupils nationally.</summary>
    private const double Ks1Mean = 7.6;

    public static Ks2ProgressReference Ks2 { get; } = new(
        Ks1Table(105.3, 4.1, 5.7), Ks1Table(100.9, 4.0, 4.9), Ks1Table(104.9, 3.9, 5.5), new(91, 103, 113));

    public static GroupEstimates Attainment8 { get; } = new([.. Scores().Select(s => (double[])[Round(Enum.GetValues<Progress8Part>().Skip(1).Sum(p => Part(p, s))), .. Enum.GetValues<Progress8Part>().Skip(1).Select(p => Part(p, s))])]);

    public static GroupEstimates EBacc { get; } = new([.. Scores().Select(s => (double[])[.. Pillars.Select(c => Round(c.At(s)))])]);

    /// <summary>What all pupils reach on average: the curve over the scores that there are.</summary>
    public static double Whole(Progress8Part part) => part == Progress8Part.Total
        ? Parts.Keys.Sum(Whole)
        : Halves().Sum(h => h.Share * Parts[part].At(h.Score));

    /// <summary>The scores from KS2 by halves, each with the share of pupils who have it.</summary>
    public static IEnumerable<(double Score, double Share)> Halves()
    {
        for (var score = LowestScore; score <= HighestScore; score += 0.5)
            yield return (score, Below(score == HighestScore ? double.MaxValue : score + 0.25) - Below(score == LowestScore ? double.MinValue : score - 0.25));
        double Below(double score) => Bell.Below(Math.Clamp((score - IllustrativeCountry.Ks2Mean) / IllustrativeCountry.Ks2Spread, -8, 8));
    }

    // The mean score of each group of Progress 8.
    private static IEnumerable<double> Scores() => Halves().GroupBy(h => PriorGroups.Progress8.GroupOf(PriorAttainment.Of(h.Score))).OrderBy(g => g.Key).Select(g => g.Sum(h => h.Score * h.Share) / g.Sum(h => h.Share));

    private static double Part(Progress8Part part, double score) => Round(Parts[part].At(score));

    private static ProgressTable Ks1Table(double mean, double slope, double deviation) => new(
        new(Ks2Year, ReferenceStatus.Illustrative), NationalGroups.KeyStage1,
        Enumerable.Range(0, NationalGroups.KeyStage1.Count).Select(i => GroupEstimate.Of(Round(mean + (slope * (4 + (i / 2.0) - Ks1Mean))))), 1, deviation);

    private static double Round(double value) => Math.Round(value, Decimals);
}
