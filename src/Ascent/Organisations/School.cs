using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Organisations;

/// <summary>A school as the register (GIAS) describes it. <see cref="Organisation.Code"/> is its URN.</summary>
public sealed class School : Organisation
{
    /// <summary>DfE number such as 999/2001: authority code and establishment number. Null when the register gives none.</summary>
    public string? DfeNumber { get; set; }

    public string? LocalAuthorityCode { get; set; }

    public string? LocalAuthorityName { get; set; }

    public string? TrustCode { get; set; }

    /// <summary>The register's code for the type of establishment.</summary>
    public string? TypeCode { get; set; }

    public SchoolPhase Phase { get; set; }

    public int? LowAge { get; set; }

    public int? HighAge { get; set; }

    public string? Town { get; set; }

    public string? Postcode { get; set; }

    /// <summary>Worked out from phase and ages when the school is loaded, unless an operator decided otherwise.</summary>
    public bool IsPrimary { get; private set; }

    /// <summary>An operator's decision that stands over the register; null when there is none.</summary>
    public bool? PrimaryOverride { get; private set; }

    /// <summary>
    /// Set on the row that keeps the number and the name of a school that became another: the one that goes on. Nothing begins here any more.
    /// </summary>
    public Guid? BecameId { get; set; }

    /// <summary>Pupil Tracking exists in primary schools only.</summary>
    public bool HasTracking => IsPrimary;

    /// <summary>Why it counts as primary or not, as the end of a sentence.</summary>
    public string PrimaryReason => PrimaryOverride is null
        ? PrimaryRule.Reason(Phase, LowAge)
        : $"an operator decided so; by the register {PrimaryRule.Reason(Phase, LowAge)}";

    public void WorkOutPrimary() => IsPrimary = PrimaryOverride ?? PrimaryRule.IsPrimary(Phase, LowAge);

    public void OverridePrimary(bool? isPrimary)
    {
        PrimaryOverride = isPrimary;
        WorkOutPrimary();
    }
}

internal sealed class SchoolMap : IEntityTypeConfiguration<School>
{
    public void Configure(EntityTypeBuilder<School> builder)
    {
        builder.Property(s => s.DfeNumber).HasMaxLength(10);
        builder.Property(s => s.LocalAuthorityCode).HasMaxLength(10);
        builder.Property(s => s.LocalAuthorityName).HasMaxLength(200);
        builder.Property(s => s.TrustCode).HasMaxLength(20);
        builder.Property(s => s.TypeCode).HasMaxLength(10);
        builder.Property(s => s.Phase).HasConversion<string>().HasMaxLength(40);
        builder.Property(s => s.Town).HasMaxLength(200);
        builder.Property(s => s.Postcode).HasMaxLength(20);
        builder.HasIndex(s => s.BecameId);
        builder.HasIndex(s => s.DfeNumber);
        builder.HasIndex(s => s.LocalAuthorityCode);
        builder.HasIndex(s => s.TrustCode);
    }
}
