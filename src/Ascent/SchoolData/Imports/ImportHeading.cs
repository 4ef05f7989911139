using Ascent.Organisations;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SchoolData.Imports;

/// <summary>What somebody of the school has said that a heading means; the next file with it is understood by itself.</summary>
public sealed class ImportHeading : IBeginsInOrganisation
{
    internal const int LongestHeading = 200;

    public Guid OrganisationId { get; init; }

    /// <summary>In capitals, letters and digits alone; in tables of results with a mark before it.</summary>
    public required string HeadingKey { get; init; }

    /// <summary>The name of a column; empty for one that is not read.</summary>
    public required string ColumnName { get; set; }
}

internal sealed class ImportHeadingMap : IEntityTypeConfiguration<ImportHeading>
{
    public void Configure(EntityTypeBuilder<ImportHeading> builder)
    {
        builder.ToTable("import_headings");
        builder.HasKey(h => new { h.OrganisationId, h.HeadingKey });
        builder.Property(h => h.HeadingKey).HasMaxLength(ImportHeading.LongestHeading);
        builder.Property(h => h.ColumnName).HasMaxLength(40);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(h => h.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
