using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Mail;

/// <summary>
/// A mail that has not gone out, as an operator may see it: neither to whom nor what it says, because an operator has no organisation's people.
/// </summary>
/// <param name="NextAttemptAt">When it is tried again; null for a dead one.</param>
public sealed record HeldMail(Guid OrganisationId, Guid Id, string Template, DateTime CreatedAt, int Attempts, DateTime? NextAttemptAt, string? LastError);

/// <param name="Next">Ask for the following page with this; null at the end.</param>
public sealed record HeldMailPage(IReadOnlyList<HeldMail> Rows, string? Next, bool IsFirst);

/// <summary>Mails that wait or are dead, the oldest first.</summary>
public sealed class ListHeldMail(Database database)
{
    public const int PageSize = 50;

    public Task<HeldMailPage> ExecuteAsync(MailState state, string? after, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var key = PageKey.Read(after);
            var mails = db.Set<OutboxMail>().Where(m => m.State == state && m.GivenUpAt == null);
            if (key is { } from)
                mails = mails.Where(m => m.CreatedAt > from.At || (m.CreatedAt == from.At && m.Id.CompareTo(from.Id) > 0));
            var rows = await mails.OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).Take(PageSize + 1)
                .Select(m => new HeldMail(m.OrganisationId, m.Id, m.Template, m.CreatedAt, m.Attempts, m.State == MailState.Waiting ? (DateTime?)m.NextAttemptAt : null, m.LastError))
                .ToListAsync(cancellationToken);
            var page = rows.Take(PageSize).ToList();
            return new HeldMailPage(page, rows.Count > PageSize ? new PageKey(page[^1].CreatedAt, page[^1].Id).ToString() : null, key is null);
        });
}
