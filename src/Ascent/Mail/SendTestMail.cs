using Ascent.Shared;
using Ascent.Shared.Text;
using MimeKit;

namespace Ascent.Mail;

/// <param name="Where">Who has the mail now: the mail server, or the folder.</param>
public sealed record TestMailSent(string Where);

public sealed record TestMailAddress() : Refusal("email-unreadable", "Enter an email address like name@school.example", RefusalKind.Field, "Email");

public sealed record TestMailFailed(string Problem) : Refusal("test-mail-failed", $"The mail was not sent: {Problem}. Check the settings, then start the server again", RefusalKind.Field, "Email");

/// <summary>Hands over one mail at once and says how it went, so that a wrong setting shows before people wait for mails.</summary>
public sealed class SendTestMail(IMailTransport transport, ServerSettings settings, TimeProvider clock)
{
    public async Task<Result<TestMailSent>> ExecuteAsync(string? email, CancellationToken cancellationToken)
    {
        if (EmailAddress.Parse(email) is not { } address)
            return new TestMailAddress();
        var content = new MailContent("A test mail from Ascent",
        [
            new MailParagraph($"The Ascent server at {settings.PublicAddress.AbsoluteUri} can send mail."),
            new MailParagraph("Somebody who sets the server up asked for this mail. There is nothing to do."),
        ]);
        try
        {
            await transport.HandOverAsync(content.Message(clock.NewId(), clock.Now(), new MailboxAddress("", address.Typed), settings), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new TestMailFailed(MailProblem.Of(exception));
        }
        return new TestMailSent(settings.MailPlace);
    }
}
