using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Organisations;

/// <summary>
/// While this row is there nobody opens the school, from above neither. Memberships, seats, links and codes stay as they are. Read anew for every
/// request, so it acts on the next one.
/// </summary>
public sealed class SchoolLock : IOrganisationOwned
{
    public const int LongestReason = 500;

    /// <summary>The school.</summary>
    public Guid OrganisationId { get; init; }

    public DateTime Since { get; init; }

    /// <summary>The authority or trust that locked it and may unlock it; null for whoever runs the server.</summary>
    public Guid? BodyId { get; init; }

    public Guid? LockedById { get; init; }

    /// <summary>For those who lock and unlock. It is typed by people, so no page that the school or a stranger sees shows it.</summary>
    public required string Reason { get; init; }
}

internal sealed class SchoolLockMap : IEntityTypeConfiguration<SchoolLock>
{
    public void Configure(EntityTypeBuilder<SchoolLock> builder)
    {
        builder.ToTable("school_locks");
        builder.HasKey(l => l.OrganisationId);
        builder.Property(l => l.Reason).HasMaxLength(SchoolLock.LongestReason);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(l => l.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(l => l.BodyId).OnDelete(DeleteBehavior.Restrict);
    }
}
