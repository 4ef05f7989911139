using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Reviews;

/// <summary>One look through everybody who has access to an organisation. It takes nobody's access away.</summary>
public sealed class AccessReview : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    /// <summary>The day of the calendar that it belongs to; an organisation has one for each.</summary>
    public DateOnly DueOn { get; init; }

    public DateTime OpenedAt { get; init; }

    /// <summary>How many memberships it began with.</summary>
    public int People { get; init; }

    /// <summary>When those who were not confirmed were told to all holders; null before that.</summary>
    public DateTime? FlaggedAt { get; private set; }

    public DateTime? FinishedAt { get; private set; }

    /// <summary>Whose confirmation was the last one; null where it ended by itself.</summary>
    public Guid? FinishedById { get; set; }

    /// <summary>As it was at the end. Whoever is in neither number had left meanwhile.</summary>
    public int Confirmed { get; private set; }

    public int NotConfirmed { get; private set; }

    /// <summary>Moved by every confirmation, so that of two at once the second meets what the first has done.</summary>
    public int Version { get; set; }

    public void Flag(DateTime now)
    {
        FlaggedAt = now;
        Version++;
    }

    public void Finish(Guid? by, DateTime now, int confirmed, int notConfirmed)
    {
        (FinishedAt, FinishedById, Confirmed, NotConfirmed) = (now, by, confirmed, notConfirmed);
        Version++;
    }
}

/// <summary>A membership that a review covers, and who has confirmed it.</summary>
public sealed class AccessReviewItem : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Guid ReviewId { get; init; }

    public Guid MembershipId { get; init; }

    /// <summary>Where it stands in the review, kept as it was at the beginning so that nobody jumps while pages are turned; see <see cref="ReviewPlace"/>.</summary>
    public required string Place { get; init; }

    /// <summary>The review before ended without a confirmation.</summary>
    public bool WasMissed { get; init; }

    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>An account; null while nobody has, and after that person was erased.</summary>
    public Guid? ConfirmedById { get; set; }

    public int Version { get; set; }

    public void Confirm(Guid? by, DateTime now)
    {
        (ConfirmedAt, ConfirmedById) = (now, by);
        Version++;
    }
}

/// <summary>How often an organisation has reviews; without a row, each term.</summary>
public sealed class AccessReviewSetting : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public ReviewRhythm Rhythm { get; set; }

    public int Version { get; set; }
}

internal sealed class AccessReviewMap : IEntityTypeConfiguration<AccessReview>
{
    public void Configure(EntityTypeBuilder<AccessReview> builder)
    {
        builder.ToTable("access_reviews");
        builder.HasKey(r => new { r.OrganisationId, r.Id });
        builder.Property(r => r.Version).IsConcurrencyToken();
        // However many nodes open it, there is one.
        builder.HasIndex(r => new { r.OrganisationId, r.DueOn }).IsUnique();
        builder.HasIndex(r => r.FinishedAt);
    }
}

internal sealed class AccessReviewItemMap : IEntityTypeConfiguration<AccessReviewItem>
{
    public void Configure(EntityTypeBuilder<AccessReviewItem> builder)
    {
        builder.ToTable("access_review_items");
        builder.HasKey(i => new { i.OrganisationId, i.ReviewId, i.MembershipId });
        builder.Property(i => i.Place).HasMaxLength(ReviewPlace.Length);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasOne<AccessReview>().WithMany().HasForeignKey(i => new { i.OrganisationId, i.ReviewId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Membership>().WithMany().HasForeignKey(i => new { i.OrganisationId, i.MembershipId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(i => i.ConfirmedById);
    }
}

internal sealed class AccessReviewSettingMap : IEntityTypeConfiguration<AccessReviewSetting>
{
    public void Configure(EntityTypeBuilder<AccessReviewSetting> builder)
    {
        builder.ToTable("access_review_settings");
        builder.HasKey(s => s.OrganisationId);
        builder.Property(s => s.Rhythm).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.Version).IsConcurrencyToken();
    }
}
