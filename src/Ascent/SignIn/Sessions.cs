using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Ascent.SignIn;

/// <summary>Who is signed in, as read for this request.</summary>
/// <param name="ConfirmedAt">When the password was last given in this session.</param>
/// <param name="IdleAt">When the session ends if nothing is done.</param>
/// <param name="EndsAt">The end of the session whatever is done in it.</param>
public sealed record SignedInPerson(Guid AccountId, Guid SessionId, string Forename, string Surname, string Email, int TermsVersion, DateTime ConfirmedAt, DateTime IdleAt, DateTime EndsAt)
{
    /// <summary>The account has a second factor, which is asked with every password.</summary>
    public bool HasFactor { get; init; }

    /// <summary>One of the second factors is an authenticator app, or a passkey.</summary>
    public bool HasApp { get; init; }

    public bool HasPasskey { get; init; }

    /// <summary>A second factor was given in this session, and which one; null when it was a recovery code.</summary>
    public bool GaveFactor { get; init; }

    public Guid? FactorId { get; init; }

    /// <summary>What an organisation asks of a session before it opens.</summary>
    public SessionProof Proof => new(StartedAt, GaveFactor, FactorId);

    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    /// <summary>When this session began.</summary>
    public DateTime StartedAt => EndsAt - Session.Absolute;

    /// <summary>The password was given within the last ten minutes.</summary>
    public bool IsFreshAt(DateTime now) => now < ConfirmedAt + Freshness;
}

/// <param name="Token">For the cookie; it is nowhere else.</param>
/// <param name="AwaitsFactor">The person has a second factor and has to give it first.</param>
public sealed record OpenedSession(string Token, bool AwaitsFactor);

/// <summary>Somebody between password and second factor.</summary>
/// <param name="HasApp">One of the second factors is an authenticator app.</param>
/// <param name="HasPasskey">One of them is a passkey.</param>
public sealed record HalfSignedIn(Guid AccountId, string Email, bool HasApp, bool HasPasskey);

/// <summary>Opens, reads and ends sessions.</summary>
public sealed class Sessions(Database database, TimeProvider clock, ILogger<Sessions> log)
{
    private static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A new session with a new token; the one in <paramref name="oldToken"/> ends, so that no id outlives a change of level. Every way in
    /// leads through here: for an account with a second factor it is half a session, which opens nothing but the page that asks for it.
    /// </summary>
    /// <param name="endOthers">A password was set: every other session of the account ends too.</param>
    public async Task<OpenedSession> OpenAsync(Guid accountId, string device, string? oldToken, bool endOthers, CancellationToken cancellationToken)
    {
        var token = LinkToken.Create();
        var id = clock.NewId();
        var awaitsFactor = await database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            var old = LinkToken.Hash(oldToken) ?? [];
            var ending = await db.Set<Session>().Where(s => s.EndedAt == null && (s.TokenHash == old || (endOthers && s.AccountId == accountId))).ToListAsync(cancellationToken);
            foreach (var session in ending)
                session.EndedAt = now;
            var hasFactor = await db.HasFactorAsync(accountId, cancellationToken);
            db.Add(new Session
            {
                Id = id, TokenHash = LinkToken.Hash(token)!, AccountId = accountId, StartedAt = now, LastSeenAt = now, ConfirmedAt = now, Device = device, AwaitsFactor = hasFactor,
            });
            await db.SaveChangesAsync(cancellationToken);
            return hasFactor;
        }, cancellationToken);
        log.LogInformation("Session {Session} of account {Account} was opened with a password", id, accountId);
        return new(token, awaitsFactor);
    }

    /// <summary>A whole session by a passkey, which is both factors; saved by the caller. The one in <paramref name="oldToken"/> ends.</summary>
    internal static async Task<(Session Session, string Token)> BeginAsync(AppDb db, Guid accountId, string device, string? oldToken, Guid id, Guid? factorId, DateTime now, CancellationToken cancellationToken)
    {
        var old = LinkToken.Hash(oldToken) ?? [];
        foreach (var ending in await db.Set<Session>().Where(s => s.EndedAt == null && s.TokenHash == old).ToListAsync(cancellationToken))
            ending.EndedAt = now;
        var token = LinkToken.Create();
        var session = new Session
        {
            Id = id, TokenHash = LinkToken.Hash(token)!, AccountId = accountId, StartedAt = now, LastSeenAt = now, ConfirmedAt = now, Device = device, FactorAt = now, FactorId = factorId,
        };
        db.Add(session);
        return (session, token);
    }

    /// <summary>Who gave the right password and has still to give a second factor.</summary>
    public Task<HalfSignedIn?> ReadHalfWayAsync(string? token, CancellationToken cancellationToken) =>
        database.ReadAsync<HalfSignedIn?>(OrganisationScope.Server, async db =>
        {
            if (await FindHalfWayAsync(db, token, clock.Now(), cancellationToken) is not var (_, account))
                return null;
            var kinds = await db.FactorKindsAsync(account.Id, cancellationToken);
            return new HalfSignedIn(account.Id, account.Email, kinds.Contains(FactorKind.App), kinds.Contains(FactorKind.Passkey));
        });

    internal static async Task<(Session Session, Account Account)?> FindHalfWayAsync(AppDb db, string? token, DateTime now, CancellationToken cancellationToken)
    {
        if (LinkToken.Hash(token) is not { } hash)
            return null;
        var found = await (from session in db.Set<Session>()
                           where session.TokenHash == hash
                           join account in db.Set<Account>() on session.AccountId equals account.Id
                           select new { session, account }).SingleOrDefaultAsync(cancellationToken);
        return found is null || !found.session.IsHalfWayAt(now) ? null : (found.session, found.account);
    }

    /// <summary>The whole session that follows on a half one; saved by the caller together with the end of that one.</summary>
    /// <param name="factorId">Null when it was a recovery code.</param>
    internal static (Session Session, string Token) Complete(Session half, Guid id, Guid? factorId, DateTime now) => Follow(half, id, factorId, (now, now), now);

    /// <summary>The same session under another id, after a second factor was added. It began when it began.</summary>
    internal static (Session Session, string Token) Raise(Session before, Guid id, Guid? factorId, DateTime now) => Follow(before, id, factorId, (before.StartedAt, before.ConfirmedAt), now);

    private static (Session Session, string Token) Follow(Session before, Guid id, Guid? factorId, (DateTime Started, DateTime Confirmed) at, DateTime now)
    {
        before.EndedAt = now;
        var token = LinkToken.Create();
        return (new Session
        {
            Id = id, TokenHash = LinkToken.Hash(token)!, AccountId = before.AccountId, StartedAt = at.Started, LastSeenAt = now, ConfirmedAt = at.Confirmed, Device = before.Device, FactorAt = now, FactorId = factorId,
        }, token);
    }

    /// <returns>Null when the token is none of an open session.</returns>
    /// <param name="counts">The request is something done; looking whether one is still signed in is not.</param>
    public async Task<SignedInPerson?> ReadAsync(string? token, bool counts, CancellationToken cancellationToken)
    {
        if (LinkToken.Hash(token) is not { } hash)
            return null;
        var now = clock.Now();
        var found = await database.ReadAsync(OrganisationScope.Server, db =>
            (from session in db.Set<Session>()
             where session.TokenHash == hash
             join account in db.Set<Account>() on session.AccountId equals account.Id
             select new
             {
                 session, account.Id, account.Forename, account.Surname, account.Email, account.TermsVersion, HasFactor = db.Set<Factor>().Any(f => f.AccountId == account.Id),
                 HasApp = db.Set<Factor>().Any(f => f.AccountId == account.Id && f.Kind == FactorKind.App),
                 HasPasskey = db.Set<Factor>().Any(f => f.AccountId == account.Id && f.Kind == FactorKind.Passkey),
             }).SingleOrDefaultAsync(cancellationToken));
        if (found is null || !found.session.IsOpenAt(now))
            return null;
        if (counts && found.session.LastSeenAt < now - SeenPrecision)
            await TouchAsync(found.session.Id, now, cancellationToken);
        return new(found.Id, found.session.Id, found.Forename, found.Surname, found.Email, found.TermsVersion, found.session.ConfirmedAt,
            (counts ? now : found.session.LastSeenAt) + Session.Idle, found.session.StartedAt + Session.Absolute)
        {
            HasFactor = found.HasFactor,
            HasApp = found.HasApp,
            HasPasskey = found.HasPasskey,
            GaveFactor = found.session.FactorAt is not null,
            FactorId = found.session.FactorId,
        };
    }

    public async Task EndAsync(string? token, CancellationToken cancellationToken)
    {
        if (LinkToken.Hash(token) is not { } hash)
            return;
        var now = clock.Now();
        var ended = await database.WriteAsync(OrganisationScope.Server, async db =>
        {
            var session = await db.Set<Session>().Where(s => s.TokenHash == hash && s.EndedAt == null).Select(s => new { s.Id, s.AccountId }).SingleOrDefaultAsync(cancellationToken);
            if (session is not null)
                await db.Set<Session>().Where(s => s.Id == session.Id && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancellationToken);
            return session;
        }, cancellationToken);
        if (ended is not null)
            log.LogInformation("Session {Session} of account {Account} was ended by its owner", ended.Id, ended.AccountId);
    }

    private Task<int> TouchAsync(Guid id, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(OrganisationScope.Server, db =>
            db.Set<Session>().Where(s => s.Id == id && s.LastSeenAt < now).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), cancellationToken), cancellationToken);
}
