using Ascent.Audit;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Operators;

public sealed record AddOperatorRequest(string? Email, string? Forename, string? Surname, bool AcceptsMixedScript);

/// <param name="Code">The activation code, told once: nobody can show it again.</param>
/// <param name="WasWaiting">The person was invited already; the older link and code are dead.</param>
public sealed record OperatorAdded(string Email, string Code, DateTime ExpiresAt, bool WasWaiting);

public sealed record OperatorInvited(Guid AccountId, bool Again) : AuditEvent("operator-invited");

public sealed record OperatorAlready(string Email)
    : Refusal("operator-already", $"{Email} is an operator already. To begin anew after a forgotten password, remove the operator and add them again", RefusalKind.Conflict, "Email");

/// <summary>Whoever runs the server must not see pupils by the same account, so the two are kept apart.</summary>
public sealed record MemberAlready(string Email)
    : Refusal("member-already", $"{Email} has a place in a school here. Whoever runs the server needs an account of their own for it, with another email address", RefusalKind.Conflict, "Email");

/// <summary>
/// Invites somebody to run the server: link by mail, code on the console. Asked again while the person waits, it makes both anew.
/// </summary>
public sealed class AddOperator(Database database, GuardedCodes codes, Secrets secrets, ServerSettings settings, TimeProvider clock)
{
    public Task<Result<OperatorAdded>> ExecuteAsync(AddOperatorRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return Task.FromResult<Result<OperatorAdded>>(new OperatorsOnly());
        var person = PersonDetails.Read(request.Forename, request.Surname, request.Email, request.AcceptsMixedScript);
        return !person.Succeeded
            ? Task.FromResult(Result.Refuse<OperatorAdded>(person.Refusals))
            : database.ChangeAsync(OrganisationScope.Server, db => TryAsync(db, person.Value, actor, cancellationToken), cancellationToken);
    }

    private async Task<Result<OperatorAdded>> TryAsync(AppDb db, PersonDetails person, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.EmailKey == person.Email.Key, cancellationToken);
        if (account is not null && await db.Set<Membership>().AnyAsync(m => m.AccountId == account.Id && m.State != MembershipState.Deleted, cancellationToken))
            return new MemberAlready(person.Email.Typed);
        // As with a membership: nobody is made an operator at the moment of being erased.
        if (account is not null)
            account.Version++;
        else
            db.Add(account = new Account
            {
                Id = clock.NewId(), Email = person.Email.Typed, EmailKey = person.Email.Key, Forename = person.Forename, Surname = person.Surname, CreatedAt = now,
            });
        var found = await db.Set<Operator>().SingleOrDefaultAsync(o => o.AccountId == account.Id, cancellationToken);
        if (found?.ActivatedAt is not null)
            return new OperatorAlready(person.Email.Typed);
        if (found is null)
            db.Add(new Operator { AccountId = account.Id, AddedAt = now });
        var (code, expiresAt) = await InviteAsync(db, account, person, now, cancellationToken);
        db.AddAudit(now, actor, AuditTrail.Server, new OperatorInvited(account.Id, found is not null), person.ForAudit(account.Id));
        await db.SaveChangesAsync(cancellationToken);
        return new OperatorAdded(account.Email, code, expiresAt, found is not null);
    }

    private async Task<(string Code, DateTime ExpiresAt)> InviteAsync(AppDb db, Account account, PersonDetails person, DateTime now, CancellationToken cancellationToken)
    {
        var invitation = await db.Set<OperatorInvitation>().SingleOrDefaultAsync(i => i.AccountId == account.Id, cancellationToken);
        if (invitation is null)
            db.Add(invitation = new OperatorInvitation { AccountId = account.Id, Forename = "", Surname = "" });
        var token = LinkToken.Create();
        (invitation.Forename, invitation.Surname) = (person.Forename, person.Surname);
        invitation.LinkHash = LinkToken.Hash(token)!;
        invitation.ExpiresAt = now + settings.InvitationLife;
        codes.Renew(invitation);
        db.Add(OutboxMail.Create(clock.NewId(), AuditTrail.Server, OperatorInvitationMail.TemplateName, account.Email, person.FullName,
            new OperatorInvitationMail.Values(person.Forename, account.Email, invitation.ExpiresAt), now, secrets.Protect(OutboxMail.SecretPurpose, token)));
        return (codes.Read(invitation)!, invitation.ExpiresAt);
    }
}

/// <summary>The first half of an operator's sign-up: user name and link. It never holds the code.</summary>
public sealed class OperatorInvitationMail() : MailTemplate<OperatorInvitationMail.Values>(OperatorInvitationMail.TemplateName)
{
    public const string TemplateName = "operator-invitation";

    public sealed record Values(string Forename, string Email, DateTime ExpiresAt);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"Your operator account at {settings.PublicAddress.Host}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"Whoever runs the Ascent server at {settings.PublicAddress.Host} has made an operator account for you. It shows how the server fares, and opens no school."),
        new MailFact("Your user name", v.Email),
        new MailButton("Set up your account", settings.Address($"operator/sign-up/{secret}")),
        new MailParagraph($"The link works until {InvitationMail.Until(v.ExpiresAt)}."),
        new MailParagraph("You also need an activation code. It is not in this mail: whoever added you has seen it on the console, and tells it to you by telephone or in person."),
        new MailParagraph("You did not expect this? Then leave the link alone and tell whoever runs the server."),
    ]);
}
