using Ascent.Accounts;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Pupils;

/// <summary>Asks one day of one pupil: the last on the roll, or the first of coming back.</summary>
public abstract class PupilRollPage(FindPupil findPupil) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    public SchoolAccess School => HttpContext.School();

    public PupilPage Pupil { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await findPupil.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted) is not { } pupil)
        {
            context.Result = NotFound();
            return;
        }
        Pupil = pupil;
        await next();
    }

    protected IActionResult Done(Result<Done> done, string what) => done.Succeeded ? Redirect(DataLinks.PupilAfter(School.Urn, Id, what)) : this.Refused(done.Refusals);
}
