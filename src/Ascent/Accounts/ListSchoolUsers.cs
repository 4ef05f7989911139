using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>Where somebody stands in a school; an end date that has passed is an end.</summary>
public enum SchoolUserState
{
    Pending,
    Active,
    Ended,
    Deactivated,
}

/// <param name="Search">The beginning of a forename, a surname or an email address.</param>
/// <param name="Most">How many to give.</param>
public sealed record SchoolUsersQuery(string? Search = null, SchoolUserState? State = null, UsersAccess? Access = null, JobRole? Role = null, int Most = int.MaxValue);

/// <param name="LastOpenedAt">When the person last opened the school; null while pending.</param>
/// <param name="LinkExpiresAt">The end of the sign-up link; null unless pending.</param>
public sealed record SchoolUser(
    Guid MembershipId, string Email, string Forename, string Surname, SchoolUserState State, DateTime StateSince, AccessChoice Access, DateTime? LastOpenedAt, DateTime? LinkExpiresAt)
{
    public string FullName => $"{Forename} {Surname}";
}

/// <param name="Total">How many there are; the list may hold fewer.</param>
public sealed record SchoolUsers(IReadOnlyList<SchoolUser> Users, int Total);

/// <summary>The people of one school in one list by name, pending ones too. For the command line; the pages have a list for each.</summary>
public sealed class ListSchoolUsers(Database database, TimeProvider clock)
{
    public Task<SchoolUsers> ExecuteAsync(Actor actor, SchoolUsersQuery asked, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var found = Filter(db.Set<Membership>().Search(asked.Search), asked);
            var users = await ReadAsync(db, found.OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).Take(asked.Most), cancellationToken);
            return new SchoolUsers(users, users.Count < asked.Most ? users.Count : await found.CountAsync(cancellationToken));
        });

    /// <summary>The one whom the school knows under this address.</summary>
    public Task<Result<SchoolUser>> FindAsync(string email, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync<Result<SchoolUser>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var (key, searched) = (EmailAddress.Parse(email)?.Key, Membership.KeyOf(email));
            var candidates = await ReadAsync(db, Filter(db.Set<Membership>(), new()).Where(m => m.EmailKey == searched || db.Set<Account>().Any(a => a.Id == m.AccountId && a.EmailKey == key)), cancellationToken);
            // The search column is rougher than what makes two addresses the same, and an account may be called otherwise by now than here.
            return candidates.SingleOrDefault(u => EmailAddress.Parse(u.Email)?.Key == key) is { } user && key is not null ? user : new NotFound($"user as {email}");
        });

    private IQueryable<Membership> Filter(IQueryable<Membership> memberships, SchoolUsersQuery asked)
    {
        var today = clock.Today();
        memberships = asked.State switch
        {
            null => memberships.Where(m => m.State != MembershipState.Deleted),
            SchoolUserState.Pending => memberships.Where(m => m.State == MembershipState.Pending),
            SchoolUserState.Active => memberships.Where(UserFilters.Has(UserStatus.Active, today)),
            SchoolUserState.Ended => memberships.Where(UserFilters.Has(UserStatus.Ended, today)),
            _ => memberships.Where(UserFilters.Has(UserStatus.Deactivated, today)),
        };
        if (asked.Access is { } access)
            memberships = memberships.Where(UserFilters.Has(access));
        return asked.Role is { } role ? memberships.Where(m => m.JobRole == role) : memberships;
    }

    private async Task<List<SchoolUser>> ReadAsync(AppDb db, IQueryable<Membership> memberships, CancellationToken cancellationToken)
    {
        var rows = await (from membership in memberships
                          join account in db.Set<Account>() on membership.AccountId equals account.Id
                          join invitation in db.Set<Invitation>() on membership.Id equals invitation.MembershipId into invitations
                          from invitation in invitations.DefaultIfEmpty()
                          orderby membership.SurnameKey, membership.Id
                          select new
                          {
                              membership,
                              Forename = invitation != null ? invitation.Forename : account.Forename,
                              Surname = invitation != null ? invitation.Surname : account.Surname,
                              Email = invitation != null ? invitation.Email : account.Email,
                              LinkExpiresAt = invitation != null ? (DateTime?)invitation.ExpiresAt : null,
                          }).ToListAsync(cancellationToken);
        var today = clock.Today();
        return rows.ConvertAll(r => new SchoolUser(r.membership.Id, r.Email, r.Forename, r.Surname, StateOf(r.membership, today), r.membership.StateSince,
            AccessChoice.Of(r.membership), r.membership.LastOpenedAt, r.LinkExpiresAt));
    }

    private static SchoolUserState StateOf(Membership membership, DateOnly today) => membership.State switch
    {
        MembershipState.Pending => SchoolUserState.Pending,
        MembershipState.Deactivated => SchoolUserState.Deactivated,
        _ => membership.IsOpenOn(today) ? SchoolUserState.Active : SchoolUserState.Ended,
    };
}
