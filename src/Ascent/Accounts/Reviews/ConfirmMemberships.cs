using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Reviews;

/// <param name="Already">Those whom somebody had confirmed before, perhaps a moment ago.</param>
/// <param name="Left">How many are still to be looked at afterwards.</param>
public sealed record MembershipsConfirmedNow(int Done, int Already, IReadOnlyList<Refusal> LeftOut, int Left);

/// <summary>
/// A School setup holder says of people that their access is right as it is. Each is confirmed once; whoever confirms the last one finishes
/// the review. A change of access since the page was shown is told in place of being confirmed unseen.
/// </summary>
public sealed class ConfirmMemberships(Database database, TimeProvider clock)
{
    public Task<Result<MembershipsConfirmedNow>> ExecuteAsync(IReadOnlyCollection<ReviewSeen> seen, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolSetup, organisationId))
            return Task.FromResult<Result<MembershipsConfirmedNow>>(new NotAllowed(Permission.SchoolSetup));
        var bySeen = seen.GroupBy(s => s.MembershipId).ToDictionary(g => g.Key, g => g.First());
        return database.ChangeAsync(OrganisationScope.Of(organisationId), db => TryAsync(db, bySeen, actor, organisationId, cancellationToken), cancellationToken);
    }

    private async Task<Result<MembershipsConfirmedNow>> TryAsync(AppDb db, Dictionary<Guid, ReviewSeen> seen, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        if (await db.Set<Membership>().CountAsync(m => seen.Keys.Contains(m.Id), cancellationToken) < seen.Count)
            return new NotFound("user");
        if (await db.OpenReviewAsync(cancellationToken) is not { } review)
            return new NoReviewOpen();
        var now = clock.Now();
        var today = LondonTime.DateOf(now);
        var covered = await db.Covered(review, today).Where(m => seen.Keys.Contains(m.Membership.Id)).ToDictionaryAsync(m => m.Membership.Id, cancellationToken);
        var names = await db.Named().Where(m => seen.Keys.Contains(m.MembershipId)).ToDictionaryAsync(m => m.MembershipId, m => m.FullName, cancellationToken);
        var tracking = await db.HasTrackingAsync(organisationId, cancellationToken);
        var isAlone = !(await db.HoldersAsync(today, cancellationToken)).Exists(h => h.AccountId != actor.AccountId);
        var (chosen, leftOut, already) = (new List<ReviewedMembership>(), new List<Refusal>(), 0);
        foreach (var one in seen.Values)
        {
            if (!covered.TryGetValue(one.MembershipId, out var found))
                leftOut.Add(new NotInReview(names.GetValueOrDefault(one.MembershipId)));
            else if (found.IsDone)
                already++;
            else if (found.Membership.AccountId == actor.AccountId && !isAlone)
                leftOut.Add(new OwnConfirmation());
            else if (ChangesSince(one, found.Membership, tracking) is { Count: > 0 } changes)
                leftOut.Add(new ChangedSinceShown(names[one.MembershipId], changes));
            else
                chosen.Add(found);
        }
        if (chosen.Count > 0)
            await ConfirmAsync(db, review, chosen, actor, now, today, cancellationToken);
        var left = await db.Covered(review, today).CountAsync(m => !m.IsDone, cancellationToken);
        return new MembershipsConfirmedNow(chosen.Count, already, leftOut, left);
    }

    private static async Task ConfirmAsync(AppDb db, AccessReview review, List<ReviewedMembership> chosen, Actor actor, DateTime now, DateOnly today, CancellationToken cancellationToken)
    {
        foreach (var one in chosen)
            one.Item.Confirm(actor.AccountId, now);
        var people = await db.ForAuditAsync([.. chosen.Select(c => c.Membership)], cancellationToken);
        db.AddAudit(now, actor, review.OrganisationId, new MembershipsConfirmed(review.Id, [.. chosen.Select(c => c.Membership.Id)]), people);
        // Whoever confirms others meanwhile moves it too: one of two who confirm the last two at once begins again and finishes.
        review.Version++;
        if (await db.Covered(review, today).CountAsync(m => !m.IsDone, cancellationToken) == chosen.Count)
        {
            await db.FinishAsync(review, actor.AccountId, now, today, chosen.Count, cancellationToken);
            db.AddAudit(now, actor, review.OrganisationId, new ReviewFinished(review.Id, review.Confirmed, review.NotConfirmed));
        }
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Signing up, or a session ended, moves the version too and changes nothing that was looked at.</summary>
    private static IReadOnlyList<AccessChange> ChangesSince(ReviewSeen seen, Membership now, bool tracking) => seen.Version == now.Version ? []
        : new AccessChoice(seen.JobRole, seen.JobRole == now.JobRole ? now.OtherRole : null, new PermissionSet(seen.PermissionBits), seen.EndsOn).DifferenceTo(AccessChoice.Of(now), tracking);
}

public sealed record NoReviewOpen() : Refusal("no-review-open", "The access review has been finished meanwhile, so there is nothing to confirm", RefusalKind.Conflict);

/// <summary>Made during the review, or gone.</summary>
public sealed record NotInReview(string? Name)
    : Refusal("not-in-review", Name is null ? "Somebody whom you ticked has been deleted meanwhile" : $"{Name} does not take part in this review: new since it was opened, or not active any more", RefusalKind.Conflict);

public sealed record OwnConfirmation() : Refusal("own-confirmation", "Your own access has to be confirmed by another administrator", RefusalKind.Refused);

/// <summary>What was on the page is not what it is now.</summary>
public sealed record ChangedSinceShown(string Name, IReadOnlyList<AccessChange> Changes)
    : Refusal("changed-since-shown", $"The access of {Name} was changed after your page was shown ({string.Join("; ", Changes.Select(c => $"{c.Label}: {c.Before} → {c.After}"))}). Look once more, then confirm", RefusalKind.Conflict);
