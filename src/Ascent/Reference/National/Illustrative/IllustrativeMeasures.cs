using Ascent.Measures;
using Ascent.Measures.Ks4;

namespace Ascent.Reference.National.Illustrative;

/// <summary>How an invented measure behaves.</summary>
/// <param name="Figure">Of all pupils in the first year.</param>
/// <param name="Yearly">What each later year brings.</param>
/// <param name="Spread">Of pupils, for means; nought for shares, which have it in themselves.</param>
/// <param name="Highest">What a mean can be at most; a share is one of 100.</param>
/// <param name="Girls">How far girls are ahead, in standard deviations.</param>
/// <param name="Follows">How much of the distance between groups shows in it.</param>
internal sealed record MeasureMake(
    string Code, double Figure, double Yearly, double Spread = 0, double Highest = 100, double Girls = 0, double Follows = 1, NationalPhase Phase = NationalPhase.All, bool IsAbsence = false, double Lowest = 0)
{
    public bool IsShare => Spread == 0;
}

/// <summary>The measures of the invented country; a test holds them to those that reports have.</summary>
internal static class IllustrativeMeasures
{
    private const int Baseline = 2023;

    /// <summary>Every measure of a year; those that need a baseline only where the year has one.</summary>
    public static IEnumerable<MeasureMake> Of(int startYear)
    {
        foreach (var make in Primary().Concat(Secondary()).Concat(Absence()))
            yield return make with { Figure = make.Figure + (make.Yearly * (startYear - Baseline)) };
        if (startYear == IllustrativeProgress.Progress8Year.StartYear)
            foreach (var part in Enum.GetValues<Progress8Part>())
                yield return new(MeasureCodes.Of(part), 0, 0, IllustrativeProgress.Deviations[(int)part], 10, part == Progress8Part.Maths ? -0.02 : 0.14, 0.28, Lowest: -10);
        if (startYear == IllustrativeProgress.Ks2Year.StartYear)
        {
            yield return new(MeasureCodes.Ks2ProgressReading, 0, 0, IllustrativeProgress.Ks2.Reading.StandardDeviation, 40, 0.14, 0.25, Lowest: -40);
            yield return new(MeasureCodes.Ks2ProgressWriting, 0, 0, IllustrativeProgress.Ks2.Writing.StandardDeviation, 40, 0.2, 0.25, Lowest: -40);
            yield return new(MeasureCodes.Ks2ProgressMaths, 0, 0, IllustrativeProgress.Ks2.Maths.StandardDeviation, 40, -0.22, 0.25, Lowest: -40);
        }
    }

    private static IEnumerable<MeasureMake> Primary() =>
    [
        new("eyfs-gld", 66.5, 0.6, Girls: 0.36), new("eyfs-all-goals", 64.8, 0.6, Girls: 0.36), new("eyfs-average-goals", 13.9, 0.05, 3.4, 17, 0.32, 0.8),
        new("phonics-met", 79.2, 0.4, Girls: 0.27, Follows: 0.9), new("phonics-mark", 33.2, 0.1, 7.6, 40, 0.22, 0.8),
        new("ks1-reading", 68.6, 0.2, Girls: 0.26), new("ks1-reading-higher", 19.2, 0.1, Girls: 0.2),
        new("ks1-writing", 60.7, 0.2, Girls: 0.38), new("ks1-writing-higher", 8.4, 0.1, Girls: 0.3),
        new("ks1-maths", 70.3, 0.2, Girls: -0.03), new("ks1-maths-higher", 16.6, 0.1, Girls: -0.16), new("ks1-science", 78.4, 0.2, Girls: 0.1),
        new("mtc-mark", 20.5, 0.25, 5.3, 25, -0.07, 0.7), new("mtc-full", 33.2, 1.8, Girls: -0.08, Follows: 0.7),
        .. Test("ks2-reading", 105.1, 0.25, 7.9, 0.22), .. Test("ks2-maths", 104.6, 0.2, 7.6, -0.16), .. Test("ks2-gps", 104.9, 0.05, 8.3, 0.22),
        new("ks2-writing", 71.8, 0.4, Girls: 0.4), new("ks2-writing-higher", 12.6, 0.2, Girls: 0.32), new("ks2-science", 80.6, 0.2, Girls: 0.14),
        new("ks2-rwm", 60.6, 0.7, Girls: 0.17, Follows: 1.05), new("ks2-rwm-higher", 7.9, 0.2, Girls: 0.14, Follows: 1.05),
    ];

    private static IEnumerable<MeasureMake> Secondary() =>
    [
        new("ks4-attainment8", IllustrativeProgress.Whole(Progress8Part.Total), 0.1, 19, 90, 0.2),
        new("ks4-attainment8-english", IllustrativeProgress.Whole(Progress8Part.English), 0.02, 4, 18, 0.32),
        new("ks4-attainment8-maths", IllustrativeProgress.Whole(Progress8Part.Maths), 0.02, 4.5, 18, -0.02),
        new("ks4-attainment8-ebacc", IllustrativeProgress.Whole(Progress8Part.EBacc), 0.03, 6.5, 27, 0.14),
        new("ks4-attainment8-open", IllustrativeProgress.Whole(Progress8Part.Open), 0.03, 6, 27, 0.3),
        new("ks4-slots-ebacc", 2.72, 0.01, 0.6, 3, 0.05, 0.5), new("ks4-slots-open", 2.74, 0.01, 0.55, 3, 0.05, 0.5),
        new("ks4-english-maths-95", 45.4, 0.2, Girls: 0.08), new("ks4-english-maths-94", 64.7, 0.1, Girls: 0.1),
        new("ks4-ebacc-entered", 39.6, 0.5, Girls: 0.24, Follows: 0.7), new("ks4-ebacc-aps", 4.06, 0.02, 1.9, 9, 0.18),
        new("ks4-ebacc-95", 17.4, 0.4, Girls: 0.22), new("ks4-ebacc-94", 24.6, 0.4, Girls: 0.22),
        new("ks5-points", 104.5, 0.4, 37, 300, 0.12, 0.5), new("ks5-best-three", 35.2, 0.2, 11, 60, 0.1, 0.5), new(MeasureCodes.Ks5PointsPerEntry, 34.4, 0.1, 9.6, 60, 0.1, 0.5),
    ];

    private static IEnumerable<MeasureMake> Absence()
    {
        foreach (var (phase, authorised, unauthorised, persistent, severe) in ((NationalPhase, double, double, double, double)[])
            [(NationalPhase.All, 4.8, 2.3, 19.6, 2.1), (NationalPhase.Primary, 4.0, 1.5, 14.4, 0.8), (NationalPhase.Secondary, 5.4, 3.4, 25.1, 3.6), (NationalPhase.Special, 9.4, 3.4, 36.4, 6.6)])
        {
            yield return Rate(MeasureCodes.AbsenceOverall, authorised + unauthorised, -0.25);
            yield return Rate(MeasureCodes.AbsenceAuthorised, authorised, -0.2);
            yield return Rate(MeasureCodes.AbsenceUnauthorised, unauthorised, -0.05);
            yield return Rate("absence-persistent", persistent, -1.1, 1);
            yield return Rate("absence-severe", severe, 0.05, 1.1);

            MeasureMake Rate(string code, double figure, double yearly, double follows = 0.4) => new(code, figure, yearly, Follows: follows, Phase: phase, IsAbsence: true);
        }
    }

    // One curve of scores gives the mean and both standards; some are below the test or absent, and have not met them.
    private static IEnumerable<MeasureMake> Test(string code, double mean, double yearly, double spread, double girls)
    {
        const double Scored = 0.96;
        yield return new(code + "-score", mean, yearly, spread, 120, girls, 0.85, Lowest: 80);
        yield return Standard(code, 99.5);
        yield return Standard(code + "-higher", 109.5);

        MeasureMake Standard(string name, double from)
        {
            var (first, next) = (Share(mean), Share(mean + yearly));
            return new(name, first, next - first, Girls: girls);
            double Share(double of) => 100 * Scored * Bell.Below((of - from) / spread);
        }
    }
}
