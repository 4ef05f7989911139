using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.OurOrganisation;

/// <summary>Says what ending a link does, before it is done.</summary>
public sealed class EndModel(ListReach listReach, EndReach endReach) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>Of the link as the page showed it.</summary>
    [BindProperty]
    public int Version { get; set; }

    public SchoolAccess School => HttpContext.School();

    public ReachLine Link { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var reach = await listReach.ExecuteAsync(School.Actor, HttpContext.RequestAborted);
        if (reach.Value.Present.FirstOrDefault(l => l.LinkId == Id) is { } link)
        {
            Link = link;
            await next();
        }
        // Pressed twice, or ended by somebody else meanwhile: the page says what holds now.
        else
            context.Result = reach.Value.Past.Any(l => l.LinkId == Id) ? Redirect(AccountLinks.OurOrganisation(School.Home)) : NotFound();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var done = await endReach.ExecuteAsync(Id, Version, School.Actor, HttpContext.RequestAborted);
        return done.Succeeded ? Redirect($"{AccountLinks.OurOrganisation(School.Home)}?done=ended") : this.Refused(done.Refusals);
    }
}
