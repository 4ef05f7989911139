using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Accounts.Operators;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Pages.Operator;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages;

/// <summary>The way in: straight to the one organisation, or a choice of several.</summary>
public sealed class IndexModel(ReadAccess readAccess, ReadBodyAccess readBodies, ReadOperator readOperator) : PageModel
{
    public IReadOnlyList<(string Urn, string Name)> Schools { get; private set; } = [];

    /// <summary>Authorities and trusts.</summary>
    public IReadOnlyList<OpenBody> Bodies { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        Schools = await readAccess.SchoolsOfAsync(HttpContext.Person()!.AccountId, HttpContext.RequestAborted);
        Bodies = await readBodies.BodiesOfAsync(HttpContext.Person()!.AccountId, HttpContext.RequestAborted);
        if (Schools.Count + Bodies.Count == 0 && await readOperator.ExecuteAsync(HttpContext.Person()!.AccountId, HttpContext.RequestAborted) is not null)
            return Redirect(OperatorLinks.Overview);
        return (Schools.Count, Bodies.Count) switch
        {
            (1, 0) => Redirect($"/schools/{Schools[0].Urn}"),
            (0, 1) => Redirect(BodyLinks.Home(Bodies[0].Address)),
            _ => Page(),
        };
    }
}
