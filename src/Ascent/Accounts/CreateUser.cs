using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="JourneyId">The journey that this finishes; pressing again then leads to the same membership. Null when there is none.</param>
public sealed record CreateUserRequest(
    Guid? JourneyId,
    string? Forename,
    string? Surname,
    string? Email,
    bool AcceptsMixedScript,
    JobRole JobRole,
    string? OtherRole,
    PermissionSet Permissions,
    DateOnly? EndsOn);

public sealed record UserCreated(Guid MembershipId, JobRole JobRole, long Permissions, DateOnly? EndsOn) : AuditEvent("user-created");

/// <summary>
/// Makes a pending user: account if new, membership, seats, invitation, mail and audit entry in one save. Its steps
/// (<see cref="CheckPerson"/>, <see cref="ReadRole"/>, <see cref="CheckAccess"/>) are the same rules that each page of the journey asks.
/// </summary>
public sealed class CreateUser(Database database, Invitations invitations, TimeProvider clock)
{
    public Task<Result<Guid>> ExecuteAsync(CreateUserRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolSetup, organisationId))
            return Task.FromResult<Result<Guid>>(new NotAllowed(Permission.SchoolSetup));
        if (request.Permissions.Has(Permission.SchoolSetup) && !actor.IsFresh)
            return Task.FromResult<Result<Guid>>(new ConfirmItIsYou());
        return database.ChangeAsync(OrganisationScope.Of(organisationId), db => TryAsync(db, request, actor, organisationId, cancellationToken), cancellationToken);
    }

    private async Task<Result<Guid>> TryAsync(AppDb db, CreateUserRequest request, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        var journey = request.JourneyId is { } id ? await db.Set<Journey>().SingleAsync(j => j.Id == id && j.AccountId == actor.AccountId, cancellationToken) : null;
        if (journey?.ResultId is { } already)
            return already;
        var result = await DecideAsync(db, journey, request, actor, organisationId, cancellationToken);
        // Pressed twice at once: what refuses the second may be the very thing that the first has just made.
        return !result.Succeeded && journey is not null && await ResultOfAsync(db, journey.Id, cancellationToken) is { } made ? made : result;
    }

    private static Task<Guid?> ResultOfAsync(AppDb db, Guid journeyId, CancellationToken cancellationToken) =>
        db.Set<Journey>().AsNoTracking().Where(j => j.Id == journeyId).Select(j => j.ResultId).SingleAsync(cancellationToken);

    private async Task<Result<Guid>> DecideAsync(AppDb db, Journey? journey, CreateUserRequest request, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        var school = await db.Set<School>().SingleAsync(s => s.Id == organisationId, cancellationToken);
        var person = await CheckPersonAsync(db, request.Forename, request.Surname, request.Email, request.AcceptsMixedScript, cancellationToken);
        var role = ReadRole(request.JobRole, request.OtherRole);
        var now = clock.Now();
        Refusal[] refusals = [.. person.Refusals, .. role.Refusals, .. CheckAccess(request.Permissions, school.HasTracking), .. CheckEndDate(request.EndsOn, LondonTime.DateOf(now))];
        if (refusals.Length > 0)
            return Result.Refuse<Guid>(refusals);

        var (account, isKnown) = await FindOrAddAccountAsync(db, person.Value, now, cancellationToken);
        var membership = new Membership
        {
            OrganisationId = organisationId,
            Id = clock.NewId(),
            AccountId = account.Id,
            JobRole = request.JobRole,
            OtherRole = role.Value,
            Permissions = request.Permissions.Normalised(),
            EndsOn = request.EndsOn,
            CreatedAt = now,
            CreatedById = actor.AccountId,
        };
        db.Add(membership);
        var full = await db.SeatAsync(membership, school.HasTracking, cancellationToken);
        if (full.Count > 0)
            return Result.Refuse<Guid>(full);
        invitations.Create(db, membership, person.Value, school.Name, isKnown, now);
        db.AddAudit(now, actor, organisationId, new UserCreated(membership.Id, membership.JobRole, membership.PermissionBits, membership.EndsOn), person.Value.ForAudit(account.Id));
        journey?.Finish(membership.Id);
        await db.SaveChangesAsync(cancellationToken);
        return membership.Id;
    }

    /// <summary>Is this a person whom the school can invite? Asked by the first page, and again at the end.</summary>
    public Task<Result<PersonDetails>> CheckPerson(Guid organisationId, string? forename, string? surname, string? email, bool acceptsMixedScript, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(organisationId), db => CheckPersonAsync(db, forename, surname, email, acceptsMixedScript, cancellationToken));

    /// <summary>The other role in words where the role is Other, else null.</summary>
    public static Result<string?> ReadRole(JobRole role, string? other)
    {
        if (!Enum.IsDefined(role))
            return new RoleMissing();
        if (role != JobRole.Other)
            return (string?)null;
        var words = PlainText.Tidy(other);
        if (words.Length == 0)
            return new OtherRoleUnreadable("Say which role it is");
        return PlainText.HasForbiddenCharacter(words) || PlainText.Length(words) > 60 || words.Length > 200
            ? new OtherRoleUnreadable("Say the role in 60 characters or fewer, on one line")
            : words;
    }

    /// <summary>What is wrong with a set of permissions in this school; one refusal at each permission.</summary>
    public static IReadOnlyList<Refusal> CheckAccess(PermissionSet permissions, bool hasTracking) =>
        [.. permissions.Validate(hasTracking).Select(fault => (Refusal)new AccessRefusal(fault))];

    /// <summary>The last day of access is today or later, and not so far away that it was mistyped.</summary>
    public static IReadOnlyList<Refusal> CheckEndDate(DateOnly? endsOn, DateOnly today) => endsOn switch
    {
        null => [],
        { } day when day < today => [new EndDateRefusal($"The last day of access must be today, {InWords.Date(today)}, or later")],
        { } day when day > today.AddYears(10) => [new EndDateRefusal("The last day of access must be within the next 10 years")],
        _ => [],
    };

    private static async Task<Result<PersonDetails>> CheckPersonAsync(AppDb db, string? forename, string? surname, string? email, bool acceptsMixedScript, CancellationToken cancellationToken)
    {
        var person = PersonDetails.Read(forename, surname, email, acceptsMixedScript);
        if (!person.Succeeded)
            return person;
        var key = person.Value.Email.Key;
        var here = await (from account in db.Set<Account>()
                          where account.EmailKey == key
                          join member in db.Named() on account.Id equals member.AccountId
                          select member).SingleOrDefaultAsync(cancellationToken);
        return here is null ? person : new AlreadyHere(here.MembershipId, here.FullName, here.State);
    }

    private async Task<(Account Account, bool IsKnown)> FindOrAddAccountAsync(AppDb db, PersonDetails person, DateTime now, CancellationToken cancellationToken)
    {
        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.EmailKey == person.Email.Key, cancellationToken);
        if (account is not null)
            return (account, account.HasSignedUp);
        account = new Account
        {
            Id = clock.NewId(),
            Email = person.Email.Typed,
            EmailKey = person.Email.Key,
            Forename = person.Forename,
            Surname = person.Surname,
            CreatedAt = now,
        };
        db.Add(account);
        return (account, false);
    }
}

/// <summary>The address belongs to somebody who is in this school already.</summary>
public sealed record AlreadyHere(Guid MembershipId, string Name, MembershipState State)
    : Refusal("already-here", $"{Name} has this email address and is in this school already: {StateInWords(State)}", RefusalKind.Conflict, "Email")
{
    private static string StateInWords(MembershipState state) => state switch
    {
        MembershipState.Pending => "waiting under Pending users",
        MembershipState.Active => "active",
        MembershipState.Deactivated => "deactivated",
        MembershipState.Ended => "access has ended",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}

public sealed record RoleMissing() : Refusal("role-missing", "Choose the job role", RefusalKind.Field, "JobRole");

public sealed record OtherRoleUnreadable(string Message) : Refusal("other-role", Message, RefusalKind.Field, "OtherRole");

public sealed record EndDateRefusal(string Message) : Refusal("end-date", Message, RefusalKind.Field, "EndsOn");

/// <summary>A permission without its parent, or one that does not exist here; said at that permission.</summary>
public sealed record AccessRefusal(PermissionFault Fault) : Refusal("access", Words(Fault), RefusalKind.Field, Fault.Permission.ToString())
{
    private static string Words(PermissionFault fault) => fault switch
    {
        NeedsParent { Permission: Permission.PupilReports } => "Pupil-level data needs school-level reports: tick both or neither",
        NeedsParent { Permission: Permission.AllCollaborateGroups } => "Collaborate groups need school-level reports: tick both or neither",
        NeedsParent needs => $"{PermissionCatalogue.Of(needs.Permission).Label} needs {PermissionCatalogue.Of(needs.Parent).Label}: tick both or neither",
        NotInThisSchool => "This school has no Pupil Tracking",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
