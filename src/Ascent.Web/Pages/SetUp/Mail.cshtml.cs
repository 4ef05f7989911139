using Ascent.Mail;
using Ascent.SetUp;
using Ascent.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SetUp;

/// <summary>Shows where mail goes, and proves it with a test mail.</summary>
public sealed class MailModel(FirstRun firstRun, SendTestMail sendTestMail, ServerSettings settings) : SetUpStep(firstRun, 1)
{
    [BindProperty]
    public string? Email { get; set; }

    public string Place => settings.MailPlace;

    public string From => settings.MailFrom;

    public bool IsFolder => string.IsNullOrWhiteSpace(settings.Smtp);

    /// <summary>Who has the test mail now; null when none was sent.</summary>
    public string? SentTo { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var sent = await sendTestMail.ExecuteAsync(Email, HttpContext.RequestAborted);
        if (!sent.Succeeded)
            return this.Refused(sent.Refusals);
        SentTo = sent.Value.Where;
        return Page();
    }
}
