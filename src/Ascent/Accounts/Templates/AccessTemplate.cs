using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Templates;

/// <summary>
/// A named set of permissions that a school keeps to give again: "Class teacher". It gives nothing by itself, and a membership stays as it
/// is when the template that it was given changes or goes.
/// </summary>
public sealed class AccessTemplate : IBeginsInOrganisation
{
    /// <summary>How many a school may keep.</summary>
    public const int Most = 50;

    internal const int LongestName = 60;
    internal const int LongestStored = 200;
    internal const int LongestKey = 400;

    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    /// <summary>From 1 up to <see cref="Most"/>. Two who add the last one at once reach for the same number, and the second begins again.</summary>
    public int Number { get; init; }

    public required string Name { get; set; }

    /// <summary>What makes two names the same, and the order of lists.</summary>
    public required string NameKey { get; set; }

    /// <summary>As <see cref="PermissionSet.Bits"/>, normalised.</summary>
    public long PermissionBits { get; private set; }

    public PermissionSet Permissions
    {
        get => new(PermissionBits);
        set => PermissionBits = value.Bits;
    }

    public DateTime CreatedAt { get; init; }

    public Guid? ChangedById { get; private set; }

    public DateTime? ChangedAt { get; private set; }

    public int Version { get; set; }

    public void Change(string name, PermissionSet permissions, Guid? by, DateTime now)
    {
        (Name, NameKey, Permissions) = (name, KeyOf(name), permissions);
        (ChangedById, ChangedAt) = (by, now);
        Version++;
    }

    public static string KeyOf(string name) => PlainText.SearchKey(name, LongestKey);
}

internal sealed class AccessTemplateMap : IEntityTypeConfiguration<AccessTemplate>
{
    public void Configure(EntityTypeBuilder<AccessTemplate> builder)
    {
        builder.ToTable("access_templates");
        builder.HasKey(t => new { t.OrganisationId, t.Id });
        builder.Property(t => t.Name).HasMaxLength(AccessTemplate.LongestStored);
        builder.Property(t => t.NameKey).HasMaxLength(AccessTemplate.LongestKey);
        builder.Ignore(t => t.Permissions);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(t => t.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(t => new { t.OrganisationId, t.NameKey }).IsUnique();
        builder.HasIndex(t => new { t.OrganisationId, t.Number }).IsUnique();
    }
}
