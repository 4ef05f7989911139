using Ascent.Accounts.Templates;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
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
public sealed class Membership : IBeginsInOrganisation
{
    // Longer beginnings tell nobody apart, and an index takes rows of a limited size.
    internal const int LongestKey = 200;

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

    /// <summary>The access template that was given; null when there was none, or when it has been deleted. It decides nothing.</summary>
    public Guid? TemplateId { get; private set; }

    /// <summary>The last day of access, a date in England.</summary>
    public DateOnly? EndsOn { get; set; }

    public DateTime CreatedAt
    {
        get;
        init => (field, StateSince) = (value, value);
    }

    /// <summary>Null when made at the command line.</summary>
    public Guid? CreatedById
    {
        get;
        init => (field, StateById) = (value, value);
    }

    /// <summary>Since when it is in its state, and who brought it there; null for whoever runs the server, and for rules.</summary>
    public DateTime StateSince { get; private set; }

    public Guid? StateById { get; private set; }

    /// <summary>"hannah brooks", of the name that the organisation may see: for search by its beginning; see <see cref="FindAs"/>.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>"brooks hannah": for search by its beginning, and for the order by name.</summary>
    public string SurnameKey { get; private set; } = "";

    /// <summary>For search by its beginning; not what makes two addresses the same.</summary>
    public string EmailKey { get; private set; } = "";

    /// <summary>Who last changed job role, access or end date, and when; null while it is as it was made.</summary>
    public Guid? ChangedById { get; private set; }

    public DateTime? ChangedAt { get; private set; }

    public DateTime? ActivatedAt { get; private set; }

    /// <summary>When the person last opened the organisation, to the hour; null before the first time.</summary>
    public DateTime? LastOpenedAt { get; private set; }

    /// <summary>Sessions that began before this moment do not open the organisation.</summary>
    public DateTime? SignInAfter { get; private set; }

    /// <summary>When the person was last warned that the organisation closes to those who never open it: 30 days before, and 7.</summary>
    public DateTime? DormantWarnedAt { get; private set; }

    public DateTime? DormantWarnedAgainAt { get; private set; }

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

    /// <summary>Notes where the access came from. Nobody's form grows stale by it.</summary>
    public void GiveTemplate(Guid? templateId) => TemplateId = templateId;

    public void Activate(DateTime now)
    {
        Enter(MembershipState.Active, AccountId, now, MembershipState.Pending);
        (ActivatedAt, LastOpenedAt) = (now, now);
    }

    public void Deactivate(Guid? by, DateTime now) => Enter(MembershipState.Deactivated, by, now, MembershipState.Active);

    /// <summary>The last day has passed and the night writes it down.</summary>
    public void End(DateTime now) => Enter(MembershipState.Ended, null, now, MembershipState.Active);

    /// <summary>Nobody's form grows stale by it.</summary>
    public void WarnDormant(DateTime now, bool again)
    {
        if (!again)
            DormantWarnedAt = now;
        DormantWarnedAgainAt = again ? now : null;
    }

    /// <summary>Back to Pending, from where only a new link and a new code lead on. Never back to Active by itself.</summary>
    public void AskToSignUpAgain(DateOnly? endsOn, Guid? by, DateTime now)
    {
        Enter(MembershipState.Pending, by, now, MembershipState.Active, MembershipState.Deactivated, MembershipState.Ended);
        EndsOn = endsOn;
    }

    public void Delete(Guid? by, DateTime now) =>
        Enter(MembershipState.Deleted, by, now, MembershipState.Pending, MembershipState.Active, MembershipState.Deactivated, MembershipState.Ended);

    public void NoteOpened(DateTime at) => LastOpenedAt = at;

    public void EndSessions(DateTime now)
    {
        SignInAfter = now;
        Version++;
    }

    /// <summary>The name and address under which lists find it and put it in order. Nobody's form grows stale by it.</summary>
    public void FindAs(string forename, string surname, string email) =>
        (NameKey, SurnameKey, EmailKey) = (KeyOf($"{forename} {surname}"), KeyOf($"{surname} {forename}"), KeyOf(email));

    /// <summary>A text as the search columns have it; what is searched for is put into the same form.</summary>
    public static string KeyOf(string text) => PlainText.SearchKey(text, LongestKey);

    private void Enter(MembershipState state, Guid? by, DateTime now, params ReadOnlySpan<MembershipState> from)
    {
        if (!from.Contains(State))
            throw new InvalidOperationException($"A membership in state {State} cannot become {state}.");
        (State, StateSince, StateById) = (state, now, by);
        Version++;
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
        builder.Property(m => m.NameKey).HasMaxLength(Membership.LongestKey);
        builder.Property(m => m.SurnameKey).HasMaxLength(Membership.LongestKey);
        builder.Property(m => m.EmailKey).HasMaxLength(Membership.LongestKey);
        builder.Ignore(m => m.Permissions);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(m => m.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(m => m.AccountId).OnDelete(DeleteBehavior.Restrict);
        // Deleting a template takes it from its memberships in the same save; one that is given meanwhile makes the deletion begin again.
        builder.HasOne<AccessTemplate>().WithMany().HasForeignKey(m => new { m.OrganisationId, m.TemplateId }).OnDelete(DeleteBehavior.Restrict);
        // One place for a person in an organisation; a deleted one does not stand in the way of a new one.
        builder.HasIndex(m => new { m.OrganisationId, m.AccountId }).IsUnique().HasFilter("state <> 'Deleted'");
        builder.HasIndex(m => m.AccountId);
        builder.HasIndex(m => new { m.OrganisationId, m.State, m.StateSince, m.Id });
        builder.HasIndex(m => new { m.OrganisationId, m.NameKey });
        builder.HasIndex(m => new { m.OrganisationId, m.EmailKey });
        builder.HasIndex(m => new { m.OrganisationId, m.LastOpenedAt, m.Id }, "ix_memberships_opened");
        // Everything that the list of users filters by, so that a rare filter is answered from the index alone.
        builder.HasIndex(m => new { m.OrganisationId, m.SurnameKey, m.Id, m.State, m.PermissionBits, m.EndsOn, m.LastOpenedAt, m.JobRole }, "ix_memberships_users");
    }
}
