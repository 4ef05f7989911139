using Ascent.Reports.Figures;
using Ascent.Shared;

namespace Ascent.Web.Pages.Reports.Pupils;

/// <param name="Lines">By name.</param>
/// <param name="Classes">Of these pupils.</param>
internal sealed record PupilLines(IReadOnlyList<PupilLine> Lines, IReadOnlyList<NamedClass> Classes)
{
    /// <summary>The pupils of a cohort whom the reader knows, by name.</summary>
    public static async Task<Result<PupilLines>> FindAsync(NamePupils namePupils, Report report, int year, IReadOnlyList<PupilColumn> columns, Actor actor, CancellationToken cancellationToken)
    {
        var (cohort, known) = report.KnownOf(year);
        var found = await namePupils.ExecuteAsync(new([.. known.Select(p => cohort.PupilIds[p])], report.Years[year]), actor, cancellationToken);
        if (!found.Succeeded)
            return Result.Refuse<PupilLines>(found.Refusals);
        var drawn = StartAndOutcome.Of(report.Stage);
        return new PupilLines(
            [.. (from place in known
                 let who = found.Value.Pupils.GetValueOrDefault(cohort.PupilIds[place])
                 where who is not null
                 select PupilLine.Of(report, year, place, who, columns, drawn)).OrderBy(l => l.Who.SortKey, StringComparer.Ordinal).ThenBy(l => l.Who.Id)],
            found.Value.Classes);
    }
}
