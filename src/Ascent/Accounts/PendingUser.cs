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

/// <summary>Somebody who has not signed up yet, as their administrators see them.</summary>
public sealed record PendingUser
{
    public required Guid MembershipId { get; init; }

    public required Guid AccountId { get; init; }

    public required string Forename { get; init; }

    public required string Surname { get; init; }

    public required string Email { get; init; }

    public required AccessChoice Access { get; init; }

    /// <summary>The access template that was given, if it is still there.</summary>
    public Guid? TemplateId { get; init; }

    /// <summary>The version of the membership, for a form that changes it.</summary>
    public required int Version { get; init; }

    /// <summary>Who made the person pending: created them, or had them sign up again. Null when that was the operator.</summary>
    public string? CreatedBy { get; init; }

    public bool CreatedByYou { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required LinkState Link { get; init; }

    public DateTime? SentAt { get; init; }

    /// <summary>A try to hand the mail over has failed, and it is tried again: since when. Null otherwise.</summary>
    public DateTime? TryingSince { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public int WrongTries { get; init; }

    public DateTime? CodeReplacedAt { get; init; }

    public DateTime? NewLinkAskedAt { get; init; }

    public string FullName => $"{Forename} {Surname}";

    public string JobRole => JobRoles.Label(Access.JobRole, Access.OtherRole);

    public PermissionSet Permissions => Access.Permissions;

    public DateOnly? EndsOn => Access.EndsOn;

    /// <summary>The short names of the limits under which the person holds a seat.</summary>
    public IEnumerable<string> Seats => Permissions.SeatsNeeded().Select(p => PermissionCatalogue.Of(p).Tag);
}

/// <summary>What a <see cref="PendingUser"/> is made of, still a query.</summary>
internal sealed class PendingRow
{
    public required Membership Membership { get; init; }

    public required Invitation Invitation { get; init; }

    public MailState? MailState { get; init; }

    public DateTime? MailSentAt { get; init; }

    public DateTime? MailMadeAt { get; init; }

    public string? MailError { get; init; }

    public string? CreatedBy { get; init; }

    public PendingUser Describe(Actor actor, DateTime now) => new()
    {
        MembershipId = Membership.Id,
        AccountId = Membership.AccountId,
        Forename = Invitation.Forename,
        Surname = Invitation.Surname,
        Email = Invitation.Email,
        Access = AccessChoice.Of(Membership),
        TemplateId = Membership.TemplateId,
        Version = Membership.Version,
        CreatedBy = CreatedBy,
        CreatedByYou = Membership.StateById is not null && Membership.StateById == actor.AccountId,
        CreatedAt = Membership.StateSince,
        Link = Invitation.HasExpired(now) ? LinkState.Expired
            : MailState switch { Mail.MailState.Waiting => LinkState.NotSentYet, Mail.MailState.Dead => LinkState.Undeliverable, _ => LinkState.Sent },
        SentAt = MailSentAt,
        TryingSince = MailState == Mail.MailState.Waiting && MailError is not null ? MailMadeAt : null,
        ExpiresAt = Invitation.ExpiresAt,
        WrongTries = Invitation.WrongTries,
        CodeReplacedAt = Invitation.CodeReplacedAt,
        NewLinkAskedAt = Invitation.NewLinkAskedAt,
    };
}

internal static class PendingRows
{
    /// <summary>Every pending membership of the scope, with its invitation, how its mail fares, and who made it.</summary>
    /// <param name="search">Only those whose names or address begin so.</param>
    public static IQueryable<PendingRow> Pending(this AppDb db, string? search = null) =>
        from membership in db.Set<Membership>().Where(m => m.State == MembershipState.Pending).Search(search)
        join invitation in db.Set<Invitation>() on membership.Id equals invitation.MembershipId
        join mail in db.Set<OutboxMail>() on invitation.MailId equals mail.Id into mails
        from mail in mails.DefaultIfEmpty()
        join creator in db.Set<Account>() on membership.StateById equals creator.Id into creators
        from creator in creators.DefaultIfEmpty()
        select new PendingRow
        {
            Membership = membership,
            Invitation = invitation,
            MailState = mail != null ? mail.State : null,
            MailSentAt = mail != null ? mail.SentAt : null,
            MailMadeAt = mail != null ? mail.CreatedAt : null,
            MailError = mail != null ? mail.LastError : null,
            CreatedBy = creator != null ? creator.Forename + " " + creator.Surname : null,
        };
}
