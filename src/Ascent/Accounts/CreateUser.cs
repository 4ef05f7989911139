using Ascent.Accounts.Above;
using Ascent.Accounts.Templates;
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
/// <param name="Replaces">The pending membership that is withdrawn in the same save, to put a wrong name or email right.</param>
/// <param name="TemplateId">The access template that the answers began with. It is noted and decides nothing; one that has gone is forgotten.</param>
/// <param name="MembershipId">
/// The id that the membership will have, given by a journey of another organisation, which is finished in a save of its own: asking again then
/// leads to the one that was made. Null for a new id.
/// </param>
public sealed record CreateUserRequest(
    Guid? JourneyId,
    string? Forename,
    string? Surname,
    string? Email,
    bool AcceptsMixedScript,
    JobRole JobRole,
    string? OtherRole,
    PermissionSet Permissions,
    DateOnly? EndsOn,
    Guid? Replaces = null,
    Guid? TemplateId = null,
    Guid? MembershipId = null);

public sealed record UserCreated(Guid MembershipId, JobRole JobRole, long Permissions, DateOnly? EndsOn) : AuditEvent("user-created");

/// <summary>A pending user was withdrawn and created again; one entry for both.</summary>
public sealed record UserCreatedAgain(Guid MembershipId, Guid WithdrawnMembershipId, JobRole JobRole, long Permissions, DateOnly? EndsOn) : AuditEvent("user-created-again");

/// <summary>
/// Makes a pending user: account if new, membership, seats, invitation, mail and audit entry in one save. Its steps
/// (<see cref="CheckPerson"/>, <see cref="AccessRules"/>) are the same rules that each page of the journey asks.
/// </summary>
public sealed class CreateUser(Database database, NewMembers newMembers, HolderMails mails, TimeProvider clock)
{
    public Task<Result<Guid>> ExecuteAsync(CreateUserRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !(actor.Holds(Permission.SchoolSetup, organisationId) || (actor.Above is not null && request.Replaces is null)))
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
        if (request.MembershipId is { } known && await IsMadeAsync(db, known, actor, cancellationToken))
            return known;
        var result = await DecideAsync(db, journey, request, actor, organisationId, cancellationToken);
        if (result.Succeeded)
            return result;
        // Pressed twice at once: what refuses the second may be the very thing that the first has just made.
        return journey is not null && await ResultOfAsync(db, journey.Id, cancellationToken) is { } made ? made
            : request.MembershipId is { } mine && await IsMadeAsync(db, mine, actor, cancellationToken) ? mine
            : result;
    }

    private static Task<bool> IsMadeAsync(AppDb db, Guid membershipId, Actor actor, CancellationToken cancellationToken) =>
        db.Set<Membership>().AnyAsync(m => m.Id == membershipId && m.CreatedById == actor.AccountId, cancellationToken);

    private static Task<Guid?> ResultOfAsync(AppDb db, Guid journeyId, CancellationToken cancellationToken) =>
        db.Set<Journey>().AsNoTracking().Where(j => j.Id == journeyId).Select(j => j.ResultId).SingleAsync(cancellationToken);

    private async Task<Result<Guid>> DecideAsync(AppDb db, Journey? journey, CreateUserRequest request, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        var replaced = request.Replaces is { } old ? await db.FindPendingAsync(old, cancellationToken) : null;
        if (request.Replaces is { } gone && replaced is null)
            return await db.WhyGoneAsync(gone, cancellationToken);
        var school = await db.Set<School>().SingleAsync(s => s.Id == organisationId, cancellationToken);
        var person = await CheckPersonAsync(db, request.Forename, request.Surname, request.Email, request.AcceptsMixedScript, request.Replaces, cancellationToken);
        var role = AccessRules.ReadRole(request.JobRole, request.OtherRole);
        var now = clock.Now();
        Refusal[] refusals = [.. person.Refusals, .. role.Refusals, .. AccessRules.CheckAccess(request.Permissions, school.HasTracking), .. AccessRules.CheckEndDate(request.EndsOn, LondonTime.DateOf(now))];
        if (refusals.Length > 0)
            return Result.Refuse<Guid>(refusals);
        if (await db.CheckAboveAsync(actor, PermissionSet.None, request.Permissions.Normalised(), cancellationToken) is { } notFromAbove)
            return Result.Refuse<Guid>([notFromAbove]);

        var account = (await newMembers.FindOrAddAccountsAsync(db, [person.Value], now, cancellationToken))[person.Value.Email.Key];
        var access = new AccessChoice(request.JobRole, role.Value, request.Permissions.Normalised(), request.EndsOn);
        var membership = NewMembers.Add(db, request.MembershipId ?? clock.NewId(), account.Id, access, actor, organisationId, now);
        membership.GiveTemplate(await db.PresentTemplateAsync(request.TemplateId, cancellationToken));
        // Withdrawn first: its seats go to the new one in this very save.
        var seated = new List<Membership> { membership };
        if (replaced is var (withdrawn, invitation))
        {
            await db.WithdrawAsync(withdrawn, invitation, actor, now, cancellationToken);
            seated.Add(withdrawn);
        }
        var full = await db.SeatAsync(seated, school.HasTracking, cancellationToken);
        if (full.Count > 0)
            return Result.Refuse<Guid>(full);
        newMembers.Invite(db, membership, person.Value, school.Name, account, now);
        if (membership.Permissions.Has(Permission.SchoolSetup))
            await mails.TellHolderMadeAsync(db, membership, person.Value.FullName, actor, now, cancellationToken);
        await NoteAsync(db, membership, person.Value, replaced, actor, now, cancellationToken);
        journey?.Finish(membership.Id);
        await db.SaveChangesAsync(cancellationToken);
        return membership.Id;
    }

    private static async Task NoteAsync(
        AppDb db, Membership made, PersonDetails person, (Membership Membership, Invitation Invitation)? replaced, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var details = person.ForAudit(made.AccountId);
        if (replaced is not var (withdrawn, invitation))
            db.AddAudit(now, actor, made.OrganisationId, new UserCreated(made.Id, made.JobRole, made.PermissionBits, made.EndsOn), await db.PeopleAsync(actor, details, cancellationToken));
        else
        {
            var before = new Dictionary<string, string> { ["withdrawn name"] = $"{invitation.Forename} {invitation.Surname}", ["withdrawn email"] = invitation.Email };
            // One details row a person: with the same address it is the same account.
            AuditPerson[] people = withdrawn.AccountId == made.AccountId
                ? [new(made.AccountId, new Dictionary<string, string>(details.Texts.Concat(before)))]
                : [details, new(withdrawn.AccountId, before)];
            db.AddAudit(now, actor, made.OrganisationId, new UserCreatedAgain(made.Id, withdrawn.Id, made.JobRole, made.PermissionBits, made.EndsOn), people);
        }
    }

    /// <summary>Is this a person whom the school can invite? Asked by the first page, and again at the end.</summary>
    /// <param name="replaces">The pending membership that would be withdrawn: its address is free for this person.</param>
    public Task<Result<PersonDetails>> CheckPerson(
        Guid organisationId, string? forename, string? surname, string? email, bool acceptsMixedScript, CancellationToken cancellationToken, Guid? replaces = null) =>
        database.ReadAsync(OrganisationScope.Of(organisationId), db => CheckPersonAsync(db, forename, surname, email, acceptsMixedScript, replaces, cancellationToken));

    internal static async Task<Result<PersonDetails>> CheckPersonAsync(
        AppDb db, string? forename, string? surname, string? email, bool acceptsMixedScript, Guid? replaces, CancellationToken cancellationToken)
    {
        var person = PersonDetails.Read(forename, surname, email, acceptsMixedScript);
        if (!person.Succeeded)
            return person;
        var key = person.Value.Email.Key;
        return (await db.WhoIsHereAsync([key], replaces, cancellationToken)).TryGetValue(key, out var here) ? here : person;
    }
}

/// <summary>The address belongs to somebody who is in this school, authority or trust already.</summary>
/// <param name="Place">"this school".</param>
public sealed record AlreadyHere(Guid MembershipId, string Name, MembershipState State, string Place = "this school")
    : Refusal("already-here", $"{Name} has this email address and is in {Place} already: {StateInWords(State)}", RefusalKind.Conflict, "Email")
{
    /// <summary>As it is said from above: which organisation is meant.</summary>
    public AlreadyHere In(string place) => new(MembershipId, Name, State, place);

    private static string StateInWords(MembershipState state) => state switch
    {
        MembershipState.Pending => "waiting under Pending users",
        MembershipState.Active => "active",
        MembershipState.Deactivated => "deactivated",
        MembershipState.Ended => "access has ended",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
