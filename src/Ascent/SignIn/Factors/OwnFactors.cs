using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn.Factors;

public sealed record FactorRemoved(Guid FactorId, FactorKind FactorKind) : AuditEvent("factor-removed");

public sealed record FactorRenamed(Guid FactorId, FactorKind FactorKind) : AuditEvent("factor-renamed");

public sealed record RecoveryCodesMade() : AuditEvent("recovery-made");

/// <summary>A second factor in the person's own list.</summary>
public sealed record OwnFactor(Guid Id, FactorKind Kind, string Name, DateTime AddedAt, DateTime? LastUsedAt);

/// <param name="RequiredBy">The organisations that require one.</param>
/// <param name="CanRemoveLast">Nothing requires one.</param>
public sealed record OwnFactors(IReadOnlyList<OwnFactor> Factors, int RecoveryCodesLeft, IReadOnlyList<string> RequiredBy, bool CanRemoveLast);

public sealed class ReadOwnFactors(Database database, TimeProvider clock)
{
    public Task<OwnFactors> ExecuteAsync(Guid accountId, CancellationToken cancellationToken) => database.ReadAsync(OrganisationScope.Server, async db =>
    {
        var today = clock.Today();
        var factors = await db.Set<Factor>().Where(f => f.AccountId == accountId).OrderBy(f => f.AddedAt).ThenBy(f => f.Id)
            .Select(f => new OwnFactor(f.Id, f.Kind, f.Name, f.AddedAt, f.LastUsedAt)).ToListAsync(cancellationToken);
        var requiring = await db.RequiringAsync(accountId, today, cancellationToken);
        return new OwnFactors(factors, await RecoveryCodes.LeftAsync(db, accountId, cancellationToken), requiring.ConvertAll(o => o.Name), !await db.HasToHaveFactorAsync(accountId, today, cancellationToken));
    });
}

/// <summary>A factor that one organisation's reset enrolled does not move the account for the others.</summary>
public sealed record HeldBack(IReadOnlyList<string> Organisations)
    : Refusal("held-back", $"Your second factor was reset, and {InWords.List(Organisations)} {(Organisations.Count == 1 ? "has" : "have")} no part in that. Until you have used an older factor or recovery code once, or {(Organisations.Count == 1 ? "it has reset it too" : "they have reset it too")}, your user name, password and second factors stay as they are", RefusalKind.Refused);

internal static class FactorLimits
{
    /// <summary>Why the person may change neither user name nor password nor factors in this session; null when they may.</summary>
    public static async Task<HeldBack?> HeldBackAsync(this AppDb db, SignedInPerson person, DateOnly today, CancellationToken cancellationToken) =>
        await db.HeldBackAsync(person.AccountId, person.FactorId, today, cancellationToken);

    public static async Task<HeldBack?> HeldBackAsync(this AppDb db, Guid accountId, Guid? factorId, DateOnly today, CancellationToken cancellationToken) =>
        await db.NotTrustingAsync(accountId, factorId, today, cancellationToken) is { Count: > 0 } names ? new HeldBack(names) : null;
}

public sealed record LastFactor(IReadOnlyList<string> RequiredBy)
    : Refusal("last-factor", $"This is your last second factor, and {(RequiredBy.Count == 0 ? "running the server" : InWords.List(RequiredBy))} requires one. Add another first, then remove this one", RefusalKind.Refused);

/// <summary>Takes a factor away; with the last one the recovery codes go. Sessions on other devices that were opened with it end.</summary>
public sealed class RemoveFactor(Database database, TimeProvider clock)
{
    /// <returns>What it was called.</returns>
    public async Task<Result<string>> ExecuteAsync(SignedInPerson person, Guid factorId, CancellationToken cancellationToken)
    {
        if (!person.IsFreshAt(clock.Now()))
            return new ConfirmItIsYou();
        return await database.ChangeAsync<Result<string>>(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            var today = clock.Today();
            var account = await db.Set<Account>().SingleAsync(a => a.Id == person.AccountId, cancellationToken);
            var present = await db.Set<Factor>().Where(f => f.AccountId == account.Id).ToListAsync(cancellationToken);
            if (present.Find(f => f.Id == factorId) is not { } factor)
                return new NotFound("second factor");
            if (await db.HeldBackAsync(person, today, cancellationToken) is { } heldBack)
                return heldBack;
            if (present.Count == 1 && await db.HasToHaveFactorAsync(account.Id, today, cancellationToken))
                return new LastFactor((await db.RequiringAsync(account.Id, today, cancellationToken)).ConvertAll(o => o.Name));
            db.RemoveRange(await db.Set<FactorTrust>().Where(t => t.FactorId == factor.Id).ToListAsync(cancellationToken));
            db.Remove(factor);
            // Two who each remove one of the last two: the account's version lets one of them win.
            account.Version++;
            if (present.Count == 1)
                db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == account.Id).ToListAsync(cancellationToken));
            foreach (var session in await db.Set<Session>().Where(s => s.AccountId == account.Id && s.FactorId == factor.Id && s.EndedAt == null && s.Id != person.SessionId).ToListAsync(cancellationToken))
                session.EndedAt = now;
            db.Add(FactorMail.Removed(account, factor.Name, clock.NewId(), now));
            db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new FactorRemoved(factor.Id, factor.Kind));
            await db.SaveChangesAsync(cancellationToken);
            return factor.Name;
        }, cancellationToken);
    }
}

/// <summary>Gives a factor another name.</summary>
public sealed class RenameFactor(Database database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(SignedInPerson person, Guid factorId, string? name, CancellationToken cancellationToken)
    {
        if (!person.IsFreshAt(clock.Now()))
            return new ConfirmItIsYou();
        var called = FactorNames.Read(name, "");
        if (!called.Succeeded)
            return Result.Refuse<Done>(called.Refusals);
        if (called.Value.Length == 0)
            return new DetailRefusal("factor-name-missing", "Enter a name", "Name");
        return await database.ChangeAsync<Result<Done>>(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            if (await db.Set<Factor>().SingleOrDefaultAsync(f => f.Id == factorId && f.AccountId == person.AccountId, cancellationToken) is not { } factor)
                return new NotFound("second factor");
            if (factor.Name == called.Value)
                return new Done();
            if (await db.HeldBackAsync(person, clock.Today(), cancellationToken) is { } heldBack)
                return heldBack;
            factor.Name = called.Value;
            factor.Version++;
            var account = await db.Set<Account>().SingleAsync(a => a.Id == person.AccountId, cancellationToken);
            db.Add(FactorMail.Renamed(account, factor.Name, clock.NewId(), now));
            db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new FactorRenamed(factor.Id, factor.Kind));
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
    }
}

public sealed record NoFactorYet() : Refusal("no-factor", "Recovery codes stand beside a second factor: add a passkey or an authenticator app first", RefusalKind.Refused);

/// <summary>Ten new recovery codes; the old ones are good for nothing any more.</summary>
public sealed class MakeRecoveryCodes(Database database, TimeProvider clock)
{
    public async Task<Result<IReadOnlyList<string>>> ExecuteAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        if (!person.IsFreshAt(clock.Now()))
            return new ConfirmItIsYou();
        return await database.ChangeAsync<Result<IReadOnlyList<string>>>(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            var account = await db.Set<Account>().SingleAsync(a => a.Id == person.AccountId, cancellationToken);
            var present = await db.Set<Factor>().Where(f => f.AccountId == account.Id).ToListAsync(cancellationToken);
            if (present.Count == 0)
                return new NoFactorYet();
            if (await db.HeldBackAsync(person, clock.Today(), cancellationToken) is { } heldBack)
                return heldBack;
            account.Version++;
            var codes = await RecoveryCodes.RenewAsync(db, account.Id, present.Find(f => f.Id == person.FactorId && f.IsLimited)?.Id, now, cancellationToken);
            db.Add(FactorMail.RecoveryMade(account, clock.NewId(), now));
            db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new RecoveryCodesMade());
            await db.SaveChangesAsync(cancellationToken);
            return Result.Of(codes);
        }, cancellationToken);
    }
}
