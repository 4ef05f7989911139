using System.Text.Json;
using System.Text.Json.Serialization;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Audit;

/// <summary>
/// What happened, in ids and codes only. A use case adds its event to the save that makes it happen. Every kind is listed in
/// docs/audit-events.md, and a test holds that list to the code.
/// </summary>
public abstract record AuditEvent([property: JsonIgnore] string Kind);

/// <summary>
/// One entry of an organisation's chain, or of the server's (<see cref="Guid.Empty"/>). Added unsealed; <see cref="SealAudit"/> gives
/// it its place, hash and HMAC within seconds. Never changed after that.
/// </summary>
public sealed class AuditEntry : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    public DateTime At { get; init; }

    public required string Kind { get; init; }

    public ActorKind ActorKind { get; init; }

    public Guid? ActorId { get; init; }

    /// <summary>The event as JSON: ids and codes, nobody's name.</summary>
    public required string Facts { get; init; }

    /// <summary>One "person:hash" for each details row, separated by blanks. The hashes stay when a person's details are erased.</summary>
    public required string DetailHashes { get; init; }

    public long? Sequence { get; set; }

    public byte[]? Hash { get; set; }

    public byte[]? Mac { get; set; }
}

/// <summary>Names, addresses and before-and-after text about one person in one entry; can be erased without breaking the chain.</summary>
public sealed class AuditDetail : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Guid EntryId { get; init; }

    /// <summary>The account or pupil that the text is about, or a thing that people have named, such as an access template.</summary>
    public Guid PersonId { get; init; }

    public required byte[] Salt { get; init; }

    /// <summary>A JSON object of texts.</summary>
    public required string Text { get; init; }
}

/// <summary>The head of a chain. Its version number lets one sealer at a time move it.</summary>
public sealed class AuditChain : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public long Sequence { get; set; }

    public required byte[] Hash { get; set; }

    public required byte[] Mac { get; set; }

    public int Version { get; set; }
}

internal sealed class AuditEntryMap : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.HasKey(e => new { e.OrganisationId, e.Id });
        builder.Property(e => e.Kind).HasMaxLength(60);
        builder.Property(e => e.ActorKind).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.Hash).HasMaxLength(32);
        builder.Property(e => e.Mac).HasMaxLength(32);
        builder.HasIndex(e => new { e.OrganisationId, e.Sequence }).IsUnique();
        builder.HasIndex(e => new { e.OrganisationId, e.At }, "ix_audit_entries_unsealed").HasFilter("sequence IS NULL");
        builder.HasIndex(e => new { e.OrganisationId, e.At, e.Id }, "ix_audit_entries_time");
        builder.HasIndex(e => new { e.OrganisationId, e.ActorId, e.At, e.Id }, "ix_audit_entries_actor");
        builder.HasIndex(e => new { e.OrganisationId, e.Kind, e.At, e.Id }, "ix_audit_entries_kind");
    }
}

internal sealed class AuditDetailMap : IEntityTypeConfiguration<AuditDetail>
{
    public void Configure(EntityTypeBuilder<AuditDetail> builder)
    {
        builder.ToTable("audit_details");
        builder.HasKey(d => new { d.OrganisationId, d.EntryId, d.PersonId });
        builder.Property(d => d.Salt).HasMaxLength(32);
        builder.HasIndex(d => new { d.PersonId, d.OrganisationId, d.EntryId }, "ix_audit_details_person");
    }
}

internal sealed class AuditChainMap : IEntityTypeConfiguration<AuditChain>
{
    public void Configure(EntityTypeBuilder<AuditChain> builder)
    {
        builder.ToTable("audit_chains");
        builder.HasKey(c => c.OrganisationId);
        // EF would put a new id in the place of the server's, which is empty.
        builder.Property(c => c.OrganisationId).ValueGeneratedNever();
        builder.Property(c => c.Hash).HasMaxLength(32);
        builder.Property(c => c.Mac).HasMaxLength(32);
        builder.Property(c => c.Version).IsConcurrencyToken();
    }
}
