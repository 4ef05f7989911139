using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn.Factors;

public sealed record FactorAdded(Guid FactorId, FactorKind FactorKind) : AuditEvent("factor-added");

/// <param name="Token">For the cookie: the session has another id from now on. Null when this very app was added before.</param>
/// <param name="RecoveryCodes">Made with the first factor, in clear; shown once and nowhere else.</param>
public sealed record AddedFactor(string? Token, IReadOnlyList<string>? RecoveryCodes);

/// <param name="SealedApp">What the page was given by <see cref="NewApps.Begin"/>.</param>
public sealed record AddAppRequest(string? SealedApp, string? Code, string? Name);

/// <summary>Adds an authenticator app that has shown its code. The first factor ends every other session and brings recovery codes.</summary>
public sealed class AddApp(Database database, NewApps newApps, TimeProvider clock)
{
    public async Task<Result<AddedFactor>> ExecuteAsync(SignedInPerson person, AddAppRequest request, CancellationToken cancellationToken)
    {
        if (!person.IsFreshAt(clock.Now()))
            return new ConfirmItIsYou();
        var proved = newApps.Prove(person.AccountId, request.SealedApp, request.Code, request.Name);
        if (!proved.Succeeded)
            return Result.Refuse<AddedFactor>(proved.Refusals);
        return await database.ChangeAsync(OrganisationScope.Server, db => NewFactors.AddAsync(db, person, proved.Value, clock, cancellationToken), cancellationToken);
    }
}

/// <param name="Answer">What the device answered that made the passkey.</param>
/// <param name="Bound">The session cookie with which it was asked.</param>
/// <param name="Device">Browser and system, for its name when none is typed.</param>
public sealed record AddPasskeyRequest(string? Answer, string? Bound, string? Name, string Device);

/// <summary>Adds a passkey that a device has just made.</summary>
public sealed class AddPasskey(Database database, Passkeys passkeys, TimeProvider clock)
{
    public async Task<Result<AddedFactor>> ExecuteAsync(SignedInPerson person, AddPasskeyRequest request, CancellationToken cancellationToken)
    {
        if (!person.IsFreshAt(clock.Now()))
            return new ConfirmItIsYou();
        var proved = await passkeys.ProveNewAsync(person.AccountId, request.Answer, request.Bound, request.Name, Passkeys.NameFor(request.Device), cancellationToken);
        return proved.Succeeded
            ? await database.ChangeAsync(OrganisationScope.Server, db => NewFactors.AddAsync(db, person, proved.Value, clock, cancellationToken), cancellationToken)
            : Result.Refuse<AddedFactor>(proved.Refusals);
    }
}

/// <summary>What adding is for every kind: the first factor ends every other session and brings recovery codes.</summary>
internal static class NewFactors
{
    public static async Task<Result<AddedFactor>> AddAsync(AppDb db, SignedInPerson person, Factor factor, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var account = await db.Set<Account>().SingleAsync(a => a.Id == person.AccountId, cancellationToken);
        var present = await db.Set<Factor>().Where(f => f.AccountId == account.Id).ToListAsync(cancellationToken);
        if (present.Exists(f => f.Id == factor.Id))
            return new AddedFactor(null, null);
        if (await db.HeldBackAsync(person, clock.Today(), cancellationToken) is { } heldBack)
            return heldBack;
        if (present.Count >= Factor.Most)
            return new TooManyFactors();
        if (await db.Set<Session>().SingleOrDefaultAsync(s => s.Id == person.SessionId && s.EndedAt == null, cancellationToken) is not { } session)
            return new ConfirmItIsYou();
        db.Add(factor);
        // Two first factors at once would both bring recovery codes: the account's version lets one of them win.
        account.Version++;
        await InheritLimitAsync(db, factor, present.Find(f => f.Id == person.FactorId && f.IsLimited), cancellationToken);
        var codes = present.Count > 0 ? null : await RecoveryCodes.RenewAsync(db, account.Id, null, now, cancellationToken);
        if (present.Count == 0)
            await Persons.EndSessionsAsync(db, account.Id, except: session.Id, now, cancellationToken);
        var (next, token) = Sessions.Raise(session, clock.NewId(), present.Count == 0 ? factor.Id : person.FactorId, now);
        db.Add(next);
        db.Add(FactorMail.Added(account, factor, clock.NewId(), now));
        db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new FactorAdded(factor.Id, factor.Kind));
        await db.SaveChangesAsync(cancellationToken);
        return new AddedFactor(token, codes);
    }

    /// <summary>What is added in the session of a limited factor is worth no more than that.</summary>
    private static async Task InheritLimitAsync(AppDb db, Factor added, Factor? limited, CancellationToken cancellationToken)
    {
        added.IsLimited = limited is not null;
        if (limited is not null)
            foreach (var trust in await db.Set<FactorTrust>().Where(t => t.FactorId == limited.Id).ToListAsync(cancellationToken))
                db.Add(new FactorTrust { FactorId = added.Id, OrganisationId = trust.OrganisationId });
    }
}
