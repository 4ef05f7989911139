using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Ascent.Mail;

/// <summary>
/// Hands over what is due: takes a mail by a conditional update, sends it outside any transaction, and records how it went. A sender that
/// dies in between leaves the mail to be taken again, under the same Message-ID: at least once.
/// </summary>
public sealed class SendDueMail(
    Database database, IMailTransport transport, IEnumerable<MailTemplate> templates, Secrets secrets, ServerSettings settings, TimeProvider clock, ILogger<SendDueMail> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>The pauses between tries; after the last the mail is dead.</summary>
    public static IReadOnlyList<TimeSpan> Pauses { get; } =
    [
        TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
    ];

    /// <returns>How many mails were handed over.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        while (await TakeAsync(cancellationToken) is { } mail)
            sent += await SendAsync(mail, cancellationToken) ? 1 : 0;
        return sent;
    }

    private Task<OutboxMail?> TakeAsync(CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            var mail = await db.Set<OutboxMail>().Where(m => m.State == MailState.Waiting && m.NextAttemptAt <= now)
                .OrderBy(m => m.NextAttemptAt).FirstOrDefaultAsync(cancellationToken);
            if (mail is null)
                return null;
            mail.NextAttemptAt = now + Lease;
            mail.Attempts++;
            mail.Version++;
            await db.SaveChangesAsync(cancellationToken);
            return mail;
        }, cancellationToken);

    private async Task<bool> SendAsync(OutboxMail mail, CancellationToken cancellationToken)
    {
        string? problem = null;
        var final = false;
        try
        {
            await transport.HandOverAsync(Write(mail), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            final = exception is MailRefusedException;
            problem = final ? exception.Message : exception.GetType().Name;
            // The kind of fault only: what a mail server answers often repeats the address.
            log.LogWarning("Mail {MailId} was not handed over, try {Attempt}: {Problem}", mail.Id, mail.Attempts, problem);
        }
        await database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var row = await db.Set<OutboxMail>().SingleOrDefaultAsync(m => m.OrganisationId == mail.OrganisationId && m.Id == mail.Id, CancellationToken.None);
            if (row is null || row.State != MailState.Waiting)
                return 0;
            Record(row, problem, final);
            return await db.SaveChangesAsync(CancellationToken.None);
        }, CancellationToken.None);
        return problem is null;
    }

    private void Record(OutboxMail mail, string? problem, bool final)
    {
        mail.Version++;
        mail.LastError = problem;
        if (problem is null)
        {
            mail.State = MailState.Sent;
            mail.SentAt = clock.Now();
            mail.SecretCipher = null;
        }
        else if (final || mail.Attempts > Pauses.Count)
            mail.State = MailState.Dead;
        else
            mail.NextAttemptAt = clock.Now() + Pauses[mail.Attempts - 1];
    }

    private MimeMessage Write(OutboxMail mail)
    {
        var template = templates.Single(t => t.Name == mail.Template);
        var secret = mail.SecretCipher is null ? null
            : secrets.Unprotect(OutboxMail.SecretPurpose, mail.SecretCipher) ?? throw new InvalidOperationException("The key for this mail's secret is lost.");
        var content = template.Write(mail.Values, secret, settings);
        return new MimeMessage
        {
            MessageId = $"{mail.Id:N}@{settings.PublicAddress.Host}",
            Date = new DateTimeOffset(mail.CreatedAt),
            From = { MailboxAddress.Parse(settings.MailFrom) },
            To = { new MailboxAddress(mail.RecipientName, mail.Recipient) },
            Subject = content.Subject,
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
            Body = new MultipartAlternative { new TextPart("plain") { Text = content.Text() }, new TextPart("html") { Text = content.Html() } },
        };
    }
}
