using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>People ticked on the list. Those for whom the deed cannot be done are left out, each with the reason.</summary>
public sealed record SelectedUsers(IReadOnlyList<UserRow> Users, IReadOnlyList<Refusal> LeftOut);

/// <summary>For the pages that show what a deed for many would do.</summary>
public sealed class ReadSelectedUsers(Database database, TimeProvider clock)
{
    /// <returns>Null when one of them was never a membership of this organisation: no page of ours asks for that.</returns>
    public Task<SelectedUsers?> ExecuteAsync(IReadOnlyCollection<Guid> membershipIds, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.ChooseAsync(membershipIds, actor, clock.Today(), cancellationToken) is not var (chosen, leftOut))
                return null;
            var rows = await db.RowsAsync([.. chosen.Select(m => m.Id)], actor, clock.Today(), cancellationToken);
            return new SelectedUsers(rows, leftOut);
        });
}

public sealed record UsersDeactivated(IReadOnlyList<Guid> MembershipIds) : AuditEvent("users-deactivated");

/// <summary>Closes the organisation to several people in one save, with one entry that names all.</summary>
public sealed class DeactivateUsers(Database database, HolderMails mails, TimeProvider clock)
{
    public Task<Result<DoneForMany>> ExecuteAsync(IReadOnlyCollection<Guid> membershipIds, Actor actor, CancellationToken cancellationToken) =>
        database.OnUsersAsync(membershipIds, actor, clock, async (db, chosen, now) =>
        {
            foreach (var membership in chosen)
            {
                membership.Deactivate(actor.AccountId, now);
                await db.CloseAsync(membership, cancellationToken);
            }
            await mails.TellClosedAsync(db, chosen, actor, now, cancellationToken);
            var people = await db.ForAuditAsync(chosen, cancellationToken);
            db.AddAudit(now, actor, chosen[0].OrganisationId, new UsersDeactivated([.. chosen.Select(m => m.Id)]), [.. people]);
            return [];
        }, cancellationToken);
}

public sealed record EndDatesSet(IReadOnlyList<Guid> MembershipIds, DateOnly EndsOn) : AuditEvent("end-dates-set");

/// <summary>Gives several people the same last day of access in one save, with one entry that names all.</summary>
public sealed class SetEndDates(Database database, HolderMails mails, TimeProvider clock)
{
    public Task<Result<DoneForMany>> ExecuteAsync(IReadOnlyCollection<Guid> membershipIds, DateOnly? endsOn, Actor actor, CancellationToken cancellationToken) =>
        database.OnUsersAsync(membershipIds, actor, clock, async (db, chosen, now) =>
        {
            if (endsOn is not { } day)
                return [new EndDateRefusal("Enter the last day of access, such as 31 8 2027")];
            if (AccessRules.CheckEndDate(day, LondonTime.DateOf(now)) is { Count: > 0 } wrong)
                return wrong;
            var place = await db.PlaceAsync(chosen[0].OrganisationId, cancellationToken);
            var changed = new List<(Membership Membership, IReadOnlyList<AccessChange> Changes)>();
            foreach (var membership in chosen)
            {
                var before = AccessChoice.Of(membership);
                membership.Change(before with { EndsOn = day }, actor.AccountId, now);
                changed.Add((membership, before.DifferenceTo(AccessChoice.Of(membership), place)));
            }
            await mails.TellAccessChangedAsync(db, [.. changed.Where(c => c.Changes.Count > 0)], actor, now, cancellationToken);
            var people = await db.ForAuditAsync(chosen, cancellationToken);
            db.AddAudit(now, actor, chosen[0].OrganisationId, new EndDatesSet([.. chosen.Select(m => m.Id)], day), [.. people]);
            return [];
        }, cancellationToken);
}

internal static class DeedsForMany
{
    /// <param name="deed">Changes the chosen ones and gives what is wrong; nothing is saved then.</param>
    public static Task<Result<DoneForMany>> OnUsersAsync(
        this Database database, IReadOnlyCollection<Guid> membershipIds, Actor actor, TimeProvider clock,
        Func<AppDb, IReadOnlyList<Membership>, DateTime, Task<IReadOnlyList<Refusal>>> deed, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Administers(organisationId))
            return Task.FromResult<Result<DoneForMany>>(new NotAllowed(Permission.SchoolSetup));
        return database.ChangeAsync<Result<DoneForMany>>(OrganisationScope.Of(organisationId), async db =>
        {
            var now = clock.Now();
            var today = LondonTime.DateOf(now);
            if (await db.ChooseAsync(membershipIds, actor, today, cancellationToken) is not var (chosen, leftOut))
                return new NotFound("user");
            if (chosen.Count == 0)
                return new DoneForMany(0, leftOut);
            if (await deed(db, chosen, now) is { Count: > 0 } wrong)
                return Result.Refuse<DoneForMany>(wrong);
            // Chosen a moment ago so that it holds; whoever was quicker meanwhile makes this save begin again.
            if ((await db.KeepAHolderAsync(chosen, today, cancellationToken)).Count > 0)
                throw new DbUpdateConcurrencyException("A holder was taken away meanwhile.");
            await db.SaveChangesAsync(cancellationToken);
            return new DoneForMany(chosen.Count, leftOut);
        }, cancellationToken);
    }

    /// <summary>Which of the ticked people take part, and why the others do not. Null when one is no membership of this organisation.</summary>
    public static async Task<(IReadOnlyList<Membership> Chosen, IReadOnlyList<Refusal> LeftOut)?> ChooseAsync(
        this AppDb db, IReadOnlyCollection<Guid> membershipIds, Actor actor, DateOnly today, CancellationToken cancellationToken)
    {
        var ids = membershipIds.ToHashSet();
        var found = await db.Set<Membership>().Where(m => ids.Contains(m.Id)).OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).ToListAsync(cancellationToken);
        if (found.Count < ids.Count)
            return null;
        var names = await db.Named().Where(m => ids.Contains(m.MembershipId)).ToDictionaryAsync(m => m.MembershipId, m => m.FullName, cancellationToken);
        var holders = await db.HoldersAsync(today, cancellationToken);
        // Whoever ticks themselves stays all the same.
        var keepsOne = holders.Exists(h => h.EndsOn is null && (h.AccountId == actor.AccountId || !ids.Contains(h.MembershipId)));
        var leftOut = new List<Refusal>();
        var chosen = new List<Membership>();
        foreach (var membership in found)
        {
            if (!names.TryGetValue(membership.Id, out var name))
                leftOut.Add(new UserGone());
            else if (membership.AccountId == actor.AccountId)
                leftOut.Add(new OwnAccount());
            else if (membership.State != MembershipState.Active)
                leftOut.Add(new OtherState(name, membership.State));
            else if (!keepsOne && holders.Exists(h => h.MembershipId == membership.Id))
                leftOut.Add(new LastHolder(name, Setup: PermissionCatalogue.SetupTag(membership.Permissions)));
            else
                chosen.Add(membership);
        }
        return (chosen, leftOut);
    }
}
