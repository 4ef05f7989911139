using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Organisations;
using Ascent.Web.Authorization;
using Ascent.Web.Components;
using Ascent.Web.Pages.Operator;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages;

/// <summary>The way in: straight to the one organisation, or a choice of several.</summary>
public sealed class IndexModel(ListOwnOrganisations listOrganisations, ReadOperator readOperator) : PageModel
{
    public IReadOnlyList<OwnOrganisation> Organisations { get; private set; } = [];

    public bool AreSchools => Organisations.All(o => o.Kind == OrganisationKind.School);

    public async Task<IActionResult> OnGetAsync()
    {
        Organisations = await listOrganisations.ExecuteAsync(HttpContext.Person()!.AccountId, HttpContext.RequestAborted);
        if (Organisations.Count == 0 && await readOperator.ExecuteAsync(HttpContext.Person()!.AccountId, HttpContext.RequestAborted) is not null)
            return Redirect(OperatorLinks.Overview);
        return Organisations is [var only] ? Redirect(FrameBuilder.HomeOf(only)) : Page();
    }
}
