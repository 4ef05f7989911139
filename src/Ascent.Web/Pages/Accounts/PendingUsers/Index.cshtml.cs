using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

public sealed class IndexModel(ListPendingUsers listPendingUsers, ShowActivationCode showActivationCode, ResendInvitation resendInvitation, TimeProvider clock) : PageModel
{
    [FromQuery(Name = "after")]
    public string? After { get; set; }

    /// <summary>What has just happened to whom; said in a notice, if the person is on this page.</summary>
    [FromQuery(Name = "created")]
    public string? Created { get; set; }

    [FromQuery(Name = "resent")]
    public string? Resent { get; set; }

    [FromQuery(Name = "newcode")]
    public string? NewCode { get; set; }

    [FromQuery(Name = "deleted")]
    public string? Deleted { get; set; }

    public SchoolAccess School => HttpContext.School();

    public PendingUsersPage List { get; private set; } = null!;

    /// <summary>The one code that is shown.</summary>
    public ShownCode? Shown { get; private set; }

    public DateTime Now { get; private set; }

    public Task OnGetAsync() => ReadAsync();

    /// <summary>The answer itself holds the code: it is in no address, and a page that is left has it no more.</summary>
    public async Task<IActionResult> OnPostShowCodeAsync(Guid id)
    {
        var shown = await showActivationCode.ExecuteAsync(new(id, ForSlip: false), School.Actor, HttpContext.RequestAborted);
        await ReadAsync();
        if (!shown.Succeeded)
            return this.Refused(shown.Refusals);
        Shown = shown.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostResendAsync(Guid id)
    {
        var resent = await resendInvitation.ExecuteAsync(id, School.Actor, HttpContext.RequestAborted);
        if (resent.Succeeded)
            return Redirect(AccountLinks.PendingUsersAfterResend(School.Urn, id, resent.Value.NewCode));
        await ReadAsync();
        return this.Refused(resent.Refusals);
    }

    public PendingUser? Row(string? id) => Guid.TryParseExact(id, "N", out var guid) ? List.Rows.FirstOrDefault(r => r.MembershipId == guid) : null;

    public bool IsNew(PendingUser row) => Row(Created)?.MembershipId == row.MembershipId;

    /// <summary>Icon and words of the sign-up link's state: what happened, and until when it works.</summary>
    public (string Icon, string Tone, string What, string Until) LinkWords(PendingUser row)
    {
        var until = row.ExpiresAt - Now < TimeSpan.FromDays(2) ? $"Works until {InWords.Moment(row.ExpiresAt, Now)}" : $"Works until {InWords.Date(row.ExpiresAt)}";
        return row switch
        {
            { NewLinkAskedAt: { } asked } => ("speech", "warn", $"Asked for a new link {InWords.Moment(asked, Now)}", "The old one has run out"),
            { Link: LinkState.Expired } => ("clock", "bad", $"Ran out {InWords.Moment(row.ExpiresAt, Now)}", "Resend makes a new link and a new code"),
            { Link: LinkState.Undeliverable } => ("alert", "bad", "Could not be delivered", "Check the address; delete and create again to change it"),
            { CodeReplacedAt: { } replaced } => ("refresh", "warn", $"Code replaced {InWords.Moment(replaced, Now)}", "10 wrong tries. The link still works: give the new code"),
            { WrongTries: > 0 } => ("key", "warn", $"Code tried, {InWords.Count(row.WrongTries, "wrong try", "wrong tries")}", until),
            { Link: LinkState.NotSentYet } => ("clock", "", "Not sent yet", "The mail goes out in a moment"),
            _ => ("mail", "", $"Sent {InWords.Moment(row.SentAt ?? row.CreatedAt, Now)}", until),
        };
    }

    private async Task ReadAsync()
    {
        Now = clock.Now();
        List = await listPendingUsers.ExecuteAsync(School.Actor, new() { After = After }, HttpContext.RequestAborted);
    }
}
