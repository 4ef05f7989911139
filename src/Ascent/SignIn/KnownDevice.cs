using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SignIn;

/// <summary>A browser that has signed in to an account before, known by a random cookie of its own; only the hash is here.</summary>
public sealed class KnownDevice
{
    public Guid AccountId { get; init; }

    public required byte[] TokenHash { get; init; }

    public DateTime FirstSeenAt { get; init; }
}

internal sealed class KnownDeviceMap : IEntityTypeConfiguration<KnownDevice>
{
    public void Configure(EntityTypeBuilder<KnownDevice> builder)
    {
        builder.ToTable("known_devices");
        builder.HasKey(d => new { d.AccountId, d.TokenHash });
        builder.Property(d => d.TokenHash).HasMaxLength(32);
        builder.HasOne<Account>().WithMany().HasForeignKey(d => d.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Browsers that have signed in before, and what is done at the first time. A sign-in counts when it is complete.</summary>
public sealed class KnownDevices(Database database, TimeProvider clock)
{
    public Task<bool> IsKnownAsync(Guid accountId, string? deviceToken, CancellationToken cancellationToken)
    {
        var hash = LinkToken.Hash(deviceToken) ?? [];
        return database.ReadAsync(OrganisationScope.Server, db => db.Set<KnownDevice>().AnyAsync(d => d.AccountId == accountId && d.TokenHash == hash, cancellationToken));
    }

    /// <summary>A browser that signs in to this account for the first time is remembered, and the person is told by mail.</summary>
    /// <returns>The token for the cookie by which it is known from now on.</returns>
    public Task<string> RememberAsync(Guid accountId, string? deviceToken, string device, CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            // The browser may be known to another account; it keeps its cookie then.
            var token = LinkToken.Hash(deviceToken) is null ? LinkToken.Create() : deviceToken!;
            var hash = LinkToken.Hash(token)!;
            var known = await db.Set<KnownDevice>().Where(d => d.AccountId == accountId).Select(d => d.TokenHash == hash).ToListAsync(cancellationToken);
            if (known.Contains(true))
                return token; // known already, or a second sign-in from it was quicker
            var isFirst = known.Count == 0;
            db.Add(new KnownDevice { AccountId = accountId, TokenHash = hash, FirstSeenAt = now });
            // The first device of all is the one that the person has just set the account up on.
            if (!isFirst)
            {
                var account = await db.Set<Account>().SingleAsync(a => a.Id == accountId, cancellationToken);
                db.Add(OutboxMail.Create(clock.NewId(), AuditTrail.Server, NewDeviceMail.TemplateName, account.Email, $"{account.Forename} {account.Surname}",
                    new NewDeviceMail.Values(account.Forename, device, now), now));
            }
            await db.SaveChangesAsync(cancellationToken);
            return token;
        }, cancellationToken);
}
