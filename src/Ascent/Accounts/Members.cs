using Ascent.Audit;
using Ascent.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>A membership with the name that its organisation may see: the typed one until activation, then the person's own.</summary>
public sealed class Member
{
    public Guid OrganisationId { get; init; }

    public Guid MembershipId { get; init; }

    public Guid AccountId { get; init; }

    public MembershipState State { get; init; }

    public DateOnly? EndsOn { get; init; }

    public required string Forename { get; init; }

    public required string Surname { get; init; }

    public required string Email { get; init; }

    public string FullName => $"{Forename} {Surname}";

    internal AuditPerson ForAudit() => new(AccountId, new Dictionary<string, string> { [AuditPerson.Name] = FullName, [AuditPerson.Email] = Email });
}

internal static class Members
{
    /// <summary>Every membership of the scope that is not deleted, named.</summary>
    public static IQueryable<Member> Named(this AppDb db) =>
        from membership in db.Set<Membership>()
        where membership.State != MembershipState.Deleted
        join account in db.Set<Account>() on membership.AccountId equals account.Id
        join invitation in db.Set<Invitation>()
            on new { membership.OrganisationId, MembershipId = membership.Id } equals new { invitation.OrganisationId, invitation.MembershipId } into invitations
        from invitation in invitations.DefaultIfEmpty()
        select new Member
        {
            OrganisationId = membership.OrganisationId,
            MembershipId = membership.Id,
            AccountId = membership.AccountId,
            State = membership.State,
            EndsOn = membership.EndsOn,
            Forename = invitation != null ? invitation.Forename : account.Forename,
            Surname = invitation != null ? invitation.Surname : account.Surname,
            Email = invitation != null ? invitation.Email : account.Email,
        };

    /// <summary>The people of these memberships, for the entry of a deed on all of them.</summary>
    public static async Task<AuditPerson[]> ForAuditAsync(this AppDb db, IReadOnlyCollection<Membership> memberships, CancellationToken cancellationToken)
    {
        var ids = memberships.Select(m => m.Id).ToList();
        var members = await db.Named().Where(m => ids.Contains(m.MembershipId)).ToListAsync(cancellationToken);
        return [.. members.OrderBy(m => m.Surname, StringComparer.Ordinal).Select(m => m.ForAudit())];
    }
}
