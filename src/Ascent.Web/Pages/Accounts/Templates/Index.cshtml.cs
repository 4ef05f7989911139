using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.Templates;

/// <summary>The templates of the school, and how many people hold each.</summary>
public sealed class IndexModel(ListTemplates listTemplates) : PageModel
{
    [FromQuery(Name = "deleted")]
    public string? Deleted { get; set; }

    public SchoolAccess School => HttpContext.School();

    public IReadOnlyList<TemplateSummary> Templates { get; private set; } = [];

    public async Task OnGetAsync() => Templates = await listTemplates.ExecuteAsync(School.Actor, HttpContext.RequestAborted);

    /// <summary>"12 people hold it", and what else is to be said; "Nobody yet".</summary>
    public static IReadOnlyList<string> People(TemplateCounts counts)
    {
        var lines = new List<string>();
        if (counts.Hold > 0)
            lines.Add(InWords.Count(counts.Hold, "person holds it", "people hold it"));
        if (counts.Differ > 0)
            lines.Add(InWords.Count(counts.Differ, "was given it and differs", "were given it and differ"));
        if (counts.SameAccess > 0)
            lines.Add(InWords.Count(counts.SameAccess, "has the same access without it", "have the same access without it"));
        return lines.Count > 0 ? lines : ["Nobody yet"];
    }
}
