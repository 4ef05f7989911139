using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.Templates;

/// <summary>A page about one template: finds it, or says that it was deleted meanwhile.</summary>
public abstract class TemplatePage(FindTemplate findTemplate) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    public SchoolAccess School => HttpContext.School();

    public TemplateDetails Template { get; private set; } = null!;

    /// <summary>Somebody deleted the template; nothing else of the page stands then.</summary>
    public Refusal? Gone { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await FindAsync() is { } elsewhere)
            context.Result = elsewhere;
        else
            await next();
    }

    protected FindTemplate Find { get; } = findTemplate;

    protected async Task<IActionResult?> FindAsync()
    {
        var found = await Find.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted);
        if (found.Succeeded)
            Template = found.Value;
        return found.Succeeded ? null : found.Refusals is [TemplateGone gone] ? ShowGone(gone) : NotFound();
    }

    protected IActionResult ShowGone(Refusal gone)
    {
        Gone = gone;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }
}
