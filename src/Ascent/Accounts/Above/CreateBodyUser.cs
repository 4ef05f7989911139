using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <param name="JourneyId">The journey that this finishes; pressing again then leads to the same membership. Null when there is none.</param>
/// <param name="School">The URN of the linked school whose administrator this will be; null for the body's own users, School Improvement Partners included.</param>
/// <param name="Schools">Of the body's own users with selected schools: which ones.</param>
public sealed record CreateBodyUserRequest(
    Guid? JourneyId, string? Forename, string? Surname, string? Email, bool AcceptsMixedScript, JobRole JobRole, string? OtherRole, PermissionSet Permissions, DateOnly? EndsOn,
    string? School = null, IReadOnlyCollection<Guid>? Schools = null);

/// <summary>Who it will be, as the first pages ask it.</summary>
/// <param name="School">As of <see cref="CreateBodyUserRequest"/>.</param>
public sealed record BodyPerson(string? Forename, string? Surname, string? Email, bool AcceptsMixedScript, string? School = null);

/// <summary>
/// Makes a pending user from above: of the body itself, a School Improvement Partner, or an administrator of a linked school. The last is
/// <see cref="CreateUser"/> with what the link lets through; all three are invited alike.
/// </summary>
public sealed class CreateBodyUser(Database database, CreateUser createUser, EnterFromAbove enter, NewMembers newMembers, HolderMails mails, TimeProvider clock)
{
    private const string OurPlace = "your organisation";

    public async Task<Result<Guid>> ExecuteAsync(CreateBodyUserRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return new NotAllowed(Permission.LaSetup);
        if (request.School is { } urn)
            return await CreateThereAsync(request, urn, actor, cancellationToken);
        if (request.Permissions.Has(Permission.LaSetup) && !actor.IsFresh)
            return new ConfirmItIsYou();
        // Links belong to the schools, and so are read before, outside of the body's own rows.
        var reached = await database.ReadAsync(OrganisationScope.Server, db => db.ReachedAsync(bodyId, cancellationToken));
        return await database.ChangeAsync(OrganisationScope.Of(bodyId), db => TryAsync(db, request, reached, actor, bodyId, cancellationToken), cancellationToken);
    }

    /// <summary>Is this a person whom the body, or the school, can invite? Asked by the pages, and again at the end.</summary>
    public async Task<Result<PersonDetails>> CheckPersonAsync(BodyPerson person, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return new NotAllowed(Permission.LaSetup);
        if (person.School is not { } urn)
            return NamedHere(await createUser.CheckPerson(bodyId, person.Forename, person.Surname, person.Email, person.AcceptsMixedScript, cancellationToken), OurPlace);
        var school = await enter.ExecuteAsync(urn, actor, cancellationToken);
        return school.Succeeded
            ? NamedHere(await createUser.CheckPerson(school.Value.Id, person.Forename, person.Surname, person.Email, person.AcceptsMixedScript, cancellationToken), school.Value.Name)
            : Result.Refuse<PersonDetails>(school.Refusals);
    }

    private static Result<T> NamedHere<T>(Result<T> result, string place) =>
        result.Succeeded ? result : Result.Refuse<T>([.. result.Refusals.Select(r => r is AlreadyHere here ? here.In(place) : r)]);

    private async Task<Result<Guid>> CreateThereAsync(CreateBodyUserRequest request, string urn, Actor actor, CancellationToken cancellationToken)
    {
        if (request.JourneyId is { } journey && await ResultOfAsync(journey, actor, cancellationToken) is { } made)
            return made;
        var school = await enter.ExecuteAsync(urn, actor, cancellationToken);
        if (!school.Succeeded)
            return Result.Refuse<Guid>(school.Refusals);
        // The journey is the body's, the membership the school's: two saves. The membership has the journey's id, so that pressing again finds what
        // a crash has left between them.
        var created = await createUser.ExecuteAsync(
            new(null, request.Forename, request.Surname, request.Email, request.AcceptsMixedScript, request.JobRole, request.OtherRole, request.Permissions, request.EndsOn, MembershipId: request.JourneyId),
            school.Value.Actor, cancellationToken);
        if (!created.Succeeded)
            return NamedHere(created, school.Value.Name);
        if (request.JourneyId is { } finished)
            await database.ChangeAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
            {
                var begun = await db.Set<Journey>().SingleAsync(j => j.Id == finished && j.AccountId == actor.AccountId, cancellationToken);
                if (!begun.IsFinished)
                    begun.Finish(created.Value, new { School = urn });
                return await db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);
        return created;
    }

    private Task<Guid?> ResultOfAsync(Guid journeyId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), db =>
            db.Set<Journey>().Where(j => j.Id == journeyId && j.AccountId == actor.AccountId).Select(j => j.ResultId).SingleAsync(cancellationToken));

    private async Task<Result<Guid>> TryAsync(
        AppDb db, CreateBodyUserRequest request, IReadOnlyDictionary<Guid, ReachedSchool> reached, Actor actor, Guid bodyId, CancellationToken cancellationToken)
    {
        var journey = request.JourneyId is { } id ? await db.Set<Journey>().SingleAsync(j => j.Id == id && j.AccountId == actor.AccountId, cancellationToken) : null;
        if (journey?.ResultId is { } already)
            return already;
        var body = await db.Set<Organisation>().SingleAsync(o => o.Id == bodyId, cancellationToken);
        var place = Places.Of(body.Kind, hasTracking: false);
        var person = NamedHere(await CreateUser.CheckPersonAsync(db, request.Forename, request.Surname, request.Email, request.AcceptsMixedScript, null, cancellationToken), OurPlace);
        var role = AccessRules.ReadRole(request.JobRole, request.OtherRole, place);
        var now = clock.Now();
        var permissions = request.Permissions.Normalised();
        Refusal[] refusals =
        [
            .. person.Refusals, .. role.Refusals, .. AccessRules.CheckAccess(request.Permissions, place), .. AccessRules.CheckEndDate(request.EndsOn, LondonTime.DateOf(now)),
            .. BodyAccessRules.Check(request.JobRole, permissions, request.EndsOn, request.Schools, reached),
        ];
        if (refusals.Length > 0)
            return Result.Refuse<Guid>(refusals);
        var account = (await newMembers.FindOrAddAccountsAsync(db, [person.Value], now, cancellationToken))[person.Value.Email.Key];
        var membership = NewMembers.Add(db, clock.NewId(), account.Id, new(request.JobRole, role.Value, permissions, request.EndsOn), actor, bodyId, now);
        await db.ChooseSchoolsAsync(membership, permissions, request.Schools, reached, cancellationToken);
        newMembers.Invite(db, membership, person.Value, body.Name, account, now);
        if (permissions.Administers)
            await mails.TellHolderMadeAsync(db, membership, person.Value.FullName, actor, now, cancellationToken);
        db.AddAudit(now, actor, bodyId, new UserCreated(membership.Id, membership.JobRole, membership.PermissionBits, membership.EndsOn), person.Value.ForAudit(account.Id));
        journey?.Finish(membership.Id);
        await db.SaveChangesAsync(cancellationToken);
        return membership.Id;
    }
}
