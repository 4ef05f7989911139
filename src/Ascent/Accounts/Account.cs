using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts;

/// <summary>A person's sign-in. It belongs to the person; organisations own memberships only.</summary>
public sealed class Account
{
    /// <summary>The version of the terms of use on the page; raise it when the text changes in meaning.</summary>
    public const int PresentTerms = 1;

    public Guid Id { get; init; }

    public required string Email { get; set; }

    public required string EmailKey { get; set; }

    public required string Forename { get; set; }

    public required string Surname { get; set; }

    /// <summary>Null until the person has signed up for the first time.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>The version of the terms of use that the person has agreed to; 0 for none.</summary>
    public int TermsVersion { get; set; }

    public DateTime CreatedAt { get; init; }

    public int Version { get; set; }

    public bool HasSignedUp => PasswordHash is not null;
}

internal sealed class AccountMap : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.Property(a => a.Email).HasMaxLength(254);
        builder.Property(a => a.EmailKey).HasMaxLength(512);
        builder.Property(a => a.Forename).HasMaxLength(400);
        builder.Property(a => a.Surname).HasMaxLength(400);
        builder.Property(a => a.PasswordHash).HasMaxLength(300);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasIndex(a => a.EmailKey).IsUnique();
    }
}
