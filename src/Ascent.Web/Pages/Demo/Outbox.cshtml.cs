using Ascent.Shared;
using Ascent.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MimeKit;

namespace Ascent.Web.Pages.Demo;

/// <summary>The mails that the demonstration would send, newest first. Anywhere else this page does not exist.</summary>
public sealed class OutboxModel(Demonstration demonstration, ServerSettings settings) : PageModel
{
    private const int Shown = 30;

    public IReadOnlyList<OutboxEntry> Mails { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!demonstration.IsOn || !string.IsNullOrWhiteSpace(settings.Smtp))
            return NotFound();
        var folder = new DirectoryInfo(Path.Combine(settings.DataFolder, "mail"));
        var mails = new List<OutboxEntry>();
        foreach (var file in folder.Exists ? folder.GetFiles("*.eml").OrderByDescending(f => f.Name).Take(Shown) : [])
        {
            var mail = await MimeMessage.LoadAsync(file.FullName, HttpContext.RequestAborted);
            mails.Add(new(mail.Subject ?? "", mail.To.ToString(), mail.Date.UtcDateTime, [.. (mail.TextBody ?? "").Split('\n')]));
        }
        Mails = mails;
        return Page();
    }
}

public sealed record OutboxEntry(string Subject, string To, DateTime At, IReadOnlyList<string> Lines);
