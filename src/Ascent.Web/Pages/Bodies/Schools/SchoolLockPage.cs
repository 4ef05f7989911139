using Ascent.Accounts.Above;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Bodies.Schools;

/// <summary>Says what locking or unlocking one school does, before it is done.</summary>
public abstract class SchoolLockPage(ListBodySchools listSchools) : PageModel
{
    [FromRoute]
    public string Urn { get; set; } = "";

    public BodyAccess Body => HttpContext.Body();

    public BodySchool School { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var found = await listSchools.ExecuteAsync(Body.Actor, new(Urn), HttpContext.RequestAborted);
        if (!found.Succeeded || found.Value.Rows.FirstOrDefault(r => r.Urn == Urn) is not { } school)
        {
            context.Result = NotFound();
            return;
        }
        School = school;
        await next();
    }
}
