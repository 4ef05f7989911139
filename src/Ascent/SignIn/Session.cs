using Ascent.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SignIn;

/// <summary>Somebody signed in on one device. The cookie holds a random token; only its hash is here.</summary>
public sealed class Session
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(8);

    /// <summary>So long one may take for the second factor after the password.</summary>
    public static readonly TimeSpan HalfWay = TimeSpan.FromMinutes(10);

    public Guid Id { get; init; }

    public required byte[] TokenHash { get; init; }

    public Guid AccountId { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime LastSeenAt { get; set; }

    /// <summary>When the password, with the second factor of who has one, was last given in this session.</summary>
    public DateTime ConfirmedAt { get; set; }

    /// <summary>The password was right and the second factor is still to come: it opens nothing but the page that asks for it.</summary>
    public bool AwaitsFactor { get; init; }

    /// <summary>When a second factor was last given; null while there has been none.</summary>
    public DateTime? FactorAt { get; set; }

    /// <summary>Which one it was; null when it was a recovery code.</summary>
    public Guid? FactorId { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>Browser and system in words, for the person's own list of sessions.</summary>
    public required string Device { get; init; }

    /// <summary>Somebody is signed in by it.</summary>
    public bool IsOpenAt(DateTime now) => !AwaitsFactor && EndedAt is null && now < LastSeenAt + Idle && now < StartedAt + Absolute;

    public bool IsHalfWayAt(DateTime now) => AwaitsFactor && EndedAt is null && now < StartedAt + HalfWay;
}

internal sealed class SessionMap : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.Property(s => s.TokenHash).HasMaxLength(32);
        builder.Property(s => s.Device).HasMaxLength(100);
        // A session that has ended cannot be gone on with by somebody who read it a moment ago.
        builder.Property(s => s.EndedAt).IsConcurrencyToken();
        builder.HasIndex(s => s.TokenHash).IsUnique();
        builder.HasIndex(s => s.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
