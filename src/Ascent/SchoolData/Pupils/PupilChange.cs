using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SchoolData.Pupils;

/// <summary>
/// One field of a pupil, as it was and as it became: the history on the pupil's page. The log names the pupil by its id alone; what was written
/// where lies here, and goes with the pupil.
/// </summary>
public sealed class PupilChange : IOrganisationOwned
{
    internal const int LongestText = Pupil.LongestName;

    public Guid OrganisationId { get; init; }

    public Guid PupilId { get; init; }

    /// <summary>The same for all fields that one save has changed.</summary>
    public Guid ChangeId { get; init; }

    public PupilField Field { get; init; }

    public required string Before { get; init; }

    public required string After { get; init; }

    public DateTime At { get; init; }

    /// <summary>The day from which it holds: a characteristic may have changed before anybody wrote it down.</summary>
    public DateOnly FromDay { get; init; }

    /// <summary>Who typed it, or confirmed the import that brought it.</summary>
    public Guid? ById { get; init; }
}

internal sealed class PupilChangeMap : IEntityTypeConfiguration<PupilChange>
{
    public void Configure(EntityTypeBuilder<PupilChange> builder)
    {
        builder.ToTable("pupil_changes");
        builder.HasKey(c => new { c.OrganisationId, c.PupilId, c.ChangeId, c.Field });
        builder.Property(c => c.Before).HasMaxLength(PupilChange.LongestText);
        builder.Property(c => c.After).HasMaxLength(PupilChange.LongestText);
        builder.HasOne<Pupil>().WithMany().HasForeignKey(c => new { c.OrganisationId, c.PupilId }).OnDelete(DeleteBehavior.Cascade);
    }
}
