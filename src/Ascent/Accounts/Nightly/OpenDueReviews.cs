using Ascent.Accounts.Reviews;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Nightly;

/// <summary>
/// Opens the access review of the present term where there is none. A server that stood still opens the present one and none of the past.
/// What is left of the review before is closed as it stands.
/// </summary>
public sealed class OpenDueReviews(Database database, TimeProvider clock)
{
    /// <returns>How many were opened.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var term = ReviewCalendar.Present(ReviewRhythm.EachTerm, today);
        var without = await database.ReadAsync(OrganisationScope.Server, db =>
            db.Set<Seat>().Where(s => s.Permission == Permission.SchoolSetup && s.HolderId != null).Select(s => s.OrganisationId).Distinct()
                .Where(id => !db.Set<AccessReview>().Any(r => r.OrganisationId == id && r.DueOn >= term))
                .Where(id => !db.Set<AccessReviewSetting>().Any(s => s.OrganisationId == id && s.Rhythm == ReviewRhythm.Off)).ToListAsync(cancellationToken));
        var opened = 0;
        foreach (var organisation in without)
            opened += await database.ChangeAsync(OrganisationScope.Of(organisation), db => TryAsync(db, organisation, today, cancellationToken), cancellationToken);
        return opened;
    }

    private async Task<int> TryAsync(AppDb db, Guid organisationId, DateOnly today, CancellationToken cancellationToken)
    {
        if (ReviewCalendar.Present(await db.ReviewRhythmAsync(cancellationToken), today) is not { } dueOn || await db.Set<AccessReview>().AnyAsync(r => r.DueOn >= dueOn, cancellationToken))
            return 0;
        var members = await db.Set<Membership>().Where(m => m.State == MembershipState.Pending || (m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today)))
            .Select(m => new { m.Id, m.JobRole, m.PermissionBits, m.CreatedAt }).ToListAsync(cancellationToken);
        // A school that has come since then has just decided on everybody; it begins with the next.
        var begun = LondonTime.StartOf(dueOn);
        if (!members.Exists(m => m.CreatedAt < begun))
            return 0;
        var now = clock.Now();
        var missed = await CloseAsync(db, now, today, cancellationToken);
        var review = new AccessReview { OrganisationId = organisationId, Id = clock.NewId(), DueOn = dueOn, OpenedAt = now, People = members.Count };
        db.Add(review);
        foreach (var member in members)
            db.Add(new AccessReviewItem
            {
                OrganisationId = organisationId, ReviewId = review.Id, MembershipId = member.Id,
                Place = ReviewPlace.Of(member.JobRole, new PermissionSet(member.PermissionBits)), WasMissed = missed.Contains(member.Id),
            });
        db.AddAudit(now, Actor.System, organisationId, new ReviewOpened(review.Id, dueOn, members.Count));
        await db.SaveChangesAsync(cancellationToken);
        return 1;
    }

    /// <returns>Those whom nobody has confirmed in it.</returns>
    private static async Task<HashSet<Guid>> CloseAsync(AppDb db, DateTime now, DateOnly today, CancellationToken cancellationToken)
    {
        if (await db.OpenReviewAsync(cancellationToken) is not { } before)
            return [];
        var missed = await db.Covered(before, today).Where(m => !m.IsDone).Select(m => m.Membership.Id).ToListAsync(cancellationToken);
        await db.FinishAsync(before, null, now, today, 0, cancellationToken);
        db.AddAudit(now, Actor.System, before.OrganisationId, new ReviewFinished(before.Id, before.Confirmed, before.NotConfirmed));
        return [.. missed];
    }
}
