using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SchoolData.Results;

/// <summary>The sessions (half days) of a pupil in one school year.</summary>
public sealed class AttendanceTotal : IPupilRecord
{
    public Guid OrganisationId { get; init; }

    public Guid PupilId { get; init; }

    /// <summary>The calendar year in which the school year starts.</summary>
    public int AcademicYear { get; init; }

    public Guid ReplacedById { get; init; }

    public Guid ChangeId { get; private set; }

    /// <summary>How many there were.</summary>
    public int Possible { get; private set; }

    public int Attended { get; private set; }

    /// <summary>Absent with leave.</summary>
    public int Authorised { get; private set; }

    public int Unauthorised { get; private set; }

    public AcademicYear Year => new(AcademicYear);

    internal void Set(AttendanceInFile file, Guid changeId) =>
        (Possible, Attended, Authorised, Unauthorised, ChangeId) = (file.Possible, file.Attended, file.Authorised, file.Unauthorised, changeId);

    internal bool Is(AttendanceInFile file) => (Possible, Attended, Authorised, Unauthorised) == (file.Possible, file.Attended, file.Authorised, file.Unauthorised);

    /// <inheritdoc cref="PupilResult.PutAway"/>
    internal AttendanceTotal PutAway(Guid changeId) => new()
    {
        OrganisationId = OrganisationId, PupilId = PupilId, AcademicYear = AcademicYear, ReplacedById = changeId,
        ChangeId = ChangeId, Possible = Possible, Attended = Attended, Authorised = Authorised, Unauthorised = Unauthorised,
    };
}

internal sealed class AttendanceTotalMap : IEntityTypeConfiguration<AttendanceTotal>
{
    public void Configure(EntityTypeBuilder<AttendanceTotal> builder)
    {
        builder.ToTable("attendance_totals");
        builder.HasKey(a => new { a.OrganisationId, a.PupilId, a.AcademicYear, a.ReplacedById });
        builder.Ignore(a => a.Year);
        builder.HasOne<Pupil>().WithMany().HasForeignKey(a => new { a.OrganisationId, a.PupilId }).OnDelete(DeleteBehavior.Cascade);
    }
}
