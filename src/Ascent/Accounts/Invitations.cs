using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;

namespace Ascent.Accounts;

/// <summary>Makes the two halves of a sign-up, and the mail that carries one of them.</summary>
public sealed class Invitations(Secrets secrets, GuardedCodes codes, ServerSettings settings, TimeProvider clock)
{
    /// <param name="isKnown">The person signs in already, for another organisation; the mail says so, no page does.</param>
    /// <summary>A new invitation with a new link and a new code; the mail is added to the same save.</summary>
    internal Invitation Create(AppDb db, Membership membership, PersonDetails person, string organisation, bool isKnown, DateTime now)
    {
        var invitation = new Invitation
        {
            OrganisationId = membership.OrganisationId,
            MembershipId = membership.Id,
            Forename = person.Forename,
            Surname = person.Surname,
            Email = person.Email.Typed,
            LinkHash = [],
            CodeMac = [],
            CodeCipher = "",
        };
        codes.Renew(invitation);
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
}
