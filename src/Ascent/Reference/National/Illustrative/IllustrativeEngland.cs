using Ascent.Measures;

namespace Ascent.Reference.National.Illustrative;

/// <summary>
/// Illustrative England: national figures of an invented country, worked out from the formulas beside this file, so that reports have something
/// to compare with before published figures are loaded. Every server has it, it is stored nowhere, anything loaded goes before it, and whatever is
/// compared with it says so.
/// </summary>
internal static class IllustrativeEngland
{
    public static IReadOnlyList<ReadDataset> Datasets { get; } = [.. Make()];

    private static IEnumerable<ReadDataset> Make()
    {
        foreach (var year in IllustrativeCountry.Years)
        {
            yield return Of(NationalKind.HeadlineSeries, IllustrativeHeadlines.Of(year.StartYear));
            yield return Of(NationalKind.GcseTransition, IllustrativeGrades.Gcses(year));
            yield return Of(NationalKind.CombinedScienceTransition, IllustrativeGrades.Combined(year));
            yield return Of(NationalKind.SchoolDistributions, IllustrativeSchools.Of(year.StartYear));
            if (year != IllustrativeProgress.Progress8Year)
                continue;
            yield return Of(NationalKind.Attainment8Estimates, IllustrativeProgress.Attainment8);
            yield return Of(NationalKind.Progress8Deviations, new Deviations(IllustrativeProgress.Deviations));
            yield return Of(NationalKind.EBaccEstimates, IllustrativeProgress.EBacc);
            yield return Of(NationalKind.EBaccDeviations, new Deviations(IllustrativeProgress.EBaccDeviations));

            ReadDataset Of(NationalKind kind, NationalContent content) => new(kind, year, ReferenceStatus.Illustrative, content);
        }
    }
}
