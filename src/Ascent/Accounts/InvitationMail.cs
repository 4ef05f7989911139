using System.Globalization;
using Ascent.Mail;
using Ascent.Shared;

namespace Ascent.Accounts;

/// <summary>The first half of a sign-up: user name and link. It never holds the code.</summary>
public sealed class InvitationMail() : MailTemplate<InvitationMail.Values>(InvitationMail.TemplateName)
{
    public const string TemplateName = "invitation";

    /// <param name="IsKnown">The person signs in here already, for another organisation.</param>
    public sealed record Values(string Forename, string Email, string Organisation, DateTime ExpiresAt, bool IsKnown);

    internal static string Until(DateTime expiresAt) => LondonTime.ToLocal(expiresAt).ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.GetCultureInfo("en-GB"));

    protected override MailContent Write(Values v, string? secret, ServerSettings settings)
    {
        var until = Until(v.ExpiresAt);
        return new($"Your account at {v.Organisation}",
        [
            new MailParagraph($"Hello {v.Forename},"),
            new MailParagraph(v.IsKnown
                ? $"{v.Organisation} has given you access in Ascent, its school data platform. You sign in as you do already; this adds the school to your account."
                : $"{v.Organisation} has made an account for you in Ascent, its school data platform."),
            new MailFact("Your user name", v.Email),
            new MailButton("Set up your access", settings.Address($"sign-up/{secret}")),
            new MailParagraph($"The link works until {until}."),
            new MailParagraph("You also need an activation code. It is not in this mail, and nobody will mail it to this address without asking you: an administrator of the school gives it to you by telephone or in person."),
            new MailParagraph("You did not expect this? Then leave the link alone and tell the school."),
        ]);
    }
}
