using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Bodies;

/// <summary>The first page of an authority or trust: what can be opened, and the schools with reports.</summary>
public sealed class HomeModel(ListOpenSchools listSchools, ListAdministrators listAdministrators, ListResetCodes listResetCodes, TimeProvider clock) : PageModel
{
    public BodyAccess Body => HttpContext.Body();

    public IReadOnlyList<BodyDoor> Doors { get; private set; } = [];

    public IReadOnlyList<OpenSchool> Schools { get; private set; } = [];

    /// <summary>Whom to ask; empty for those who would be asked.</summary>
    public IReadOnlyList<string> Administrators { get; private set; } = [];

    /// <summary>Nobody else holds the setup of the organisation: two are advised.</summary>
    public bool IsAlone { get; private set; }

    /// <summary>How many people asked for a reset code.</summary>
    public int WaitForCodes { get; private set; }

    public DateOnly Today => clock.Today();

    public async Task OnGetAsync()
    {
        Doors = [.. BodyDoors.OpenTo(Body)];
        Schools = await listSchools.ExecuteAsync(Body, HttpContext.RequestAborted);
        var administrators = await listAdministrators.ExecuteAsync(Body.OrganisationId, HttpContext.RequestAborted);
        if (!Body.Permissions.Has(Permission.LaSetup))
        {
            Administrators = administrators;
            return;
        }
        IsAlone = administrators.Count <= 1;
        WaitForCodes = (await listResetCodes.ExecuteAsync(Body.Actor, HttpContext.RequestAborted)).Count;
    }
}
