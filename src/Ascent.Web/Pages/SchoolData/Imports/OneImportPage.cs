using Ascent.Accounts;
using Ascent.SchoolData.Imports;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Imports;

/// <summary>A page about one import of this school.</summary>
public abstract class OneImportPage(ReadImports readImports) : PageModel
{
    [FromRoute(Name = "id")]
    public Guid ImportId { get; set; }

    public SchoolAccess School => HttpContext.School();

    public ImportSummary Import { get; private set; } = null!;

    public ImportCounts Counts { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!await ReadAsync())
        {
            context.Result = NotFound();
            return;
        }
        await next();
    }

    /// <summary>Reads the import as it is now.</summary>
    protected async Task<bool> ReadAsync()
    {
        if (await readImports.FindAsync(ImportId, School.Actor, HttpContext.RequestAborted) is not { } found)
            return false;
        (Import, Counts) = found;
        return true;
    }
}
