using Ascent.Accounts.Above;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Bodies.Schools;

/// <summary>What schools were asked for, and what they have answered.</summary>
public sealed class AskedModel(ListAskedSchools listAsked, WithdrawProposal withdraw, FindSchoolsToAsk findSchools) : PageModel
{
    public BodyAccess Body => HttpContext.Body();

    public AskedSchools List { get; private set; } = null!;

    public string? Notice { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? done, string? school)
    {
        var list = await listAsked.ExecuteAsync(Body.Actor, HttpContext.RequestAborted);
        if (!list.Succeeded)
            return this.Refused(list.Refusals);
        List = list.Value;
        Notice = await SayAsync(done, school);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var done = await withdraw.ExecuteAsync(id, Body.Actor, HttpContext.RequestAborted);
        if (done.Succeeded)
            return Redirect(BodyLinks.AskedAfter(Body.Address, "withdrawn", done.Value));
        var list = await listAsked.ExecuteAsync(Body.Actor, HttpContext.RequestAborted);
        if (list.Succeeded)
            List = list.Value;
        return this.Refused(done.Refusals);
    }

    // Only when it is so.
    private async Task<string?> SayAsync(string? done, string? urn)
    {
        var waits = List.Waiting.FirstOrDefault(w => w.Urn == urn);
        if (done == "asked" && waits is not null)
            return $"{waits.School} is asked. Its administrators are told by mail, and the answer shows here.";
        if (done == "withdrawn" && waits is null && urn is not null && await findSchools.OneAsync(Body.Actor, urn, HttpContext.RequestAborted) is { Succeeded: true, Value: var school })
            return $"{school.Name} is not asked any more. Its administrators are told by mail.";
        return null;
    }
}
