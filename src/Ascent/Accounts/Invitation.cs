using Ascent.Audit;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts;

/// <summary>
/// The two halves of a sign-up: an emailed link and an activation code. One for each pending membership; gone once it is used.
/// The typed name and email stand here and not on the account, so that nothing is learned of a person who is known elsewhere.
/// </summary>
public sealed class Invitation : IOrganisationOwned, IGuardedCode
{
    public Guid OrganisationId { get; init; }

    public Guid MembershipId { get; init; }

    public required string Forename { get; init; }

    public required string Surname { get; init; }

    public required string Email { get; init; }

    /// <summary>SHA-256 of the token in the link.</summary>
    public required byte[] LinkHash { get; set; }

    /// <summary>When the present link was made and its mail put out.</summary>
    public DateTime LinkMadeAt { get; set; }

    /// <summary>The end of the link, and of the code with it.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>The mail that carries the present link.</summary>
    public Guid MailId { get; set; }

    /// <summary>Keyed HMAC of the code: what a typed code is checked against.</summary>
    public required byte[] CodeMac { get; set; }

    /// <summary>The code, encrypted, because Pending users must be able to show it.</summary>
    public required string CodeCipher { get; set; }

    public int WrongTries { get; set; }

    /// <summary>No code is looked at before this moment.</summary>
    public DateTime? NextTryAt { get; set; }

    /// <summary>When too many wrong tries made a new code necessary.</summary>
    public DateTime? CodeReplacedAt { get; set; }

    /// <summary>When the person asked for a new link from the page of an expired one.</summary>
    public DateTime? NewLinkAskedAt { get; set; }

    public int Version { get; set; }

    public bool HasExpired(DateTime now) => now >= ExpiresAt;

    internal AuditPerson ForAudit(Membership membership) => new(membership.AccountId, new Dictionary<string, string> { ["name"] = $"{Forename} {Surname}", ["email"] = Email });
}

internal sealed class InvitationMap : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations");
        builder.HasKey(i => new { i.OrganisationId, i.MembershipId });
        builder.Property(i => i.Forename).HasMaxLength(400);
        builder.Property(i => i.Surname).HasMaxLength(400);
        builder.Property(i => i.Email).HasMaxLength(254);
        builder.Property(i => i.LinkHash).HasMaxLength(32);
        builder.Property(i => i.CodeMac).HasMaxLength(32);
        builder.Property(i => i.CodeCipher).HasMaxLength(1000);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasOne<Membership>().WithOne().HasForeignKey<Invitation>(i => new { i.OrganisationId, i.MembershipId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(i => i.LinkHash).IsUnique();
        builder.HasIndex(i => i.CodeMac).IsUnique();
        builder.HasIndex(i => new { i.OrganisationId, i.ExpiresAt, i.MembershipId });
    }
}
