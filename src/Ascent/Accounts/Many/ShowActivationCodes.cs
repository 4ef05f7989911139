using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts.Many;

/// <summary>Slips for several people were made at once, one entry for all.</summary>
public sealed record SlipsPrinted(IReadOnlyList<Guid> MembershipIds) : AuditEvent("slips-printed");

/// <param name="LeftOut">How many of those asked for have no code to hand over: signed up, deleted, run out, or one's own.</param>
public sealed record ShownCodes(IReadOnlyList<ShownCode> Codes, int LeftOut);

/// <summary>The codes of several pending users for their hand-over slips, by the rules of <see cref="ShowActivationCode"/>.</summary>
public sealed class ShowActivationCodes(Database database, GuardedCodes codes, TimeProvider clock)
{
    public Task<Result<ShownCodes>> ExecuteAsync(IReadOnlyCollection<Guid> membershipIds, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolSetup, organisationId))
            return Task.FromResult<Result<ShownCodes>>(new NotAllowed(Permission.SchoolSetup));
        if (!actor.IsFresh)
            return Task.FromResult<Result<ShownCodes>>(new ConfirmItIsYou());
        return database.ChangeAsync<Result<ShownCodes>>(OrganisationScope.Of(organisationId), async db =>
        {
            var now = clock.Now();
            var administrators = await db.AdministratorNamesAsync(LondonTime.DateOf(now), cancellationToken);
            var shown = new List<ShownCode>();
            foreach (var part in membershipIds.Chunk(Lookups.Size))
                foreach (var (membership, invitation) in await db.FindPendingAsync(part, cancellationToken))
                    if (membership.AccountId != actor.AccountId && !invitation.HasExpired(now) && codes.Read(invitation) is { } code)
                        shown.Add(new(membership.Id, $"{invitation.Forename} {invitation.Surname}", code, invitation.ExpiresAt, invitation.LinkMadeAt, administrators));
            if (shown.Count > 0)
            {
                db.AddAudit(now, actor, organisationId, new SlipsPrinted([.. shown.Select(s => s.MembershipId)]));
                await db.SaveChangesAsync(cancellationToken);
            }
            return new ShownCodes(shown, membershipIds.Count - shown.Count);
        }, cancellationToken);
    }
}
