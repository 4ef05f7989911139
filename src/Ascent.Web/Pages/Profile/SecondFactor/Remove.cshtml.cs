using Ascent.SignIn.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile.SecondFactor;

public sealed class RemoveModel(ReadOwnFactors readFactors, RemoveFactor removeFactor, TimeProvider clock) : OwnFactorPage(readFactors, clock)
{
    public async Task<IActionResult> OnPostAsync()
    {
        var removed = await removeFactor.ExecuteAsync(Person, Id, HttpContext.RequestAborted);
        return removed.Succeeded ? Redirect(With("/profile?saved=factor-removed")) : this.Refused(removed.Refusals);
    }
}
