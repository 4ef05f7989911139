using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="Version">The version of the membership that the form was filled from.</param>
/// <param name="Schools">In a body, with selected schools: which ones.</param>
public sealed record ChangeAccessRequest(
    Guid MembershipId, int Version, JobRole JobRole, string? OtherRole, PermissionSet Permissions, DateOnly? EndsOn, IReadOnlyCollection<Guid>? Schools = null);

/// <param name="Changes">Empty when everything was so already.</param>
public sealed record AccessSaved(string FullName, IReadOnlyList<AccessChange> Changes);

public sealed record AccessChanged(
    Guid MembershipId, JobRole JobRoleBefore, JobRole JobRole, long PermissionsBefore, long Permissions, DateOnly? EndsOnBefore, DateOnly? EndsOn) : AuditEvent("access-changed");

/// <summary>
/// Gives a membership another job role, other permissions or another last day, with its seats, in one save. Pending, Active or closed: what
/// a closed one is given counts when it is reactivated.
/// </summary>
public sealed class ChangeAccess(Database database, HolderMails mails, TimeProvider clock)
{
    public async Task<Result<AccessSaved>> ExecuteAsync(ChangeAccessRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.MayManageUsers(organisationId))
            return new NotAllowed(Permission.SchoolSetup);
        // Links belong to the schools, and so are read before, outside of the body's own rows.
        var reached = actor.Holds(Permission.LaSetup, organisationId)
            ? await database.ReadAsync(OrganisationScope.Server, db => db.ReachedAsync(organisationId, cancellationToken)) : [];
        return await database.ChangeAsync(OrganisationScope.Of(organisationId), db => TryAsync(db, request, reached, actor, organisationId, cancellationToken), cancellationToken);
    }

    private async Task<Result<AccessSaved>> TryAsync(
        AppDb db, ChangeAccessRequest request, IReadOnlyDictionary<Guid, ReachedSchool> reached, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        if (await db.Set<Membership>().SingleOrDefaultAsync(m => m.Id == request.MembershipId, cancellationToken) is not { } membership)
            return new NotFound("user");
        if (await db.Named().SingleOrDefaultAsync(m => m.MembershipId == request.MembershipId, cancellationToken) is not { } member)
            return new UserGone();
        var place = await db.PlaceAsync(organisationId, cancellationToken);
        var now = clock.Now();
        var today = LondonTime.DateOf(now);
        var role = AccessRules.ReadRole(request.JobRole, request.OtherRole, place);
        // What is over stays as it is when a closed membership is changed; it asks for a new end when it is reactivated.
        var endDate = request.EndsOn == membership.EndsOn && !membership.HoldsSeats ? [] : AccessRules.CheckEndDate(request.EndsOn, today);
        Refusal[] refusals = [.. role.Refusals, .. AccessRules.CheckAccess(request.Permissions, place), .. endDate,
            .. place.IsBody ? BodyAccessRules.Check(request.JobRole, request.Permissions, request.EndsOn, request.Schools, reached) : []];
        if (refusals.Length > 0)
            return Result.Refuse<AccessSaved>(refusals);

        var before = AccessChoice.Of(membership);
        var after = new AccessChoice(request.JobRole, role.Value, request.Permissions, request.EndsOn).KeepingInert(before, place);
        var schools = place.IsBody ? await db.ChooseSchoolsAsync(membership, after.Permissions, request.Schools, reached, cancellationToken) : null;
        AccessChange[] changes = [.. before.DifferenceTo(after, place), .. schools is null ? [] : (AccessChange[])[schools]];
        var saved = new AccessSaved(member.FullName, changes);
        // Pressed twice, or two who want the same: it is as was asked for, whoever did it.
        if (changes.Length == 0)
            return saved;
        if (membership.Version != request.Version)
            return await StaleAsync(db, membership, cancellationToken);
        if (await db.CheckAboveAsync(actor, before.Permissions, after.Permissions, cancellationToken) is { } notFromAbove)
            return Result.Refuse<AccessSaved>([notFromAbove]);
        if (membership.AccountId == actor.AccountId && (schools is not null || actor.Above is not null))
            return new OwnAccess("Your own schools can be changed by another administrator only", "Schools", MayBeAloneWith: false);
        if (await CheckActorAsync(db, membership, before, after, actor, today, cancellationToken) is { Count: > 0 } notByThem)
            return Result.Refuse<AccessSaved>(notByThem);
        membership.Change(after, actor.AccountId, now);
        if ((await db.KeepAHolderAsync([membership], today, cancellationToken)).Count > 0)
            return new LastHolder(member.FullName, after.Permissions.Administers ? "EndsOn" : PermissionCatalogue.SetupIn(place).ToString(), PermissionCatalogue.SetupTag(before.Permissions));
        var full = await db.SeatAsync(membership, place, cancellationToken);
        if (full.Count > 0)
            return Result.Refuse<AccessSaved>(full);
        await TellAsync(db, member, membership, before, changes, actor, now, cancellationToken);
        await NoteAsync(db, membership, member.FullName, before, changes, actor, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return saved;
    }

    /// <summary>What asks for more than School setup: making a holder, and whatever somebody does to their own account.</summary>
    private static async Task<IReadOnlyList<Refusal>> CheckActorAsync(AppDb db, Membership membership, AccessChoice before, AccessChoice after, Actor actor, DateOnly today, CancellationToken cancellationToken)
    {
        if (membership.AccountId != actor.AccountId)
            return membership.HoldsSeats && after.Permissions.Administers && !before.Permissions.Administers && !actor.IsFresh ? [new ConfirmItIsYou()] : [];
        if (OwnAccess.Check(before, after) is not { Count: > 0 } raised)
            return [];
        // Administration and end date are never one's own to change; reports and tracking are, when nobody else could do it.
        if (raised.Any(r => !r.MayBeAloneWith) || (await db.HoldersAsync(today, cancellationToken)).Any(h => h.AccountId != actor.AccountId))
            return raised;
        return actor.IsFresh ? [] : [new ConfirmItIsYou()];
    }

    private async Task TellAsync(AppDb db, Member member, Membership membership, AccessChoice before, IReadOnlyList<AccessChange> changes, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        if (membership.AccountId == actor.AccountId)
            await mails.TellSelfChangeAsync(db, membership, changes, actor, now, cancellationToken);
        else if (membership.IsOpenOn(LondonTime.DateOf(now)))
            await mails.TellAccessChangedAsync(db, [(membership, changes)], actor, now, cancellationToken);
        if (membership.HoldsSeats && membership.Permissions.Administers && !before.Permissions.Administers)
            await mails.TellHolderMadeAsync(db, membership, member.FullName, actor, now, cancellationToken);
        else
            await mails.TellHoldersAsync(db, membership, member.FullName, "given other access", actor, now, cancellationToken);
    }

    private static async Task NoteAsync(
        AppDb db, Membership membership, string name, AccessChoice before, IReadOnlyList<AccessChange> changes, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var happened = new AccessChanged(membership.Id, before.JobRole, membership.JobRole, before.Permissions.Bits, membership.PermissionBits, before.EndsOn, membership.EndsOn);
        var words = new Dictionary<string, string> { [AuditPerson.Name] = name };
        foreach (var change in changes)
            words.Add(change.Label, AuditPerson.Change(change.Before, change.After));
        db.AddAudit(now, actor, membership.OrganisationId, happened, await db.PeopleAsync(actor, new AuditPerson(membership.AccountId, words), cancellationToken));
    }

    private static async Task<StaleAccess> StaleAsync(AppDb db, Membership membership, CancellationToken cancellationToken)
    {
        var by = await db.Named().Where(m => m.AccountId == membership.ChangedById).Select(m => m.Forename + " " + m.Surname).SingleOrDefaultAsync(cancellationToken);
        return new(AccessChoice.Of(membership), membership.Version, by, membership.ChangedAt);
    }
}

/// <summary>Somebody saved another choice after this form was opened. Carries what it is now, so that both can be shown.</summary>
public sealed record StaleAccess(AccessChoice Now, int Version, string? ChangedBy, DateTime? ChangedAt)
    : Refusal("access-stale", $"{ChangedBy ?? "Somebody else"} changed this access while your form was open, so nothing has been saved. Compare both below, then save yours or cancel", RefusalKind.Conflict, "Review");
