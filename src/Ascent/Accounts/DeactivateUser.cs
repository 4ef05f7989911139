using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

public sealed record UserDeactivated(Guid MembershipId) : AuditEvent("user-deactivated");

/// <summary>Closes the organisation to a person from the next request on. Settings are kept, the seats are given back.</summary>
public sealed class DeactivateUser(Database database, HolderMails mails, TimeProvider clock)
{
    /// <returns>The name of the person, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken) =>
        database.OnUserAsync<string>(membershipId, actor, clock, [MembershipState.Active], async (db, on) =>
        {
            on.Membership.Deactivate(actor.AccountId, on.Now);
            if ((await db.KeepAHolderAsync([on.Membership], on.Today, cancellationToken)).Count > 0)
                return new LastHolder(on.FullName, Setup: PermissionCatalogue.SetupTag(on.Membership.Permissions));
            await db.CloseAsync(on.Membership, cancellationToken);
            await mails.TellHoldersAsync(db, on.Membership, on.FullName, "deactivated", actor, on.Now, cancellationToken);
            await mails.TellClosedAsync(db, [on.Membership], actor, on.Now, cancellationToken);
            db.AddAudit(on.Now, actor, on.OrganisationId, new UserDeactivated(membershipId), on.People);
            await db.SaveChangesAsync(cancellationToken);
            return on.FullName;
        }, cancellationToken, fromAbove: true);
}

internal static class Closing
{
    /// <summary>A membership that is not Pending or Active any more gives its seats back and owes no reset code.</summary>
    public static async Task CloseAsync(this AppDb db, Membership membership, CancellationToken cancellationToken)
    {
        await db.ForgetResetCodeAsync(membership, cancellationToken);
        var place = await db.PlaceAsync(membership.OrganisationId, cancellationToken);
        await db.SeatAsync(membership, place, cancellationToken);
    }

    public static async Task ForgetResetCodeAsync(this AppDb db, Membership membership, CancellationToken cancellationToken)
    {
        if (await db.Set<ResetCode>().SingleOrDefaultAsync(c => c.OrganisationId == membership.OrganisationId && c.MembershipId == membership.Id, cancellationToken) is { } code)
            db.Remove(code);
    }
}

internal static class Places
{
    public static Place Of(OrganisationKind kind, bool hasTracking) =>
        kind switch { OrganisationKind.LocalAuthority => Place.LocalAuthority, OrganisationKind.Trust => Place.Trust, _ => Place.School(hasTracking) };

    /// <summary>Which permissions there are in an organisation.</summary>
    public static async Task<Place> PlaceAsync(this AppDb db, Guid organisationId, CancellationToken cancellationToken)
    {
        var found = await db.Set<Organisation>().Where(o => o.Id == organisationId)
            .Select(o => new { o.Kind, IsPrimary = db.Set<School>().Any(s => s.Id == o.Id && s.IsPrimary) }).SingleAsync(cancellationToken);
        return Of(found.Kind, found.IsPrimary);
    }

    public static async Task<bool> HasTrackingAsync(this AppDb db, Guid organisationId, CancellationToken cancellationToken) =>
        (await db.PlaceAsync(organisationId, cancellationToken)).HasTracking;
}
