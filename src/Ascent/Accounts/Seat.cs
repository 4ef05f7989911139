using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts;

/// <summary>
/// One place under a limit. There is a row for every place, so a fifth holder of four is impossible: taking a seat is an update
/// that succeeds only while the row is still free.
/// </summary>
public sealed class Seat : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Permission Permission { get; init; }

    /// <summary>From 1 up to the limit.</summary>
    public int Number { get; init; }

    /// <summary>The membership that sits here; null when free.</summary>
    public Guid? HolderId { get; set; }
}

internal sealed class SeatMap : IEntityTypeConfiguration<Seat>
{
    public void Configure(EntityTypeBuilder<Seat> builder)
    {
        builder.ToTable("seats");
        builder.HasKey(s => new { s.OrganisationId, s.Permission, s.Number });
        builder.Property(s => s.Permission).HasConversion<string>().HasMaxLength(40);
        // The guard: EF writes "… WHERE holder_id IS NULL", and nobody sits where another already sits.
        builder.Property(s => s.HolderId).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(s => s.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Membership>().WithMany().HasForeignKey(s => new { s.OrganisationId, s.HolderId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(s => new { s.OrganisationId, s.Permission, s.HolderId }).IsUnique();
    }
}
