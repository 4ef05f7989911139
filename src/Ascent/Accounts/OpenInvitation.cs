using Ascent.Accounts.Operators;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

public enum InvitationStatus
{
    Unknown,
    Expired,

    /// <summary>The person chooses a password.</summary>
    NeedsPassword,

    /// <summary>The person is Active somewhere and has to sign in as this account first.</summary>
    NeedsSignIn,

    /// <summary>Signed in as the right account: the code is enough.</summary>
    NeedsCodeOnly,

    /// <summary>Signed in, but as somebody else.</summary>
    OtherAccount,

    /// <summary>The address is an operator's, and such an account opens no organisation.</summary>
    RunsTheServer,
}

/// <summary>What the sign-up page may show: the organisation and the user name, not who invited.</summary>
public sealed record InvitationView(InvitationStatus Status, string Organisation, string Email, bool NewLinkAsked)
{
    /// <summary>The organisation is an authority or trust.</summary>
    public bool IsBody { get; init; }
}

/// <summary>Looks at a sign-up link. Changes nothing and records nothing: mail scanners open links too.</summary>
public sealed class OpenInvitation(Database database, TimeProvider clock)
{
    public Task<InvitationView> ExecuteAsync(string token, Guid? signedInAccountId, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db =>
        {
            if (await ActivateMembership.FindAsync(db, token, cancellationToken) is not { } found)
                return new InvitationView(InvitationStatus.Unknown, "", "", false);
            var status = found.Invitation.HasExpired(clock.Now()) ? InvitationStatus.Expired
                : await db.IsOperatorAsync(found.Account.Id, cancellationToken) ? InvitationStatus.RunsTheServer
                : !await db.HasOpenMembershipAsync(found.Account.Id, clock.Today(), cancellationToken) ? InvitationStatus.NeedsPassword
                : signedInAccountId is null ? InvitationStatus.NeedsSignIn
                : signedInAccountId == found.Account.Id ? InvitationStatus.NeedsCodeOnly
                : InvitationStatus.OtherAccount;
            return new(status, found.Organisation.Name, found.Invitation.Email, found.Invitation.NewLinkAskedAt is not null) { IsBody = found.Organisation.Kind != Organisations.OrganisationKind.School };
        });
}

/// <summary>From the page of an expired link: tells the administrators, on Pending users, that a new one is wanted. Asking again changes nothing.</summary>
public sealed class AskForNewLink(Database database, TimeProvider clock)
{
    public Task<Result<Done>> ExecuteAsync(string token, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<Done>>(OrganisationScope.Server, async db =>
        {
            if (await ActivateMembership.FindAsync(db, token, cancellationToken) is not { } found || !found.Invitation.HasExpired(clock.Now()))
                return new LinkUnknown();
            if (found.Invitation.NewLinkAskedAt is null)
            {
                found.Invitation.NewLinkAskedAt = clock.Now();
                found.Invitation.Version++;
                await db.SaveChangesAsync(cancellationToken);
            }
            return new Done();
        }, cancellationToken);
}

internal static class OpenMemberships
{
    /// <summary>Signing in works while this is true.</summary>
    public static Task<bool> HasOpenMembershipAsync(this AppDb db, Guid accountId, DateOnly today, CancellationToken cancellationToken) =>
        db.Set<Membership>().AnyAsync(m => m.AccountId == accountId && m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today), cancellationToken);
}
