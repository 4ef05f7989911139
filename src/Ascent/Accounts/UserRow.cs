using Ascent.Accounts.Factors;
using Ascent.Accounts.Reviews;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>Somebody who has signed up, as their administrators see them.</summary>
public sealed record UserRow
{
    public required Guid MembershipId { get; init; }

    public required Guid AccountId { get; init; }

    public required string Forename { get; init; }

    public required string Surname { get; init; }

    public required string Email { get; init; }

    public required AccessChoice Access { get; init; }

    public required UserStatus Status { get; init; }

    /// <summary>Since when the status holds, and who decided it; an end date decides by itself.</summary>
    public required DateTime StatusSince { get; init; }

    public required DateTime LastOpenedAt { get; init; }

    public bool EndsSoon { get; init; }

    public bool IsDormant { get; init; }

    /// <summary>Flagged in the access review, and still not confirmed.</summary>
    public bool IsUnconfirmed { get; init; }

    /// <summary>Null where it is not the organisation's to know: the person is not Active here.</summary>
    public bool? HasFactor { get; init; }

    public bool IsYou { get; init; }

    /// <summary>The version of the membership, for a form that changes it.</summary>
    public required int Version { get; init; }

    internal string SurnameKey { get; init; } = "";

    public string FullName => $"{Forename} {Surname}";

    public string JobRole => JobRoles.Label(Access.JobRole, Access.OtherRole);

    public PermissionSet Permissions => Access.Permissions;

    public DateOnly? EndsOn => Access.EndsOn;

    /// <summary>The short names of the limits under which the person holds a seat, or would hold one.</summary>
    public IEnumerable<string> Seats => Permissions.SeatsNeeded().Select(p => PermissionCatalogue.Of(p).Tag);

    internal string PlaceIn(UsersSort sort) => sort == UsersSort.Name ? new TextPageKey(SurnameKey, MembershipId).ToString() : new PageKey(LastOpenedAt, MembershipId).ToString();
}

internal static class UserRows
{
    /// <summary>The people of these memberships, in the order of the ids.</summary>
    public static async Task<IReadOnlyList<UserRow>> RowsAsync(this AppDb db, IReadOnlyList<Guid> ids, Actor actor, DateOnly today, CancellationToken cancellationToken)
    {
        var found = await (from membership in db.SignedUp()
                           where ids.Contains(membership.Id)
                           join account in db.Set<Account>() on membership.AccountId equals account.Id
                           select new { membership, account.Forename, account.Surname, account.Email, HasFactor = db.Set<Factor>().Any(f => f.AccountId == account.Id) }).AsNoTracking().ToListAsync(cancellationToken);
        var unconfirmed = (await (await db.UnconfirmedAsync(today, cancellationToken)).Where(id => ids.Contains(id)).ToListAsync(cancellationToken)).ToHashSet();
        var rows = found.ToDictionary(f => f.membership.Id, f => Describe(f.membership, f.Forename, f.Surname, f.Email, f.HasFactor, actor, today) with { IsUnconfirmed = unconfirmed.Contains(f.membership.Id) });
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    private static UserRow Describe(Membership membership, string forename, string surname, string email, bool hasFactor, Actor actor, DateOnly today)
    {
        var isOpen = membership.IsOpenOn(today);
        var lastOpened = membership.LastOpenedAt ?? membership.ActivatedAt ?? membership.CreatedAt;
        return new()
        {
            MembershipId = membership.Id,
            AccountId = membership.AccountId,
            Forename = forename,
            Surname = surname,
            Email = email,
            Access = AccessChoice.Of(membership),
            Status = membership.State == MembershipState.Deactivated ? UserStatus.Deactivated : isOpen ? UserStatus.Active : UserStatus.Ended,
            StatusSince = membership.StateSince,
            LastOpenedAt = lastOpened,
            EndsSoon = isOpen && membership.EndsOn <= today.AddDays(UserFilters.SoonDays),
            IsDormant = isOpen && lastOpened < UserFilters.DormantBefore(today),
            HasFactor = isOpen ? hasFactor : null,
            IsYou = membership.AccountId == actor.AccountId,
            Version = membership.Version,
            SurnameKey = membership.SurnameKey,
        };
    }
}
