using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <summary>What somebody from above may do in a school: to holders of School setup, and to nobody else.</summary>
internal static class HoldersFromAbove
{
    /// <summary>Manages the users of the organisation, or comes from above it; what the latter may do is asked in the save.</summary>
    public static bool MayManageUsers(this Actor actor, Guid organisationId) =>
        actor.Administers(organisationId) || (actor.Above is not null && actor.OrganisationId == organisationId);

    /// <summary>Asked in the very save: is the link still there, the school open, and this a holder?</summary>
    /// <param name="held">What the person holds in the school.</param>
    /// <returns>Null for the school's own administrators, and when it may be done.</returns>
    public static async Task<Refusal?> CheckAboveAsync(this AppDb db, Actor actor, PermissionSet held, CancellationToken cancellationToken) =>
        actor.Above is null ? null
        : await db.LevelAboveAsync(actor, cancellationToken) is null ? new ReachOver()
        : !held.Has(Permission.SchoolSetup) ? new HoldersOnly()
        : null;

    /// <summary>What may be given and taken from above: School setup and the reports of the link's level, and nothing else is touched.</summary>
    public static async Task<Refusal?> CheckAboveAsync(this AppDb db, Actor actor, PermissionSet before, PermissionSet after, CancellationToken cancellationToken)
    {
        if (actor.Above is null)
            return null;
        if (await db.LevelAboveAsync(actor, cancellationToken) is not { } level)
            return new ReachOver();
        if (!after.Has(Permission.SchoolSetup) || (!before.IsEmpty && !before.Has(Permission.SchoolSetup)))
            return new HoldersOnly();
        var mine = level.Grants().With(Permission.SchoolSetup);
        var difference = before.DifferenceTo(after);
        Permission[] touched = [.. difference.Given, .. difference.Taken, .. difference.Widened, .. difference.Narrowed];
        return touched.FirstOrDefault(p => !mine.Has(p), (Permission)(-1)) is >= 0 and var other ? new NotFromAbove(other, level) : null;
    }

    /// <summary>Those whom the entry names, and whoever came from above: the school's log knows them by no membership.</summary>
    public static async Task<AuditPerson[]> PeopleAsync(this AppDb db, Actor actor, AuditPerson person, CancellationToken cancellationToken)
    {
        if (actor.Above is not { } above || person.PersonId == actor.AccountId)
            return [person];
        var name = await db.Set<Account>().Where(a => a.Id == actor.AccountId).Select(a => a.Forename + " " + a.Surname).SingleAsync(cancellationToken);
        var body = await db.Set<Organisation>().Where(o => o.Id == above.BodyId).Select(o => o.Name).SingleAsync(cancellationToken);
        return [person, new(actor.AccountId!.Value, new Dictionary<string, string> { [AuditPerson.Name] = name, [AuditPerson.From] = body })];
    }

    private static async Task<ReachLevel?> LevelAboveAsync(this AppDb db, Actor actor, CancellationToken cancellationToken)
    {
        var (school, body) = (actor.OrganisationId!.Value, actor.Above!.BodyId);
        if (await db.Set<SchoolLock>().AnyAsync(l => l.OrganisationId == school, cancellationToken))
            return null;
        return await db.Set<ReachLink>().Where(l => l.OrganisationId == school && l.BodyId == body && l.EndedAt == null).Select(l => (ReachLevel?)l.Level).SingleOrDefaultAsync(cancellationToken);
    }
}

/// <summary>The link has ended, or the school is locked.</summary>
public sealed record ReachOver() : Refusal("reach-over", "The school is not open to your organisation any more", RefusalKind.NotAllowed);

public sealed record HoldersOnly()
    : Refusal("holders-only", "From here only the school’s holders of School setup can be created or changed. The school itself looks after its other users", RefusalKind.Refused, nameof(Permission.SchoolSetup));

public sealed record NotFromAbove(Permission Permission, ReachLevel Level)
    : Refusal("not-from-above", $"“{PermissionCatalogue.Of(Permission).Label}” is the school’s to give and to take: the link with it is for {Level.Words()}", RefusalKind.Refused, Permission.ToString());
