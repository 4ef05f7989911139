using Ascent.Accounts.Above;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Bodies.Schools;

/// <summary>Finds the school that shall be asked for a link, by what the public register says of it.</summary>
public sealed class AskASchoolModel(FindSchoolsToAsk findSchools) : PageModel
{
    public const int Most = 20;

    public BodyAccess Body => HttpContext.Body();

    public string? Typed { get; private set; }

    public IReadOnlyList<SchoolToAsk> Found { get; private set; } = [];

    public bool HasMore { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? q)
    {
        if (string.IsNullOrWhiteSpace(q) || q.Length > 200)
            return Page();
        Typed = q.Trim();
        var found = await findSchools.ExecuteAsync(Body.Actor, Typed, Most + 1, HttpContext.RequestAborted);
        if (!found.Succeeded)
            return this.Refused(found.Refusals);
        (Found, HasMore) = ([.. found.Value.Take(Most)], found.Value.Count > Most);
        return Page();
    }
}
