using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Passwords;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn.Factors;

/// <param name="HasLimitedApp">The person has an app from another organisation's reset: its code will do, in the place of a new factor.</param>
/// <param name="HasLimitedPasskey">The same of a passkey.</param>
public sealed record FactorResetView(Guid AccountId, string Email, string Organisation, bool HasLimitedApp, bool HasLimitedPasskey);

internal sealed record FoundFactorReset(FactorReset Reset, Membership Membership, Account Account, Organisation Organisation);

/// <summary>Whose link it is, for the page that it leads to. Changes nothing. Null when the link does not work (any more).</summary>
public sealed class OpenFactorReset(Database database, TimeProvider clock)
{
    public Task<FactorResetView?> ExecuteAsync(string token, CancellationToken cancellationToken) => database.ReadAsync<FactorResetView?>(OrganisationScope.Server, async db =>
    {
        if (await FindAsync(db, token, clock.Now(), cancellationToken) is not { } found)
            return null;
        var limited = await db.Set<Factor>().Where(f => f.AccountId == found.Account.Id && f.IsLimited).Select(f => f.Kind).Distinct().ToListAsync(cancellationToken);
        return new FactorResetView(found.Account.Id, found.Account.Email, found.Organisation.Name, limited.Contains(FactorKind.App), limited.Contains(FactorKind.Passkey));
    });

    internal static async Task<FoundFactorReset?> FindAsync(AppDb db, string token, DateTime now, CancellationToken cancellationToken)
    {
        if (LinkToken.Hash(token) is not { } hash)
            return null;
        var today = LondonTime.DateOf(now);
        return await (from reset in db.Set<FactorReset>()
                      where reset.LinkHash == hash && reset.ExpiresAt > now
                      join membership in db.Set<Membership>() on new { reset.OrganisationId, reset.MembershipId } equals new { membership.OrganisationId, MembershipId = membership.Id }
                      where membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today)
                      join account in db.Set<Account>() on membership.AccountId equals account.Id
                      join organisation in db.Set<Organisation>() on membership.OrganisationId equals organisation.Id
                      select new FoundFactorReset(reset, membership, account, organisation)).SingleOrDefaultAsync(cancellationToken);
    }
}

/// <param name="HandedCode">The code that the administrator told.</param>
/// <param name="AppCode">Of the new app, or of one that another organisation's reset enrolled.</param>
public sealed record EnrolByResetRequest(string Token, string? HandedCode, string? Password, string? SealedApp, string? AppCode, string? Name, string Device, string? OldToken)
{
    /// <summary>What a device answered that made a passkey, in the place of a new app.</summary>
    public string? NewPasskey { get; init; }

    /// <summary>What a passkey answered that another organisation's reset enrolled.</summary>
    public string? Passkey { get; init; }
}

/// <param name="Token">For the session cookie.</param>
public sealed record EnrolledByReset(string Token, string OrganisationCode);

/// <summary>
/// Enrols a second factor with a mailed link, the code from an administrator, and the present password. It opens the organisation that reset
/// it; every other session ends, and nothing else of the account changes.
/// </summary>
public sealed class EnrolByReset(Database database, NewApps newApps, Passkeys passkeys, FactorCheck check, GuardedCodes codes, PasswordHashing hashing, Throttle throttle, HolderMails mails, TimeProvider clock)
{
    public async Task<Result<EnrolledByReset>> ExecuteAsync(EnrolByResetRequest request, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(OrganisationScope.Server, db => OpenFactorReset.FindAsync(db, request.Token, clock.Now(), cancellationToken));
        if (found is null)
            return new ResetLinkUnknown();
        if (await CheckPasswordAsync(found.Account, request.Password, cancellationToken) is { } wrong)
            return wrong;
        var proved = string.IsNullOrEmpty(request.NewPasskey) ? newApps.Prove(found.Account.Id, request.SealedApp, request.AppCode, request.Name)
            : await passkeys.ProveNewAsync(found.Account.Id, request.NewPasskey, request.Token, request.Name, Passkeys.NameFor(request.Device), cancellationToken);
        var present = await check.ReadAsync(new(request.AppCode, request.Passkey, request.Token), cancellationToken);
        return !present.Succeeded ? Result.Refuse<EnrolledByReset>(present.Refusals)
            : await database.ChangeAsync<Result<EnrolledByReset>>(OrganisationScope.Server, db => EnrolAsync(db, request, proved, present.Value, cancellationToken), cancellationToken);
    }

    private async Task<Result<EnrolledByReset>> EnrolAsync(AppDb db, EnrolByResetRequest request, Result<Factor> proved, ReadFactor present, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (await OpenFactorReset.FindAsync(db, request.Token, now, cancellationToken) is not { } found)
            return new ResetLinkUnknown();
        var code = codes.Check(found.Reset, request.HandedCode, now);
        if (code.Refusal is { } wrong)
        {
            if (code.HasCounted)
                await db.SaveChangesAsync(cancellationToken);
            return wrong;
        }
        var factor = await FactorOfAsync(db, found.Account, present, proved, cancellationToken);
        if (!factor.Succeeded)
            return Result.Refuse<EnrolledByReset>(factor.Refusals);
        if (!await db.Set<FactorTrust>().AnyAsync(t => t.FactorId == factor.Value.Id && t.OrganisationId == found.Organisation.Id, cancellationToken))
            db.Add(new FactorTrust { FactorId = factor.Value.Id, OrganisationId = found.Organisation.Id });
        db.Remove(found.Reset);
        found.Account.Version++;
        await Persons.EndSessionsAsync(db, found.Account.Id, except: null, now, cancellationToken);
        var token = LinkToken.Create();
        db.Add(new Session
        {
            Id = clock.NewId(), TokenHash = LinkToken.Hash(token)!, AccountId = found.Account.Id, StartedAt = now, LastSeenAt = now, ConfirmedAt = now, Device = request.Device, FactorAt = now, FactorId = factor.Value.Id,
        });
        await TellAsync(db, found, factor.Value, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return new EnrolledByReset(token, found.Organisation.Code);
    }

    /// <summary>The new factor; or one from another organisation's reset, which this one then agrees to as well.</summary>
    private async Task<Result<Factor>> FactorOfAsync(AppDb db, Account account, ReadFactor present, Result<Factor> proved, CancellationToken cancellationToken)
    {
        if (!proved.Succeeded)
        {
            var limited = await check.UseLimitedAsync(db, account.Id, present, cancellationToken);
            return limited is not null ? limited : present.Passkey is null ? proved : new PasskeyRefused();
        }
        // The device is lost, so its entry need not be removed before: this one may be over the limit.
        var factor = proved.Value;
        factor.IsLimited = true;
        db.Add(factor);
        return factor;
    }

    private async Task TellAsync(AppDb db, FoundFactorReset found, Factor factor, DateTime now, CancellationToken cancellationToken)
    {
        var (account, membership) = (found.Account, found.Membership);
        var name = $"{account.Forename} {account.Surname}";
        var actor = new Actor(ActorKind.Person, account.Id, membership.Id, membership.OrganisationId, membership.Permissions);
        db.Add(OutboxMail.Create(clock.NewId(), AuditTrail.Server, FactorResetDoneMail.TemplateName, account.Email, name, new FactorResetDoneMail.Values(account.Forename, found.Organisation.Name, factor.Name, now), now));
        await mails.TellFactorResetAsync(db, membership, name, actor, isDone: true, now, cancellationToken);
        db.AddAudit(now, actor, membership.OrganisationId, new FactorResetDone(membership.Id),
            new AuditPerson(account.Id, new Dictionary<string, string> { [AuditPerson.Name] = name, [AuditPerson.Email] = account.Email }));
    }

    private async Task<Refusal?> CheckPasswordAsync(Account account, string? password, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(password))
            return new PasswordMissing();
        var keys = Throttle.ConfirmKeys(account.Id);
        if (await throttle.TryBeginAsync(keys, cancellationToken) is { } wait)
            return new SignInTooSoon(wait);
        try
        {
            if (!await hashing.VerifyAsync(password.Length <= PasswordRules.Longest * 4 ? password : "", account.PasswordHash, cancellationToken))
                return new WrongPassword();
        }
        catch (HashingQueueFullException)
        {
            await throttle.TakeBackAsync(keys, cancellationToken); // nothing was looked at
            return new ServerBusy();
        }
        await throttle.EndRightAsync(keys, cancellationToken);
        return null;
    }
}

public sealed record PasswordMissing() : Refusal("password-missing", "Enter your password", RefusalKind.Field, "CurrentPassword");
