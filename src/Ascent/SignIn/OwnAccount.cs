using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Passwords;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.SignIn.Factors;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn;

// What people do with their own account, and nobody else can.

public sealed record OwnNameChanged() : AuditEvent("own-name-changed");

public sealed record OwnPasswordChanged() : AuditEvent("own-password-changed");

public sealed record OwnEmailAsked() : AuditEvent("own-email-asked");

public sealed record OwnEmailChanged() : AuditEvent("own-email-changed");

/// <param name="Token">For the session cookie: the one before opens nothing any more.</param>
public sealed record Confirmed(string Token);

/// <summary>
/// Gives the password once more, and the second factor of who has one, so that for ten minutes the session may do what asks for it; or a
/// passkey, which is both. The session goes on under a new token.
/// </summary>
public sealed class ConfirmPassword(Database database, PasswordHashing hashing, Throttle throttle, FactorCheck check, TimeProvider clock)
{
    public Task<Result<Confirmed>> ExecuteAsync(SignedInPerson person, string? password, string? factorCode, CancellationToken cancellationToken) =>
        ExecuteAsync(person, password, new FactorAnswer(factorCode), cancellationToken);

    public async Task<Result<Confirmed>> ExecuteAsync(SignedInPerson person, string? password, FactorAnswer factor, CancellationToken cancellationToken)
    {
        var compared = factor.IsPasskey ? await NoteAsync(person, factor, cancellationToken) : await CheckAsync(person, password, factor, cancellationToken);
        return !compared.Succeeded
            ? Result.Refuse<Confirmed>(compared.Refusals)
            : new Confirmed(await database.WriteAsync(OrganisationScope.Server, db => Persons.RenewSessionAsync(db, person.SessionId, clock.Now(), cancellationToken), cancellationToken));
    }

    /// <summary>Compares the password and the second factor and counts wrong ones; the session keeps its token.</summary>
    internal async Task<Result<Done>> CheckAsync(SignedInPerson person, string? password, FactorAnswer factor, CancellationToken cancellationToken)
    {
        if (person.HasFactor && factor.IsEmpty)
            return new FactorMissing();
        var keys = Throttle.ConfirmKeys(person.AccountId);
        if (await throttle.TryBeginAsync(keys, cancellationToken) is { } wait)
            return new SignInTooSoon(wait);
        var stored = await database.ReadAsync(OrganisationScope.Server, db => db.Set<Account>().Where(a => a.Id == person.AccountId).Select(a => a.PasswordHash).SingleAsync(cancellationToken));
        // Longer than any password can be: it is hashed as an empty one, so that a large form is no large work.
        var typed = password is { Length: <= PasswordRules.Longest * 4 } ? password : "";
        try
        {
            if (!await hashing.VerifyAsync(typed, stored, cancellationToken))
                return new WrongPassword();
        }
        catch (HashingQueueFullException)
        {
            await throttle.TakeBackAsync(keys, cancellationToken); // nothing was looked at
            return new ServerBusy();
        }
        await throttle.EndRightAsync(keys, cancellationToken);
        return await NoteAsync(person, factor, cancellationToken);
    }

    private async Task<Result<Done>> NoteAsync(SignedInPerson person, FactorAnswer factor, CancellationToken cancellationToken)
    {
        ThrottleKey[] keys = [];
        if (person.HasFactor || factor.IsPasskey)
        {
            (keys, var tooSoon) = await check.BeginAsync(person.AccountId, null, isKnownDevice: true, cancellationToken);
            if (tooSoon is not null)
                return tooSoon;
        }
        var read = await check.ReadAsync(factor, cancellationToken);
        if (!read.Succeeded)
            return Result.Refuse<Done>(read.Refusals);
        var noted = await database.ChangeAsync<Result<Done>>(OrganisationScope.Server, async db =>
        {
            if (await db.Set<Session>().SingleOrDefaultAsync(s => s.Id == person.SessionId && s.EndedAt == null, cancellationToken) is not { } session)
                return new ConfirmItIsYou();
            // Asked of the database, not of the person as read before: a factor may have been added meanwhile. A passkey stands alone.
            if (factor.IsPasskey || await db.HasFactorAsync(person.AccountId, cancellationToken))
            {
                var account = await db.Set<Account>().SingleAsync(a => a.Id == person.AccountId, cancellationToken);
                if (await check.UseAsync(db, account, read.Value, cancellationToken) is not { } given)
                    return Result.Refuse<Done>([read.Value.Wrong]);
                (session.FactorAt, session.FactorId) = (clock.Now(), given.FactorId);
            }
            session.ConfirmedAt = clock.Now();
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
        if (noted.Succeeded && keys.Length > 0)
            await check.EndRightAsync(keys, cancellationToken);
        return noted;
    }
}

public sealed record WrongPassword() : Refusal("password-wrong", "This is not your password", RefusalKind.Field, "CurrentPassword");

/// <summary>Changes the person's own name. It is their own everywhere from then on.</summary>
public sealed class ChangeOwnName(Database database, TimeProvider clock)
{
    public Task<Result<Done>> ExecuteAsync(Guid accountId, string? forename, string? surname, CancellationToken cancellationToken)
    {
        var name = PersonDetails.ReadNames(forename, surname);
        return !name.Succeeded ? Task.FromResult(Result.Refuse<Done>(name.Refusals)) : database.ChangeAsync<Result<Done>>(OrganisationScope.Server, async db =>
        {
            var account = await db.Set<Account>().SingleAsync(a => a.Id == accountId, cancellationToken);
            if ((account.Forename, account.Surname) == name.Value)
                return new Done();
            var texts = new Dictionary<string, string> { ["before"] = $"{account.Forename} {account.Surname}", ["after"] = $"{name.Value.Forename} {name.Value.Surname}" };
            (account.Forename, account.Surname) = name.Value;
            account.Version++;
            await Persons.FindAsNowAsync(db, account, cancellationToken);
            db.AddAudit(clock.Now(), Persons.Actor(accountId), AuditTrail.Server, new OwnNameChanged(), new AuditPerson(accountId, texts));
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
    }
}

/// <summary>A new password in place of the one that is given with it. Other devices are signed out; the person is told by mail.</summary>
public sealed class ChangeOwnPassword(Database database, ConfirmPassword confirm, PasswordHashing hashing, TimeProvider clock)
{
    public Task<Result<Confirmed>> ExecuteAsync(SignedInPerson person, string? current, string? factorCode, string? password, CancellationToken cancellationToken) =>
        ExecuteAsync(person, current, new FactorAnswer(factorCode), password, cancellationToken);

    public async Task<Result<Confirmed>> ExecuteAsync(SignedInPerson person, string? current, FactorAnswer factor, string? password, CancellationToken cancellationToken)
    {
        var confirmed = await confirm.CheckAsync(person, current, factor, cancellationToken);
        if (!confirmed.Succeeded)
            return Result.Refuse<Confirmed>(confirmed.Refusals);
        return await hashing.SetAsync(password, hash => TryAsync(person, password, hash, cancellationToken), cancellationToken);
    }

    private Task<Result<Confirmed>> TryAsync(SignedInPerson person, string? password, string? hash, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<Confirmed>>(OrganisationScope.Server, async db =>
        {
            if (await db.HeldBackAsync(person, clock.Today(), cancellationToken) is { } heldBack)
                return heldBack;
            var account = await db.Set<Account>().SingleAsync(a => a.Id == person.AccountId, cancellationToken);
            if (PasswordRules.Check(password, await Persons.NamesAsync(db, account, cancellationToken)) is { } refused)
                return refused;
            if (hash is null)
                return new PasswordToHash();
            var now = clock.Now();
            account.PasswordHash = hash;
            account.Version++;
            await Persons.EndSessionsAsync(db, account.Id, except: person.SessionId, now, cancellationToken);
            db.Add(OutboxMail.Create(clock.NewId(), AuditTrail.Server, PasswordChangedMail.TemplateName, account.Email, $"{account.Forename} {account.Surname}",
                new PasswordChangedMail.Values(account.Forename, now, ByLink: false), now));
            db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new OwnPasswordChanged());
            await db.SaveChangesAsync(cancellationToken);
            return new Confirmed(await Persons.RenewSessionAsync(db, person.SessionId, now, cancellationToken));
        }, cancellationToken);
}

/// <summary>One session in the person's own list.</summary>
public sealed record OwnSession(Guid Id, string Device, DateTime StartedAt, DateTime LastSeenAt, bool IsThis);

/// <summary>What an organisation has given the person, and who gave it.</summary>
/// <param name="Home">The path of the organisation's first page.</param>
public sealed record OwnMembership(Guid OrganisationId, string Organisation, string Code, string Home, Place Place, string JobRole, PermissionSet Permissions, DateOnly? EndsOn, string? GivenBy, IReadOnlyList<string> Administrators)
{
    /// <summary>The services of a school that are on today.</summary>
    public SchoolServices Services { get; init; } = SchoolServices.All;
}

/// <param name="EmailAsked">A new address that is not proved yet.</param>
public sealed record OwnProfile(string Forename, string Surname, string Email, string? EmailAsked, IReadOnlyList<OwnSession> Sessions, IReadOnlyList<OwnMembership> Memberships);

/// <summary>Everything of My profile.</summary>
public sealed class ReadOwnProfile(Database database, TimeProvider clock)
{
    public async Task<OwnProfile> ExecuteAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        var profile = await ReadAsync(person, cancellationToken);
        var memberships = new List<OwnMembership>();
        // A person has a handful of schools at most, so one question for each is enough.
        foreach (var membership in profile.Memberships)
            memberships.Add(membership with
            {
                Administrators = await database.ReadAsync(OrganisationScope.Of(membership.OrganisationId), db => db.AdministratorNamesAsync(clock.Today(), cancellationToken)),
            });
        return profile with { Memberships = memberships };
    }

    private Task<OwnProfile> ReadAsync(SignedInPerson person, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            var (idle, absolute) = (now - Session.Idle, now - Session.Absolute);
            var sessions = await db.Set<Session>().Where(s => s.AccountId == person.AccountId && s.EndedAt == null && s.LastSeenAt > idle && s.StartedAt > absolute)
                .OrderByDescending(s => s.LastSeenAt).Select(s => new OwnSession(s.Id, s.Device, s.StartedAt, s.LastSeenAt, s.Id == person.SessionId)).ToListAsync(cancellationToken);
            var asked = await db.Set<EmailChange>().Where(c => c.AccountId == person.AccountId && c.ExpiresAt > now).Select(c => c.NewEmail).SingleOrDefaultAsync(cancellationToken);
            return new OwnProfile(person.Forename, person.Surname, person.Email, asked, sessions, await MembershipsAsync(db, person.AccountId, cancellationToken));
        });

    private async Task<IReadOnlyList<OwnMembership>> MembershipsAsync(AppDb db, Guid accountId, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var rows = await (from membership in db.Set<Membership>()
                          where membership.AccountId == accountId && membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today)
                          join school in db.Set<Organisation>() on membership.OrganisationId equals school.Id
                          join giver in db.Set<Account>() on (membership.ChangedById ?? membership.CreatedById) equals giver.Id into givers
                          from giver in givers.DefaultIfEmpty()
                          orderby school.NameKey
                          select new { membership, Organisation = school, GivenBy = giver != null ? giver.Forename + " " + giver.Surname : null }).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new OwnMembership(row.membership.OrganisationId, row.Organisation.Name, row.Organisation.Code,
            row.Organisation is School ? $"/schools/{row.Organisation.Code}" : $"/organisations/{BodyAddress.Of(row.Organisation.Kind, row.Organisation.Code)}",
            row.Organisation switch { LocalAuthority => Place.LocalAuthority, Trust => Place.Trust, var place => Place.School(place is School { HasTracking: true }) }, JobRoles.Label(row.membership.JobRole, row.membership.OtherRole),
            row.membership.Permissions, row.membership.EndsOn, row.GivenBy, Administrators: []) { Services = (row.Organisation as School)?.ServicesOn(today) ?? SchoolServices.All });
    }
}

/// <summary>Signs out other devices of one's own account: one of them, or all.</summary>
public sealed class EndOwnSessions(Database database, TimeProvider clock)
{
    /// <param name="only">One session, or null for all but the present one.</param>
    /// <returns>How many have ended.</returns>
    public async Task<Result<int>> ExecuteAsync(SignedInPerson person, Guid? only, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        // Whoever finds a session open could sign its owner out everywhere else.
        if (!person.IsFreshAt(now))
            return new ConfirmItIsYou();
        // One that has ended meanwhile is still the person's own; of anybody else's nothing is said to be done.
        if (only is { } id && !await database.ReadAsync(OrganisationScope.Server, db => db.Set<Session>().AnyAsync(s => s.Id == id && s.AccountId == person.AccountId, cancellationToken)))
            return new NotFound("session");
        return await database.WriteAsync(OrganisationScope.Server, db =>
            db.Set<Session>().Where(s => s.AccountId == person.AccountId && s.EndedAt == null && (only == null ? s.Id != person.SessionId : s.Id == only))
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancellationToken), cancellationToken);
    }
}
