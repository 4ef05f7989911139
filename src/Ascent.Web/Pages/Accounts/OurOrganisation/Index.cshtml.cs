using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.OurOrganisation;

/// <summary>Which authority or trust reaches the school, which asks to, and the school's answer.</summary>
public sealed class IndexModel(ListReach listReach, AcceptReach acceptReach, DeclineReach declineReach) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public SchoolReach Reach { get; private set; } = null!;

    public string? Notice { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        await ReadAsync();
        Notice = Request.Query["done"].ToString() switch
        {
            "accepted" => "The link holds from now on. The other administrators are told by mail.",
            "declined" => "Nothing has changed for the school. The other side sees it in its log.",
            "ended" => "The link has ended. Nobody opens the school by it any more.",
            _ => null,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAcceptAsync(Guid id) => await AfterAsync(await acceptReach.ExecuteAsync(id, School.Actor, HttpContext.RequestAborted), "accepted");

    public async Task<IActionResult> OnPostDeclineAsync(Guid id) => await AfterAsync(await declineReach.ExecuteAsync(id, School.Actor, HttpContext.RequestAborted), "declined");

    /// <summary>What a level lets through, in a sentence for the school.</summary>
    public string Lets(ReachLevel level) => level switch
    {
        ReachLevel.Administration => "It creates and closes the school’s administrators and can lock the school. It sees no report.",
        ReachLevel.School => "It creates and closes the school’s administrators, can lock the school, and opens its school-level reports. It sees no pupil’s name.",
        _ => "It creates and closes the school’s administrators, can lock the school, and opens its reports with pupils’ names.",
    };

    private async Task<IActionResult> AfterAsync(Result<string> done, string what)
    {
        if (done.Succeeded)
            return Redirect($"{AccountLinks.OurOrganisation(School.Home)}?done={what}");
        await ReadAsync();
        return this.Refused(done.Refusals);
    }

    private async Task ReadAsync() => Reach = (await listReach.ExecuteAsync(School.Actor, HttpContext.RequestAborted)).Value;
}
