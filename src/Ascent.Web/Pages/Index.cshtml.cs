using Ascent.Accounts;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages;

/// <summary>The way in: straight to the one school, or a choice of several.</summary>
public sealed class IndexModel(ReadAccess readAccess) : PageModel
{
    public IReadOnlyList<(string Urn, string Name)> Schools { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        Schools = await readAccess.SchoolsOfAsync(HttpContext.Person()!.AccountId, HttpContext.RequestAborted);
        return Schools.Count == 1 ? Redirect($"/schools/{Schools[0].Urn}") : Page();
    }
}
