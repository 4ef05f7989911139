using System.Globalization;
using Ascent.Accounts;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Pupils;

public sealed class IndexModel(ListPupils listPupils, ExportPupils exportPupils, TimeProvider clock) : PageModel
{
    /// <summary>Ticked before the page of the effect was left again.</summary>
    [FromQuery(Name = "id")]
    public Guid[] Ticked { get; set; } = [];

    public SchoolAccess School => HttpContext.School();

    public PupilsView View => PupilsView.Read(Request.Query);

    public PupilsPage List { get; private set; } = null!;

    /// <summary>How many have just been deleted.</summary>
    public int? Deleted => int.TryParse(Request.Query["deleted"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>Those that the roll has; every one where it is too long to be counted.</summary>
    public IEnumerable<NcYear> Years => List.ByYear is { } counted ? counted.Keys.Order() : NcYear.All;

    public async Task OnGetAsync() => List = await listPupils.ExecuteAsync(School.Actor, View.Query, HttpContext.RequestAborted);

    /// <summary>The whole list as it is filtered, in a file.</summary>
    public async Task<IActionResult> OnPostExportAsync()
    {
        var (query, actor) = (View.First.Query, School.Actor);
        var begun = await exportPupils.BeginAsync(query, actor, HttpContext.RequestAborted);
        return begun.Succeeded
            ? new CsvFile($"pupils-{School.Urn}-{clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv", (to, cancellationToken) => exportPupils.WriteAsync(query, actor, to, cancellationToken))
            : await AgainAsync(begun.Refusals);
    }

    /// <summary>To the page that shows what deleting those ticked would take away.</summary>
    public async Task<IActionResult> OnPostSelectedAsync(Guid[] ids) =>
        ids.Length == 0 ? await AgainAsync([new NoPupilTicked()]) : Redirect(View.In(DataLinks.DeletePupils(School.Urn, ids)));

    public string Href(PupilsView view) => view.In(DataLinks.Pupils(School.Urn));

    /// <summary>What a button of the list posts to; the list stays as it is.</summary>
    public string Handler(string name) => View.In($"{DataLinks.Pupils(School.Urn)}?handler={name}");

    private async Task<IActionResult> AgainAsync(IReadOnlyList<Refusal> refusals)
    {
        await OnGetAsync();
        return this.Refused(refusals);
    }
}

public sealed record NoPupilTicked() : Refusal("no-pupil-ticked", "Tick at least one pupil", RefusalKind.Field, "ids");
