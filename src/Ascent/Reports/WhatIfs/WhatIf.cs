using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Reports.Cohorts;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Reports.WhatIfs;

/// <summary>A cohort without some of its pupils, under a name: what figures would be then. It belongs to the reader who made it, and nobody else sees it.</summary>
public sealed class WhatIf : IKeptByPerson, IBeginsInOrganisation
{
    /// <summary>How many a reader may keep in one school.</summary>
    public const int Most = 20;

    internal const int LongestName = 60;
    internal const int LongestStored = 200;

    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    /// <summary>From 1 up to <see cref="Most"/>. Two saves at once reach for the same number, and the second begins again.</summary>
    public int Number { get; init; }

    public CohortStage Stage { get; init; }

    public AcademicYear AcademicYear { get; init; }

    public required string Name { get; set; }

    /// <summary>How many were left out when it was saved: pupils who are deleted since fall out, and that is told.</summary>
    public int LeftOut { get; set; }

    public DateTime CreatedAt { get; init; }

    public DateTime ChangedAt { get; set; }

    public int Version { get; set; }
}

internal sealed class WhatIfMap : IEntityTypeConfiguration<WhatIf>
{
    public void Configure(EntityTypeBuilder<WhatIf> builder)
    {
        builder.ToTable("report_what_ifs");
        builder.HasKey(w => new { w.OrganisationId, w.Id });
        builder.Property(w => w.AcademicYear).HasConversion(y => y.StartYear, start => AcademicYear.StartingIn(start));
        builder.Property(w => w.Name).HasMaxLength(WhatIf.LongestStored);
        builder.Property(w => w.Version).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(w => w.OrganisationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(w => w.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(w => new { w.OrganisationId, w.AccountId, w.Number }).IsUnique();
    }
}

/// <summary>A pupil who is left out.</summary>
public sealed class WhatIfPupil : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Guid WhatIfId { get; init; }

    public Guid PupilId { get; init; }
}

internal sealed class WhatIfPupilMap : IEntityTypeConfiguration<WhatIfPupil>
{
    public void Configure(EntityTypeBuilder<WhatIfPupil> builder)
    {
        builder.ToTable("report_what_if_pupils");
        builder.HasKey(p => new { p.OrganisationId, p.WhatIfId, p.PupilId });
        builder.HasOne<WhatIf>().WithMany().HasForeignKey(p => new { p.OrganisationId, p.WhatIfId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Pupil>().WithMany().HasForeignKey(p => new { p.OrganisationId, p.PupilId }).OnDelete(DeleteBehavior.Cascade);
    }
}
