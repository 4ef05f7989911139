using Ascent.Accounts.Operators;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Operator.Organisations;

/// <summary>A page about one organisation of the server: 404 where there is none.</summary>
public abstract class OrganisationPage(ReadOrganisation readOrganisation, TimeProvider clock) : PageModel
{
    /// <summary>The URN of a school, the address of a body.</summary>
    [FromRoute]
    public string Place { get; set; } = "";

    public OrganisationView View { get; private set; } = null!;

    public string Name => View.Organisation.Name;

    public DateTime Now => clock.Now();

    protected DateOnly Today => clock.Today();

    protected Actor Actor => HttpContext.Operator().Actor;

    /// <summary>Whether the page is about schools alone.</summary>
    protected virtual bool SchoolsOnly => true;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await readOrganisation.ExecuteAsync(Place, HttpContext.RequestAborted) is not { } view || (SchoolsOnly && view.School is null))
        {
            context.Result = NotFound();
            return;
        }
        View = view;
        await next();
    }

    /// <summary>The school of a page that is about schools alone.</summary>
    public School School => View.School ?? throw new InvalidOperationException("This page is not about a school.");
}
