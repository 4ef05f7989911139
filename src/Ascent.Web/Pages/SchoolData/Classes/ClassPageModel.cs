using Ascent.Accounts;
using Ascent.SchoolData.Classes;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Classes;

/// <summary>A page about one class; without it there is no page.</summary>
public abstract class ClassPageModel(FindClass findClass) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    public SchoolAccess School => HttpContext.School();

    public ClassPage Class { get; private set; } = null!;

    public string Name => Class.Details.Name;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!await LoadAsync())
        {
            context.Result = NotFound();
            return;
        }
        await next();
    }

    /// <summary>As it is now, also after somebody else has changed it.</summary>
    protected async Task<bool> LoadAsync()
    {
        if (await findClass.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted) is not { } found)
            return false;
        Class = found;
        return true;
    }
}
