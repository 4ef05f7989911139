using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>Somebody who has reset a forgotten password and needs a code from another administrator.</summary>
public sealed record ResetCodeAsked(Guid MembershipId, string FullName, string Email, DateTime AskedAt, DateTime ExpiresAt, bool IsYou);

public sealed record ResetCodeShown(Guid MembershipId) : AuditEvent("reset-code-shown");

public sealed record ResetCodeGiven(Guid MembershipId) : AuditEvent("reset-code-given");

/// <summary>Who asked for a reset code in an organisation; from above a school only its holders of School setup.</summary>
public sealed class ListResetCodes(Database database)
{
    private static readonly long Setup = PermissionSet.Of(Permission.SchoolSetup).Bits;

    public Task<IReadOnlyList<ResetCodeAsked>> ExecuteAsync(Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ResetCodeAsked>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
            await (from code in db.Set<ResetCode>()
                   join member in db.Named() on code.MembershipId equals member.MembershipId
                   where member.State == MembershipState.Active
                   join membership in db.Set<Membership>() on member.MembershipId equals membership.Id
                   where actor.Above == null || (membership.PermissionBits & Setup) != 0
                   orderby code.AskedAt
                   select new ResetCodeAsked(member.MembershipId, member.Forename + " " + member.Surname, member.Email, code.AskedAt, code.ExpiresAt, member.AccountId == actor.AccountId))
                .ToListAsync(cancellationToken));
}

/// <param name="Code">In clear; never put it in a file, an address or a log.</param>
public sealed record ShownResetCode(Guid MembershipId, string FullName, string Code, DateTime ExpiresAt);

/// <summary>Shows a reset code to another administrator, or that of a School setup holder to somebody from above, writes it down, and tells the further holders by mail.</summary>
public sealed class ShowResetCode(Database database, GuardedCodes codes, TimeProvider clock)
{
    public Task<Result<ShownResetCode>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.MayManageUsers(organisationId))
            return Task.FromResult<Result<ShownResetCode>>(new NotAllowed(Permission.SchoolSetup));
        if (!actor.IsFresh)
            return Task.FromResult<Result<ShownResetCode>>(new ConfirmItIsYou());
        return database.ChangeAsync<Result<ShownResetCode>>(OrganisationScope.Of(organisationId), async db =>
        {
            var code = await db.Set<ResetCode>().SingleOrDefaultAsync(c => c.MembershipId == membershipId, cancellationToken);
            var member = await db.Named().SingleOrDefaultAsync(m => m.MembershipId == membershipId && m.State == MembershipState.Active, cancellationToken);
            if (code is null || member is null)
                return new NotFound("person who asked for a reset code");
            var held = await db.Set<Membership>().Where(m => m.Id == membershipId).Select(m => new PermissionSet(m.PermissionBits)).SingleAsync(cancellationToken);
            if (await db.CheckAboveAsync(actor, held, cancellationToken) is { } notFromAbove)
                return Result.Refuse<ShownResetCode>([notFromAbove]);
            var now = clock.Now();
            if (member.AccountId == actor.AccountId)
                return new OwnCode();
            if (now >= code.ExpiresAt)
                return new ResetCodeExpired(member.Forename);
            if (codes.Read(code) is not { } text)
                return new ResetCodeExpired(member.Forename);
            db.AddAudit(now, actor, organisationId, new ResetCodeShown(membershipId), await db.PeopleAsync(actor, member.ForAudit(), cancellationToken));
            await TellOthersAsync(db, member, actor, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return new ShownResetCode(membershipId, member.FullName, text, code.ExpiresAt);
        }, cancellationToken);
    }

    private async Task TellOthersAsync(AppDb db, Member member, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var school = await db.Set<Organisations.Organisation>().Where(o => o.Id == member.OrganisationId).Select(o => o.Name).SingleAsync(cancellationToken);
        var by = await db.Set<Account>().Where(a => a.Id == actor.AccountId).Select(a => a.Forename + " " + a.Surname).SingleOrDefaultAsync(cancellationToken);
        foreach (var holder in await db.HoldersAsync(LondonTime.DateOf(now), cancellationToken))
            if (holder.AccountId != actor.AccountId && holder.AccountId != member.AccountId)
                db.Add(OutboxMail.Create(clock.NewId(), member.OrganisationId, ResetCodeShownMail.TemplateName, holder.Email, holder.FullName,
                    new ResetCodeShownMail.Values(holder.Forename, school, member.FullName, by ?? "Whoever runs the server", now), now));
    }
}

public sealed record ResetCodeExpired(string Forename)
    : Refusal("reset-code-expired", $"The code for {Forename} has run out. {Forename} can ask for a new one after signing in", RefusalKind.Conflict);

/// <summary>The person gives the code at the organisation's door; from then on it is open.</summary>
public sealed class GiveResetCode(Database database, GuardedCodes codes, TimeProvider clock)
{
    public Task<Result<Done>> ExecuteAsync(string? typed, Guid organisationId, Guid membershipId, Guid accountId, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<Done>>(OrganisationScope.Of(organisationId), async db =>
        {
            var code = await db.Set<ResetCode>().SingleOrDefaultAsync(c => c.MembershipId == membershipId, cancellationToken);
            if (code is null)
                return new Done();
            var now = clock.Now();
            if (now >= code.ExpiresAt)
                return new OwnResetCodeExpired();
            var check = codes.Check(code, typed, now);
            if (check.Refusal is null)
            {
                db.Remove(code);
                db.AddAudit(now, new Actor(ActorKind.Person, accountId, membershipId, organisationId, PermissionSet.None), organisationId, new ResetCodeGiven(membershipId));
            }
            if (check.Refusal is null || check.HasCounted)
                await db.SaveChangesAsync(cancellationToken);
            return check.Refusal is { } refusal ? refusal : new Done();
        }, cancellationToken);
}

public sealed record OwnResetCodeExpired() : Refusal("reset-code-expired", "The code has run out. Ask for a new one below", RefusalKind.Field, "Code");

/// <summary>A new reset code for another 24 hours, asked for at the door once the old one has run out.</summary>
public sealed class AskForResetCode(Database database, GuardedCodes codes, TimeProvider clock)
{
    public Task<Done> ExecuteAsync(Guid organisationId, Guid membershipId, CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Of(organisationId), async db =>
        {
            var now = clock.Now();
            var code = await db.Set<ResetCode>().SingleOrDefaultAsync(c => c.MembershipId == membershipId && c.ExpiresAt <= now, cancellationToken);
            if (code is null)
                return new Done();
            Start(code, codes, now);
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);

    internal static void Start(ResetCode code, GuardedCodes codes, DateTime now)
    {
        codes.Renew(code);
        code.AskedAt = now;
        code.ExpiresAt = now + ResetCode.Life;
    }
}
