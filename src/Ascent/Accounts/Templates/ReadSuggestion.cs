using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Templates;

/// <summary>What the pages about access begin with, and where that comes from.</summary>
/// <param name="From">Completes "Suggested by …": the template, or the colleague's access.</param>
public sealed record AccessSuggestion(string From, PermissionSet Permissions);

/// <summary>A colleague whose access can be begun with.</summary>
public sealed record Colleague(Guid MembershipId, string FullName, string JobRole, string Email, PermissionSet Permissions)
{
    public string InWords => $"the access of {FullName}";
}

/// <summary>
/// Reads the set of a template or of a colleague for the journey that creates a user. It is read anew on every page: what was given meanwhile
/// counts, and nothing is suggested any more by what has gone.
/// </summary>
public sealed class ReadSuggestion(Database database, TimeProvider clock)
{
    public const int MostFound = 10;

    /// <returns>Null when the template is not there (any more).</returns>
    public Task<AccessSuggestion?> OfTemplateAsync(Guid templateId, Actor actor, CancellationToken cancellationToken) => ReadAsync(actor, async (db, tracking) =>
        await db.Set<AccessTemplate>().SingleOrDefaultAsync(t => t.Id == templateId, cancellationToken) is { } template
            ? new AccessSuggestion($"the template “{template.Name}”", template.Permissions.GivenIn(tracking))
            : null, cancellationToken);

    /// <returns>Null when there is no such colleague, Active or Pending, in the school (any more).</returns>
    public Task<AccessSuggestion?> OfColleagueAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken) => ReadAsync(actor, async (db, tracking) =>
        await ColleaguesAsync(db, Here(db).Where(m => m.Id == membershipId), cancellationToken) is [var colleague]
            ? new AccessSuggestion(colleague.InWords, colleague.Permissions.GivenIn(tracking))
            : null, cancellationToken);

    public Task<Colleague?> FindColleagueAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken) =>
        ReadAsync(actor, async (db, _) => (await ColleaguesAsync(db, Here(db).Where(m => m.Id == membershipId), cancellationToken)).SingleOrDefault(), cancellationToken);

    /// <summary>Colleagues whose forename, surname or email address begins so; at most <see cref="MostFound"/> and one more.</summary>
    public Task<IReadOnlyList<Colleague>> FindColleaguesAsync(string search, Actor actor, CancellationToken cancellationToken) =>
        ReadAsync(actor, (db, _) => ColleaguesAsync(db, Here(db).Search(search).OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).Take(MostFound + 1), cancellationToken), cancellationToken);

    private Task<T> ReadAsync<T>(Actor actor, Func<AppDb, bool, Task<T>> read, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db => await read(db, await db.HasTrackingAsync(actor.OrganisationId!.Value, cancellationToken)));

    // Active means that the end date has not passed.
    private IQueryable<Membership> Here(AppDb db)
    {
        var today = clock.Today();
        return db.Set<Membership>().Where(m => (m.State == MembershipState.Active || m.State == MembershipState.Pending) && (m.EndsOn == null || m.EndsOn >= today));
    }

    private static async Task<IReadOnlyList<Colleague>> ColleaguesAsync(AppDb db, IQueryable<Membership> memberships, CancellationToken cancellationToken)
    {
        var rows = await (from membership in memberships
                          join member in db.Named() on membership.Id equals member.MembershipId
                          orderby membership.SurnameKey, membership.Id
                          select new { membership, member.Forename, member.Surname, member.Email }).ToListAsync(cancellationToken);
        return rows.ConvertAll(r => new Colleague(r.membership.Id, $"{r.Forename} {r.Surname}", JobRoles.Label(r.membership.JobRole, r.membership.OtherRole), r.Email, r.membership.Permissions));
    }
}
