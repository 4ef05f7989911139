using Ascent.Shared.Permissions;
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

    /// <summary>The first day without reports: today or earlier while they are off, later while they are on until a date, null for no end.</summary>
    public DateOnly? ReportsOffFrom { get; private set; }

    public DateOnly? TargetsOffFrom { get; private set; }

    public DateOnly? CollaborateOffFrom { get; private set; }

    public DateOnly? TrackingOffFrom { get; private set; }

    /// <summary>The first day without a service, as <see cref="ReportsOffFrom"/>.</summary>
    public DateOnly? OffFrom(SchoolServices service) => service switch
    {
        SchoolServices.Reports => ReportsOffFrom,
        SchoolServices.Targets => TargetsOffFrom,
        SchoolServices.Collaborate => CollaborateOffFrom,
        SchoolServices.PupilTracking => TrackingOffFrom,
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "One service at a time."),
    };

    public void Switch(SchoolServices service, DateOnly? offFrom)
    {
        switch (service)
        {
            case SchoolServices.Reports: ReportsOffFrom = offFrom; break;
            case SchoolServices.Targets: TargetsOffFrom = offFrom; break;
            case SchoolServices.Collaborate: CollaborateOffFrom = offFrom; break;
            case SchoolServices.PupilTracking: TrackingOffFrom = offFrom; break;
            default: throw new ArgumentOutOfRangeException(nameof(service), service, "One service at a time.");
        }
    }

    /// <summary>The services that are on. Whether there is Pupil Tracking at all is <see cref="HasTracking"/>.</summary>
    /// <param name="today">In England.</param>
    public SchoolServices ServicesOn(DateOnly today)
    {
        var on = SchoolServices.All;
        foreach (var info in ServiceCatalogue.All)
            if (OffFrom(info.Service) is { } from && from <= today)
                on &= ~info.Service;
        return on;
    }

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
