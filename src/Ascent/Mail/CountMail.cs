using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Mail;

/// <param name="Waiting">To be sent, or to be tried again.</param>
/// <param name="Dead">Not tried any more by itself; an operator has still to decide.</param>
public sealed record MailCount(int Waiting, int Dead);

/// <summary>What the outbox still holds.</summary>
public sealed class CountMail(Database database)
{
    public Task<MailCount> ExecuteAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db => new MailCount(
            await db.Set<OutboxMail>().CountAsync(m => m.State == MailState.Waiting, cancellationToken),
            await db.Set<OutboxMail>().CountAsync(m => m.State == MailState.Dead && m.GivenUpAt == null, cancellationToken)));
}
