using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Reviews;

/// <summary>Somebody in a review, with what there is to decide on.</summary>
public sealed record ReviewRow
{
    public required Guid MembershipId { get; init; }

    public required string Forename { get; init; }

    public required string Surname { get; init; }

    public required string Email { get; init; }

    public required AccessChoice Access { get; init; }

    /// <summary>What the tick of this row confirms.</summary>
    public required ReviewSeen Seen { get; init; }

    public required ReviewRank Rank { get; init; }

    /// <summary>Has not signed up yet.</summary>
    public required bool IsPending { get; init; }

    public required DateTime? LastOpenedAt { get; init; }

    public required bool WasMissed { get; init; }

    public required bool IsDone { get; init; }

    /// <summary>By changing the access, which counts as looking at it.</summary>
    public required bool IsChanged { get; init; }

    public required DateTime? DoneAt { get; init; }

    /// <summary>Null also when that person is not here any more.</summary>
    public required string? DoneBy { get; init; }

    public required bool IsYou { get; init; }

    /// <summary>Another administrator has to: it is one's own, and there is another.</summary>
    public required bool IsForAnother { get; init; }

    internal string PageKey { get; init; } = "";

    public string FullName => $"{Forename} {Surname}";

    public string JobRole => JobRoles.Label(Access.JobRole, Access.OtherRole);

    /// <summary>People alike in job role and access, who stand together.</summary>
    internal (JobRole, string?, long) Alike => (Access.JobRole, Access.OtherRole, Access.Permissions.Bits);

    /// <summary>Can be confirmed by the person who looks.</summary>
    public bool IsOpen => !IsDone && !IsForAnother;

    /// <summary>
    /// The rows from each first one of a kind on: those that can be confirmed together because they stand side by side with the same job role
    /// and the same access. Holders of School setup are each a kind of their own.
    /// </summary>
    public static IReadOnlyDictionary<Guid, IReadOnlyList<ReviewRow>> Alikes(IReadOnlyList<ReviewRow> rows)
    {
        var alikes = new Dictionary<Guid, IReadOnlyList<ReviewRow>>();
        var run = new List<ReviewRow>();
        foreach (var row in rows.Where(r => r.IsOpen && r.Rank != ReviewRank.SchoolSetup))
        {
            if (run.Count > 0 && run[0].Alike != row.Alike)
                run = [];
            run.Add(row);
            alikes[run[0].MembershipId] = run;
        }
        return alikes.Where(a => a.Value.Count > 1).ToDictionary();
    }
}

/// <summary>The last row of a page of a review.</summary>
internal readonly record struct ReviewPageKey(string Place, string Surname, Guid Id)
{
    public static ReviewPageKey? Read(string? text) =>
        TextPageKey.Read(text) is { } key && key.Text.Length >= ReviewPlace.Length ? new(key.Text[..ReviewPlace.Length], key.Text[ReviewPlace.Length..], key.Id) : null;

    public override string ToString() => new TextPageKey(Place + Surname, Id).ToString();
}

internal static class ReviewRows
{
    /// <summary>The people of these memberships, in the order of the ids.</summary>
    public static async Task<IReadOnlyList<ReviewRow>> ReviewRowsAsync(this AppDb db, AccessReview review, IReadOnlyList<Guid> ids, Actor actor, DateOnly today, CancellationToken cancellationToken)
    {
        var found = await db.Covered(review, today).Where(m => ids.Contains(m.Membership.Id)).ToDictionaryAsync(m => m.Membership.Id, cancellationToken);
        var doers = found.Values.SelectMany(f => new[] { f.Item.ConfirmedById, f.Membership.ChangedById }).OfType<Guid>().ToHashSet();
        var members = await db.Named().Where(m => ids.Contains(m.MembershipId) || doers.Contains(m.AccountId)).ToListAsync(cancellationToken);
        var names = members.ToDictionary(m => m.AccountId);
        var isAlone = !(await db.HoldersAsync(today, cancellationToken)).Exists(h => h.AccountId != actor.AccountId);
        return [.. ids.Where(found.ContainsKey).Select(id => Describe(found[id], names, actor, isAlone))];
    }

    private static ReviewRow Describe(ReviewedMembership found, Dictionary<Guid, Member> names, Actor actor, bool isAlone)
    {
        var (item, membership) = (found.Item, found.Membership);
        var member = names[membership.AccountId];
        var isYou = membership.AccountId == actor.AccountId;
        // The later of the two is what counts now.
        var isChanged = found.IsDone && (item.ConfirmedAt is null || membership.ChangedAt > item.ConfirmedAt);
        return new()
        {
            MembershipId = membership.Id,
            Forename = member.Forename,
            Surname = member.Surname,
            Email = member.Email,
            Access = AccessChoice.Of(membership),
            Seen = new(membership.Id, membership.Version, membership.JobRole, membership.PermissionBits, membership.EndsOn),
            Rank = ReviewPlace.RankOf(membership.Permissions),
            IsPending = membership.State == MembershipState.Pending,
            LastOpenedAt = membership.LastOpenedAt,
            WasMissed = item.WasMissed,
            IsDone = found.IsDone,
            IsChanged = isChanged,
            DoneAt = !found.IsDone ? null : isChanged ? membership.ChangedAt : item.ConfirmedAt,
            DoneBy = found.IsDone && (isChanged ? membership.ChangedById : item.ConfirmedById) is { } by ? names.GetValueOrDefault(by)?.FullName : null,
            IsYou = isYou,
            IsForAnother = isYou && !isAlone && !found.IsDone,
            PageKey = new ReviewPageKey(item.Place, membership.SurnameKey, membership.Id).ToString(),
        };
    }

    public static async Task<ReviewProgress> ProgressAsync(this AppDb db, AccessReview review, DateOnly today, CancellationToken cancellationToken) =>
        new(review.DueOn, review.OpenedAt, review.FlaggedAt, await db.Covered(review, today).CountAsync(cancellationToken), await db.Covered(review, today).CountAsync(m => m.IsDone, cancellationToken));
}
