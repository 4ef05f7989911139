using Ascent.SignIn.Factors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Ascent.Web.Pages.Profile.SecondFactor;

public sealed class RemoveModel(ReadOwnFactors readFactors, RemoveFactor removeFactor) : ProfilePage
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

    public async Task<IActionResult> OnPostAsync()
    {
        var removed = await removeFactor.ExecuteAsync(Person, Id, HttpContext.RequestAborted);
        return removed.Succeeded ? Redirect(With("/profile?saved=factor-removed")) : this.Refused(removed.Refusals);
    }
}
