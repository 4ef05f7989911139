using Ascent.Accounts;
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
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    /// <summary>When this session began.</summary>
    public DateTime StartedAt => EndsAt - Session.Absolute;

    /// <summary>The password was given within the last ten minutes.</summary>
    public bool IsFreshAt(DateTime now) => now < ConfirmedAt + Freshness;
}

/// <summary>Opens, reads and ends sessions.</summary>
public sealed class Sessions(Database database, TimeProvider clock, ILogger<Sessions> log)
{
    private static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(1);

    /// <summary>A new session with a new token; the one in <paramref name="oldToken"/> ends, so that no id outlives a change of level.</summary>
    /// <param name="endOthers">A password was set: every other session of the account ends too.</param>
    /// <returns>The token for the cookie; it is nowhere else.</returns>
    public async Task<string> OpenAsync(Guid accountId, string device, string? oldToken, bool endOthers, CancellationToken cancellationToken)
    {
        var token = LinkToken.Create();
        var id = clock.NewId();
        await database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            var old = LinkToken.Hash(oldToken) ?? [];
            var ending = await db.Set<Session>().Where(s => s.EndedAt == null && (s.TokenHash == old || (endOthers && s.AccountId == accountId))).ToListAsync(cancellationToken);
            foreach (var session in ending)
                session.EndedAt = now;
            db.Add(new Session
            {
                Id = id, TokenHash = LinkToken.Hash(token)!, AccountId = accountId, StartedAt = now, LastSeenAt = now, ConfirmedAt = now, Device = device,
            });
            return await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        log.LogInformation("Session {Session} of account {Account} was opened with a password", id, accountId);
        return token;
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
             select new { session, account.Id, account.Forename, account.Surname, account.Email, account.TermsVersion }).SingleOrDefaultAsync(cancellationToken));
        if (found is null || !found.session.IsOpenAt(now))
            return null;
        if (counts && found.session.LastSeenAt < now - SeenPrecision)
            await TouchAsync(found.session.Id, now, cancellationToken);
        return new(found.Id, found.session.Id, found.Forename, found.Surname, found.Email, found.TermsVersion, found.session.ConfirmedAt,
            (counts ? now : found.session.LastSeenAt) + Session.Idle, found.session.StartedAt + Session.Absolute);
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
