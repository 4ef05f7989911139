using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Mail;

/// <param name="Mail">One mail, or null for several.</param>
public sealed record MailTriedAgain(Guid? Mail, int Count) : AuditEvent("mail-tried-again");

/// <param name="Mail">One mail, or null for several.</param>
public sealed record MailGivenUp(Guid? Mail, int Count) : AuditEvent("mail-given-up");

/// <summary>An operator decides about dead mails: one of them, or all. Somebody else may have decided meanwhile; then there is nothing to do.</summary>
public abstract class DecideDeadMail(Database database, TimeProvider clock)
{
    private const int Batch = 200;

    /// <param name="mailId">One mail, or null for every dead one.</param>
    /// <returns>How many it was done to.</returns>
    public async Task<Result<int>> ExecuteAsync(Guid? mailId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        var total = 0;
        int done;
        do
        {
            done = await database.ChangeAsync(OrganisationScope.Server, db => DecideAsync(db, mailId, actor, cancellationToken), cancellationToken);
            total += done;
        }
        while (done == Batch);
        return total > 0 || mailId is null ? total : new NotFound("mail that was given up on its way");
    }

    protected abstract void Decide(OutboxMail mail, DateTime now);

    protected abstract AuditEvent Happened(Guid? mailId, int count);

    private async Task<int> DecideAsync(AppDb db, Guid? mailId, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var mails = await db.Set<OutboxMail>().Where(m => m.State == MailState.Dead && m.GivenUpAt == null && (mailId == null || m.Id == mailId))
            .OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).Take(Batch).ToListAsync(cancellationToken);
        if (mails.Count == 0)
            return 0;
        foreach (var mail in mails)
        {
            Decide(mail, now);
            mail.Version++;
        }
        db.AddAudit(now, actor, AuditTrail.Server, Happened(mailId, mails.Count));
        await db.SaveChangesAsync(cancellationToken);
        return mails.Count;
    }
}

/// <summary>Dead mails wait again and are tried from the beginning, with all pauses.</summary>
public sealed class TryMailAgain(Database database, TimeProvider clock) : DecideDeadMail(database, clock)
{
    protected override void Decide(OutboxMail mail, DateTime now)
    {
        mail.State = MailState.Waiting;
        mail.Attempts = 0;
        mail.NextAttemptAt = now;
    }

    protected override AuditEvent Happened(Guid? mailId, int count) => new MailTriedAgain(mailId, count);
}

/// <summary>Dead mails are not sent any more; the link in them is wiped. Pending users goes on saying that the mail could not be delivered.</summary>
public sealed class GiveUpMail(Database database, TimeProvider clock) : DecideDeadMail(database, clock)
{
    protected override void Decide(OutboxMail mail, DateTime now)
    {
        mail.GivenUpAt = now;
        mail.SecretCipher = null;
    }

    protected override AuditEvent Happened(Guid? mailId, int count) => new MailGivenUp(mailId, count);
}
