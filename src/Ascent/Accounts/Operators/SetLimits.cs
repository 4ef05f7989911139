using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Operators;

/// <param name="Limits">The limited permissions that are to change, each with its new limit.</param>
/// <param name="Version">The school as it was shown; null at the command line.</param>
public sealed record SetLimitsRequest(string Urn, IReadOnlyDictionary<Permission, int> Limits, int? Version = null);

public sealed record LimitChange(Permission Permission, string Label, int Before, int After);

/// <param name="Changes">Empty when it was so already; nothing was written then.</param>
public sealed record LimitsSet(string School, IReadOnlyList<LimitChange> Changes);

/// <summary>In the chain of the school and in the server's.</summary>
public sealed record LimitChanged(Guid SchoolId, Permission Permission, int Before, int After) : AuditEvent("limit-changed");

/// <summary>Fewer places than are taken. Says how many, and nobody's name: the operator's pages show none.</summary>
public sealed record SeatsHeld(Permission Permission, string Label, int Used, int Pending)
    : Refusal("seats-held", $"{InWords.Count(Used, "person holds", "people hold")} {Label}{(Pending > 0 ? $", {Pending:N0} of them pending" : "")}, so the limit cannot be lower than {Used:N0}. An administrator of the school has to free a seat first", RefusalKind.Conflict, Permission.ToString());

public sealed record LimitRefusal(Permission Permission)
    : Refusal("limit", $"A limit is a whole number from {SetLimits.Lowest} to {SetLimits.Highest}", RefusalKind.Field, Permission.ToString());

/// <summary>
/// How many people of a school may hold a limited permission. Raising adds rows of seats, lowering deletes free ones; a seat that somebody takes in
/// the same moment is met as a conflict, and the attempt runs again. The school's holders of School setup are mailed.
/// </summary>
public sealed class SetLimits(Database database, HolderMails mails, TimeProvider clock)
{
    public const int Lowest = 1;
    public const int Highest = 99;

    public async Task<Result<LimitsSet>> ExecuteAsync(SetLimitsRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        if (request.Limits.Where(l => l.Value is < Lowest or > Highest).Select(l => (Refusal)new LimitRefusal(l.Key)).ToArray() is { Length: > 0 } wrong)
            return Result.Refuse<LimitsSet>(wrong);
        return await database.ChangeAsync<Result<LimitsSet>>(OrganisationScope.Server, async db =>
        {
            var found = await db.SchoolToChangeAsync(request.Urn, request.Version, cancellationToken);
            if (!found.Succeeded)
                return Result.Refuse<LimitsSet>(found.Refusals);
            var (school, now) = (found.Value, clock.Now());
            var (changes, refusals) = (new List<LimitChange>(), new List<Refusal>());
            foreach (var info in PermissionCatalogue.Limited.Where(info => request.Limits.ContainsKey(info.Permission)))
                if (await ChangeAsync(db, school, info.Permission, request.Limits[info.Permission], changes, cancellationToken) is { } refusal)
                    refusals.Add(refusal);
            if (refusals.Count > 0)
                return Result.Refuse<LimitsSet>(refusals);
            if (changes.Count > 0)
            {
                foreach (var change in changes)
                    db.NoteDecision(now, actor, school, new LimitChanged(school.Id, change.Permission, change.Before, change.After));
                // One after the other: of two who change a limit at once the second counts what the first has left.
                school.Version++;
                await mails.TellLimitsAsync(db, school, changes, now, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }
            return new LimitsSet(school.Name, changes);
        }, cancellationToken);
    }

    private static async Task<Refusal?> ChangeAsync(AppDb db, School school, Permission permission, int limit, List<LimitChange> changes, CancellationToken cancellationToken)
    {
        var label = PermissionCatalogue.Label(permission, school.HasTracking);
        var seats = await db.Set<Seat>().Where(s => s.OrganisationId == school.Id && s.Permission == permission).OrderBy(s => s.Number).ToListAsync(cancellationToken);
        // Where more people held it than the first limit allowed, no seats were opened; a higher one opens them.
        var holders = seats.Count > 0 ? [.. seats.Select(s => s.HolderId).OfType<Guid>()] : await HoldersAsync(db, school.Id, permission, cancellationToken);
        if (holders.Count > limit)
        {
            var pending = await db.Set<Membership>().CountAsync(m => m.OrganisationId == school.Id && holders.Contains(m.Id) && m.State == MembershipState.Pending, cancellationToken);
            return new SeatsHeld(permission, label, holders.Count, pending);
        }
        foreach (var free in seats.Where(s => s.HolderId is null).Reverse().Take(seats.Count - limit))
            db.Remove(free);
        var waiting = new Queue<Guid>(seats.Count > 0 ? [] : holders);
        foreach (var number in Enumerable.Range(1, Math.Max(limit, seats.Count)).Except(seats.Select(s => s.Number)).Take(limit - seats.Count))
            db.Add(new Seat { OrganisationId = school.Id, Permission = permission, Number = number, HolderId = waiting.TryDequeue(out var holder) ? holder : null });
        if (seats.Count != limit)
            changes.Add(new(permission, label, seats.Count, limit));
        return null;
    }

    private static Task<List<Guid>> HoldersAsync(AppDb db, Guid schoolId, Permission permission, CancellationToken cancellationToken)
    {
        var bit = PermissionSet.Of(permission).Bits;
        return db.Set<Membership>().Where(m => m.OrganisationId == schoolId && (m.PermissionBits & bit) != 0 && (m.State == MembershipState.Pending || m.State == MembershipState.Active))
            .OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(cancellationToken);
    }
}
