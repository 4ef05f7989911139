using Ascent.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Reviews;

/// <summary>A membership in a review, and whether anybody has looked at it.</summary>
internal sealed class ReviewedMembership
{
    public required AccessReviewItem Item { get; init; }

    public required Membership Membership { get; init; }

    /// <summary>
    /// Confirmed; or changed by another since the review opened, who has looked at it by that. A change that somebody made to their own
    /// access, or that was made past the holders, has to be confirmed again.
    /// </summary>
    public required bool IsDone { get; init; }
}

internal static class ReviewItems
{
    /// <summary>The review that is open in the one organisation in scope.</summary>
    public static Task<AccessReview?> OpenReviewAsync(this AppDb db, CancellationToken cancellationToken) =>
        db.Set<AccessReview>().Where(r => r.FinishedAt == null).OrderByDescending(r => r.DueOn).FirstOrDefaultAsync(cancellationToken);

    public static async Task<ReviewRhythm> ReviewRhythmAsync(this AppDb db, CancellationToken cancellationToken) =>
        (await db.Set<AccessReviewSetting>().AsNoTracking().SingleOrDefaultAsync(cancellationToken))?.Rhythm ?? ReviewRhythm.EachTerm;

    /// <summary>Whom an open review still covers: Pending and Active memberships of its first day. Those who have left drop out.</summary>
    public static IQueryable<ReviewedMembership> Covered(this AppDb db, AccessReview review, DateOnly today)
    {
        var (organisationId, reviewId, openedAt) = (review.OrganisationId, review.Id, review.OpenedAt);
        return from item in db.Set<AccessReviewItem>()
               where item.OrganisationId == organisationId && item.ReviewId == reviewId
               join membership in db.Set<Membership>() on new { item.OrganisationId, item.MembershipId } equals new { membership.OrganisationId, MembershipId = membership.Id }
               where membership.State == MembershipState.Pending || (membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today))
               select new ReviewedMembership
               {
                   Item = item,
                   Membership = membership,
                   IsDone = (item.ConfirmedAt != null && (membership.ChangedAt == null || membership.ChangedAt <= item.ConfirmedAt))
                       || (membership.ChangedAt > openedAt && membership.ChangedById != null && membership.ChangedById != membership.AccountId),
               };
    }

    /// <summary>The memberships of whom all holders have been told that nobody confirmed them, and whom still nobody has.</summary>
    public static async Task<IQueryable<Guid>> UnconfirmedAsync(this AppDb db, DateOnly today, CancellationToken cancellationToken)
    {
        if (await db.OpenReviewAsync(cancellationToken) is not { } review)
            return db.Set<AccessReviewItem>().Where(_ => false).Select(i => i.MembershipId);
        // Whoever was left out of the review before keeps the flag while the next one is new.
        var all = review.FlaggedAt is not null;
        return db.Covered(review, today).Where(m => !m.IsDone && (all || m.Item.WasMissed)).Select(m => m.Membership.Id);
    }

    /// <summary>Ends a review as it stands.</summary>
    public static async Task FinishAsync(this AppDb db, AccessReview review, Guid? by, DateTime now, DateOnly today, int more, CancellationToken cancellationToken)
    {
        var (covered, done) = (db.Covered(review, today), await db.Covered(review, today).CountAsync(m => m.IsDone, cancellationToken));
        review.Finish(by, now, done + more, await covered.CountAsync(cancellationToken) - done - more);
    }
}
