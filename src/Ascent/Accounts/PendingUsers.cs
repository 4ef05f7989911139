using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

public enum LinkState
{
    NotSentYet,
    Sent,
    Expired,

    /// <summary>The mail could not be handed over at all.</summary>
    Undeliverable,
}

/// <summary>A row of Pending users.</summary>
public sealed record PendingUser(
    Guid MembershipId, Guid AccountId, string Forename, string Surname, string Email, string JobRole, PermissionSet Permissions, DateOnly? EndsOn,
    string? CreatedBy, bool CreatedByYou, DateTime CreatedAt, LinkState Link, DateTime? SentAt, DateTime ExpiresAt,
    int WrongTries, DateTime? CodeReplacedAt, DateTime? NewLinkAskedAt)
{
    public string FullName => $"{Forename} {Surname}";
}

/// <param name="Next">Ask for the following page with this; null at the end.</param>
public sealed record PendingUsersPage(IReadOnlyList<PendingUser> Rows, string? Next, bool IsFirst);

/// <summary>The people of one organisation who have not signed up yet, newest first.</summary>
public sealed class ListPendingUsers(Database database, TimeProvider clock)
{
    public const int PageSize = 50;

    public Task<PendingUsersPage> ExecuteAsync(Actor actor, string? after, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var key = PageKey.Read(after);
            var rows = await Rows(db, key).Take(PageSize + 1).ToListAsync(cancellationToken);
            var now = clock.Now();
            var page = rows.Take(PageSize).Select(r => Describe(r, actor, now)).ToList();
            var next = rows.Count > PageSize ? new PageKey(page[^1].CreatedAt, page[^1].MembershipId).ToString() : null;
            return new PendingUsersPage(page, next, key is null);
        });

    private static IQueryable<Row> Rows(AppDb db, PageKey? after)
    {
        var pending = db.Set<Membership>().Where(m => m.State == MembershipState.Pending);
        if (after is { } key)
            pending = pending.Where(m => m.CreatedAt < key.At || (m.CreatedAt == key.At && m.Id.CompareTo(key.Id) < 0));
        return from membership in pending
               join invitation in db.Set<Invitation>() on membership.Id equals invitation.MembershipId
               join mail in db.Set<OutboxMail>() on invitation.MailId equals mail.Id into mails
               from mail in mails.DefaultIfEmpty()
               join creator in db.Set<Account>() on membership.CreatedById equals creator.Id into creators
               from creator in creators.DefaultIfEmpty()
               orderby membership.CreatedAt descending, membership.Id descending
               select new Row(membership, invitation, mail != null ? mail.State : null, mail != null ? mail.SentAt : null, creator != null ? creator.Forename + " " + creator.Surname : null);
    }

    private static PendingUser Describe(Row row, Actor actor, DateTime now)
    {
        var (membership, invitation) = (row.Membership, row.Invitation);
        var link = invitation.HasExpired(now) ? LinkState.Expired : row.MailState switch
        {
            MailState.Waiting => LinkState.NotSentYet,
            MailState.Dead => LinkState.Undeliverable,
            _ => LinkState.Sent,
        };
        return new(membership.Id, membership.AccountId, invitation.Forename, invitation.Surname, invitation.Email,
            JobRoles.Label(membership.JobRole, membership.OtherRole), membership.Permissions, membership.EndsOn,
            row.CreatedBy, membership.CreatedById is not null && membership.CreatedById == actor.AccountId, membership.CreatedAt, link, row.SentAt, invitation.ExpiresAt,
            invitation.WrongTries, invitation.CodeReplacedAt, invitation.NewLinkAskedAt);
    }

    private sealed record Row(Membership Membership, Invitation Invitation, MailState? MailState, DateTime? SentAt, string? CreatedBy);
}

/// <param name="Seats">The labels of the limits under which the person holds a place.</param>
public sealed record PendingUserSummary(string FullName, string Email, IReadOnlyList<string> Seats);

/// <summary>One pending user, for the page that asks before deleting.</summary>
public sealed class FindPendingUser(Database database)
{
    public Task<PendingUserSummary?> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.FindPendingAsync(membershipId, cancellationToken) is not var (membership, invitation))
                return null;
            return new PendingUserSummary($"{invitation.Forename} {invitation.Surname}", invitation.Email,
                [.. membership.Permissions.SeatsNeeded().Select(p => PermissionCatalogue.Of(p).Tag)]);
        });
}
