using Ascent.Accounts;
using Ascent.SchoolData;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData;

/// <param name="Href">The list of exactly these; null where there is none.</param>
public sealed record SummaryLine(string Label, int Count, string? Href);

public sealed record SummaryGroup(string Title, string? About, IReadOnlyList<SummaryLine> Lines);

/// <summary>Records by kind, each number with the list that it counts. A new kind of record is a new group.</summary>
public sealed class SummaryModel(SummariseData summariseData) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public IReadOnlyList<SummaryGroup> Groups { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var summary = await summariseData.ExecuteAsync(School.Actor, HttpContext.RequestAborted);
        Groups =
        [
            new("Pupils", null, [new("On the roll", summary.OnRoll, Pupils(new())), new("Have left", summary.Left, Pupils(new() { Status = PupilStatus.Left })), new("Deleted", summary.Deleted, DataLinks.DeletedPupils(School.Urn))]),
            new("Need a look", "Of those on the roll.", [.. summary.Attention.Select(a => new SummaryLine(PupilsView.Label(a.Key), a.Value, Pupils(new() { Attention = a.Key })))]),
            new("Characteristics that are not known", "Of those on the roll. Whoever is not known is in no group of a report.",
                [.. summary.NotKnown.Select(f => new SummaryLine(InWords.Capital(PupilWords.Of(f.Key)), f.Value, Pupils(new() { NotKnown = f.Key })))]),
            .. summary.Imports.Count == 0 ? Array.Empty<SummaryGroup>()
                : [new("Imports", null, [.. summary.Imports.OrderBy(i => i.Key).Select(i => new SummaryLine(ImportWords.Of(i.Key), i.Value, DataLinks.Imports(School.Urn)))])],
        ];
    }

    private string Pupils(PupilsView view) => view.In(DataLinks.Pupils(School.Urn));
}
