using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Subjects;

/// <summary>A page about one year group, as its address names it. Early years have no subjects, and so no page.</summary>
public abstract class YearPageModel : PageModel
{
    [FromRoute(Name = "year")]
    public string YearCode { get; set; } = "";

    public SchoolAccess School => HttpContext.School();

    public NcYear Year { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (NcYear.Read(YearCode) is { Number: > 0 } year && year.Code == YearCode)
            Year = year;
        else
            context.Result = NotFound();
    }
}
