using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="Version">The version of the membership that the form was filled from.</param>
public sealed record ChangeAccessRequest(Guid MembershipId, int Version, JobRole JobRole, string? OtherRole, PermissionSet Permissions, DateOnly? EndsOn);

/// <param name="Changes">Empty when everything was so already.</param>
public sealed record AccessSaved(string FullName, IReadOnlyList<AccessChange> Changes);

public sealed record AccessChanged(
    Guid MembershipId, JobRole JobRoleBefore, JobRole JobRole, long PermissionsBefore, long Permissions, DateOnly? EndsOnBefore, DateOnly? EndsOn) : AuditEvent("access-changed");

/// <summary>Gives a membership another job role, other permissions or another last day, with its seats, in one save.</summary>
public sealed class ChangeAccess(Database database, TimeProvider clock)
{
    public Task<Result<AccessSaved>> ExecuteAsync(ChangeAccessRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolSetup, organisationId))
            return Task.FromResult<Result<AccessSaved>>(new NotAllowed(Permission.SchoolSetup));
        return database.ChangeAsync(OrganisationScope.Of(organisationId), db => TryAsync(db, request, actor, organisationId, cancellationToken), cancellationToken);
    }

    private async Task<Result<AccessSaved>> TryAsync(AppDb db, ChangeAccessRequest request, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        if (await db.FindPendingAsync(request.MembershipId, cancellationToken) is not var (membership, invitation))
            return await db.WhyGoneAsync(request.MembershipId, cancellationToken);
        if (membership.AccountId == actor.AccountId)
            return new OwnAccess();
        var tracking = await db.Set<School>().Where(s => s.Id == organisationId).Select(s => s.IsPrimary).SingleAsync(cancellationToken);
        var now = clock.Now();
        var role = AccessRules.ReadRole(request.JobRole, request.OtherRole);
        Refusal[] refusals = [.. role.Refusals, .. AccessRules.CheckAccess(request.Permissions, tracking), .. AccessRules.CheckEndDate(request.EndsOn, LondonTime.DateOf(now))];
        if (refusals.Length > 0)
            return Result.Refuse<AccessSaved>(refusals);

        var before = AccessChoice.Of(membership);
        // What lies still because the school has no Pupil Tracking is no question of the form, and stays.
        var after = new AccessChoice(request.JobRole, role.Value, request.Permissions.Normalised().And(before.Permissions.Inert(tracking)), request.EndsOn);
        var changes = before.DifferenceTo(after, tracking);
        var saved = new AccessSaved($"{invitation.Forename} {invitation.Surname}", changes);
        // Pressed twice, or two who want the same: it is as was asked for, whoever did it.
        if (changes.Count == 0)
            return saved;
        if (membership.Version != request.Version)
            return await StaleAsync(db, membership, cancellationToken);
        if (after.Permissions.Has(Permission.SchoolSetup) && !before.Permissions.Has(Permission.SchoolSetup) && !actor.IsFresh)
            return new ConfirmItIsYou();
        membership.Change(after, actor.AccountId, now);
        var full = await db.SeatAsync(membership, tracking, cancellationToken);
        if (full.Count > 0)
            return Result.Refuse<AccessSaved>(full);
        Note(db, membership, before, changes, actor, now);
        await db.SaveChangesAsync(cancellationToken);
        return saved;
    }

    private static void Note(AppDb db, Membership membership, AccessChoice before, IReadOnlyList<AccessChange> changes, Actor actor, DateTime now)
    {
        var happened = new AccessChanged(membership.Id, before.JobRole, membership.JobRole, before.Permissions.Bits, membership.PermissionBits, before.EndsOn, membership.EndsOn);
        var words = changes.ToDictionary(c => c.Label, c => $"{c.Before} → {c.After}");
        db.AddAudit(now, actor, membership.OrganisationId, happened, new AuditPerson(membership.AccountId, words));
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

/// <summary>Nobody changes their own account’s access through another membership.</summary>
public sealed record OwnAccess() : Refusal("own-access", "This is your own account: another administrator has to change its access", RefusalKind.Refused);
