using Ascent.Accounts.Reviews;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="WaitingForCode">Pending people whose link works: they need their code. At most a few names, the newest first.</param>
/// <param name="AskedForResetCode">People who reset a forgotten password and stand at the school's door.</param>
/// <param name="NeedLink">Pending people whose link has run out, was refused by their mail server, or who asked for a new one.</param>
public sealed record SchoolOverview(
    IReadOnlyList<SeatCount> Seats, IReadOnlyList<string> WaitingForCode, int WaitingForCodeCount, IReadOnlyList<string> NeedLink, int NeedLinkCount,
    IReadOnlyList<string> AskedForResetCode, int ActiveCount, IReadOnlyList<Member> NewestActive)
{
    /// <summary>The access review, while there is somebody to look at.</summary>
    public ReviewProgress? Review { get; init; }

    public int PendingCount => WaitingForCodeCount + NeedLinkCount;
}

/// <summary>What a School setup holder's Home shows.</summary>
public sealed class ReadSchoolOverview(Database database, TimeProvider clock)
{
    private const int NamesShown = 3;
    private const int PeopleShown = 5;

    public Task<SchoolOverview> ExecuteAsync(Guid organisationId, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(organisationId), async db =>
        {
            var now = clock.Now();
            var today = clock.Today();
            var seats = await db.CountSeatsAsync(cancellationToken);
            var undelivered = db.Set<OutboxMail>().Where(m => m.State == MailState.Dead).Select(m => m.Id);
            var needLink = db.Set<Invitation>().Where(i => i.ExpiresAt <= now || i.NewLinkAskedAt != null || undelivered.Contains(i.MailId));
            var waiting = db.Set<Invitation>().Where(i => i.ExpiresAt > now && i.NewLinkAskedAt == null && !undelivered.Contains(i.MailId));
            var active = db.Set<Membership>().Where(m => m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today));
            var newest = active.OrderByDescending(m => m.ActivatedAt).ThenByDescending(m => m.Id).Take(PeopleShown).Select(m => m.Id);
            var review = await db.OpenReviewAsync(cancellationToken) is { } open ? await db.ProgressAsync(open, today, cancellationToken) : null;
            return new SchoolOverview(seats,
                await NamesAsync(waiting, cancellationToken), await waiting.CountAsync(cancellationToken),
                await NamesAsync(needLink, cancellationToken), await needLink.CountAsync(cancellationToken),
                await (from code in db.Set<ResetCode>()
                       join member in db.Named() on code.MembershipId equals member.MembershipId
                       where member.State == MembershipState.Active
                       orderby code.AskedAt
                       select member.Forename + " " + member.Surname).ToListAsync(cancellationToken),
                await active.CountAsync(cancellationToken),
                await db.Named().Where(m => newest.Contains(m.MembershipId)).OrderBy(m => m.Surname).ThenBy(m => m.Forename).ToListAsync(cancellationToken))
            {
                Review = review is { Left: > 0 } ? review : null,
            };
        });

    private static Task<List<string>> NamesAsync(IQueryable<Invitation> invitations, CancellationToken cancellationToken) =>
        invitations.OrderByDescending(i => i.LinkMadeAt).Take(NamesShown).Select(i => i.Forename + " " + i.Surname).ToListAsync(cancellationToken);
}

/// <summary>Seats of one school, for the administration step and the confirm page.</summary>
public sealed class ReadSeats(Database database)
{
    public Task<IReadOnlyList<SeatCount>> ExecuteAsync(Guid organisationId, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(organisationId), db => db.CountSeatsAsync(cancellationToken));
}
