using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SchoolData.Classes;

public enum ClassKind
{
    /// <summary>The tutor group or class in which a pupil is registered: one a year.</summary>
    Registration,

    /// <summary>A set or group for a subject: any number.</summary>
    Teaching,
}

/// <summary>A class of one school in one academic year. The next year has classes of its own.</summary>
public sealed class SchoolClass : IBeginsInOrganisation
{
    internal const int LongestName = 200;

    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    public AcademicYear AcademicYear { get; init; }

    public string Name { get; private set; } = "";

    /// <summary>One of the school and year, whatever capitals and accents are typed: see <see cref="ClassRules.KeyOf"/>.</summary>
    public string NameKey { get; private set; } = "";

    public ClassKind Kind { get; private set; }

    /// <summary>The National Curriculum year; null for a class of several.</summary>
    public int? NcYearNumber { get; private set; }

    public NcYear? Year => NcYearNumber is { } number ? new NcYear(number) : null;

    public DateTime CreatedAt { get; init; }

    /// <summary>Counts every change, who is in the class and who teaches it too: rows that hang on it follow its kind.</summary>
    public int Version { get; private set; }

    /// <summary>What its rows of pupils carry, so that the database allows a pupil one class of registration a year.</summary>
    public int? RegistrationYear => Kind == ClassKind.Registration ? AcademicYear.StartYear : null;

    internal void Set(ClassDetails details)
    {
        (Name, NameKey, Kind, NcYearNumber) = (details.Name, ClassRules.KeyOf(details.Name), details.Kind, details.Year?.Number);
        Version++;
    }

    /// <summary>Somebody came, went, or teaches it now.</summary>
    internal void Touch() => Version++;

    internal ClassDetails Details => new(Name, Kind, Year);

    internal ClassPupil With(Guid pupilId) => new() { OrganisationId = OrganisationId, ClassId = Id, PupilId = pupilId, RegistrationYear = RegistrationYear };
}

internal sealed class SchoolClassMap : IEntityTypeConfiguration<SchoolClass>
{
    public void Configure(EntityTypeBuilder<SchoolClass> builder)
    {
        builder.ToTable("classes");
        builder.HasKey(c => new { c.OrganisationId, c.Id });
        builder.Property(c => c.AcademicYear).HasConversion(y => y.StartYear, start => AcademicYear.StartingIn(start));
        builder.Property(c => c.Name).HasMaxLength(SchoolClass.LongestName);
        builder.Property(c => c.NameKey).HasMaxLength(SchoolClass.LongestName);
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Ignore(c => c.Year).Ignore(c => c.RegistrationYear).Ignore(c => c.Details);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(c => new { c.OrganisationId, c.AcademicYear, c.NameKey }).IsUnique();
    }
}

/// <summary>A pupil in a class.</summary>
public sealed class ClassPupil : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Guid ClassId { get; init; }

    public Guid PupilId { get; init; }

    /// <summary>The year in which a class of registration starts; null in a teaching class, of which a pupil may have any number.</summary>
    public int? RegistrationYear { get; internal set; }
}

internal sealed class ClassPupilMap : IEntityTypeConfiguration<ClassPupil>
{
    public void Configure(EntityTypeBuilder<ClassPupil> builder)
    {
        builder.ToTable("class_pupils");
        builder.HasKey(c => new { c.OrganisationId, c.ClassId, c.PupilId });
        builder.HasOne<SchoolClass>().WithMany().HasForeignKey(c => new { c.OrganisationId, c.ClassId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Pupil>().WithMany().HasForeignKey(c => new { c.OrganisationId, c.PupilId }).OnDelete(DeleteBehavior.Cascade);
        // One class of registration a year. Both databases take any number of rows without a year.
        builder.HasIndex(c => new { c.OrganisationId, c.PupilId, c.RegistrationYear }).IsUnique();
    }
}

/// <summary>Somebody who teaches a class: a member of the school. A place that closes hides the row, and one that is open again shows it.</summary>
public sealed class ClassTeacher : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Guid ClassId { get; init; }

    public Guid AccountId { get; init; }
}

internal sealed class ClassTeacherMap : IEntityTypeConfiguration<ClassTeacher>
{
    public void Configure(EntityTypeBuilder<ClassTeacher> builder)
    {
        builder.ToTable("class_teachers");
        builder.HasKey(t => new { t.OrganisationId, t.ClassId, t.AccountId });
        builder.HasOne<SchoolClass>().WithMany().HasForeignKey(t => new { t.OrganisationId, t.ClassId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(t => new { t.OrganisationId, t.AccountId });
    }
}
