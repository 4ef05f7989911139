using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>A membership that somebody else's administrator acts on, with the name that the organisation knows.</summary>
internal sealed record DeedOn(Membership Membership, Member Member, Guid OrganisationId, DateTime Now)
{
    public string FullName => Member.FullName;

    /// <summary>Whom the entry names: the person, and whoever came from above to do it.</summary>
    public AuditPerson[] People { get; init; } = [];

    public DateOnly Today => LondonTime.DateOf(Now);
}

/// <summary>What every deed on one user has in common: the right to it, the finding, and that nobody does it to their own account.</summary>
internal static class UserDeeds
{
    public static Task<Result<T>> OnUserAsync<T>(
        this Database database, Guid membershipId, Actor actor, TimeProvider clock, IReadOnlyList<MembershipState> from, Func<AppDb, DeedOn, Task<Result<T>>> deed, CancellationToken cancellationToken, bool fromAbove = false)
    {
        if (actor.OrganisationId is not { } organisationId || !(fromAbove ? actor.MayManageUsers(organisationId) : actor.Administers(organisationId)))
            return Task.FromResult<Result<T>>(new NotAllowed(Permission.SchoolSetup));
        return database.ChangeAsync<Result<T>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.Set<Membership>().SingleOrDefaultAsync(m => m.Id == membershipId, cancellationToken) is not { } membership)
                return new NotFound("user");
            if (await db.Named().SingleOrDefaultAsync(m => m.MembershipId == membershipId, cancellationToken) is not { } member)
                return new UserGone();
            if (membership.AccountId == actor.AccountId)
                return new OwnAccount();
            if (await db.CheckAboveAsync(actor, membership.Permissions, cancellationToken) is { } notFromAbove)
                return Result.Refuse<T>([notFromAbove]);
            if (!from.Contains(membership.State))
                return new OtherState(member.FullName, membership.State);
            return await deed(db, new(membership, member, organisationId, clock.Now()) { People = await db.PeopleAsync(actor, member.ForAudit(), cancellationToken) });
        }, cancellationToken);
    }
}

/// <summary>Nobody closes, resets or deletes their own account.</summary>
public sealed record OwnAccount() : Refusal("own-account", "This is your own account: another administrator has to do this", RefusalKind.Refused);

/// <summary>Somebody deleted the user meanwhile.</summary>
public sealed record UserGone() : Refusal("user-gone", "This user has been deleted meanwhile", RefusalKind.Conflict);

/// <summary>The deed does not fit the state that the membership is in now, often because somebody else was quicker.</summary>
public sealed record OtherState(string Name, MembershipState State) : Refusal("other-state", Words(Name, State), RefusalKind.Conflict)
{
    private static string Words(string name, MembershipState state) => state switch
    {
        MembershipState.Pending => $"{name} has not signed up: the person stands under Pending users",
        MembershipState.Active => $"{name} is Active already",
        MembershipState.Deactivated => $"{name} is deactivated already",
        MembershipState.Ended => $"{InWordsAccess(name)} has ended already",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static string InWordsAccess(string name) => $"{Shared.Text.InWords.Possessive(name)} access";
}
