using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Factors;

public enum FactorKind
{
    /// <summary>An authenticator app that shows a code of six digits (TOTP, RFC 6238).</summary>
    App,

    /// <summary>A key in a device, a security key or a password manager, which signs after a fingerprint, face or PIN (WebAuthn).</summary>
    Passkey,
}

/// <summary>
/// A second factor of an account. Whatever its kind, it has a name, and is listed and removed in the same way; what only one kind needs is
/// empty for the others.
/// </summary>
public sealed class Factor
{
    /// <summary>So many an account may have, of all kinds together.</summary>
    public const int Most = 5;

    public const int LongestName = 60;

    /// <summary>As WebAuthn has it.</summary>
    public const int LongestCredentialId = 1023;

    public const int LongestPublicKey = 2000;

    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public FactorKind Kind { get; init; }

    /// <summary>What the person calls it.</summary>
    public required string Name { get; set; }

    public DateTime AddedAt { get; init; }

    public DateTime? LastUsedAt { get; set; }

    /// <summary>
    /// Enrolled through a reset: it opens the organisations of its <see cref="FactorTrust"/> rows, and of those that require a second factor
    /// no other, until an older factor is used once.
    /// </summary>
    public bool IsLimited { get; set; }

    /// <summary>An app's secret, encrypted.</summary>
    public string? SecretCipher { get; init; }

    /// <summary>The half minute whose code was accepted last: none is accepted twice, and none from before it.</summary>
    public long LastStep { get; set; }

    /// <summary>A passkey's number, which its authenticator made up; no two in the world are alike.</summary>
    public byte[]? CredentialId { get; init; }

    /// <summary>A passkey's public key (COSE). It tells nobody how to sign.</summary>
    public byte[]? PublicKey { get; init; }

    /// <summary>How often a passkey says that it has signed. Many say 0 for ever; of one that counts, a copy gives itself away.</summary>
    public long SignCount { get; set; }

    public int Version { get; set; }
}

/// <summary>An organisation whose reset enrolled a limited factor, so that it opens there.</summary>
public sealed class FactorTrust
{
    public Guid FactorId { get; init; }

    public Guid OrganisationId { get; init; }
}

/// <summary>One of ten codes, each good for one sign-in without a device. The codes are long enough that their plain hash tells nothing.</summary>
public sealed class RecoveryCode
{
    public Guid AccountId { get; init; }

    public int Number { get; init; }

    public required byte[] Hash { get; init; }

    public DateTime MadeAt { get; init; }

    /// <summary>The limited factor in whose session they were made: using one is worth no more than that factor.</summary>
    public Guid? LimitedBy { get; set; }

    public DateTime? UsedAt { get; set; }
}

internal sealed class FactorMap : IEntityTypeConfiguration<Factor>
{
    public void Configure(EntityTypeBuilder<Factor> builder)
    {
        builder.ToTable("factors");
        builder.Property(f => f.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(f => f.Name).HasMaxLength(4 * Factor.LongestName);
        builder.Property(f => f.SecretCipher).HasMaxLength(1000);
        builder.Property(f => f.CredentialId).HasMaxLength(Factor.LongestCredentialId);
        builder.Property(f => f.PublicKey).HasMaxLength(Factor.LongestPublicKey);
        builder.HasIndex(f => f.CredentialId).IsUnique();
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.HasIndex(f => f.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(f => f.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FactorTrustMap : IEntityTypeConfiguration<FactorTrust>
{
    public void Configure(EntityTypeBuilder<FactorTrust> builder)
    {
        builder.ToTable("factor_trusts");
        builder.HasKey(t => new { t.FactorId, t.OrganisationId });
        builder.HasOne<Factor>().WithMany().HasForeignKey(t => t.FactorId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organisations.Organisation>().WithMany().HasForeignKey(t => t.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RecoveryCodeMap : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_codes");
        builder.HasKey(c => new { c.AccountId, c.Number });
        builder.Property(c => c.Hash).HasMaxLength(32);
        // Of two who use it at once, the second does not find it unused any more.
        builder.Property(c => c.UsedAt).IsConcurrencyToken();
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
