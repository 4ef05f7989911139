using System.Globalization;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SchoolData.Results;

/// <summary>A school in which a pupil was before, from one day to another.</summary>
public sealed class FormerSchool : IPupilRecord
{
    internal const int LongestName = 200;

    private const int LongestKey = 220;

    public Guid OrganisationId { get; init; }

    public Guid PupilId { get; init; }

    /// <summary>The number, or the name where there is none, and the first day: what makes it the same stay in the next file.</summary>
    public required string StayKey { get; init; }

    public Guid ReplacedById { get; init; }

    public Guid ChangeId { get; private set; }

    /// <summary>Authority and establishment, seven digits; empty when the file had none.</summary>
    public string Number { get; private set; } = "";

    public string Name { get; private set; } = "";

    public DateOnly? FirstDay { get; private set; }

    public DateOnly? LastDay { get; private set; }

    internal static string KeyOf(FormerSchoolInFile file)
    {
        var school = file.Number.Length > 0 ? file.Number : PlainText.SearchKey(file.Name, LongestName);
        return string.Create(CultureInfo.InvariantCulture, $"{school} {file.From:yyyy-MM-dd}");
    }

    internal void Set(FormerSchoolInFile file, Guid changeId) => (Number, Name, FirstDay, LastDay, ChangeId) = (file.Number, file.Name, file.From, file.To, changeId);

    internal bool Is(FormerSchoolInFile file) => (Number, Name, FirstDay, LastDay) == (file.Number, file.Name, file.From, file.To);

    /// <inheritdoc cref="PupilResult.PutAway"/>
    internal FormerSchool PutAway(Guid changeId) => new()
    {
        OrganisationId = OrganisationId, PupilId = PupilId, StayKey = StayKey, ReplacedById = changeId,
        ChangeId = ChangeId, Number = Number, Name = Name, FirstDay = FirstDay, LastDay = LastDay,
    };

    internal sealed class Map : IEntityTypeConfiguration<FormerSchool>
    {
        public void Configure(EntityTypeBuilder<FormerSchool> builder)
        {
            builder.ToTable("former_schools");
            builder.HasKey(s => new { s.OrganisationId, s.PupilId, s.StayKey, s.ReplacedById });
            builder.Property(s => s.StayKey).HasMaxLength(LongestKey);
            builder.Property(s => s.Number).HasMaxLength(7);
            builder.Property(s => s.Name).HasMaxLength(LongestName);
            builder.HasOne<Pupil>().WithMany().HasForeignKey(s => new { s.OrganisationId, s.PupilId }).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
