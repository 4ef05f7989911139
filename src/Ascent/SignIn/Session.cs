using Ascent.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SignIn;

/// <summary>Somebody signed in on one device. The cookie holds a random token; only its hash is here.</summary>
public sealed class Session
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(8);

    public Guid Id { get; init; }

    public required byte[] TokenHash { get; init; }

    public Guid AccountId { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime LastSeenAt { get; set; }

    /// <summary>When the password was last given in this session.</summary>
    public DateTime ConfirmedAt { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>Browser and system in words, for the person's own list of sessions.</summary>
    public required string Device { get; init; }

    public bool IsOpenAt(DateTime now) => EndedAt is null && now < LastSeenAt + Idle && now < StartedAt + Absolute;
}

internal sealed class SessionMap : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.Property(s => s.TokenHash).HasMaxLength(32);
        builder.Property(s => s.Device).HasMaxLength(100);
        builder.HasIndex(s => s.TokenHash).IsUnique();
        builder.HasIndex(s => s.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
