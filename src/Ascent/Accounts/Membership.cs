using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts;

public enum MembershipState
{
    Pending,
    Active,
    Deactivated,
    Ended,
    Deleted,
}

/// <summary>An account in one organisation: job role, permissions, optional end date. It belongs to the organisation.</summary>
public sealed class Membership : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public MembershipState State { get; private set; } = MembershipState.Pending;

    public required JobRole JobRole { get; set; }

    /// <summary>The role in the person's own words when <see cref="JobRole"/> is Other.</summary>
    public string? OtherRole { get; set; }

    /// <summary>The stored set, normalised; what it allows is <see cref="PermissionSet.Effective"/>.</summary>
    public PermissionSet Permissions
    {
        get => new(PermissionBits);
        set => PermissionBits = value.Bits;
    }

    /// <summary>The same as a number, so that lists can be filtered in the database.</summary>
    public long PermissionBits { get; private set; }

    /// <summary>The last day of access, a date in England.</summary>
    public DateOnly? EndsOn { get; set; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Null when made at the command line.</summary>
    public Guid? CreatedById { get; init; }

    /// <summary>Who last changed job role, access or end date, and when; null while it is as it was made.</summary>
    public Guid? ChangedById { get; private set; }

    public DateTime? ChangedAt { get; private set; }

    public DateTime? ActivatedAt { get; private set; }

    public DateTime? LastOpenedAt { get; set; }

    public int Version { get; set; }

    /// <summary>Pending and Active memberships hold seats; the others have given theirs back.</summary>
    public bool HoldsSeats => State is MembershipState.Pending or MembershipState.Active;

    /// <summary>Active everywhere in Ascent: state Active, and the end date not passed.</summary>
    public bool IsOpenOn(DateOnly today) => State == MembershipState.Active && (EndsOn is null || today <= EndsOn);

    public void Change(AccessChoice choice, Guid? by, DateTime now)
    {
        (JobRole, OtherRole, Permissions, EndsOn) = (choice.JobRole, choice.OtherRole, choice.Permissions, choice.EndsOn);
        (ChangedById, ChangedAt) = (by, now);
        Version++;
    }

    public void Activate(DateTime now)
    {
        Require(MembershipState.Pending);
        State = MembershipState.Active;
        ActivatedAt = now;
        Version++;
    }

    public void Delete()
    {
        State = MembershipState.Deleted;
        Version++;
    }

    private void Require(MembershipState state)
    {
        if (State != state)
            throw new InvalidOperationException($"A membership in state {State} cannot do what one in state {state} can.");
    }
}

internal sealed class MembershipMap : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("memberships");
        builder.HasKey(m => new { m.OrganisationId, m.Id });
        builder.Property(m => m.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(m => m.JobRole).HasConversion<string>().HasMaxLength(40);
        builder.Property(m => m.OtherRole).HasMaxLength(200);
        builder.Ignore(m => m.Permissions);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(m => m.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(m => m.AccountId).OnDelete(DeleteBehavior.Restrict);
        // One place for a person in an organisation; a deleted one does not stand in the way of a new one.
        builder.HasIndex(m => new { m.OrganisationId, m.AccountId }).IsUnique().HasFilter("state <> 'Deleted'");
        builder.HasIndex(m => m.AccountId);
        builder.HasIndex(m => new { m.OrganisationId, m.State, m.CreatedAt, m.Id });
    }
}
