using Ascent.Mail;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Operator;

/// <summary>Mails that have not gone out: what kind, how old, how often tried, what went wrong. Neither to whom nor what they say.</summary>
public sealed class MailModel(ListHeldMail listHeldMail, CountMail countMail, TryMailAgain tryMailAgain, ServerSettings settings, TimeProvider clock) : PageModel
{
    [FromQuery(Name = "dead")]
    public string? DeadAfter { get; set; }

    [FromQuery(Name = "waiting")]
    public string? WaitingAfter { get; set; }

    /// <summary>What was just done, and to how many; said in a notice.</summary>
    [FromQuery(Name = "again")]
    public int? TriedAgain { get; set; }

    [FromQuery(Name = "given-up")]
    public int? GivenUp { get; set; }

    public HeldMailPage Dead { get; private set; } = null!;

    public HeldMailPage Waiting { get; private set; } = null!;

    public MailCount Count { get; private set; } = null!;

    public DateTime Now { get; private set; }

    public string MailPlace => settings.MailPlace;

    public async Task OnGetAsync()
    {
        Now = clock.Now();
        Count = await countMail.ExecuteAsync(HttpContext.RequestAborted);
        Dead = await listHeldMail.ExecuteAsync(MailState.Dead, DeadAfter, HttpContext.RequestAborted);
        Waiting = await listHeldMail.ExecuteAsync(MailState.Waiting, WaitingAfter, HttpContext.RequestAborted);
    }

    /// <param name="id">One mail, or none for every dead one.</param>
    public async Task<IActionResult> OnPostAgainAsync(Guid? id)
    {
        // An id that cannot be read is not the same as none.
        if (!ModelState.IsValid)
            return NotFound();
        var tried = await tryMailAgain.ExecuteAsync(id, HttpContext.Operator().Actor, HttpContext.RequestAborted);
        return tried.Succeeded ? Redirect(OperatorLinks.MailAfter("again", tried.Value)) : this.Refused(tried.Refusals);
    }

    /// <summary>The kind of mail in words.</summary>
    public static string What(string template) => template switch
    {
        "invitation" => "Sign-up link",
        "operator-invitation" => "Sign-up link of an operator",
        "password-reset" => "Link to choose a new password",
        "password-changed" => "Notice: password changed",
        "new-device" => "Notice: new device",
        "email-proof" => "Link to confirm an address",
        "email-told" => "Notice: user name changed",
        "reset-code-shown" => "Notice: reset code shown",
        "factor-changed" => "Notice: second factor changed",
        "recovery-used" => "Notice: recovery code used",
        "factor-reset" => "Link to add a second factor",
        "factor-reset-told" => "Notice: second factor reset",
        "factor-reset-done" => "Notice: second factor added after a reset",
        "factor-rule" => "Notice: sign-in rules changed",
        "school-limits" => "Notice: limits changed",
        "school-services" => "Notice: services changed",
        _ => template,
    };
}
