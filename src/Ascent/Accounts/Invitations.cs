using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;

namespace Ascent.Accounts;

/// <summary>Makes the two halves of a sign-up, and the mail that carries one of them.</summary>
public sealed class Invitations(Secrets secrets, GuardedCodes codes, ServerSettings settings, TimeProvider clock)
{
    /// <summary>A new invitation with a new link and a new code; the mail is added to the same save.</summary>
    /// <param name="isKnown">The account has had a password before; the mail takes it into account, no page does.</param>
    /// <param name="isAgain">The person had access here before.</param>
    internal Invitation Create(AppDb db, Membership membership, PersonDetails person, string organisation, bool isKnown, DateTime now, bool isAgain = false)
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
        membership.FindAs(person.Forename, person.Surname, person.Email.Typed);
        codes.Renew(invitation);
        db.Add(invitation);
        Send(db, invitation, organisation, isKnown, now, isAgain);
        return invitation;
    }

    /// <summary>A new link; the old one is dead from the same save on. The code takes the new link's end.</summary>
    internal void Send(AppDb db, Invitation invitation, string organisation, bool isKnown, DateTime now, bool isAgain = false)
    {
        var token = LinkToken.Create();
        invitation.LinkHash = LinkToken.Hash(token)!;
        invitation.LinkMadeAt = now;
        invitation.ExpiresAt = now + settings.InvitationLife;
        invitation.MailId = clock.NewId();
        invitation.NewLinkAskedAt = null;
        invitation.Version++;
        var mail = new InvitationMail.Values(invitation.Forename, invitation.Email, organisation, invitation.ExpiresAt, isKnown, isAgain);
        db.Add(OutboxMail.Create(invitation.MailId, invitation.OrganisationId, InvitationMail.TemplateName, invitation.Email,
            $"{invitation.Forename} {invitation.Surname}", mail, now, secrets.Protect(OutboxMail.SecretPurpose, token)));
    }

    /// <summary>What <see cref="Send"/> does, for an invitation that is there already: the code stays good, unless it had run out with its link.</summary>
    /// <returns>Whether a new code was made.</returns>
    internal bool Resend(AppDb db, Invitation invitation, string organisation, bool isKnown, DateTime now)
    {
        var newCode = invitation.HasExpired(now);
        if (newCode)
            ReplaceCode(invitation);
        Send(db, invitation, organisation, isKnown, now);
        return newCode;
    }

    /// <summary>A new code; the old one is dead, and so are its wrong tries.</summary>
    internal void ReplaceCode(Invitation invitation)
    {
        codes.Renew(invitation);
        invitation.CodeReplacedAt = null;
    }
}
