using Ascent.Measures;
using Ascent.Reports.Figures;
using Ascent.Shared.Text;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.Web.Pages.Reports.Pupils;

/// <summary>Makes the scatterplot of the pupils that the list shows.</summary>
internal static class PupilScatter
{
    // As many as stand beside the chart without being longer than it.
    private const int Beside = 8;

    /// <param name="drawn">Those with a start and an outcome.</param>
    /// <param name="of">How many the filters leave, drawn or not.</param>
    /// <returns>Null when there is nobody to draw.</returns>
    public static Scatter? Of(StageModel page, Report report, ReportWordsFor words, IReadOnlyList<PupilLine> drawn, int of, string basis)
    {
        if (drawn.Count == 0)
            return null;
        var (national, choice) = (report.NationalOf(page.Year), page.Choice);
        var estimates = page.Drawn!.Line(Math.Floor(drawn.Min(l => l.Prior.Value)), Math.Ceiling(drawn.Max(l => l.Prior.Value)), national);
        var hasEstimates = drawn.Any(l => l.Against is not null);
        var far = choice.Far ?? Standing.FarBelow;
        var listed = (hasEstimates ? drawn.Where(l => choice.Far is null || l.Standing == choice.Far).OrderBy(l => far == Standing.FarAbove ? -l.Against : l.Against) : drawn.OrderBy(l => l.Outcome.Value)).ToList();
        var isKs2 = page.Drawn.Baseline == Baseline.KeyStage1;
        var missing = of - drawn.Count;
        return new(
            new("start", "Where pupils started, and where they arrived", "Each mark is one pupil. Choose one in the list to find it.",
                new($"{basis} {InWords.Count(drawn.Count, "pupil has", "pupils have")} a start and an outcome{(missing > 0 ? $"; {missing} without one of them {(missing == 1 ? "is" : "are")} in the list" : "")}."),
                hasEstimates ? $"An estimate says what pupils with the same start reached in England. It is not a target, and it says nothing about why.{(isKs2 ? " The spread of reading and maths together is not published: the mean of their spreads is drawn, so at least 8 in 10 lie within." : "")} You see names and sensitive items: print with care."
                    : "There are no national figures for this year, so there is no estimate. You see names and sensitive items: print with care."),
            words.Names, page.StartHead, isKs2 ? "Key stage 1, average points" : "Key stage 2, reading and maths, average scaled score", isKs2 ? "Score" : "Att. 8", isKs2 ? "Reading and maths, average scaled score" : "Attainment 8",
            [.. drawn.Select(l => Mark(page, l))], [.. estimates.Select(e => new EstimatePoint(e.Start, e.Estimate, e.Lower, e.Upper))],
            hasEstimates ? [Chip(Standing.FarBelow), Chip(Standing.FarAbove)] : [],
            !hasEstimates ? "Lowest outcome first" : far == Standing.FarAbove ? "Furthest above the estimate first" : "Furthest below the estimate first",
            [.. listed.Take(Beside).Select(l => Mark(page, l))], listed.Count > Beside ? $"All {listed.Count} pupils{choice.Far switch { Standing.FarBelow => " far below", Standing.FarAbove => " far above", _ => "" }}" : null, listed.Count > Beside ? "#pupils" : null, page.Drawn.Range.Low);

        FilterChip Chip(Standing standing) => new(
            standing == Standing.FarBelow ? "Far below" : "Far above", page.Href(choice with { Far = choice.Far == standing ? null : standing }), StageModel.Count(drawn.Count(l => l.Standing == standing)), IsOffer: choice.Far != standing);
    }

    private static ScatterPupil Mark(StageModel page, PupilLine line) =>
        new($"{line.Who.Id:N}", line.Who.InLists, line.Who.FullName, page.PupilHref(line), line.Prior.Value, line.Outcome.Value, line.Against, line.Standing, line.Groups.Count == 0 ? null : string.Join(", ", line.Groups));
}
