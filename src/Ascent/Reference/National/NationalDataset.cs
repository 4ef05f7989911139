using Ascent.Measures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Reference.National;

/// <summary>What a set of national figures is about; each comes from a file of its own layout.</summary>
public enum NationalKind
{
    /// <summary>Estimates of Attainment 8 by prior attainment.</summary>
    Attainment8Estimates,

    /// <summary>Standard deviations of Progress 8 and its elements.</summary>
    Progress8Deviations,

    /// <summary>Estimates of points in EBacc subject areas by prior attainment.</summary>
    EBaccEstimates,

    /// <summary>Standard deviations of their value added.</summary>
    EBaccDeviations,

    /// <summary>Grades of GCSEs by prior attainment.</summary>
    GcseTransition,

    /// <summary>Grades of Combined Science by prior attainment.</summary>
    CombinedScienceTransition,

    /// <summary>Grades of GCSEs, all pupils.</summary>
    GcseGrades,

    /// <summary>Figures of England by measure and group, one column a year; it does not say how final they are.</summary>
    Headlines,

    /// <summary>Figures of England by measure and group, one row a year, with its status.</summary>
    HeadlineSeries,

    /// <summary>Percentiles of schools' scores.</summary>
    SchoolDistributions,
}

/// <summary>One edition of national figures: a kind, the year that they describe, and how final they are. It belongs to the server, not to a school.</summary>
public sealed class NationalDataset
{
    public Guid Id { get; init; }

    public NationalKind Kind { get; init; }

    /// <summary>The calendar year in which the school year began that the figures describe.</summary>
    public int StartYear { get; init; }

    public ReferenceStatus Status { get; init; }

    /// <summary>The figures as JSON (<see cref="NationalContent"/>).</summary>
    public required byte[] Content { get; set; }

    public required string FileName { get; set; }

    /// <summary>Of the whole file, in hexadecimal.</summary>
    public required string FileSha256 { get; set; }

    public DateTime LoadedAt { get; set; }

    /// <summary>Higher than that of everything loaded before; whoever keeps the figures sees by the highest one that there are newer ones.</summary>
    public long Version { get; set; }
}

internal sealed class NationalDatasetMap : IEntityTypeConfiguration<NationalDataset>
{
    public void Configure(EntityTypeBuilder<NationalDataset> builder)
    {
        builder.ToTable("national_datasets");
        builder.Property(d => d.Kind).HasConversion<string>().HasMaxLength(40);
        builder.Property(d => d.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(d => d.FileName).HasMaxLength(NationalFile.LongestName);
        builder.Property(d => d.FileSha256).HasMaxLength(64);
        builder.HasIndex(d => new { d.Kind, d.StartYear, d.Status }).IsUnique();
        // Two loads at once cannot both have the next number: one of them begins again.
        builder.HasIndex(d => d.Version).IsUnique();
    }
}
