using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Nightly;

public sealed record DormantDeactivated(Guid MembershipId) : AuditEvent("dormant-deactivated");

/// <summary>
/// Closes memberships that have not opened their organisation for 13 months. Each is warned 30 and 7 days before, and closes only when both
/// warnings are as old as that, also where the server stood still for months.
/// </summary>
public sealed class CloseDormant(Database database, HolderMails mails, TimeProvider clock)
{
    private const int Months = 13;
    private const int FirstWarning = 30;
    private const int SecondWarning = 7;

    /// <returns>How many people were warned, and how many memberships closed.</returns>
    public async Task<(int Warned, int Deactivated)> ExecuteAsync(CancellationToken cancellationToken)
    {
        // A few days more than needed, since months are of different lengths; each is looked at with its own dates.
        var candidates = clock.Now().AddDays(FirstWarning + 3).AddMonths(-Months);
        var due = await database.ReadAsync(OrganisationScope.Server, db =>
            db.Set<Membership>().Where(m => m.State == MembershipState.Active && m.LastOpenedAt < candidates).Select(m => new { m.OrganisationId, m.Id }).ToListAsync(cancellationToken));
        var (warned, closed) = (0, 0);
        foreach (var one in due)
        {
            var step = await database.ChangeAsync(OrganisationScope.Of(one.OrganisationId), db => StepAsync(db, one.OrganisationId, one.Id, cancellationToken), cancellationToken);
            warned += step == Step.Warned ? 1 : 0;
            closed += step == Step.Closed ? 1 : 0;
        }
        return (warned, closed);
    }

    private enum Step
    {
        None,
        Warned,
        Closed,
    }

    private async Task<Step> StepAsync(AppDb db, Guid organisationId, Guid membershipId, CancellationToken cancellationToken)
    {
        var membership = await db.Set<Membership>().SingleAsync(m => m.Id == membershipId, cancellationToken);
        var now = clock.Now();
        var today = LondonTime.DateOf(now);
        if (!membership.IsOpenOn(today) || membership.LastOpenedAt is not { } opened)
            return Step.None;
        var closesAt = opened.AddMonths(Months);
        // A warning from before the last opening is about another time.
        var first = membership.DormantWarnedAt is { } one && one > opened ? one : (DateTime?)null;
        var second = membership.DormantWarnedAgainAt is { } two && first is not null && two > first ? two : (DateTime?)null;
        var step = first is null && now >= closesAt.AddDays(-FirstWarning) ? await WarnAsync(db, membership, now, FirstWarning, again: false, cancellationToken)
            : second is null && now >= closesAt.AddDays(-SecondWarning) && now >= first?.AddDays(FirstWarning - SecondWarning) ? await WarnAsync(db, membership, now, SecondWarning, again: true, cancellationToken)
            : now >= closesAt && now >= second?.AddDays(SecondWarning) ? await CloseAsync(db, organisationId, membership, now, today, cancellationToken)
            : Step.None;
        if (step != Step.None)
            await db.SaveChangesAsync(cancellationToken);
        return step;
    }

    private async Task<Step> WarnAsync(AppDb db, Membership membership, DateTime now, int days, bool again, CancellationToken cancellationToken)
    {
        membership.WarnDormant(now, again);
        var account = await db.Set<Account>().SingleAsync(a => a.Id == membership.AccountId, cancellationToken);
        var school = await db.Set<Organisation>().Where(o => o.Id == membership.OrganisationId).Select(o => o.Name).SingleAsync(cancellationToken);
        db.Add(OutboxMail.Create(clock.NewId(), membership.OrganisationId, DormantMail.TemplateName, account.Email, $"{account.Forename} {account.Surname}",
            new DormantMail.Values(account.Forename, school, LondonTime.DateOf(now).AddDays(days)), now));
        return Step.Warned;
    }

    private async Task<Step> CloseAsync(AppDb db, Guid organisationId, Membership membership, DateTime now, DateOnly today, CancellationToken cancellationToken)
    {
        membership.Deactivate(null, now);
        if ((await db.KeepAHolderAsync([membership], today, cancellationToken)).Count > 0)
        {
            // Somebody has to manage the users. Nothing of the change above is saved; whoever runs the server is told, once.
            db.ChangeTracker.Clear();
            if (await db.Set<OperatorNotice>().AnyAsync(n => n.OrganisationId == organisationId && n.Kind == OperatorNoticeKind.LastHolderDormant && n.SeenAt == null, cancellationToken))
                return Step.None;
            db.Add(new OperatorNotice { Id = clock.NewId(), OrganisationId = organisationId, Kind = OperatorNoticeKind.LastHolderDormant, At = now });
            await db.SaveChangesAsync(cancellationToken);
            return Step.None;
        }
        await db.CloseAsync(membership, cancellationToken);
        await mails.TellClosedAsync(db, [membership], Actor.System, now, cancellationToken);
        db.AddAudit(now, Actor.System, organisationId, new DormantDeactivated(membership.Id), await db.ForAuditAsync([membership], cancellationToken));
        return Step.Closed;
    }
}
