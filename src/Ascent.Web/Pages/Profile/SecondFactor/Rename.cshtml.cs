using Ascent.SignIn.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile.SecondFactor;

public sealed class RenameModel(ReadOwnFactors readFactors, RenameFactor renameFactor, TimeProvider clock) : OwnFactorPage(readFactors, clock)
{
    [BindProperty]
    public string? Name { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var renamed = await renameFactor.ExecuteAsync(Person, Id, Name, HttpContext.RequestAborted);
        return renamed.Succeeded ? Redirect(With("/profile?saved=factor-renamed")) : this.Refused(renamed.Refusals);
    }
}
