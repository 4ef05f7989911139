using Ascent.Accounts.Reviews;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Nightly;

/// <summary>
/// Looks after open access reviews: one in which nobody is left to look at is finished, and after 30 days all holders are told, once, that
/// people are not confirmed. Nobody's access is taken away.
/// </summary>
public sealed class FollowReviews(Database database, TimeProvider clock)
{
    /// <returns>How many reviews were flagged.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var open = await database.ReadAsync(OrganisationScope.Server, db => db.Set<AccessReview>().Where(r => r.FinishedAt == null).Select(r => r.OrganisationId).ToListAsync(cancellationToken));
        var flagged = 0;
        foreach (var organisation in open)
            flagged += await database.ChangeAsync(OrganisationScope.Of(organisation), db => FollowAsync(db, cancellationToken), cancellationToken);
        return flagged;
    }

    private async Task<int> FollowAsync(AppDb db, CancellationToken cancellationToken)
    {
        if (await db.OpenReviewAsync(cancellationToken) is not { } review)
            return 0;
        var now = clock.Now();
        var today = LondonTime.DateOf(now);
        var left = await db.Covered(review, today).Where(m => !m.IsDone).Select(m => m.Membership).ToListAsync(cancellationToken);
        var flags = left.Count > 0 && review.FlaggedAt is null && today >= ReviewProgress.FlagsOn(review.OpenedAt);
        if (left.Count == 0)
        {
            await db.FinishAsync(review, null, now, today, 0, cancellationToken);
            db.AddAudit(now, Actor.System, review.OrganisationId, new ReviewFinished(review.Id, review.Confirmed, review.NotConfirmed));
        }
        else if (flags)
        {
            review.Flag(now);
            await TellAsync(db, review, left.Count, now, today, cancellationToken);
            db.AddAudit(now, Actor.System, review.OrganisationId, new ReviewFlagged(review.Id, [.. left.Select(m => m.Id)]), await db.ForAuditAsync(left, cancellationToken));
        }
        else
            return 0;
        await db.SaveChangesAsync(cancellationToken);
        return flags ? 1 : 0;
    }

    private async Task TellAsync(AppDb db, AccessReview review, int people, DateTime now, DateOnly today, CancellationToken cancellationToken)
    {
        var school = await db.Set<Organisation>().Where(o => o.Id == review.OrganisationId).Select(o => new { o.Name, o.Code }).SingleAsync(cancellationToken);
        foreach (var holder in await db.HoldersAsync(today, cancellationToken))
            db.Add(OutboxMail.Create(clock.NewId(), review.OrganisationId, ReviewFlaggedMail.TemplateName, holder.Email, holder.FullName,
                new ReviewFlaggedMail.Values(holder.Forename, school.Name, school.Code, people, LondonTime.DateOf(review.OpenedAt)), now));
    }
}
