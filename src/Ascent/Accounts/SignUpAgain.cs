using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="EndsOn">The last day of access from now on; an old one that has passed does not come back by itself.</param>
public sealed record ReactivateUserRequest(Guid MembershipId, DateOnly? EndsOn);

public sealed record UserReactivated(Guid MembershipId, DateOnly? EndsOn) : AuditEvent("user-reactivated");

public sealed record SignUpReset(Guid MembershipId) : AuditEvent("sign-up-reset");

/// <summary>
/// Brings somebody whose access was closed or has ended back to Pending, with a new link and a new code. Seats have to be free. The
/// password is chosen anew, unless the person signs in for another organisation: that this page never learns.
/// </summary>
public sealed class ReactivateUser(Database database, Invitations invitations, HolderMails mails, TimeProvider clock)
{
    /// <returns>The name of the person, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(ReactivateUserRequest request, Actor actor, CancellationToken cancellationToken) =>
        database.OnUserAsync<string>(request.MembershipId, actor, clock, [MembershipState.Deactivated, MembershipState.Ended], async (db, on) =>
        {
            if (AccessRules.CheckEndDate(request.EndsOn, on.Today) is { Count: > 0 } wrong)
                return Result.Refuse<string>(wrong);
            if (on.Membership.JobRole == JobRole.SchoolImprovementPartner && request.EndsOn is null)
                return new PartnerRefusal("Enter the last day of access: a School Improvement Partner always has one", "EndsOn");
            var makesHolder = on.Membership.Permissions.Administers;
            if (makesHolder && !actor.IsFresh)
                return new ConfirmItIsYou();
            on.Membership.AskToSignUpAgain(request.EndsOn, actor.AccountId, on.Now);
            var full = await db.SeatAsync(on.Membership, await db.PlaceAsync(on.OrganisationId, cancellationToken), cancellationToken);
            if (full.Count > 0)
                return Result.Refuse<string>(full);
            await invitations.InviteAgainAsync(db, on, cancellationToken);
            if (makesHolder)
                await mails.TellHolderMadeAsync(db, on.Membership, on.FullName, actor, on.Now, cancellationToken);
            db.AddAudit(on.Now, actor, on.OrganisationId, new UserReactivated(request.MembershipId, request.EndsOn), on.People);
            await db.SaveChangesAsync(cancellationToken);
            return on.FullName;
        }, cancellationToken, fromAbove: true);
}

/// <summary>Closes the organisation to an Active person and has them sign up anew, in one step. The seats are kept meanwhile.</summary>
public sealed class ResetSignUp(Database database, Invitations invitations, HolderMails mails, TimeProvider clock)
{
    /// <returns>The name of the person, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken) =>
        database.OnUserAsync<string>(membershipId, actor, clock, [MembershipState.Active], async (db, on) =>
        {
            if (!on.Membership.IsOpenOn(on.Today))
                return new AccessOver(on.FullName, on.Membership.EndsOn!.Value);
            on.Membership.AskToSignUpAgain(on.Membership.EndsOn, actor.AccountId, on.Now);
            if ((await db.KeepAHolderAsync([on.Membership], on.Today, cancellationToken)).Count > 0)
                return new LastHolder(on.FullName, Setup: PermissionCatalogue.SetupTag(on.Membership.Permissions));
            await db.ForgetResetCodeAsync(on.Membership, cancellationToken);
            await invitations.InviteAgainAsync(db, on, cancellationToken);
            await mails.TellHoldersAsync(db, on.Membership, on.FullName, "asked to sign up again", actor, on.Now, cancellationToken);
            db.AddAudit(on.Now, actor, on.OrganisationId, new SignUpReset(membershipId), on.People);
            await db.SaveChangesAsync(cancellationToken);
            return on.FullName;
        }, cancellationToken, fromAbove: true);
}

/// <summary>The last day has passed and is not recorded yet: a later one is what helps.</summary>
public sealed record AccessOver(string Name, DateOnly EndedOn)
    : Refusal("access-over", $"{InWords.Possessive(Name)} access ended after {InWords.Date(EndedOn)}: set a later end date first", RefusalKind.Conflict);

internal static class SigningUpAgain
{
    /// <summary>Link, code and mail for somebody who was here before, under the name and address that are the person's own.</summary>
    public static async Task InviteAgainAsync(this Invitations invitations, AppDb db, DeedOn on, CancellationToken cancellationToken)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == on.Membership.AccountId, cancellationToken);
        var school = await db.Set<Organisation>().Where(o => o.Id == on.OrganisationId).Select(o => o.Name).SingleAsync(cancellationToken);
        var person = new PersonDetails(account.Forename, account.Surname, EmailAddress.Parse(account.Email)!);
        invitations.Create(db, on.Membership, person, school, account.HasSignedUp, on.Now, isAgain: true);
    }
}
