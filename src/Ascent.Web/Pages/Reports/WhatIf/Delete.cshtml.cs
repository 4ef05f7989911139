using Ascent.Accounts;
using Ascent.Reports.WhatIfs;
using Ascent.Reports.Cohorts;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Reports.WhatIf;

public sealed class DeleteModel(FindWhatIfs findWhatIfs, DeleteWhatIf deleteWhatIf) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public SavedWhatIf Saved { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await this.FindAsync(findWhatIfs, context) is { } saved)
        {
            Saved = saved;
            await next();
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var deleted = await deleteWhatIf.ExecuteAsync(Saved.Id, School.Actor, HttpContext.RequestAborted);
        return deleted.Succeeded ? Redirect($"{ReportsLinks.WhatIfs(School.Urn, Saved.Stage)}?deleted=1") : this.Refused(deleted.Refusals);
    }
}
