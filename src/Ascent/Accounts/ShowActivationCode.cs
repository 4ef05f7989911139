using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="ForSlip">To print a hand-over slip rather than to show it on the list.</param>
public sealed record ShowActivationCodeRequest(Guid MembershipId, bool ForSlip);

/// <summary>A code in clear, with what a slip needs. Never put it in a file, an address or a log.</summary>
public sealed record ShownCode(Guid MembershipId, string FullName, string Code, DateTime ExpiresAt, DateTime MailedAt, IReadOnlyList<string> Administrators);

public sealed record CodeShown(Guid MembershipId) : AuditEvent("code-shown");

public sealed record SlipPrinted(Guid MembershipId) : AuditEvent("slip-printed");

/// <summary>Shows one pending user's activation code to a School setup holder of the same school, and writes down that it did.</summary>
public sealed class ShowActivationCode(Database database, GuardedCodes codes, TimeProvider clock)
{
    public Task<Result<ShownCode>> ExecuteAsync(ShowActivationCodeRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.MayManageUsers(organisationId))
            return Task.FromResult<Result<ShownCode>>(new NotAllowed(Permission.SchoolSetup));
        if (!actor.IsFresh)
            return Task.FromResult<Result<ShownCode>>(new ConfirmItIsYou());
        return database.ChangeAsync<Result<ShownCode>>(OrganisationScope.Of(organisationId), async db =>
        {
            var pending = await db.FindPendingAsync(request.MembershipId, cancellationToken);
            if (pending is null)
                return new NotFound("pending user");
            var (membership, invitation) = pending.Value;
            if (await db.CheckAboveAsync(actor, membership.Permissions, cancellationToken) is { } notFromAbove)
                return Result.Refuse<ShownCode>([notFromAbove]);
            var now = clock.Now();
            if (membership.AccountId == actor.AccountId)
                return new OwnCode();
            if (invitation.HasExpired(now))
                return new CodeExpired(invitation.Forename);
            if (codes.Read(invitation) is not { } code)
                return new CodeUnreadable(invitation.Forename);
            db.AddAudit(now, actor, organisationId, request.ForSlip ? new SlipPrinted(membership.Id) : new CodeShown(membership.Id), await db.PeopleAsync(actor, invitation.ForAudit(membership), cancellationToken));
            await db.SaveChangesAsync(cancellationToken);
            var administrators = await db.AdministratorNamesAsync(clock.Today(), cancellationToken);
            return new ShownCode(membership.Id, $"{invitation.Forename} {invitation.Surname}", code, invitation.ExpiresAt, invitation.LinkMadeAt, administrators);
        }, cancellationToken);
    }
}

/// <summary>Nobody shows a code for their own account, also not through another membership.</summary>
public sealed record OwnCode() : Refusal("own-code", "This code is for your own account: another administrator has to give it to you", RefusalKind.Refused);

public sealed record CodeExpired(string Forename) : Refusal("code-expired", $"The link and the code for {Forename} have run out: use Resend to make new ones", RefusalKind.Conflict);

/// <summary>The key that kept the code is lost (another master key).</summary>
public sealed record CodeUnreadable(string Forename) : Refusal("code-unreadable", $"The code for {Forename} cannot be read any more, because the server’s key was changed: delete this user and create them again", RefusalKind.Conflict);
