using Ascent.Accounts;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Home;

/// <summary>What needs me? For everybody else: what can I open, and whom do I ask?</summary>
public sealed class SchoolModel(ReadSchoolOverview readOverview, ListAdministrators listAdministrators, ListUnfinishedImports listImports, TimeProvider clock) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    /// <summary>For School setup holders; null for others.</summary>
    public SchoolOverview? Overview { get; private set; }

    public IReadOnlyList<string> Administrators { get; private set; } = [];

    public IReadOnlyList<Door> OpenDoors { get; private set; } = [];

    /// <summary>For whoever manages data; null for others, and when none waits.</summary>
    public UnfinishedImports? Imports { get; private set; }

    public DateOnly Today => clock.Today();

    public DateTime Now => clock.Now();

    public async Task OnGetAsync()
    {
        OpenDoors = [.. Doors.MainNavigation(School)];
        if (School.Actor.Holds(Permission.ManageData, School.OrganisationId) && await listImports.ExecuteAsync(School.Actor, HttpContext.RequestAborted) is { Newest.Count: > 0 } imports)
            Imports = imports;
        if (School.Permissions.Has(Permission.SchoolSetup))
            Overview = await readOverview.ExecuteAsync(School.OrganisationId, HttpContext.RequestAborted);
        else
            // Whoever comes from above asks their own.
            Administrators = await listAdministrators.ExecuteAsync(School.Above?.BodyId ?? School.OrganisationId, HttpContext.RequestAborted);
    }
}
