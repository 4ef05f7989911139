using Ascent.Accounts;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>Says why a second factor that another school reset does not open this one, and what does.</summary>
public sealed class FactorDoorModel(ListAdministrators listAdministrators) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public IReadOnlyList<string> Administrators { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var own = $"{HttpContext.Person()!.Forename} {HttpContext.Person()!.Surname}";
        Administrators = [.. (await listAdministrators.ExecuteAsync(School.OrganisationId, HttpContext.RequestAborted)).Where(name => name != own)];
    }
}
