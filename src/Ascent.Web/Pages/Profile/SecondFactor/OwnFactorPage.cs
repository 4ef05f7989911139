using Ascent.Shared;
using Ascent.SignIn.Factors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Ascent.Web.Pages.Profile.SecondFactor;

/// <summary>A page about one of the person's own second factors; another one is not there.</summary>
public abstract class OwnFactorPage(ReadOwnFactors readFactors, TimeProvider clock) : ProfilePage
{
    [FromRoute]
    public Guid Id { get; set; }

    public OwnFactor Factor { get; private set; } = null!;

    public bool IsLast { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var own = await readFactors.ExecuteAsync(Person.AccountId, HttpContext.RequestAborted);
        if (own.Factors.FirstOrDefault(f => f.Id == Id) is { } factor)
        {
            (Factor, IsLast) = (factor, own.Factors.Count == 1);
            await next();
        }
        else
            context.Result = NotFound();
    }

    // Asked before anything is typed or decided.
    public IActionResult OnGet() => Person.IsFreshAt(clock.Now()) ? Page() : this.Refused([new ConfirmItIsYou()]);
}
