using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Operator;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages;

/// <summary>The way in: straight to the one school, or a choice of several.</summary>
public sealed class IndexModel(ReadAccess readAccess, ReadOperator readOperator) : PageModel
{
    public IReadOnlyList<(string Urn, string Name)> Schools { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        Schools = await readAccess.SchoolsOfAsync(HttpContext.Person()!.AccountId, HttpContext.RequestAborted);
        if (Schools.Count == 0 && await readOperator.ExecuteAsync(HttpContext.Person()!.AccountId, HttpContext.RequestAborted) is not null)
            return Redirect(OperatorLinks.Overview);
        return Schools.Count == 1 ? Redirect($"/schools/{Schools[0].Urn}") : Page();
    }
}
