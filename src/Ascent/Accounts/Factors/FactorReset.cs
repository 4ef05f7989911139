using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Factors;

/// <summary>
/// An organisation lets one of its people enrol a new second factor: with a mailed link, a code that an administrator hands over, and the
/// present password. Until then nothing is changed by it, and afterwards the row is gone.
/// </summary>
public sealed class FactorReset : IOrganisationOwned, IGuardedCode
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public Guid OrganisationId { get; init; }

    public Guid MembershipId { get; init; }

    public byte[] LinkHash { get; set; } = [];

    public byte[] CodeMac { get; set; } = [];

    public string CodeCipher { get; set; } = "";

    public int WrongTries { get; set; }

    public DateTime? NextTryAt { get; set; }

    public DateTime AskedAt { get; set; }

    /// <summary>The end of the link and of the code.</summary>
    public DateTime ExpiresAt { get; set; }

    public int Version { get; set; }
}

internal sealed class FactorResetMap : IEntityTypeConfiguration<FactorReset>
{
    public void Configure(EntityTypeBuilder<FactorReset> builder)
    {
        builder.ToTable("factor_resets");
        builder.HasKey(r => new { r.OrganisationId, r.MembershipId });
        builder.Property(r => r.LinkHash).HasMaxLength(32);
        builder.Property(r => r.CodeMac).HasMaxLength(32);
        builder.Property(r => r.CodeCipher).HasMaxLength(1000);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasIndex(r => r.LinkHash).IsUnique();
        builder.HasOne<Membership>().WithOne().HasForeignKey<FactorReset>(r => new { r.OrganisationId, r.MembershipId }).OnDelete(DeleteBehavior.Restrict);
    }
}
