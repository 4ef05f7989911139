using System.Globalization;
using Ascent.Shared;

namespace Ascent.Demo.Pupils;

/// <summary>Which class of registration everybody on a roll is in, and which groups learn a subject together.</summary>
internal static class DemoClasses
{
    private const int LargestGroup = 28;

    // In the special school years learn together.
    private static readonly string[] Mixed = ["Kestrel", "Kestrel", "Kestrel", "Heron", "Heron", "Falcon", "Falcon", "Owl", "Owl", "Swift", "Swift", "Swift"];

    public static void Place(DemoSchool school)
    {
        foreach (var year in school.OnRoll.GroupBy(p => p.Year))
        {
            var names = NamesOf(school, year.Key, year.Count());
            foreach (var (place, pupil) in year.Index())
                pupil.Class = names[place % names.Length];
        }
    }

    public static bool IsMixed(DemoSchool school) => school.Intake.IsSpecial;

    /// <summary>The groups of one year and subject, by size alone: nobody is set by ability in the demonstration.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<DemoPlace> Pupils)> Groups(NcYear year, string subject, IReadOnlyList<DemoPlace> taking)
    {
        var groups = Math.Max(1, (taking.Count + LargestGroup - 1) / LargestGroup);
        for (var group = 0; group < groups; group++)
            yield return (string.Create(CultureInfo.InvariantCulture, $"{year.Code}/{subject}{group + 1}"), [.. taking.Where((_, place) => place % groups == group)]);
    }

    private static string[] NamesOf(DemoSchool school, NcYear year, int pupils) => school.Urn switch
    {
        "900001" when year.Number < 0 => ["Nursery"],
        "900001" => [$"{year.Code} Oak", $"{year.Code} Elm"],
        "900004" => [$"{year.Code} Robin", $"{year.Code} Wren"],
        "900005" => [Mixed[Math.Clamp(year.Number, 0, Mixed.Length - 1)]],
        "900006" => [.. Enumerable.Range(1, (pupils + 19) / 20).Select(n => string.Create(CultureInfo.InvariantCulture, $"{year.Code} Tutor {n}"))],
        _ => [.. Enumerable.Range(0, (pupils + LargestGroup - 1) / LargestGroup).Select(n => $"{year.Code}{(char)('A' + n)}")],
    };
}
