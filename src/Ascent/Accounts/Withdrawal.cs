using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>Taking a pending membership back, in the save that this belongs to.</summary>
internal static class Withdrawal
{
    /// <summary>Link and code are dead from the same save on, and a mail that still waits never goes out. Seats are a matter of <see cref="Seats"/>.</summary>
    public static async Task WithdrawAsync(this AppDb db, Membership membership, Invitation invitation, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        membership.Delete(actor.AccountId, now);
        db.Remove(invitation);
        // Of somebody who was here before and was invited again.
        await db.ForgetKeptAsync(membership.AccountId, membership.OrganisationId, cancellationToken);
        if (await db.Set<OutboxMail>().SingleOrDefaultAsync(m => m.Id == invitation.MailId && m.State == MailState.Waiting, cancellationToken) is { } mail)
            db.Remove(mail);
    }

    /// <summary>Why a membership of this organisation is not pending any more.</summary>
    public static async Task<Refusal> WhyGoneAsync(this AppDb db, Guid membershipId, CancellationToken cancellationToken)
    {
        if (await db.Named().SingleOrDefaultAsync(m => m.MembershipId == membershipId, cancellationToken) is { } member)
            return new NotPending(member.FullName);
        return await db.Set<Membership>().AnyAsync(m => m.Id == membershipId, cancellationToken) ? new PendingUserGone() : new NotFound("pending user");
    }
}

/// <summary>The person has signed up while somebody was at work on the pending membership.</summary>
public sealed record NotPending(string Name) : Refusal("not-pending", $"{Name} has signed up meanwhile and is not pending any more", RefusalKind.Conflict);

/// <summary>Somebody else deleted the pending membership, or withdrew it.</summary>
public sealed record PendingUserGone() : Refusal("pending-user-gone", "This pending user has been deleted meanwhile", RefusalKind.Conflict);
