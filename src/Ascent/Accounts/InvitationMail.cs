using System.Globalization;
using Ascent.Mail;
using Ascent.Shared;

namespace Ascent.Accounts;

/// <summary>The first half of a sign-up: user name and link. It never holds the code.</summary>
public sealed class InvitationMail() : MailTemplate<InvitationMail.Values>(InvitationMail.TemplateName)
{
    public const string TemplateName = "invitation";

    /// <param name="IsKnown">The account has had a password before; whether it signs in elsewhere now, this mail does not know.</param>
    /// <param name="IsAgain">The person had access here before, and signs up anew.</param>
    public sealed record Values(string Forename, string Email, string Organisation, DateTime ExpiresAt, bool IsKnown, bool IsAgain = false);

    internal static string Until(DateTime expiresAt) => LondonTime.ToLocal(expiresAt).ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.GetCultureInfo("en-GB"));

    protected override MailContent Write(Values v, string? secret, ServerSettings settings)
    {
        var until = Until(v.ExpiresAt);
        return new($"Your account at {v.Organisation}",
        [
            new MailParagraph($"Hello {v.Forename},"),
            new MailParagraph(v.IsAgain
                ? $"{v.Organisation} asks you to set up your access to Ascent, its school data platform, once more."
                : v.IsKnown
                ? $"{v.Organisation} has given you access in Ascent, its school data platform."
                : $"{v.Organisation} has made an account for you in Ascent, its school data platform."),
            .. v.IsKnown || v.IsAgain
                ? (MailBlock[])[new MailParagraph("Do you sign in for another organisation already? Then go on with the password that you have. Otherwise the link lets you choose a new one.")]
                : [],
            new MailFact("Your user name", v.Email),
            new MailButton("Set up your access", settings.Address($"sign-up/{secret}")),
            new MailParagraph($"The link works until {until}."),
            new MailParagraph("You also need an activation code. It is not in this mail, and nobody will mail it to this address without asking you: an administrator gives it to you by telephone or in person."),
            new MailParagraph($"You did not expect this? Then leave the link alone and tell {v.Organisation}."),
        ]);
    }
}
