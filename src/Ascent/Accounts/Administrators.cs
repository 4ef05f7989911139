using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>Whom to ask: the people of an organisation who can give access.</summary>
public sealed class ListAdministrators(Database database, TimeProvider clock)
{
    public Task<IReadOnlyList<string>> ExecuteAsync(Guid organisationId, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(organisationId), db => db.AdministratorNamesAsync(clock.Today(), cancellationToken));
}

internal static class Administrators
{
    /// <summary>The Active holders of School setup of the one organisation in scope, in the order of their seats; of LA or Trust setup in a body.</summary>
    /// <param name="only">In the server's scope: of this organisation.</param>
    public static async Task<List<Member>> HoldersAsync(this AppDb db, DateOnly today, CancellationToken cancellationToken, Guid? only = null)
    {
        var seats = db.Set<Seat>().Where(s => s.Permission == Permission.SchoolSetup);
        if (only is { } organisationId)
            seats = seats.Where(s => s.OrganisationId == organisationId);
        var holders = await (from seat in seats
                             join member in db.Named() on new { seat.OrganisationId, MembershipId = seat.HolderId } equals new { member.OrganisationId, MembershipId = (Guid?)member.MembershipId }
                             where member.State == MembershipState.Active && (member.EndsOn == null || member.EndsOn >= today)
                             orderby seat.Number
                             select member).AsNoTracking().ToListAsync(cancellationToken);
        return holders.Count > 0 ? holders : await db.BodyHoldersAsync(today, only, cancellationToken);
    }

    // In a body nothing is limited, so that there are no seats to ask.
    private static Task<List<Member>> BodyHoldersAsync(this AppDb db, DateOnly today, Guid? only, CancellationToken cancellationToken)
    {
        var bit = PermissionSet.Of(Permission.LaSetup).Bits;
        var memberships = db.Set<Membership>().Where(m => (m.PermissionBits & bit) != 0 && m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today));
        if (only is { } organisationId)
            memberships = memberships.Where(m => m.OrganisationId == organisationId);
        return (from membership in memberships
                join member in db.Named() on new { membership.OrganisationId, MembershipId = membership.Id } equals new { member.OrganisationId, member.MembershipId }
                orderby membership.SurnameKey, membership.Id
                select member).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>Whoever may manage the data of the one organisation in scope: Active holders of Manage data, or of School setup.</summary>
    public static async Task<IReadOnlyList<Member>> DataHoldersAsync(this AppDb db, DateOnly today, CancellationToken cancellationToken)
    {
        var holders = await (from seat in db.Set<Seat>()
                             where seat.Permission == Permission.SchoolSetup || seat.Permission == Permission.ManageData
                             join member in db.Named() on seat.HolderId equals (Guid?)member.MembershipId
                             where member.State == MembershipState.Active && (member.EndsOn == null || member.EndsOn >= today)
                             select member).AsNoTracking().ToListAsync(cancellationToken);
        return [.. holders.DistinctBy(h => h.AccountId)];
    }

    public static async Task<IReadOnlyList<string>> AdministratorNamesAsync(this AppDb db, DateOnly today, CancellationToken cancellationToken) =>
        (await db.HoldersAsync(today, cancellationToken)).ConvertAll(h => h.FullName);

    /// <summary>A pending membership of the scope with its invitation; null when there is none (any more).</summary>
    public static async Task<(Membership Membership, Invitation Invitation)?> FindPendingAsync(this AppDb db, Guid membershipId, CancellationToken cancellationToken)
    {
        var found = await (from membership in db.Set<Membership>()
                           where membership.Id == membershipId && membership.State == MembershipState.Pending
                           join invitation in db.Set<Invitation>() on membership.Id equals invitation.MembershipId
                           select new { membership, invitation }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.membership, found.invitation);
    }
}
