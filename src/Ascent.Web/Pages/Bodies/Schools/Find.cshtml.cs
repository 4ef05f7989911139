using Ascent.Accounts.Above;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Bodies.Schools;

/// <summary>
/// For the suggestions below a field: linked schools that fit what was typed. No page, and for this server's own pages only; whoever has no script
/// sends the form instead.
/// </summary>
public sealed class FindModel(ListBodySchools listSchools) : PageModel
{
    public const int Most = 20;

    public async Task<IActionResult> OnGetAsync(string? q)
    {
        // What another site's page sends along is answered like an address that is not there.
        if (Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin"))
            return NotFound();
        if (q is null || q.Length > 200 || string.IsNullOrWhiteSpace(q))
            return new JsonResult(Array.Empty<object>());
        var found = await listSchools.FindAsync(HttpContext.Body().Actor, q, Most, HttpContext.RequestAborted);
        return new JsonResult(found.Select(s => new { name = s.Name, number = s.DfeNumber ?? s.Urn, field = s.InField }));
    }
}
