using Ascent.Organisations;
using Ascent.Reports.Cohorts;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Reports.Figures;

/// <summary>
/// What a cohort, or its pupils with one value of a group, add up to in one measure (<see cref="MakeSums"/>): stored, so that the figures of many
/// schools are put together without opening their cohorts. It is before disclosure control, and thrown away with the cohorts.
/// </summary>
public sealed class SumRow : IOrganisationOwned
{
    /// <summary>The group and the value of all pupils; no group has this code.</summary>
    public const string AllPupils = "all";

    internal const int LongestCode = 60;

    public Guid OrganisationId { get; init; }

    public CohortStage Stage { get; init; }

    /// <summary>Of <see cref="ReportMeasure"/>.</summary>
    public required string Measure { get; init; }

    /// <summary>Empty for measures of all pupils.</summary>
    public required string Subject { get; init; }

    public required string Group { get; init; }

    public required string Value { get; init; }

    public AcademicYear AcademicYear { get; init; }

    public int N { get; init; }

    public int Matched { get; init; }

    public double Sum { get; init; }

    public double SumOfSquares { get; init; }

    /// <summary>Of those who matched: for a rate the whole of which the sum is a part, otherwise how many they are.</summary>
    public double Weight { get; init; }
}

internal sealed class SumRowMap : IEntityTypeConfiguration<SumRow>
{
    public void Configure(EntityTypeBuilder<SumRow> builder)
    {
        builder.ToTable("report_sums");
        // The year last: whoever asks wants several years of a measure, and they lie side by side.
        builder.HasKey(s => new { s.OrganisationId, s.Stage, s.Measure, s.Subject, s.Group, s.Value, s.AcademicYear });
        builder.Property(s => s.Measure).HasMaxLength(SumRow.LongestCode);
        builder.Property(s => s.Subject).HasMaxLength(SumRow.LongestCode);
        builder.Property(s => s.Group).HasMaxLength(SumRow.LongestCode);
        builder.Property(s => s.Value).HasMaxLength(SumRow.LongestCode);
        builder.Property(s => s.AcademicYear).HasConversion(y => y.StartYear, start => AcademicYear.StartingIn(start));
        builder.HasOne<Organisation>().WithMany().HasForeignKey(s => s.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }
}
