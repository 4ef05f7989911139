using Ascent.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SignIn;

/// <summary>A mailed link with which a person chooses a new password: for 30 minutes, and once.</summary>
public sealed class PasswordReset
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <summary>One at a time: a newer link replaces the older.</summary>
    public Guid AccountId { get; init; }

    public required byte[] LinkHash { get; set; }

    public DateTime ExpiresAt { get; set; }

    public int Version { get; set; }
}

internal sealed class PasswordResetMap : IEntityTypeConfiguration<PasswordReset>
{
    public void Configure(EntityTypeBuilder<PasswordReset> builder)
    {
        builder.ToTable("password_resets");
        builder.HasKey(r => r.AccountId);
        builder.Property(r => r.LinkHash).HasMaxLength(32);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasIndex(r => r.LinkHash).IsUnique();
        builder.HasOne<Account>().WithOne().HasForeignKey<PasswordReset>(r => r.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
