using Ascent.Accounts;
using Ascent.Privacy;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Pupils;

/// <summary>Takes a deleted pupil away for good before the thirty days are over, and gives a receipt.</summary>
public sealed class EraseModel(ListDeletedPupils deletedPupils, ErasePupil erasePupil, TimeProvider clock) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    public SchoolAccess School => HttpContext.School();

    public DeletedPupil Pupil { get; private set; } = null!;

    public DateTime Now => clock.Now();

    /// <summary>The answer itself holds it; the page is there once.</summary>
    public PupilErasureReceipt? Receipt { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await deletedPupils.FindAsync(Id, School.Actor, HttpContext.RequestAborted) is not { } pupil)
        {
            context.Result = NotFound();
            return;
        }
        Pupil = pupil;
        await next();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var erased = await erasePupil.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted);
        if (!erased.Succeeded)
            return this.Refused(erased.Refusals);
        Receipt = erased.Value;
        return Page();
    }
}
