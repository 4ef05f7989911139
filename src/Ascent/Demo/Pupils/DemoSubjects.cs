using Ascent.Reference;
using Ascent.Shared;

namespace Ascent.Demo.Pupils;

/// <summary>Which subjects a year group is offered, and who takes which.</summary>
internal static class DemoSubjects
{
    private static readonly string[] Languages = ["FRE", "SPA"];

    /// <summary>In the order of the list of subjects; none in the early years, which have areas of learning.</summary>
    public static IReadOnlyList<string> Of(DemoChild child, NcYear year) => year.Stage switch
    {
        KeyStage.EarlyYears => [],
        KeyStage.KS4 => child.Gcses,
        KeyStage.KS5 => child.ALevels,
        KeyStage.KS3 => [.. Begun(year), Languages[child.Number % Languages.Length]],
        _ => Begun(year),
    };

    public static IEnumerable<string> InOrder(IEnumerable<string> codes)
    {
        var taken = codes.ToHashSet(StringComparer.Ordinal);
        return Subjects.All.Select(s => s.Code).Where(taken.Contains);
    }

    private static string[] Begun(NcYear year) => [.. Subjects.All.Where(s => s.Begins.Contains(year.Stage)).Select(s => s.Code)];
}
