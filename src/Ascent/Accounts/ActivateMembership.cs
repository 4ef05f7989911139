using Ascent.Accounts.Conversions;
using Ascent.Accounts.Operators;
using Ascent.Accounts.Passwords;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="SignedInAccountId">Who is signed in on this device; null for nobody.</param>
/// <param name="Password">The new password; not looked at when the account is Active somewhere already.</param>
public sealed record ActivateMembershipRequest(string Token, string? Code, string? Password, Guid? SignedInAccountId);

/// <param name="PasswordWasSet">The sign-up set a password, so the person is to be signed in now; every older session has to end.</param>
public sealed record Activated(Guid AccountId, Guid OrganisationId, OrganisationKind Kind, string OrganisationCode, bool PasswordWasSet);

public sealed record MembershipActivated(Guid MembershipId) : AuditEvent("membership-activated");

/// <summary>After too many wrong tries; done by the rule, not by a person.</summary>
public sealed record CodeReplaced(Guid MembershipId) : AuditEvent("code-replaced");

/// <summary>
/// The second half of a sign-up: the right link with the right code opens the membership. Wrong codes are counted in the same save that
/// refuses them, so a hundred tries at once are a hundred tries.
/// </summary>
public sealed class ActivateMembership(Database database, GuardedCodes codes, PasswordHashing hashing, TimeProvider clock)
{
    public Task<Result<Activated>> ExecuteAsync(ActivateMembershipRequest request, CancellationToken cancellationToken) =>
        hashing.SetAsync(request.Password, hash => TryAsync(request, hash, cancellationToken), cancellationToken);

    private Task<Result<Activated>> TryAsync(ActivateMembershipRequest request, string? hash, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<Activated>>(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            if (await FindAsync(db, request.Token, cancellationToken) is not { } found)
                return new LinkUnknown();
            if (found.Invitation.HasExpired(now))
                return new LinkExpired();
            if (found.Membership.EndsOn < LondonTime.DateOf(now))
                return new AccessEnded(found.Organisation.Name);
            if (await db.IsOperatorAsync(found.Account.Id, cancellationToken))
                return new OperatorsAccount();
            var isActive = await db.HasOpenMembershipAsync(found.Account.Id, LondonTime.DateOf(now), cancellationToken);
            if (isActive && request.SignedInAccountId != found.Account.Id)
                return request.SignedInAccountId is null ? new SignInFirst() : new OtherAccountSignedIn();
            if (await CheckCodeAsync(db, found, request.Code, now, cancellationToken) is { } wrong)
                return wrong;
            // Only now: until link and code are right nobody learns of it. Both go on working when the school is open again.
            if (await db.Set<SchoolLock>().AnyAsync(l => l.OrganisationId == found.Organisation.Id, cancellationToken))
                return new SchoolIsLocked(found.Organisation.Name);
            if (found.Organisation is School school && await db.BecameAsync(school, cancellationToken) is { } became)
                return became;
            var firstSignUp = !found.Account.HasSignedUp;
            if (!isActive)
            {
                if (PasswordRules.Check(request.Password, found.Names()) is { } refused)
                    return refused;
                if (hash is null)
                    return new PasswordToHash();
                found.Account.PasswordHash = hash;
            }
            await ActivateAsync(db, found, firstSignUp, now, cancellationToken);
            return new Activated(found.Account.Id, found.Organisation.Id, found.Organisation.Kind, found.Organisation.Code, !isActive);
        }, cancellationToken);

    private static async Task ActivateAsync(AppDb db, Found found, bool firstSignUp, DateTime now, CancellationToken cancellationToken)
    {
        var (invitation, membership, account, organisation) = found;
        if (firstSignUp)
        {
            // Nobody has used this account yet: the name that this organisation typed is as good as any, and the person can change it.
            account.Forename = invitation.Forename;
            account.Surname = invitation.Surname;
        }
        account.Version++;
        membership.Activate(now);
        membership.FindAs(account.Forename, account.Surname, account.Email);
        db.Remove(invitation);
        var person = new AuditPerson(account.Id, new Dictionary<string, string> { ["name"] = $"{account.Forename} {account.Surname}", ["email"] = account.Email });
        var actor = new Actor(ActorKind.Person, account.Id, membership.Id, organisation.Id, membership.Permissions);
        db.AddAudit(now, actor, organisation.Id, new MembershipActivated(membership.Id), person);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<Refusal?> CheckCodeAsync(AppDb db, Found found, string? typed, DateTime now, CancellationToken cancellationToken)
    {
        var check = codes.Check(found.Invitation, typed, now);
        if (check.Refusal is null || !check.HasCounted)
            return check.Refusal;
        if (check.WasReplaced)
        {
            found.Invitation.CodeReplacedAt = now;
            db.AddAudit(now, Actor.System, found.Invitation.OrganisationId, new CodeReplaced(found.Invitation.MembershipId), found.Invitation.ForAudit(found.Membership));
        }
        await db.SaveChangesAsync(cancellationToken);
        return check.WasReplaced ? new CodeWasReplaced(HasLink: true) : check.Refusal;
    }

    internal static async Task<Found?> FindAsync(AppDb db, string token, CancellationToken cancellationToken)
    {
        if (LinkToken.Hash(token) is not { } hash)
            return null;
        var row = await (from invitation in db.Set<Invitation>()
                         where invitation.LinkHash == hash
                         join membership in db.Set<Membership>()
                             on new { invitation.OrganisationId, invitation.MembershipId } equals new { membership.OrganisationId, MembershipId = membership.Id }
                         where membership.State == MembershipState.Pending
                         join account in db.Set<Account>() on membership.AccountId equals account.Id
                         join organisation in db.Set<Organisation>() on membership.OrganisationId equals organisation.Id
                         select new { invitation, membership, account, organisation }).SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : new(row.invitation, row.membership, row.account, row.organisation);
    }

    internal sealed record Found(Invitation Invitation, Membership Membership, Account Account, Organisation Organisation)
    {
        public IEnumerable<string> Names() => [Organisation.Name, Invitation.Forename, Invitation.Surname, Invitation.Email, Account.Forename, Account.Surname];
    }
}

/// <summary>No such link, or it has been used, replaced or withdrawn: one answer for all of these.</summary>
public sealed record LinkUnknown() : Refusal("link-unknown", "This sign-up link does not work any more", RefusalKind.NotFound);

public sealed record LinkExpired() : Refusal("link-expired", "This sign-up link has run out", RefusalKind.Conflict);

public sealed record AccessEnded(string Organisation) : Refusal("access-ended", $"The access that {Organisation} gave you has ended. Ask one of its administrators", RefusalKind.Refused);

/// <summary>Said only to whoever gave the right link and the right code, or is signed in.</summary>
public sealed record SchoolIsLocked(string School) : Refusal("school-locked", $"{School} is locked at the moment. Your link and your code stay as they are: try again when it is open", RefusalKind.Refused);

/// <summary>Said only to whoever has the link; the school's pages know nothing of it.</summary>
public sealed record OperatorsAccount() : Refusal("operators-account", "This address runs the server, so it opens no school. Ask the school to create you with another address", RefusalKind.Refused);

public sealed record SignInFirst() : Refusal("sign-in-first", "You have an account here already: sign in first", RefusalKind.Refused);

public sealed record OtherAccountSignedIn() : Refusal("other-account", "Somebody else is signed in on this device: sign out first", RefusalKind.Refused);

/// <summary>Very many passwords wait to be worked out; nothing was changed.</summary>
public sealed record ServerBusy() : Refusal("server-busy", "Very many people are signing in at this moment. Try again in a few seconds", RefusalKind.TryLater)
{
    public override TimeSpan? RetryAfter => TimeSpan.FromSeconds(2);
}
