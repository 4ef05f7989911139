using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Text;
using Ascent.SignIn.Factors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SignIn;

/// <summary>A new address that its owner has still to prove. The old one works until then.</summary>
public sealed class EmailChange
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public Guid AccountId { get; init; }

    public required string NewEmail { get; set; }

    public required byte[] LinkHash { get; set; }

    public DateTime ExpiresAt { get; set; }

    public int Version { get; set; }
}

internal sealed class EmailChangeMap : IEntityTypeConfiguration<EmailChange>
{
    public void Configure(EntityTypeBuilder<EmailChange> builder)
    {
        builder.ToTable("email_changes");
        builder.HasKey(c => c.AccountId);
        builder.Property(c => c.NewEmail).HasMaxLength(254);
        builder.Property(c => c.LinkHash).HasMaxLength(32);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasIndex(c => c.LinkHash).IsUnique();
        builder.HasOne<Account>().WithOne().HasForeignKey<EmailChange>(c => c.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>
/// Asks for another address as user name. The new one gets a link that proves it, the old one is told. Whether the new one belongs to
/// somebody already is not said: the page is the same, and no link goes out.
/// </summary>
public sealed class AskForEmailChange(Database database, Throttle throttle, Secrets secrets, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(SignedInPerson person, string? email, bool acceptsMixedScript, CancellationToken cancellationToken)
    {
        var address = PersonDetails.ReadEmail(email, acceptsMixedScript);
        if (!address.Succeeded)
            return Result.Refuse<Done>(address.Refusals);
        if (!person.IsFreshAt(clock.Now()))
            return new ConfirmItIsYou();
        // Each asking counts, or the page would fill strangers' mailboxes.
        if (await throttle.TryBeginAsync(Throttle.EmailChangeKeys(person.AccountId), cancellationToken) is { } wait)
            return new SignInTooSoon(wait);
        return await database.ChangeAsync<Result<Done>>(OrganisationScope.Server, async db =>
        {
            if (await db.HeldBackAsync(person, clock.Today(), cancellationToken) is { } heldBack)
                return heldBack;
            var account = await db.Set<Account>().SingleAsync(a => a.Id == person.AccountId, cancellationToken);
            if (account.EmailKey == address.Value.Key)
                return new SameEmail();
            var now = clock.Now();
            var token = LinkToken.Create();
            var change = await db.Set<EmailChange>().SingleOrDefaultAsync(c => c.AccountId == account.Id, cancellationToken);
            if (change is null)
                db.Add(change = new EmailChange { AccountId = account.Id, NewEmail = "", LinkHash = [] });
            (change.NewEmail, change.LinkHash, change.ExpiresAt) = (address.Value.Typed, LinkToken.Hash(token)!, now + EmailChange.Life);
            change.Version++;
            var name = $"{account.Forename} {account.Surname}";
            if (!await db.Set<Account>().AnyAsync(a => a.EmailKey == address.Value.Key, cancellationToken))
                db.Add(OutboxMail.Create(clock.NewId(), AuditTrail.Server, EmailProofMail.TemplateName, address.Value.Typed, name,
                    new EmailProofMail.Values(account.Forename, address.Value.Typed), now, secrets.Protect(OutboxMail.SecretPurpose, token)));
            db.Add(OutboxMail.Create(clock.NewId(), AuditTrail.Server, EmailToldMail.TemplateName, account.Email, name, new EmailToldMail.Values(account.Forename, address.Value.Typed, IsDone: false), now));
            db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new OwnEmailAsked(), new AuditPerson(account.Id, new Dictionary<string, string> { ["email"] = address.Value.Typed }));
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
    }
}

public sealed record SameEmail() : Refusal("email-same", "This is your user name already", RefusalKind.Field, "Email");

/// <summary>The link in the new mailbox was opened and its button pressed, by the person signed in.</summary>
public sealed class ConfirmEmailChange(Database database, TimeProvider clock)
{
    /// <summary>The address that a link proves, for the page with the button. Null when the link does not work (any more) or is somebody else's.</summary>
    public Task<string?> FindAsync(Guid accountId, string token, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db => (await FindAsync(db, accountId, token, cancellationToken))?.NewEmail);

    public Task<Result<Done>> ExecuteAsync(SignedInPerson person, string token, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<Done>>(OrganisationScope.Server, async db =>
        {
            if (await FindAsync(db, person.AccountId, token, cancellationToken) is not { } change)
                return new ResetLinkUnknown();
            if (await db.HeldBackAsync(person, clock.Today(), cancellationToken) is { } heldBack)
                return heldBack;
            var address = EmailAddress.Parse(change.NewEmail)!;
            db.Remove(change);
            if (await db.Set<Account>().AnyAsync(a => a.EmailKey == address.Key, cancellationToken))
            {
                await db.SaveChangesAsync(cancellationToken);
                return new ResetLinkUnknown();
            }
            var account = await db.Set<Account>().SingleAsync(a => a.Id == person.AccountId, cancellationToken);
            var now = clock.Now();
            var texts = new Dictionary<string, string> { ["before"] = account.Email, ["after"] = address.Typed };
            db.Add(OutboxMail.Create(clock.NewId(), AuditTrail.Server, EmailToldMail.TemplateName, account.Email, $"{account.Forename} {account.Surname}",
                new EmailToldMail.Values(account.Forename, address.Typed, IsDone: true), now));
            (account.Email, account.EmailKey) = (address.Typed, address.Key);
            account.Version++;
            await Persons.FindAsNowAsync(db, account, cancellationToken);
            db.AddAudit(now, Persons.Actor(account.Id), AuditTrail.Server, new OwnEmailChanged(), new AuditPerson(account.Id, texts));
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);

    private Task<EmailChange?> FindAsync(AppDb db, Guid accountId, string token, CancellationToken cancellationToken)
    {
        var hash = LinkToken.Hash(token) ?? [];
        var now = clock.Now();
        return db.Set<EmailChange>().SingleOrDefaultAsync(c => c.AccountId == accountId && c.LinkHash == hash && c.ExpiresAt > now, cancellationToken);
    }
}
