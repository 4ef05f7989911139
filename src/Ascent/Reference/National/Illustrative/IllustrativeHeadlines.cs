using Ascent.Measures;

namespace Ascent.Reference.National.Illustrative;

/// <summary>
/// Figures of all pupils and of every value of every group, which add up to each other: a share is what of a normal distribution lies beyond a
/// cut, the cut of a group chosen so that its values together are the whole.
/// </summary>
internal static class IllustrativeHeadlines
{
    private const int Decimals = 4;

    public static Headlines Of(int startYear) => new([.. IllustrativeMeasures.Of(startYear).SelectMany(Rows)]);

    private static IEnumerable<HeadlineRow> Rows(MeasureMake make)
    {
        yield return new(make.Code, Round(make.Figure), make.Phase);
        foreach (var group in PupilGroups.All)
        {
            var figures = Figures(make, group);
            for (var value = 0; value < figures.Length; value++)
                yield return new(make.Code, Round(figures[value]), make.Phase, group.Code(), group.Values()[value].Code);
        }
    }

    private static double[] Figures(MeasureMake make, PupilGroup group)
    {
        var makes = IllustrativeCountry.Of(group);
        double[] ahead = [.. makes.Select(m => make.IsAbsence ? m.Away * make.Follows : m.Ahead * (group == PupilGroup.Sex ? make.Girls : make.Follows))];
        var at = Bell.Solve(x => makes.Select((m, i) => m.Share * Figure(make, x + ahead[i])).Sum(), make.Figure);
        return [.. ahead.Select(a => Figure(make, at + a))];
    }

    // What pupils reach whose mean lies so many standard deviations from the middle of what can be reached.
    private static double Figure(MeasureMake make, double distance) =>
        make.IsShare ? 100 * Bell.Below(distance) : Math.Clamp(Middle(make) + (make.Spread * distance), make.Lowest, make.Highest);

    private static double Middle(MeasureMake make) => (make.Lowest + make.Highest) / 2;

    private static double Round(double figure) => Math.Round(figure, Decimals) + 0.0;
}
