using Ascent.Accounts;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.SchoolData.Pupils;

/// <summary>Who was deleted and can still be brought back.</summary>
public sealed class DeletedModel(ListDeletedPupils listDeletedPupils, RestorePupils restorePupils, TimeProvider clock) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public string? Search => Request.Query["q"].ToString().Trim() is { Length: > 0 } typed ? typed : null;

    public DeletedPupilsPage List { get; private set; } = null!;

    /// <summary>Who has just come back: in the answer itself, so that no address holds a name.</summary>
    public IReadOnlyList<RestoredPupil>? Back { get; private set; }

    /// <summary>Of those, about whom there is something to say.</summary>
    public IReadOnlyList<RestoredPupil> Notable => [.. (Back ?? []).Where(p => p.Lost.Count > 0 || p.Namesake is not null)];

    public DateTime Now { get; private set; }

    public async Task OnGetAsync()
    {
        Now = clock.Now();
        List = await listDeletedPupils.ExecuteAsync(Search, Request.Query["after"], School.Actor, HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPostRestoreAsync(Guid[] ids)
    {
        if (ids.Length == 0)
            return await AgainAsync([new NoPupilTicked()]);
        var restored = await restorePupils.ExecuteAsync(ids, School.Actor, HttpContext.RequestAborted);
        Back = restored.Succeeded ? restored.Value : null;
        return await AgainAsync(restored.Refusals);
    }

    public string Href(string? after) =>
        QueryHelpers.AddQueryString(DataLinks.DeletedPupils(School.Urn), new Dictionary<string, string?> { ["q"] = Search, ["after"] = after }.Where(p => p.Value is not null));

    private async Task<IActionResult> AgainAsync(IReadOnlyList<Refusal> refusals)
    {
        await OnGetAsync();
        return refusals.Count > 0 ? this.Refused(refusals) : Page();
    }
}
