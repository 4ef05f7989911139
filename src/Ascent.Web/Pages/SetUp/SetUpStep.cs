using Ascent.SetUp;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SetUp;

/// <summary>
/// What the pages of the set-up share: they open with the token from the console, while the set-up is not over, and exist for nobody else.
/// Nothing is kept between them but what is in the database, so a reload finds everything as it is.
/// </summary>
public abstract class SetUpStep(FirstRun firstRun, int number) : PageModel
{
    private static readonly string[] Labels = ["Public address", "Mail", "Schools", "First administrator"];

    [FromRoute]
    public string Token { get; set; } = "";

    protected FirstRun FirstRun => firstRun;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!await firstRun.OpensAsync(Token, HttpContext.RequestAborted))
            context.Result = await firstRun.IsOpenAsync(HttpContext.RequestAborted) ? Redirect($"{SetUpLinks.Start}?old=1") : NotFound();
        else
            await next();
    }

    public IReadOnlyList<JourneyStep> Progress() =>
        [.. Labels.Select((label, i) => new JourneyStep(label,
            i == number ? JourneyStepState.Current : i < number ? JourneyStepState.Done : JourneyStepState.Next, i < number ? Link(i) : null))];

    private string Link(int step) => step switch
    {
        0 => SetUpLinks.Address(Token),
        1 => SetUpLinks.Mail(Token),
        _ => SetUpLinks.Schools(Token),
    };
}
