using Ascent.Organisations;
using Ascent.Reference.National;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Reports.Cohorts;

/// <summary>A cohort as it is stored: worked out from the records, and thrown away when they change.</summary>
public sealed class CohortRow : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public CohortStage Stage { get; init; }

    public AcademicYear AcademicYear { get; init; }

    public int Pupils { get; init; }

    public bool HasResults { get; init; }

    /// <summary><see cref="CohortBytes"/>.</summary>
    public required byte[] Packed { get; init; }
}

internal sealed class CohortRowMap : IEntityTypeConfiguration<CohortRow>
{
    public void Configure(EntityTypeBuilder<CohortRow> builder)
    {
        builder.ToTable("report_cohorts");
        builder.HasKey(c => new { c.OrganisationId, c.Stage, c.AcademicYear });
        builder.Property(c => c.AcademicYear).HasConversion(y => y.StartYear, start => AcademicYear.StartingIn(start));
        builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>When the cohorts of a school were last built.</summary>
public sealed class CohortBuild : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    /// <summary>Rises with every build: of two at once, the one that began from older records is thrown away; and it is what a server remembers cohorts by.</summary>
    public int Version { get; set; }

    public DateTime BuiltAt { get; set; }

    /// <summary>The day in London: cohorts change of themselves on some days (<see cref="CohortStages.LastTurn"/>).</summary>
    public DateOnly BuiltOn { get; set; }

    /// <summary><see cref="CohortBytes.Form"/> of the stored bytes.</summary>
    public int Form { get; set; }

    /// <summary><see cref="MakeSums.Form"/> of the stored sums.</summary>
    public int SumsForm { get; set; }

    /// <summary>Of the national figures that progress was added up with (<see cref="NationalFigures.Version"/>): with newer ones the school is due again.</summary>
    public long NationalVersion { get; set; }
}

internal sealed class CohortBuildMap : IEntityTypeConfiguration<CohortBuild>
{
    public void Configure(EntityTypeBuilder<CohortBuild> builder)
    {
        builder.ToTable("report_builds");
        builder.HasKey(b => b.OrganisationId);
        builder.Property(b => b.Version).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(b => b.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }
}
