using Ascent.Organisations;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SchoolData.Subjects;

/// <summary>A subject that a school offers to a year group in an academic year: a column of the grid.</summary>
public sealed class OfferedSubject : IBeginsInOrganisation
{
    internal const int LongestCode = 8;

    public Guid OrganisationId { get; init; }

    public AcademicYear AcademicYear { get; init; }

    public int NcYearNumber { get; init; }

    public required string SubjectCode { get; init; }

    /// <summary>From 1, left to right.</summary>
    public int Position { get; internal set; }
}

internal sealed class OfferedSubjectMap : IEntityTypeConfiguration<OfferedSubject>
{
    public void Configure(EntityTypeBuilder<OfferedSubject> builder)
    {
        builder.ToTable("offered_subjects");
        builder.HasKey(s => new { s.OrganisationId, s.AcademicYear, s.NcYearNumber, s.SubjectCode });
        builder.Property(s => s.AcademicYear).HasConversion(y => y.StartYear, start => AcademicYear.StartingIn(start));
        builder.Property(s => s.SubjectCode).HasMaxLength(OfferedSubject.LongestCode);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(s => s.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>A pupil takes a subject in an academic year. Without it the pupil is not in the subject's dashboards.</summary>
public sealed class SubjectEnrolment : IReportSource
{
    public Guid OrganisationId { get; init; }

    public AcademicYear AcademicYear { get; init; }

    public Guid PupilId { get; init; }

    public required string SubjectCode { get; init; }
}

internal sealed class SubjectEnrolmentMap : IEntityTypeConfiguration<SubjectEnrolment>
{
    public void Configure(EntityTypeBuilder<SubjectEnrolment> builder)
    {
        builder.ToTable("subject_enrolments");
        builder.HasKey(s => new { s.OrganisationId, s.AcademicYear, s.PupilId, s.SubjectCode });
        builder.Property(s => s.AcademicYear).HasConversion(y => y.StartYear, start => AcademicYear.StartingIn(start));
        builder.Property(s => s.SubjectCode).HasMaxLength(OfferedSubject.LongestCode);
        builder.HasOne<Pupil>().WithMany().HasForeignKey(s => new { s.OrganisationId, s.PupilId }).OnDelete(DeleteBehavior.Cascade);
        // Who takes a subject.
        builder.HasIndex(s => new { s.OrganisationId, s.AcademicYear, s.SubjectCode });
    }
}
