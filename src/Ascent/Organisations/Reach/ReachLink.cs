using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Organisations.Reach;

/// <summary>How far a body reaches into a school. Each level holds those before it.</summary>
public enum ReachLevel
{
    /// <summary>The school's administrators and its lock; no report.</summary>
    Administration,

    /// <summary>School-level reports too.</summary>
    School,

    /// <summary>Pupils' names too.</summary>
    Pupil,
}

public enum ReachOrigin
{
    /// <summary>The register of schools says that the school belongs to the body.</summary>
    Register,

    /// <summary>A School setup holder of the school accepted what the body had proposed.</summary>
    Accepted,

    /// <summary>Whoever runs the server named the agreement.</summary>
    Operator,
}

public enum ReachEnding
{
    /// <summary>The register says so no longer. Only after this one a load may start a link again.</summary>
    Register,

    /// <summary>The school ended it; no load starts it again.</summary>
    School,

    Operator,

    /// <summary>Another level took its place in the same moment.</summary>
    Replaced,
}

/// <summary>
/// What one body may reach in one school, from a moment on and until another. It belongs to the school. A link never changes its level: the next
/// one takes its place, so that the rows are the history.
/// </summary>
public sealed class ReachLink : IOrganisationOwned
{
    public const int LongestAgreement = 500;

    /// <summary>The school.</summary>
    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    public Guid BodyId { get; init; }

    public ReachLevel Level { get; init; }

    /// <summary>
    /// The id of the first of the links that followed one another without a gap. A school that was chosen for a membership is chosen for these,
    /// and does not come back by itself when a later series begins.
    /// </summary>
    public Guid SeriesId { get; init; }

    public ReachOrigin Origin { get; init; }

    /// <summary>What was agreed, in the words of whoever did; null for a link of the register.</summary>
    public string? Agreement { get; init; }

    public DateTime StartedAt { get; init; }

    /// <summary>Null for a load, and for whoever runs the server.</summary>
    public Guid? StartedById { get; init; }

    /// <summary>The register says, as last loaded, that the school belongs to the body: when it says so no longer, the link ends.</summary>
    public bool IsRegistered { get; set; }

    /// <summary>Null while the link is present.</summary>
    public DateTime? EndedAt { get; private set; }

    public Guid? EndedById { get; private set; }

    public ReachEnding? Ending { get; private set; }

    public int Version { get; set; }

    public void End(ReachEnding how, Guid? by, DateTime now)
    {
        if (EndedAt is not null)
            throw new InvalidOperationException("A link that is over cannot end again.");
        (EndedAt, EndedById, Ending) = (now, by, how);
        Version++;
    }
}

/// <summary>What a body asks a school to agree to. One at a time; it is gone when it was answered, and the log has it.</summary>
public sealed class ReachProposal : IOrganisationOwned
{
    /// <summary>The school.</summary>
    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    public Guid BodyId { get; init; }

    public ReachLevel Level { get; init; }

    public required string Agreement { get; init; }

    public DateTime ProposedAt { get; init; }

    public Guid? ProposedById { get; init; }
}

internal sealed class ReachLinkMap : IEntityTypeConfiguration<ReachLink>
{
    public void Configure(EntityTypeBuilder<ReachLink> builder)
    {
        builder.ToTable("reach_links");
        builder.HasKey(l => new { l.OrganisationId, l.Id });
        builder.Property(l => l.Level).HasConversion<string>().HasMaxLength(20);
        builder.Property(l => l.Origin).HasConversion<string>().HasMaxLength(20);
        builder.Property(l => l.Ending).HasConversion<string>().HasMaxLength(20);
        builder.Property(l => l.Agreement).HasMaxLength(ReachLink.LongestAgreement);
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(l => l.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(l => l.BodyId).OnDelete(DeleteBehavior.Restrict);
        // The guard: one present link of a school and a body, whoever starts it and however many at once.
        builder.HasIndex(l => new { l.OrganisationId, l.BodyId }, "ix_reach_links_present").IsUnique().HasFilter("ended_at IS NULL");
        builder.HasIndex(l => new { l.BodyId, l.EndedAt, l.OrganisationId });
    }
}

internal sealed class ReachProposalMap : IEntityTypeConfiguration<ReachProposal>
{
    public void Configure(EntityTypeBuilder<ReachProposal> builder)
    {
        builder.ToTable("reach_proposals");
        builder.HasKey(p => new { p.OrganisationId, p.Id });
        builder.Property(p => p.Level).HasConversion<string>().HasMaxLength(20);
        builder.Property(p => p.Agreement).HasMaxLength(ReachLink.LongestAgreement);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(p => p.BodyId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(p => new { p.OrganisationId, p.BodyId }).IsUnique();
        builder.HasIndex(p => p.BodyId);
    }
}
