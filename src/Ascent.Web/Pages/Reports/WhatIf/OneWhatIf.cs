using Ascent.Reports.Cohorts;
using Ascent.Reports.WhatIfs;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Reports.WhatIf;

/// <summary>Finds the view that an address names before anything else of the page runs. One of somebody else is not here, as an id of nothing is not.</summary>
internal static class OneWhatIf
{
    public static async Task<SavedWhatIf?> FindAsync(this PageModel page, FindWhatIfs findWhatIfs, PageHandlerExecutingContext context)
    {
        var route = page.RouteData.Values;
        if (CohortStages.Find(route["stage"] as string) is not { } stage || !Guid.TryParse(route["id"] as string, out var id))
        {
            context.Result = page.NotFound();
            return null;
        }
        var found = await findWhatIfs.ExecuteAsync(id, stage, page.HttpContext.School().Actor, page.HttpContext.RequestAborted);
        if (!found.Succeeded)
            context.Result = page.Refused(found.Refusals);
        else if (found.Value is null)
            context.Result = page.NotFound();
        return found.Succeeded ? found.Value : null;
    }
}
