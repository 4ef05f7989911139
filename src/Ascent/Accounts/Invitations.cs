using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;

namespace Ascent.Accounts;

/// <summary>Makes the two halves of a sign-up, and the mail that carries one of them.</summary>
public sealed class Invitations(Secrets secrets, ServerSettings settings, TimeProvider clock)
{
    private const string CodePurpose = "activation code";

    /// <param name="isKnown">The person signs in already, for another organisation; the mail says so, no page does.</param>
    /// <summary>A new invitation with a new link and a new code; the mail is added to the same save.</summary>
    internal Invitation Create(AppDb db, Membership membership, PersonDetails person, string organisation, bool isKnown, DateTime now)
    {
        var code = ActivationCode.Create();
        var invitation = new Invitation
        {
            OrganisationId = membership.OrganisationId,
            MembershipId = membership.Id,
            Forename = person.Forename,
            Surname = person.Surname,
            Email = person.Email.Typed,
            LinkHash = [],
            CodeMac = MacOf(code),
            CodeCipher = secrets.Protect(CodePurpose, code),
        };
        db.Add(invitation);
        Send(db, invitation, organisation, isKnown, now);
        return invitation;
    }

    /// <summary>A new link; the old one is dead from the same save on. The code takes the new link's end.</summary>
    internal void Send(AppDb db, Invitation invitation, string organisation, bool isKnown, DateTime now)
    {
        var token = LinkToken.Create();
        invitation.LinkHash = LinkToken.Hash(token)!;
        invitation.LinkMadeAt = now;
        invitation.ExpiresAt = now + settings.InvitationLife;
        invitation.MailId = clock.NewId();
        invitation.NewLinkAskedAt = null;
        invitation.Version++;
        var mail = new InvitationMail.Values(invitation.Forename, invitation.Email, organisation, invitation.ExpiresAt, isKnown);
        db.Add(OutboxMail.Create(invitation.MailId, invitation.OrganisationId, InvitationMail.TemplateName, invitation.Email,
            $"{invitation.Forename} {invitation.Surname}", mail, now, secrets.Protect(OutboxMail.SecretPurpose, token)));
    }

    internal void ReplaceCode(Invitation invitation)
    {
        var code = ActivationCode.Create();
        invitation.CodeMac = MacOf(code);
        invitation.CodeCipher = secrets.Protect(CodePurpose, code);
        invitation.WrongTries = 0;
        invitation.NextTryAt = null;
        invitation.Version++;
    }

    /// <summary>The code in clear, or null when the key that kept it is lost.</summary>
    internal string? CodeOf(Invitation invitation) => secrets.Unprotect(CodePurpose, invitation.CodeCipher);

    internal byte[] MacOf(string code) => secrets.Mac(CodePurpose, code);
}
