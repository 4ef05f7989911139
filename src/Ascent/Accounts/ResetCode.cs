using Ascent.Accounts.Factors;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts;

/// <summary>
/// While this row is there, a password that was reset by a mailed link does not open the organisation: the code has to be given once,
/// handed over by another administrator. Made for memberships with an administration or pupil-level permission.
/// </summary>
public sealed class ResetCode : IOrganisationOwned, IGuardedCode
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public Guid OrganisationId { get; init; }

    public Guid MembershipId { get; init; }

    public byte[] CodeMac { get; set; } = [];

    public string CodeCipher { get; set; } = "";

    public int WrongTries { get; set; }

    public DateTime? NextTryAt { get; set; }

    public DateTime AskedAt { get; set; }

    public DateTime ExpiresAt { get; set; }

    public int Version { get; set; }

    /// <summary>Whoever has only the mailbox must not reach pupils or accounts.</summary>
    public static bool IsNeededFor(Membership membership) => (membership.PermissionBits & FactorRules.Guarded.Bits) != 0;
}

internal sealed class ResetCodeMap : IEntityTypeConfiguration<ResetCode>
{
    public void Configure(EntityTypeBuilder<ResetCode> builder)
    {
        builder.ToTable("reset_codes");
        builder.HasKey(c => new { c.OrganisationId, c.MembershipId });
        builder.Property(c => c.CodeMac).HasMaxLength(32);
        builder.Property(c => c.CodeCipher).HasMaxLength(1000);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasOne<Membership>().WithOne().HasForeignKey<ResetCode>(c => new { c.OrganisationId, c.MembershipId }).OnDelete(DeleteBehavior.Restrict);
    }
}
