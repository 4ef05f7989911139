using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Organisations;

public enum OrganisationKind
{
    School,
    LocalAuthority,
    Trust,
}

/// <summary>A school, a local authority or an academy trust.</summary>
public abstract class Organisation
{
    public Guid Id { get; init; }

    public OrganisationKind Kind { get; init; }

    /// <summary>The number in addresses: a school's URN, an authority's three-digit code, a trust's group code. Unique within its kind.</summary>
    public required string Code { get; init; }

    public string Name { get; private set; } = "";

    public string NameKey { get; private set; } = "";

    /// <summary>No longer open according to the register; its rows stay.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Who has to have a second factor here.</summary>
    public FactorRule FactorRule { get; set; }

    public int Version { get; set; }

    public void Rename(string name)
    {
        Name = name;
        NameKey = PlainText.SearchKey(name);
    }
}

public sealed class LocalAuthority : Organisation;

public sealed class Trust : Organisation;

internal sealed class OrganisationMap : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisations");
        builder.HasDiscriminator(o => o.Kind)
            .HasValue<School>(OrganisationKind.School)
            .HasValue<LocalAuthority>(OrganisationKind.LocalAuthority)
            .HasValue<Trust>(OrganisationKind.Trust);
        builder.Property(o => o.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(o => o.Code).HasMaxLength(20);
        builder.Property(o => o.Name).HasMaxLength(200);
        builder.Property(o => o.NameKey).HasMaxLength(400);
        builder.Property(o => o.FactorRule).HasConversion<string>().HasMaxLength(20).HasDefaultValue(FactorRule.Default);
        builder.Property(o => o.Version).IsConcurrencyToken();
        builder.HasIndex(o => new { o.Kind, o.Code }).IsUnique();
        builder.HasIndex(o => new { o.Kind, o.NameKey });
        // Schools and bodies in one list, by name, as the operator's page reads it.
        builder.HasIndex(o => new { o.NameKey, o.Id });
    }
}
