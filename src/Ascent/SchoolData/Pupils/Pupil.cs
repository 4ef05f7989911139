using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SchoolData.Pupils;

public enum Sex
{
    Female,
    Male,
}

/// <summary>
/// A pupil as one school knows it. A child at two schools is a pupil of each; nothing joins them but the UPN. The characteristics
/// are those of today; what they were lies in the history, and classes, subjects and results in tables of their own.
/// </summary>
public sealed class Pupil : IReportSource, IBeginsInOrganisation
{
    internal const int LongestName = 400;
    internal const int LongestKey = 200;

    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    /// <summary>Null when the school has none; <see cref="UpnReason"/> may say why.</summary>
    public string? Upn { get; private set; }

    /// <summary>UN1 to UN7, in place of a UPN.</summary>
    public string? UpnReason { get; private set; }

    public string? Uln { get; private set; }

    /// <summary>Legal name, as on the birth certificate.</summary>
    public string Surname { get; private set; } = "";

    public string Forename { get; private set; } = "";

    public string? MiddleNames { get; private set; }

    /// <summary>What the pupil is called, where it is not the legal name.</summary>
    public string? PreferredSurname { get; private set; }

    public string? PreferredForename { get; private set; }

    public DateOnly BornOn { get; private set; }

    public Sex Sex { get; private set; }

    /// <summary>The National Curriculum year as the school has it: <see cref="NcYear.Number"/>. It beats the one by age.</summary>
    public int NcYearNumber { get; private set; }

    public NcYear Year => new(NcYearNumber);

    public DateOnly EnrolledOn { get; private set; }

    /// <summary>The last day on the roll; null while on it.</summary>
    public DateOnly? LeftOn { get; private set; }

    public bool? FreeMeals { get; private set; }

    public bool? FreeMealsSix { get; private set; }

    public bool? Disadvantaged { get; private set; }

    public string? SenProvision { get; private set; }

    public string? SenNeed { get; private set; }

    public bool? Eal { get; private set; }

    public bool? LookedAfter { get; private set; }

    public string? Ethnicity { get; private set; }

    public bool? ServiceChild { get; private set; }

    /// <summary>Deleted, with everything that hangs on it; gone for good thirty days later.</summary>
    public DateTime? DeletedAt { get; private set; }

    /// <summary>What the pupil is called, surname first: order and search.</summary>
    public string SurnameKey { get; private set; } = "";

    /// <summary>The same, forename first.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>The fields that somebody has typed by hand, a bit for each <see cref="PupilField"/>: an import keeps them unless told otherwise.</summary>
    public long TypedByHandBits { get; private set; }

    public DateTime CreatedAt { get; init; }

    public int Version { get; private set; }

    public string CalledForename => PreferredForename ?? Forename;

    public string CalledSurname => PreferredSurname ?? Surname;

    public string FullName => $"{CalledForename} {CalledSurname}";

    public bool IsTypedByHand(PupilField field) => (TypedByHandBits >> (int)field & 1) == 1;

    /// <summary>Sets every field, and the keys that follow from them.</summary>
    internal void Set(PupilDetails details)
    {
        (Upn, UpnReason, Uln) = (details.Upn, details.UpnReason, details.Uln);
        (Surname, Forename, MiddleNames) = (details.Surname, details.Forename, details.MiddleNames);
        (PreferredSurname, PreferredForename) = (details.PreferredSurname, details.PreferredForename);
        (BornOn, Sex, NcYearNumber, EnrolledOn) = (details.BornOn, details.Sex, details.Year.Number, details.EnrolledOn);
        var about = details.Characteristics;
        (FreeMeals, FreeMealsSix, Disadvantaged, SenProvision, SenNeed) = (about.FreeMeals, about.FreeMealsSix, about.Disadvantaged, about.SenProvision, about.SenNeed);
        (Eal, LookedAfter, Ethnicity, ServiceChild) = (about.Eal, about.LookedAfter, about.Ethnicity, about.ServiceChild);
        SurnameKey = PlainText.SearchKey($"{CalledSurname} {CalledForename}", LongestKey);
        NameKey = PlainText.SearchKey($"{CalledForename} {CalledSurname}", LongestKey);
        Version++;
    }

    internal void MarkTypedByHand(IEnumerable<PupilField> fields)
    {
        foreach (var field in fields)
            TypedByHandBits |= 1L << (int)field;
    }

    internal void UnmarkTypedByHand(IEnumerable<PupilField> fields)
    {
        foreach (var field in fields)
            TypedByHandBits &= ~(1L << (int)field);
    }

    /// <summary>As it was before an import.</summary>
    internal void GiveBack(PupilDetails details, long typedByHandBits, DateOnly? leftOn)
    {
        (TypedByHandBits, LeftOn) = (typedByHandBits, leftOn);
        Set(details);
    }

    internal void Leave(DateOnly lastDay)
    {
        LeftOn = lastDay;
        Version++;
    }

    internal void Readmit(DateOnly firstDay)
    {
        (EnrolledOn, LeftOn) = (firstDay, null);
        Version++;
    }

    internal void Delete(DateTime at)
    {
        DeletedAt = at;
        Version++;
    }

    internal void BringBack()
    {
        DeletedAt = null;
        Version++;
    }

    public PupilDetails Details => new(Upn, UpnReason, Uln, Surname, Forename, MiddleNames, PreferredSurname, PreferredForename, BornOn, Sex, Year, EnrolledOn, Characteristics);

    public PupilCharacteristics Characteristics => new(FreeMeals, FreeMealsSix, Disadvantaged, SenProvision, SenNeed, Eal, LookedAfter, Ethnicity, ServiceChild);
}

internal sealed class PupilMap : IEntityTypeConfiguration<Pupil>
{
    public void Configure(EntityTypeBuilder<Pupil> builder)
    {
        builder.ToTable("pupils");
        builder.HasKey(p => new { p.OrganisationId, p.Id });
        builder.Property(p => p.Upn).HasMaxLength(Shared.Upn.Length);
        builder.Property(p => p.UpnReason).HasMaxLength(3);
        builder.Property(p => p.Uln).HasMaxLength(Shared.Uln.Length);
        foreach (var name in (string[])[nameof(Pupil.Surname), nameof(Pupil.Forename), nameof(Pupil.MiddleNames), nameof(Pupil.PreferredSurname), nameof(Pupil.PreferredForename)])
            builder.Property(name).HasMaxLength(Pupil.LongestName);
        builder.Property(p => p.SenProvision).HasMaxLength(1);
        builder.Property(p => p.SenNeed).HasMaxLength(4);
        builder.Property(p => p.Ethnicity).HasMaxLength(4);
        builder.Property(p => p.SurnameKey).HasMaxLength(Pupil.LongestKey);
        builder.Property(p => p.NameKey).HasMaxLength(Pupil.LongestKey);
        builder.Ignore(p => p.Year).Ignore(p => p.Details).Ignore(p => p.Characteristics).Ignore(p => p.CalledForename).Ignore(p => p.CalledSurname).Ignore(p => p.FullName);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        // One UPN, one pupil of the school; who has been deleted does not stand in the way.
        builder.HasIndex(p => new { p.OrganisationId, p.Upn }).IsUnique().HasFilter("upn IS NOT NULL AND deleted_at IS NULL");
        builder.HasIndex(p => new { p.OrganisationId, p.SurnameKey, p.Id });
        builder.HasIndex(p => new { p.OrganisationId, p.NameKey });
        builder.HasIndex(p => new { p.OrganisationId, p.NcYearNumber, p.SurnameKey, p.Id });
        builder.HasIndex(p => new { p.OrganisationId, p.DeletedAt }).HasFilter("deleted_at IS NOT NULL");
    }
}

/// <summary>A UPN that the pupil had before: a temporary one, or one that was wrong. Matching looks at these too.</summary>
public sealed class FormerUpn : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Guid PupilId { get; init; }

    public required string Upn { get; init; }

    /// <summary>From when it was no longer the pupil's.</summary>
    public DateTime ReplacedAt { get; init; }
}

internal sealed class FormerUpnMap : IEntityTypeConfiguration<FormerUpn>
{
    public void Configure(EntityTypeBuilder<FormerUpn> builder)
    {
        builder.ToTable("former_upns");
        builder.HasKey(f => new { f.OrganisationId, f.PupilId, f.Upn });
        builder.Property(f => f.Upn).HasMaxLength(Shared.Upn.Length);
        builder.HasOne<Pupil>().WithMany().HasForeignKey(f => new { f.OrganisationId, f.PupilId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.OrganisationId, f.Upn });
    }
}
