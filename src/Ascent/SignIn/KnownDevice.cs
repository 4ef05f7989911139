using Ascent.Accounts;
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
