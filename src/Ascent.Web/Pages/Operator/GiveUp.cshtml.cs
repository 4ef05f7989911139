using Ascent.Mail;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Operator;

/// <summary>Asks before mails are given up, because their links are wiped.</summary>
public sealed class GiveUpModel(GiveUpMail giveUpMail, CountMail countMail) : PageModel
{
    /// <summary>One mail, or null for every dead one.</summary>
    [FromQuery(Name = "mail")]
    public Guid? MailId { get; set; }

    public int Count { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        // An id that cannot be read is not the same as none, which means every dead mail.
        if (!ModelState.IsValid)
            return NotFound();
        Count = MailId is null ? (await countMail.ExecuteAsync(HttpContext.RequestAborted)).Dead : 1;
        return Count == 0 ? Redirect(OperatorLinks.Mail) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return NotFound();
        var done = await giveUpMail.ExecuteAsync(MailId, HttpContext.Operator().Actor, HttpContext.RequestAborted);
        return done.Succeeded ? Redirect(OperatorLinks.MailAfter("given-up", done.Value)) : this.Refused(done.Refusals);
    }
}
