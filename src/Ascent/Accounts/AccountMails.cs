using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.Accounts;

// The short mails that tell people of something; each says what to do if it was not them.

/// <summary>To the other administrators: somebody has seen a reset code.</summary>
public sealed class ResetCodeShownMail() : MailTemplate<ResetCodeShownMail.Values>(ResetCodeShownMail.TemplateName)
{
    public const string TemplateName = "reset-code-shown";

    public sealed record Values(string Forename, string Organisation, string Person, string By, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"A reset code was shown at {v.Organisation}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"{v.By} has looked at the reset code of {v.Person} on {InWords.Date(v.At)}. With it {v.Person} can open {v.Organisation} after forgetting the password."),
        new MailParagraph("You are told because you are an administrator of the school too. Does this look wrong? Ask them, or whoever runs the server."),
    ]);
}

/// <summary>To the person: a link to choose a new password.</summary>
public sealed class PasswordResetMail() : MailTemplate<PasswordResetMail.Values>(PasswordResetMail.TemplateName)
{
    public const string TemplateName = "password-reset";

    public sealed record Values(string Forename, string Email);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new("Choose a new password",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph("Somebody, probably you, said on the sign-in page of Ascent that the password for this account is forgotten."),
        new MailFact("User name", v.Email),
        new MailButton("Choose a new password", settings.Address($"reset/{secret}")),
        new MailParagraph("The link works for 30 minutes, and once. If you have a second factor, you give a code of it there. If you have none, and your account may see pupils’ names or administer a school, you are also asked for a reset code afterwards, which an administrator of the school gives you."),
        new MailParagraph("It was not you? Then leave the link alone: your password stays as it is."),
    ]);
}

/// <summary>To the person: the password is another one now.</summary>
public sealed class PasswordChangedMail() : MailTemplate<PasswordChangedMail.Values>(PasswordChangedMail.TemplateName)
{
    public const string TemplateName = "password-changed";

    public sealed record Values(string Forename, DateTime At, bool ByLink);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new("Your password was changed",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph(v.ByLink
            ? $"On {InWords.Date(v.At)} a new password was chosen for your account in Ascent, by the link that was mailed to you. You were signed out everywhere."
            : $"On {InWords.Date(v.At)} you changed the password of your account in Ascent. Your other devices were signed out."),
        new MailParagraph("It was not you? Tell an administrator of your school at once, and choose “Forgotten your password?” on the sign-in page."),
        new MailButton("Sign in", settings.Address("sign-in")),
    ]);
}

/// <summary>To the person: a sign-in from a browser that has not been used before.</summary>
public sealed class NewDeviceMail() : MailTemplate<NewDeviceMail.Values>(NewDeviceMail.TemplateName)
{
    public const string TemplateName = "new-device";

    public sealed record Values(string Forename, string Device, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new("You signed in on a new device",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailFact("Device", v.Device),
        new MailFact("When", InWords.Moment(v.At, v.At.AddYears(-1))),
        new MailParagraph("Your account was used there for the first time. If that was you, there is nothing to do."),
        new MailParagraph("It was not you? Choose “Forgotten your password?” on the sign-in page: a new password signs out every device. Then tell an administrator of your school."),
        new MailButton("Open the sign-in page", settings.Address("sign-in")),
    ]);
}

/// <summary>To the new address: proves that the person reads it.</summary>
public sealed class EmailProofMail() : MailTemplate<EmailProofMail.Values>(EmailProofMail.TemplateName)
{
    public const string TemplateName = "email-proof";

    public sealed record Values(string Forename, string NewEmail);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new("Confirm your new email address",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph("You asked to use this address as your user name in Ascent. The old one works until you confirm."),
        new MailFact("New user name", v.NewEmail),
        new MailButton("Confirm this address", settings.Address($"profile/email/{secret}")),
        new MailParagraph("The link works for 24 hours. You did not ask? Then leave it alone, and nothing changes."),
    ]);
}

/// <summary>To the old address: somebody wants to move the account, or has done so.</summary>
public sealed class EmailToldMail() : MailTemplate<EmailToldMail.Values>(EmailToldMail.TemplateName)
{
    public const string TemplateName = "email-told";

    public sealed record Values(string Forename, string NewEmail, bool IsDone);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new(v.IsDone ? "Your user name was changed" : "Your user name is about to change",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph(v.IsDone
            ? "The user name of your account in Ascent is now another email address, and this one no longer works."
            : "You asked to use another email address as your user name in Ascent. This address works until the new one is confirmed."),
        new MailFact("New user name", v.NewEmail),
        new MailParagraph("It was not you? Change your password at once, and tell an administrator of your school."),
    ]);
}
