using Ascent.Reports.Disclosure;

namespace Ascent.Reports.Figures;

public static class ReportPeriods
{
    /// <summary>The places of the single years that a period is made of.</summary>
    /// <param name="years">How many there are.</param>
    public static IReadOnlyList<int> Places(this ReportPeriod period, int years)
    {
        var all = new Periods(years);
        var place = period.PlaceIn(all);
        return [.. Enumerable.Range(0, years).Where(year => all.Covers(place, year))];
    }
}
