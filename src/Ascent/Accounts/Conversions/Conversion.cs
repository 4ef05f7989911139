using Ascent.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Conversions;

public enum ConversionState
{
    /// <summary>In force, and can be undone.</summary>
    Done,

    Undone,

    /// <summary>In force for good.</summary>
    Committed,
}

/// <summary>
/// One school that became another (docs/adr/0029). The row of the school goes on under the new number, with everything in it; the other row keeps
/// the old number and name, and nothing begins in it any more.
/// </summary>
public sealed class Conversion
{
    public Guid Id { get; init; }

    /// <summary>The school that goes on: the same row before and after.</summary>
    public Guid SchoolId { get; init; }

    /// <summary>The row that has the old number while the conversion is in force, and had the new one before.</summary>
    public Guid FormerId { get; init; }

    public required string PredecessorUrn { get; init; }

    public required string SuccessorUrn { get; init; }

    public ConversionState State { get; private set; }

    public DateTime DoneAt { get; init; }

    /// <summary>Null at the command line.</summary>
    public Guid? DoneById { get; init; }

    /// <summary>When it was undone or committed; null while it can be either.</summary>
    public DateTime? DecidedAt { get; private set; }

    public Guid? DecidedById { get; private set; }

    public int Version { get; set; }

    public void Decide(ConversionState state, Guid? by, DateTime now)
    {
        if (State != ConversionState.Done || state == ConversionState.Done)
            throw new InvalidOperationException($"A conversion in state {State} cannot become {state}.");
        (State, DecidedAt, DecidedById) = (state, now, by);
        Version++;
    }
}

internal sealed class ConversionMap : IEntityTypeConfiguration<Conversion>
{
    public void Configure(EntityTypeBuilder<Conversion> builder)
    {
        builder.ToTable("conversions");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.PredecessorUrn).HasMaxLength(20);
        builder.Property(c => c.SuccessorUrn).HasMaxLength(20);
        builder.Property(c => c.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.SchoolId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.FormerId).OnDelete(DeleteBehavior.Restrict);
        // One undecided conversion of a school at a time: undone in another order than done, two would mix up their numbers.
        builder.HasIndex(c => c.SchoolId, "ix_conversions_undecided").IsUnique().HasFilter("state = 'Done'");
        builder.HasIndex(c => c.DoneAt);
    }
}
