namespace Ascent.Reference.National.Illustrative;

/// <summary>How schools of the invented country differ: less than their pupils do, about the same middle.</summary>
internal static class IllustrativeSchools
{
    /// <summary>Standard deviation of schools, as a part of that of pupils.</summary>
    private const double Differ = 0.4;

    private const int Decimals = 2;

    public static SchoolSpreads Of(int startYear) => new([.. IllustrativeMeasures.Of(startYear).Select(m => new SchoolSpread(m.Code, Scores(m), m.Phase))]);

    private static double[] Scores(MeasureMake make)
    {
        var middle = make.IsShare ? Bell.At(make.Figure / 100) : 0;
        return [.. SchoolSpread.Percents.Select(p => Bell.At(p / 100.0) * Differ).Select(d => Math.Round(make.IsShare
            ? 100 * Bell.Below(middle + d)
            : Math.Clamp(make.Figure + (make.Spread * d), make.Lowest, make.Highest), Decimals))];
    }
}
